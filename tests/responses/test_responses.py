"""Every sentence in every language, with the same placeholders; every sentence used, and none anywhere else."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from redress.claims.conversation import Question
from redress.claims.corrections import answered
from redress.claims.draft import Draft
from redress.policy.sentences import sentences
from redress.policy.vocabulary import ISSUES, Language, RemedyKind
from redress.settings import ROOT
from redress.texts import PLACEHOLDER, FileTexts, read_yaml

FILES = sorted((ROOT / "data" / "responses").glob("*.yml"))
TEXTS = FileTexts(ROOT / "data" / "responses").names()
LANGUAGES = get_args(Language)
NAME = re.compile(r"utter_[a-z0-9_]*[a-z0-9]\b(?!_)")
# How the other names are made of a part that is known only when they are said, and what that part can be.
MADE_OF = {
    "utter_ticket_told_": ("appealed", "expired", "settled", "withdrawn"),
    "utter_issue_": ISSUES,
    "utter_remedy_": get_args(RemedyKind),
}


def code() -> Iterator[tuple[Path, str]]:
    """Every string constant of the product's own code; what an f-string fills in stands as "*"."""
    for folder in ("redress", "actions"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    yield (
                        file,
                        "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values),
                    )
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield file, node.value


def named() -> set[str]:
    """Every response that code or a rule of the dialogue says, patterns with "*" among them."""
    found = {text for _, text in code() if re.fullmatch(r"utter_[a-z0-9_*]+", text)}
    for file in (ROOT / "data" / "rules").glob("*.yml"):
        found |= set(NAME.findall(file.read_text("utf-8")))
    # TicketWords says "utter_ticket_…" of the rest of a name
    tickets = (ROOT / "redress" / "claims" / "ticket_words.py").read_text("utf-8")
    found |= {f"utter_ticket_{rest}" for rest in re.findall(r'"((?:told|status)_[a-z_]+)"', tickets)}
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_a_sentence_is_there_in_every_language(name: str) -> None:
    texts = TEXTS[name]
    assert set(texts) == set(LANGUAGES)
    wanted = Counter(PLACEHOLDER.findall(texts["en"]))
    for language, text in texts.items():
        assert text, language
        assert text == text.strip(), language
        assert "  " not in text, language
        assert Counter(PLACEHOLDER.findall(text)) == wanted, language


def test_a_sentence_is_written_once() -> None:
    names = Counter(name for file in FILES for name in read_yaml(file)["responses"])
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_sentence_without_a_condition_is_the_last(file: Path) -> None:
    for name, variations in read_yaml(file)["responses"].items():
        conditions = [variation.get("condition") for variation in variations]
        assert all(conditions[:-1]), name
        assert conditions[-1] is None, name
        for condition in conditions[:-1]:
            assert [(one["type"], one["name"]) for one in condition] == [("slot", "language")], name


def test_chinese_and_russian_are_written_in_their_own_script() -> None:
    scripts = {"zh-CN": re.compile(r"[\u4e00-\u9fff]"), "ru": re.compile(r"[а-яё]", re.IGNORECASE)}
    for name, texts in TEXTS.items():
        for language, script in scripts.items():
            bare = PLACEHOLDER.sub("", texts[language])
            assert script.search(bare) or not re.search(r"\w", bare), (name, language)


def test_every_sentence_that_is_said_is_there() -> None:
    plain = {name for name in named() if "*" not in name and not name.endswith("_")}
    assert sorted(plain - set(TEXTS)) == []
    for prefix, parts in MADE_OF.items():
        assert sorted({prefix + part for part in parts} - set(TEXTS)) == []


def test_every_sentence_is_said_somewhere() -> None:
    said = named()
    said |= {prefix + part for prefix, parts in MADE_OF.items() for part in parts}
    said |= {f"utter_ticket_{state}" for state in ("in_review", "awaiting_evidence", "appealed")}
    patterns = [
        re.compile(name.replace("*", "[a-z0-9_]+")) for name in said if "*" in name and name != "utter_ticket_*"
    ]
    unused = [name for name in TEXTS if name not in said and not any(one.fullmatch(name) for one in patterns)]
    assert unused == []


def test_every_kind_of_question_has_its_sentence_and_its_reason() -> None:
    """The question by the pack, or by a sentence of ours; `why` by a clause, or by a sentence of ours."""
    ours = ["issue", "order_number", "email", "items", "quantity", "remedy", "confirm", "appeal_reason"]
    ours += ["resume", "ticket_number", "feedback"]
    for topic in ours:
        assert f"utter_question_{Question(topic, 'text').topic}" in TEXTS
    for topic in (*ours, "fact", "evidence"):
        assert f"utter_why_{topic}" in TEXTS


def test_every_answer_that_can_be_changed_has_a_title() -> None:
    order = {"number": "OR100001", "items": [{"sku": "A1", "quantity": 1}]}
    draft = Draft(id="1", issue="damaged", order=order, affected={"A1": 1}, remedy="refund", facts={"opened": True})
    for answer in answered(draft):
        assert answer.startswith("fact:") or f"utter_change_{answer}" in TEXTS


def test_every_mark_of_a_photo_has_a_sentence() -> None:
    marks = set(re.findall(r'"(too_[a-z]+)"', (ROOT / "redress" / "evidence" / "quality.py").read_text("utf-8")))
    assert marks
    assert {f"utter_photo_{mark}" for mark in marks} <= set(TEXTS)


def test_a_remedy_is_called_the_same_on_its_button_and_within_a_sentence() -> None:
    for kind, texts in sentences()["remedies"].items():
        for language in ("zh-CN", "es", "ru"):
            assert TEXTS[f"utter_remedy_{kind}"][language].casefold() == texts[language].casefold()


def test_rasas_domain_has_no_sentence() -> None:
    assert "responses" not in read_yaml(ROOT / "domain.yml")
    assert "text:" not in (ROOT / "domain.yml").read_text("utf-8")


def test_no_sentence_for_buyers_is_written_in_the_code() -> None:
    """What the desk says is looked up: a reply's text is never a constant of the code."""
    spoken = []
    for file in sorted((ROOT / "redress" / "claims").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Reply", "Choice") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and re.search(r"[A-Za-z]", str(first.value)):
                    spoken.append((file.name, first.value))
    assert spoken == []
