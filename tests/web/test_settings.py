"""Settings are documented, and refused when they cannot be."""

from pathlib import Path

import pytest

from redress.settings import PLACEHOLDER, ROOT, Settings, SettingsError, as_markdown


def test_the_page_of_settings_is_current() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8").strip() == as_markdown().strip()


def test_production_refuses_the_placeholder_secret() -> None:
    with pytest.raises(ValueError, match="REDRESS_SECRET"):
        Settings(environment="production")
    with pytest.raises(ValueError, match="32"):
        Settings(environment="production", secret="short")


def test_production_wants_a_secret_of_each_shop() -> None:
    production = Settings(environment="production", secret="x" * 32)
    with pytest.raises(SettingsError, match="1688order"):
        production.shop_secret("1688order")


def test_the_demo_signs_with_the_desks_own_secret() -> None:
    assert Settings(database_url="sqlite://", evidence_dir=Path("x")).shop_secret("1688order") == PLACEHOLDER
