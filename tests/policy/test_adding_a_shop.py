"""The exercise of docs/adding-a-shop.md: a sixth shop with a question and an evidence kind of its own is one file."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from redress.cli import main
from redress.policy import ClaimError, Packs, assess, needs, parse_claim
from redress.policy.explain import explain
from redress.policy.vocabulary import EVIDENCE, FACTS
from tests.policy.places import POLICIES, ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The five shops' packs and a sixth one, in a folder of their own."""
    for path in (*POLICIES.glob("*.yml"), ROOT / "tests/policy/lantern/lantern.yml"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture
def packs(folder: Path) -> Packs:
    return Packs(folder)


def broken_glass(**more: Any) -> dict[str, Any]:
    items = [{"sku": "L1", "quantity": 2, "paid": "25.01"}, {"sku": "L2", "quantity": 1, "paid": "9.00"}]
    order = {"number": "L-1", "currency": "EUR", "items": items, "delivered_at": "2026-03-28T12:00:00+01:00"}
    reported = "2026-03-29T20:00:00+02:00"
    return {"shop": "lantern", "issue": "damaged", "reported_at": reported, "order": order, **more}


def test_its_own_words_are_its_own() -> None:
    assert "wick_lit" not in FACTS
    assert "photo_wick" not in EVIDENCE
    for path in (*ROOT.glob("redress/**/*.py"), *ROOT.glob("actions/**/*.py"), *ROOT.glob("domain.yml")):
        text = path.read_text(encoding="utf-8")
        assert "wick_lit" not in text
        assert "photo_wick" not in text


def test_it_is_assessed_in_its_zone_with_its_fee(packs: Packs) -> None:
    claim = parse_claim(broken_glass(evidence=["photo_wick"], facts={"wick_lit": False}), packs)
    result = assess(claim, packs["lantern"]).to_json()
    assert (result["outcome"], result["rule"]) == ("qualifies", "broken-glass")
    assert result["deadline"] == "2026-03-30T01:00:00+02:00"  # 36 hours across the change of clocks
    assert result["review_due"] == "2026-03-31T23:59:59+02:00"
    refund = result["remedies"][0]
    assert (refund["gross"], refund["net"], refund["currency"]) == ("34.01", "26.01", "EUR")


def test_its_question_and_its_evidence_are_asked(packs: Packs) -> None:
    pack = packs["lantern"]
    claim = parse_claim(broken_glass(), packs)
    wanted = needs(claim, pack)
    assert (wanted.facts, wanted.evidence, wanted.decided) == (("wick_lit",), ("photo_wick",), False)
    version = pack.at(datetime(2026, 3, 1, tzinfo=UTC))
    assert version.fact("wick_lit").kind == "yes_no"
    assert version.fact("wick_lit").ask["es"] == "¿Se encendió alguna vez la mecha?"
    assert version.evidence_kind("photo_wick").input == "upload"
    lit = parse_claim(broken_glass(facts={"wick_lit": True}), packs)
    assert assess(lit, pack).outcome == "declined"
    told = explain(assess(lit, pack), pack, "ru")
    assert told.clauses == ("Зажжённый фонарь не принимается.",)


def test_a_date_that_is_asked_anchors_a_window(packs: Packs) -> None:
    claim = broken_glass(issue="defective")
    assert needs(parse_claim(claim, packs), packs["lantern"]).facts == ("repaired_on",)
    for day, outcome in (("2026-03-15", "qualifies"), ("2026-03-14", "declined")):
        dated = parse_claim(claim | {"facts": {"repaired_on": day}}, packs)
        assert assess(dated, packs["lantern"]).outcome == outcome
    with pytest.raises(ClaimError, match="must be a date"):
        parse_claim(claim | {"facts": {"repaired_on": "in March"}}, packs)


def test_the_words_are_no_other_shops(packs: Packs) -> None:
    with pytest.raises(ClaimError, match="unknown key"):
        parse_claim(broken_glass(facts={"wick_lit": True}) | {"shop": "platform-15"}, packs)
    with pytest.raises(ClaimError, match="unknown word 'photo_wick'"):
        parse_claim(broken_glass(evidence=["photo_wick"]) | {"shop": "ali-shipping"}, packs)


def test_the_commands_know_it(folder: Path) -> None:
    result = CliRunner().invoke(main, ["assess", "--policies", str(folder)], input=json.dumps(broken_glass()))
    assert json.loads(result.stdout)["missing_evidence"] == ["photo_wick"]
    assert (
        "lantern: 3 rules, 8 sentences, in order"
        in CliRunner().invoke(main, ["policy", "--policies", str(folder), "check"]).output
    )
