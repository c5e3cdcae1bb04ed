"""Every key of the pack format is documented, and so is every reason why a sentence needs no rule."""

import re
from typing import Any

from redress.policy.schema import pack_schema
from redress.policy.vocabulary import LANGUAGES
from tests.policy.places import ROOT

PAGE = (ROOT / "docs/adding-a-shop.md").read_text(encoding="utf-8")


def keys(value: Any) -> set[str]:
    """The keys that a schema allows, at any depth."""
    if isinstance(value, list):
        return set().union(*(keys(one) for one in value))
    if not isinstance(value, dict):
        return set()
    named = set(value.get("properties", ()))
    return named.union(*(keys(one) for one in value.values()))


def test_every_key_of_a_pack_is_documented() -> None:
    documented = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", PAGE))))
    assert keys(pack_schema()) - set(LANGUAGES) - documented == set()


def test_every_reason_for_no_rule_is_documented() -> None:
    reasons = pack_schema()["$defs"]["Covered"]["properties"]["because"]["anyOf"][0]["enum"]
    assert all(f"`{reason}`" in PAGE for reason in reasons)
