"""The packs against the pages that they were written from, and what an edited page or a new version changes."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from redress.cli import main
from redress.policy import Packs, load_pack
from redress.policy.changes import changes
from redress.policy.coverage import coverage, disagreements, drift, summary
from redress.policy.source import sentences_of
from tests.policy.places import POLICIES, ROOT, SOURCES

LANTERN = ROOT / "tests/policy/lantern"
PAGE = (LANTERN / "lantern.txt").read_text(encoding="utf-8")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_sentences_are_numbered_by_paragraph_and_printed_with_white_space_folded() -> None:
    text = "One.  Two\u00a0\u00a0words; three!\n\n \nNo end\n5.\u00a0Five (e.g.this)? Six."
    found = [(one.ref, one.text) for one in sentences_of(text)]
    assert found == [
        ("1.1", "One."),
        ("1.2", "Two words;"),
        ("1.3", "three!"),
        ("2.1", "No end"),
        ("3.1", "5."),
        ("3.2", "Five (e.g.this)?"),
        ("3.3", "Six."),
    ]
    assert sentences_of(text)[1].print == hashlib.sha256(b"Two words;").hexdigest()[:12]


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the shops' pages are not beside the project")
def test_every_sentence_of_every_page_is_accounted_for_and_every_reference_borne_out() -> None:
    for shop, pack in Packs(POLICIES).items():
        source = (SOURCES / f"{shop}.txt").read_text(encoding="utf-8")
        assert list(disagreements(pack.file, source)) == []
        report = summary(coverage(pack.file, source))
        assert report["unmapped"] == []
        assert report["mapped"] == report["sentences"] == len(sentences_of(source))
        assert len({one.ref for one in pack.file.coverage}) == report["sentences"]
        assert drift(pack.file, source) == []


def test_check_proves_references_against_the_page(tmp_path: Path) -> None:
    assert run("policy", "--policies", LANTERN, "check", "--sources", LANTERN).exit_code == 0
    (tmp_path / "lantern.txt").write_text(PAGE.replace("36 hours", "24 hours"), encoding="utf-8")
    result = run("policy", "--policies", LANTERN, "check", "--sources", tmp_path)
    assert result.exit_code == 1
    line = (LANTERN / "lantern.yml").read_text(encoding="utf-8").splitlines().index('    print: "271e709fbf86"') + 1
    assert f"lantern.yml:{line}: " in result.output
    assert "sentence 2.1 of the source is another: Tell us about broken glass within 24 hours." in result.output
    assert "allowed: " in result.output


def test_check_tells_of_a_sentence_that_the_pack_leaves_out_or_invents(tmp_path: Path) -> None:
    (tmp_path / "lantern.txt").write_text(PAGE + "Bring cake.\n", encoding="utf-8")
    result = run("policy", "--policies", LANTERN, "check", "--sources", tmp_path)
    assert "sentence 6.1 of the source is not accounted for: Bring cake." in result.output
    (tmp_path / "lantern.txt").write_text(PAGE.replace("We answer within 2 working days.\n", ""), encoding="utf-8")
    result = run("policy", "--policies", LANTERN, "check", "--sources", tmp_path)
    assert "the source has no sentence 5.1; allowed: 1.1 to 4.1" in result.output


def test_check_tells_all_that_is_wrong_with_every_pack(tmp_path: Path) -> None:
    text = (LANTERN / "lantern.yml").read_text(encoding="utf-8")
    (tmp_path / "lantern.yml").write_text(text.replace("zone: Europe", "zone: Asia"), encoding="utf-8")
    (tmp_path / "lamp.yml").write_text("shop: lamp\n", encoding="utf-8")
    result = run("policy", "--policies", tmp_path, "check")
    assert result.exit_code == 1
    assert "unknown time zone" in result.output
    assert "versions: is required" in result.output
    assert "name: is required" in result.output


def test_coverage_in_numbers_and_in_full() -> None:
    result = run("policy", "--policies", LANTERN, "coverage", "--json")
    expected = {"sentences": 8, "mapped": 8, "unmapped": [], "by_reason": {"heading": 1}}
    assert json.loads(result.output) == {"lantern": expected}
    told = run("policy", "--policies", LANTERN, "coverage", "--sources", LANTERN).output
    assert "3.1     broken-glass, fact:wick_lit\n          If the wick had been lit, we do not take it back!" in told


def test_coverage_of_an_edited_page_has_unmapped_sentences(tmp_path: Path) -> None:
    (tmp_path / "lantern.txt").write_text(PAGE.replace("36", "24"), encoding="utf-8")
    result = run("policy", "--policies", LANTERN, "coverage", "--json", "--sources", tmp_path)
    assert result.exit_code == 1
    assert json.loads(result.output)["lantern"]["unmapped"] == ["2.1"]


def test_drift_lists_changed_added_removed_and_moved_sentences_with_the_rules_they_touch() -> None:
    file = load_pack(LANTERN / "lantern.yml").file
    edited = PAGE.replace("36 hours", "24 hours").replace(" A photo of the wick helps us.", "")
    edited = edited.replace("Repairs are", "Bring cake.\nRepairs are")
    found = [(one.kind, one.old, one.new, one.touches) for one in drift(file, edited)]
    assert found == [
        ("changed", "2.1", "2.1", ("broken-glass",)),
        ("changed", "3.2", "4.1", ("evidence:photo_wick",)),
        ("moved", "4.1", "5.1", ("repair", "fact:repaired_on")),
        ("moved", "5.1", "6.1", ("broken-glass", "anything-else")),
    ]
    assert [one.kind for one in drift(file, PAGE.splitlines()[0])] == ["removed"] * 7
    assert [one.text for one in drift(file, PAGE + "Bring cake.")] == ["Bring cake."]


def test_drift_as_a_command(tmp_path: Path) -> None:
    page = tmp_path / "new.txt"
    page.write_text(PAGE.replace("36 hours", "24 hours"), encoding="utf-8")
    result = run("policy", "--policies", LANTERN, "drift", "lantern", page)
    assert "changed 2.1 -> 2.1: Tell us about broken glass within 24 hours." in result.output
    assert "touches broken-glass" in result.output
    listed = json.loads(run("policy", "--policies", LANTERN, "drift", "lantern", page, "--json").output)
    assert listed[0]["touches"] == ["broken-glass"]


def two_versions(folder: Path) -> Path:
    """The lantern pack with other rules from March 2026: 48 hours, no handling fee, nothing for repairs."""
    text = (LANTERN / "lantern.yml").read_text(encoding="utf-8")
    rows = text[text.index("    claims:\n") : text.index("\ncoverage:")]
    new = rows.replace("hours: 36", "hours: 48")
    new = new[: new.index("      - id: repair")] + new[new.index("      - id: anything") :]
    free = "{per: sku, by: monthly_skus, absent: 0, tiers: {amount: 0.00}, clause: *handling}"
    later = f"  - from: 2026-03-01\n    fees:\n      handling: {free}\n{new}"
    coverage = '  - {ref: "4.1", print: "822b3c28738a", by: [repair, "fact:repaired_on"]}'
    text = text.replace("\ncoverage:", f"{later}\ncoverage:").replace(coverage, coverage.replace("repair, ", ""))
    (folder / "lantern.yml").write_text(text, encoding="utf-8")
    return folder


def test_diff_shows_what_changes_for_whom(tmp_path: Path) -> None:
    folder = two_versions(tmp_path)
    result = run("policy", "--policies", folder, "diff", "lantern", "2026-02-28", "2026-03-01")
    assert result.exit_code == 0, result.output
    assert (
        "damaged (delivered, completed)\n  - window: 36 hours after delivered_at\n  + window: 48 hours" in result.output
    )
    assert "\ndefective\n  - window: 2 weeks after repaired_on\n  - remedy: replacement" in result.output
    assert "fee handling\n  - fee handling: 4.00 per sku" in result.output
    same = run("policy", "--policies", folder, "diff", "lantern", "2026-01-01", "2026-02-28")
    assert "nothing changes" in same.output


def test_the_version_of_the_day_of_payment_decides(tmp_path: Path) -> None:
    pack = load_pack(two_versions(tmp_path) / "lantern.yml")
    assert pack.on(date(2020, 1, 1)).name == "2026-01-01"
    assert pack.on(date(2026, 2, 28)).name == "2026-01-01"
    assert pack.on(date(2026, 3, 1)).name == "2026-03-01"
    assert changes(pack.versions[1], pack.versions[1]) == []


def test_show_prints_the_rules_with_the_sentences_they_rest_on() -> None:
    for shop in Packs(POLICIES):
        assert run("policy", "--policies", POLICIES, "show", shop).exit_code == 0
    told = run("policy", "--policies", POLICIES, "show", "1688order", "--on", "2024-01-01").output
    assert "  window    29.2  72 hours after delivered_at\n" in told
    assert "    late    20.2  referred, warranty_agency if within_warranty is yes and has_receipt is yes" in told
    assert "  evidence  31.2  photo_damage\n" in told


def test_a_shop_that_does_not_exist() -> None:
    result = run("policy", "--policies", POLICIES, "show", "1688")
    assert result.exit_code == 2
    assert "unknown shop '1688'; allowed: 1688order" in result.output


def test_sentences_lists_what_clauses_are_written_from() -> None:
    assert (
        "2.1     271e709fbf86  Tell us about broken glass" in run("policy", "sentences", LANTERN / "lantern.txt").output
    )


def test_the_schema_in_the_documents_is_current() -> None:
    kept = json.loads((ROOT / "docs/policy-pack.schema.json").read_text(encoding="utf-8"))
    assert kept == json.loads(run("policy", "schema").output), "redress policy schema > docs/policy-pack.schema.json"
