"""A buyer who says anything in any order: the desk always answers, and never does what it must not."""

from __future__ import annotations

import json
import uuid
from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from redress.demo import PREFIXES
from tests.buyer import Buyer, photo
from tests.conversations.expected import Assess
from tests.conversations.given import Given, given
from tests.conversations.wording import phrases, title
from tests.desk import Desk

pytestmark = [pytest.mark.slow, pytest.mark.walk]
TURNS = 300
WALKS = 3
ORDER = "100001"
LOCALES = ("en", "en", "en", "zh-CN", "es", "ru")
WORDS: dict[str, Any] = phrases("walker")
KINDS = sorted(WORDS["says"])
PRESSED_YES = tuple(title("choice_confirm", locale) for locale in LOCALES)
REFUSED = {413, 415, 422}
# Questions about a ticket: the claim that is being told waits meanwhile, and its question comes back.
ERRANDS = {"ticket_number", "feedback", "appeal_reason", "resume", "confirm"}
# What alone answers a question.
ONLY = {"email": {"email"}, "order_number": {"order"}}
# What an honest buyer answers: the kind of the message, and its words (none: the first button).
ANSWERS = {
    "issue": ("issue", "one of the canvas bags arrived damaged"),
    "order_number": ("order", "{order}"),
    "email": ("email", "buyer@example.com"),
    "items": ("item", "the running shoes"),
    "quantity": ("units", "one"),
    "fact": ("press", ""),
    "evidence": ("description", "The seam is open along one side."),
    "remedy": ("press", ""),
    "confirm": ("confirm", "yes, send it"),
    "appeal_reason": ("description", "The photos show it clearly."),
    "ticket_number": ("ticket_number", "RD-2345-6789"),
    "feedback": ("rating", "4"),
    "resume": ("press", ""),
}


class Walker(RuleBasedStateMachine):
    """One conversation. What may not happen is asserted after each turn, with the last turns in the message."""

    desk: ClassVar[Desk]
    policy: ClassVar[dict[str, Given]]

    @initialize(shop=st.sampled_from(sorted(PREFIXES)), locale=st.sampled_from(LOCALES))
    def open(self, shop: str, locale: str) -> None:
        self.shop, self.locale = shop, locale
        self.buyer = Buyer(self.desk.client, shop, locale=locale)
        self.lines: list[str] = []
        self.answered: set[str] = set()
        self.tickets: set[str] = set()
        self.offered: list[str] = []
        self.person = False
        self._note("desk", self.buyer.text)

    @rule(kind=st.sampled_from(KINDS), pick=st.integers(0, 9))
    def say(self, kind: str, pick: int) -> None:
        text = str(WORDS["says"][kind][pick % len(WORDS["says"][kind])])
        if kind in ("order", "correction"):
            text = text.format(order=PREFIXES[self.shop] + ORDER)
        self._turn(kind, {"text": text})

    @rule(pick=st.integers(0, 9))
    def press(self, pick: int) -> None:
        choices = [(reply, choice) for reply in self.buyer.replies for choice in reply["choices"]]
        if choices:
            reply, choice = choices[pick % len(choices)]
            self.offered.append(choice["payload"])
            # A button beside the question's own changes something: an earlier answer, the claim that is told.
            kind = "yes" if choice["title"] in PRESSED_YES else "press" if reply["question"] else "correction"
            self._turn(kind, {"payload": choice["payload"]}, choice["title"])

    @rule()
    def answer(self) -> None:
        """Say what an honest buyer would, so that the walk also gets to the end of claims."""
        topic = (self._state() or "issue").partition(":")[0]
        if topic == "evidence" and any(reply["upload"] for reply in self.buyer.replies):
            self._upload(photo((len(self.lines) % 256, 90, 40), (900, 700)))
            return
        kind, text = ANSWERS.get(topic, ("item", "the running shoes"))
        choices = [choice for reply in self.buyer.replies for choice in reply["choices"]]
        if text or not choices:
            self._turn(kind, {"text": text.format(order=PREFIXES[self.shop] + ORDER) or "hello"})
        else:
            self.press(0)

    @rule(how=st.sampled_from(("an old button", "twice", "rubbish", "made-up", "", " \n ", "x" * 4001, "nothing")))
    def misbehave(self, how: str) -> None:
        if how == "an old button":
            self._press_again()
        elif how == "twice":
            self._say_twice()
        elif how == "rubbish":
            for file in (b"", b"not a picture", b"%PDF-1.7 broken", b"\xff\xd8\xff" + b"0" * 100):
                assert self.buyer.send(file).status_code in REFUSED, self._story("a broken file was taken")
        else:
            body = {"nothing": {}, "made-up": {"payload": "made-up"}}.get(how, {"text": how})
            answer = self.buyer.post({"client_id": str(uuid.uuid4()), **body})
            assert answer.status_code == 422, answer.text
            assert answer.json()["error"]["message"]

    def _press_again(self) -> None:
        if self.offered:
            self._turn("press", {"payload": self.offered[0]}, "(an old button)", may_refuse=True)

    def _say_twice(self) -> None:
        line = {"client_id": str(uuid.uuid4()), "text": "hello"}
        before = self._state()
        first, second = self.buyer.post(line), self.buyer.post(line)
        assert first.status_code == second.status_code == 200, self._story(first.text)
        assert first.json() == second.json(), self._story("the same line twice had two answers")
        assert self.buyer.post({**line, "text": "bye"}).status_code == 409
        self.buyer.replies = first.json()["replies"]
        self._check("greeting", before, "hello, twice")

    @rule(color=st.tuples(*[st.integers(0, 255)] * 3))
    def upload(self, color: tuple[int, int, int]) -> None:
        self._upload(photo(color, (320, 240)))

    def _upload(self, file: bytes) -> None:
        before = self._state()
        answer = self.buyer.send(file)
        assert answer.status_code == 201 or answer.status_code in REFUSED, self._story(answer.text)
        if answer.status_code == 201:
            self._check("press", before, "(a photo)")

    def _turn(self, kind: str, line: dict[str, str], shown: str | None = None, *, may_refuse: bool = False) -> None:
        before = self._state()
        answer = self.buyer.post({"client_id": str(uuid.uuid4()), **line})
        if may_refuse and answer.status_code == 422:
            assert answer.json()["error"]["code"] == "unknown_choice"
            return
        if answer.status_code == 422 and kind in ("control",):
            return
        assert answer.status_code == 200, self._story(f"{shown or line}: {answer.status_code} {answer.text}")
        self.buyer.replies = answer.json()["replies"]
        self._check(kind, before, shown or line.get("text", ""))

    def _check(self, kind: str, before: str | None, shown: str) -> None:
        self._note("buyer", f"{shown}   ({kind})")
        self._note("desk", f"{self.buyer.text}  «{self._state()}»")
        if not self.buyer.replies:
            self._silent()
            return
        text = self.buyer.text
        assert text.strip(), self._story("an empty answer")
        assert "<script>" not in text
        assert "{" not in text, self._story("a gap was not filled")
        assert not self.policy[self.shop].foreign(text) or self.locale != "en", self._story(
            f"not of the policy: {self.policy[self.shop].foreign(text)}"
        )
        self._check_ticket(kind, before)
        self._check_questions(kind, before)

    def _check_ticket(self, kind: str, before: str | None) -> None:
        told = self.buyer.ticket
        if told and told["number"] not in self.tickets:
            assert kind in WORDS["agrees"], self._story("a ticket without a yes")
            assert before == "confirm", self._story("a ticket that nothing was asked before")
            self.tickets.add(told["number"])
            self.answered.clear()

    def _check_questions(self, kind: str, before: str | None) -> None:
        now = self._state()
        if kind in WORDS["again"] or self.buyer.assessment:
            self.answered.clear()
        elif now and now != before:
            assert now not in self.answered, self._story(f"{now} is asked again")
            away = {now.partition(":")[0], (before or "").partition(":")[0]} & ERRANDS
            if before and not away and kind in ONLY.get(before, {kind}):
                self.answered.add(before)
        if now is None:
            self.answered.clear()

    def _silent(self) -> None:
        """Only after a person was called may the desk be silent."""
        history = " ".join(line["text"] for line in self.buyer.history() if line.get("author") != "buyer")
        self.person = self.person or "person" in history or self.locale != "en"
        assert self.person, self._story("silence")

    def _state(self) -> str | None:
        return self.buyer.question

    def _note(self, who: str, text: str) -> None:
        self.lines.append(f"{who:>5}: {text}")

    def _story(self, fault: str) -> str:
        return f"{fault} at turn {len(self.lines) // 2} ({self.shop}, {self.locale})\n" + "\n".join(self.lines[-16:])

    def teardown(self) -> None:
        """Wherever the walk ended, a new problem can be told."""
        if not hasattr(self, "buyer") or not self.buyer.replies:
            return
        self._turn("start_over", {"text": "start over please"})
        self._turn("issue", {"text": "one of the canvas bags arrived damaged"})
        if self.buyer.replies and self.locale == "en":
            assert self._state() in ("order_number", "email", "items") or self.buyer.assessment or self._state(), (
                self._story("no way on at the end")
            )


def explaining(desk: Desk) -> Assess:
    """`redress assess --batch --explain en` on that desk."""

    def assess(claims: Any) -> list[dict[str, Any]]:
        done = desk.redress("assess", "--batch", "--explain", "en", stdin="\n".join(map(json.dumps, claims)))
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return assess


@pytest.mark.timeout(600)
def test_whatever_is_said_the_desk_answers(desk: Desk) -> None:
    policy = {shop: given(shop, ORDER, explaining(desk)) for shop in PREFIXES}
    walker = type("Walk", (Walker,), {"desk": desk, "policy": policy})
    run_state_machine_as_test(
        walker,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=TURNS,
            derandomize=True,
            deadline=None,
            phases=[Phase.generate],  # shrinking would repeat hundreds of turns hundreds of times
            suppress_health_check=list(HealthCheck),
        ),
    )
