"""What is no pack: each error names file, line and what is allowed. One edit of a pack that is in order for each."""

import re
from pathlib import Path

import pytest
import yaml

from redress.policy import PackError, Packs, load_pack, load_packs
from redress.policy.load import examine
from tests.policy.places import POLICIES, ROOT

LANTERN = (ROOT / "tests/policy/lantern/lantern.yml").read_text(encoding="utf-8")
BAD = yaml.safe_load((ROOT / "tests/policy/bad_packs.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("bad", BAD, ids=[bad["name"] for bad in BAD])
def test_what_is_no_pack_is_refused_by_its_line(bad: dict[str, str], tmp_path: Path) -> None:
    assert bad["old"] in LANTERN
    path = tmp_path / "lantern.yml"
    path.write_text(text := LANTERN.replace(bad["old"], bad["new"], 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(path)
    assert bad["says"] in caught.value.message
    assert caught.value.message.startswith(str(path))
    if bad["line"]:
        assert caught.value.line == text.count("\n", 0, text.index(bad["line"])) + 1


def test_all_that_is_wrong_is_told_in_the_order_of_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "lantern.yml"
    text = LANTERN.replace("zone: Europe/Berlin", "zone: Nowhere").replace("fee: handling}", "fee: handing}")
    path.write_text(text, encoding="utf-8")
    errors = examine(path).errors
    assert errors[0].field == "zone"
    assert len(errors) == 2
    assert [error.line for error in errors] == sorted(error.line or 0 for error in errors)


def test_a_folder_without_packs_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no policy pack"):
        load_packs(tmp_path)
    with pytest.raises(PackError, match="cannot be read"):
        load_pack(tmp_path / "nothing.yml")


def test_versions_stand_in_the_order_of_their_days(tmp_path: Path) -> None:
    path = tmp_path / "lantern.yml"
    rows = LANTERN[LANTERN.index("    claims:\n") : LANTERN.index("\ncoverage:")]
    path.write_text(LANTERN.replace("\ncoverage:", f"\n  - from: 2026-01-01\n{rows}\n\ncoverage:"), encoding="utf-8")
    with pytest.raises(PackError, match="versions stand in the order of their days"):
        load_pack(path)


def test_no_pack_has_a_line_that_rasa_would_take_for_training_data() -> None:
    for path in POLICIES.glob("*"):
        assert not re.search(
            r"^\s*(?:- *)?(nlu|rules|stories|responses):", path.read_text(encoding="utf-8"), re.MULTILINE
        )


def test_packs_are_loaded_when_they_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "lantern.yml").write_text(LANTERN, encoding="utf-8")
    (tmp_path / "broken.yml").write_text("shop: [", encoding="utf-8")
    packs = Packs(tmp_path)
    assert sorted(packs) == ["broken", "lantern"]
    assert "broken" in packs
    assert packs["lantern"] is packs["lantern"]
    with pytest.raises(PackError):
        packs["broken"]
