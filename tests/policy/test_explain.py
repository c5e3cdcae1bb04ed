"""What the buyer is told: one plain sentence for each reason, remedy and deadline, in each language."""

import re
from datetime import UTC, date
from random import Random
from typing import Any

import pytest

from redress.policy import Packs, assess, parse_claim
from redress.policy.explain import Explanation, explain
from redress.policy.sentences import sentences
from redress.policy.vocabulary import ISSUES, LANGUAGES
from tests.policy.places import POLICIES
from tests.policy.random_claims import random_claim

PACKS = Packs(POLICIES)


def told(data: dict[str, Any], language: str = "en", **more: Any) -> Explanation:
    claim = parse_claim(data, PACKS)
    return explain(assess(claim, PACKS[claim.shop]), PACKS[claim.shop], language, **more)


def missing_item() -> dict[str, Any]:
    order = {"number": "1", "currency": "CNY", "items": [{"sku": "A1", "quantity": 3, "paid": "90.00"}]}
    order |= {"shipped_at": "2026-03-01T08:00:00+08:00", "delivered_at": "2026-03-02T15:30:00+08:00"}
    claim = {"shop": "1688order", "issue": "missing_item", "reported_at": "2026-03-03T09:00:00+08:00", "order": order}
    return claim | {"affected": [{"sku": "A1", "quantity": 1}], "facts": {"signed_in_presence": False}}


def test_a_deadline_is_told_in_the_packs_zone() -> None:
    deadline = told(missing_item()).deadline
    assert deadline == "You are in time: a missing item can be reported until Thu 5 March, 15:30 (China time)."


def test_or_in_the_buyers_and_with_a_year_that_is_not_todays() -> None:
    deadline = told(missing_item(), zone=UTC, today=date(2025, 12, 1)).deadline
    assert deadline is not None
    assert "Thu 5 March 2026, 07:30 (" in deadline


def test_in_other_languages() -> None:
    assert told(missing_item(), "zh-CN").deadline == "您在期限内：缺件可在3月5日周四 15:30（中国时间）之前申报。"
    assert (
        told(missing_item(), "es").deadline
        == "Está a tiempo: se puede comunicar que falta un artículo hasta el jue 5 de marzo, 15:30 (hora de China)."
    )
    russian = told(missing_item(), "ru").deadline
    when = "чт 5 марта, 15:30 (по китайскому времени)"
    assert russian == f"Вы успеваете: о проблеме «не хватает товара» можно сообщить до {when}."


def test_remedies_and_what_is_still_needed() -> None:
    explanation = told(missing_item())
    assert explanation.remedies[0] == "You can get a refund: CN¥30.00."
    assert explanation.remedies[2] == (
        "You can get compensation from the carrier. Apply for it by Wed 4 March, 23:59 (China time), with: "
        "the post office's report, the invoice, and a photo of the whole item. Keep the outer box and its sealing tape."
    )
    assert explanation.evidence is not None
    assert "a photo of the delivery slip" in explanation.evidence


def test_deductions_and_a_late_penalty() -> None:
    order: dict[str, Any] = {"number": "1", "currency": "CNY"}
    order["items"] = [{"sku": "A1", "quantity": 1, "paid": "90.00"}]
    order |= {"in_stock_at": "2026-03-02T11:20:00+08:00", "monthly_skus": 20}
    data = {"shop": "1688order", "issue": "damaged", "reported_at": "2026-04-02T00:00:00+08:00", "order": order}
    explanation = told(data)
    assert explanation.remedies[0].startswith("You can get a refund: CN¥85.00 (CN¥90.00 less CN¥5.00 service fee).")
    assert "CN¥10.00 service fee" in explanation.remedies[1]
    assert "penalty fee will be charged" in explanation.notes[0]
    assert explanation.deadline == "The time to report damage ended on Sat 7 March, 12:00 (China time)."


def test_a_refund_that_costs_what_it_gives_says_so() -> None:
    order: dict[str, Any] = {"number": "1", "currency": "CNY", "monthly_skus": 20}
    order["items"] = [{"sku": "A1", "quantity": 1, "paid": "3.00"}]
    order |= {"in_stock_at": "2026-03-02T11:20:00+08:00"}
    data = {"shop": "1688order", "issue": "damaged", "reported_at": "2026-03-03T00:00:00+08:00", "order": order}
    refund = told(data).remedies[0]
    assert refund.startswith("Of a refund nothing would be left: CN¥3.00 less CN¥5.00 service fee."), refund


def test_a_reason_has_its_sentence_and_its_clause() -> None:
    data = missing_item() | {"reported_at": "2026-03-09T09:00:00+08:00"}
    explanation = told(data)
    assert explanation.reasons == ("The time for reporting this has passed.",)
    assert explanation.clauses == (
        "Claims about missing, damaged or defective items must reach us within 72 hours of receipt.",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_assessment_can_be_told_in_every_language(language: str) -> None:
    random = Random(f"explain {language}")
    for _ in range(400):
        claim = parse_claim(random_claim(random), PACKS)
        assessment = assess(claim, PACKS[claim.shop])
        explanation = explain(assessment, PACKS[claim.shop], language)
        assert len(explanation.reasons) == len(assessment.reasons)
        assert len(explanation.remedies) == len(assessment.remedies)
        assert (explanation.deadline is None) == (assessment.deadline is None)
        for line in explanation.lines():
            assert line.strip()
            assert not re.search(r"[{}]|None|_", line), line
            assert language != "en" or not re.search(r"[а-яё一-鿿]", line)


def test_every_sentence_stands_in_every_language() -> None:
    def complete(value: Any) -> bool:
        if set(value) & set(LANGUAGES):
            return set(value) == set(LANGUAGES) and all(value.values())
        return all(complete(one) for one in value.values())

    assert complete(sentences())
    assert set(sentences()["issues"]) == set(ISSUES)
