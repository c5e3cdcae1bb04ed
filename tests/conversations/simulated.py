"""A buyer with a case of their own, who answers whatever the desk asks until it ends, one way or the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

from tests.buyer import Buyer, photo
from tests.conversations.goals import LINES, Goal
from tests.conversations.wording import (
    NUMBERS,
    ORDINALS,
    fact_title,
    filled,
    items_named,
    opening,
    phrases,
    title,
    volunteers_items,
)

MOST_TURNS = 60
MOST_TRIES = 3  # how often a question is answered before the buyer gives up
OTHER_SKU = {"A1": "B2", "B2": "C3", "C3": "A1"}


@dataclass
class Played:
    """How a conversation went.

    - `asked`: the ids of the questions as they were put; not again when only something else was said in between
    - `sent`: the kinds of evidence given; `ended`: ticket, outcome, or what went wrong
    """

    goal: Goal
    transcript: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    refused: bool = False
    volunteered_items: bool = False
    outcome: dict[str, Any] | None = None
    number: str | None = None
    state: str | None = None
    ended: str = ""

    def told(self) -> str:
        """The transcript as one reads it."""
        return "\n".join(f"{who:>5}: {text}" for who, text in self.transcript)


class GaveUp(Exception):
    """The conversation leads nowhere; the text says why."""


class Simulated:
    """Plays one goal against a desk."""

    def __init__(self, client: httpx.Client, goal: Goal, rng: Random) -> None:
        self.goal = goal
        self.rng = rng
        self.buyer = Buyer(client, goal.shop, locale=goal.locale)
        self.played = Played(goal, facts=dict(goal.facts))
        self._asides = dict(goal.asides)
        self._slips = set(goal.slips)
        self._slipped: str | None = None
        self._tries: dict[str, int] = {}
        self._evidence: dict[str, str] = {}
        self.hear()

    def play(self) -> Played:
        """Converse until a ticket, an outcome without one, or no way on."""
        try:
            self._open()
            for _ in range(MOST_TURNS):
                if self.over():
                    return self.played
                self.turn()
            raise GaveUp("no end")
        except GaveUp as given_up:
            self.played.ended = str(given_up)
        except AssertionError as refused:
            self.played.ended = f"refused: {str(refused)[:200]}"
        return self.played

    def over(self) -> bool:
        """Whether the desk has nothing more to ask; GaveUp where that is no end."""
        buyer, played = self.buyer, self.played
        if buyer.assessment:
            played.outcome = buyer.assessment
        if buyer.ticket:
            played.number, played.state, played.ended = buyer.ticket["number"], buyer.ticket["state"], "ticket"
        elif played.outcome and played.outcome["outcome"] in ("declined", "too_early"):
            played.ended = "outcome"  # what may still be asked is of another problem
        elif buyer.question is None:
            raise GaveUp("dead end: nothing is asked and nothing was decided")
        return bool(played.ended)

    def _open(self) -> None:
        goal = self.goal
        if goal.hello:
            self.say("hi")
        wanted = title(f"issue_{goal.issue}", goal.locale)
        if self.rng.random() >= goal.typing and not goal.volunteered and self._offers(wanted):
            self.played.asked.append("issue")
            self.press(wanted)
            return
        text = opening(goal, self.rng)
        self.played.volunteered_items = volunteers_items(text, goal)
        self.say(text)

    def turn(self) -> None:
        """Answer the open question, or say first what is to be said in between."""
        question = self.buyer.question
        assert question is not None
        topic = question.partition(":")[0]
        aside = self._asides.pop(topic, None)
        if aside:
            self.say(self.rng.choice(phrases("asides")[aside]["says"]))
            if self.buyer.question != question:
                raise GaveUp(f"{aside} at {topic}: the question {question} was lost for {self.buyer.question}")
            return
        if self._slipped:
            slipped, self._slipped = self._slipped, None
            self._correct(slipped)
            return
        self._tries[question] = self._tries.get(question, 0) + 1
        if self._tries[question] > MOST_TRIES:
            raise GaveUp(f"stuck at {question}")
        self.played.asked.append(question)
        self._answer(question, topic)

    def _answer(self, question: str, topic: str) -> None:
        answer: Callable[[str], None] | None = getattr(self, f"_answer_{topic}", None)
        if answer is None:
            raise GaveUp(f"no buyer can answer {question}")
        answer(question)

    def _correct(self, slipped: str) -> None:
        if slipped == "order_number":
            self.say(self.rng.choice(("no wait, the order is {0}", "sorry, I meant {0}", "wrong number, it's {0}"))
                      .format(self.goal.number))  # fmt: skip
        else:
            assert self.goal.affected
            named = items_named(self.goal.affected, self.rng, units=True)
            self.say(self.rng.choice(("I meant {0}", "no, not that one: {0}", "sorry, it is {0}")).format(named))

    # one method for each topic of a question

    def _answer_issue(self, question: str) -> None:
        wanted = title(f"issue_{self.goal.issue}", self.goal.locale)
        if self._offers(wanted) and (self._tries[question] > 1 or self._presses()):
            self.press(wanted)
        else:
            self.say(filled(self.rng.choice(phrases("issues")[self.goal.issue]), self.goal, self.rng))

    def _answer_order_number(self, question: str) -> None:
        if "order_number" in self._slips and self.goal.order != "100003":
            self._slips.discard("order_number")
            self._slipped = "order_number"
            self.say(self.goal.number[:2] + "100003")
            return
        both = self.goal.typing and "email" not in self.goal.volunteered and self.rng.random() < 0.15
        kind = "both" if both else "order_number"
        self.say(filled(self.rng.choice(phrases("answers")[kind]), self.goal, self.rng))

    def _answer_email(self, question: str) -> None:
        self.say(filled(self.rng.choice(phrases("answers")["email"]), self.goal, self.rng))

    def _answer_items(self, question: str) -> None:
        affected = self.goal.affected
        whole = {sku: quantity for sku, (_, quantity) in LINES.items()}
        if affected is None or affected == whole:
            self._press_or_say(title("choice_all_items", self.goal.locale), phrases("answers")["all_items"])
            return
        if "items" in self._slips and len(affected) == 1:
            self._slips.discard("items")
            self._slipped = "items"
            other = OTHER_SKU[next(iter(affected))]
            self.say(items_named({other: LINES[other][1]}, self.rng, units=True))
            return
        names = phrases("answers")["items_names"]
        if len(affected) == 1:
            sku = next(iter(affected))
            if self._presses():
                self.press(LINES[sku][0])
                return
            if self.rng.random() < 0.25:
                place = list(LINES).index(sku) + 1
                said = self.rng.choice(phrases("answers")["items_numbers"])
                self.say(said.format(place=place, ordinal=ORDINALS[place]))
                return
        units = self.rng.random() < 0.5
        named = items_named(affected, self.rng, units=units)
        self.say(self.rng.choice(names).format(items=named))

    def _answer_quantity(self, question: str) -> None:
        sku = question.partition(":")[2]
        units = (self.goal.affected or {}).get(sku, LINES[sku][1])
        if units == LINES[sku][1] and self.rng.random() < 0.3:
            self._press_or_say(str(units), phrases("answers")["quantity_all"])
            return
        said = [one.format(units=units, units_word=NUMBERS[units]) for one in phrases("answers")["quantity"]]
        self._press_or_say(str(units), said)

    def _answer_fact(self, question: str) -> None:
        name = question.partition(":")[2]
        if name in phrases("answers")["texts"]:
            text = self.rng.choice(phrases("answers")["texts"][name])
            self.played.facts[name] = text
            self.say(text)
            return
        value = self.goal.facts[name]
        own = phrases("answers")["facts"].get(name, {})
        said = list(own.get(value, []))
        if isinstance(value, bool):
            said += phrases("answers")["affirm" if value else "deny"]
        self._press_or_say(fact_title(self.goal.shop, name, value, self.goal.locale), said)

    def _answer_evidence(self, question: str) -> None:
        requirement = question.partition(":")[2]
        how = self._evidence.setdefault(requirement, self.goal.handling(len(self._evidence)))
        answers = phrases("answers")
        if how == "refuse":
            self.played.refused = True
            self.say(self.rng.choice(answers["refuse"]))
        elif how == "later":
            self._press_or_say(title("choice_later", self.goal.locale), answers["later"])
        elif how == "unavailable":
            self._press_or_say(title("choice_dont_have", self.goal.locale), answers["unavailable"])
        elif requirement in answers["texts"]:
            self.played.sent.append(requirement)
            self.say(self.rng.choice(answers["texts"][requirement]))
        else:
            self.upload(requirement)

    def _answer_remedy(self, question: str) -> None:
        offered = self.choices()
        for kind in self.goal.remedies:
            wanted = title(f"remedy_{kind}", self.goal.locale)
            if wanted in offered:
                self._press_or_say(wanted, phrases("answers")["remedy"][kind])
                return
        raise GaveUp(f"no remedy of mine among {offered}")

    def _answer_confirm(self, question: str) -> None:
        self._press_or_say(title("choice_confirm", self.goal.locale), phrases("answers")["confirm"])

    def _answer_appeal_reason(self, question: str) -> None:
        self.say(self.rng.choice(phrases("answers")["texts"]["appeal_reason"]))

    def _answer_resume(self, question: str) -> None:
        self.press(title("choice_new_claim", self.goal.locale))

    def _answer_feedback(self, question: str) -> None:
        self.say(self.rng.choice(phrases("answers")["texts"]["feedback"]))

    # how it is sent

    def _presses(self) -> bool:
        return self.rng.random() >= self.goal.typing

    def choices(self) -> list[str]:
        """The titles of the buttons on offer."""
        return [choice["title"] for reply in self.buyer.replies for choice in reply["choices"]]

    def _offers(self, wanted: str) -> bool:
        return bool(wanted) and any(one.startswith(wanted) for one in self.choices())

    def _press_or_say(self, wanted: str, said: list[str]) -> None:
        if self._offers(wanted) and (self._presses() or self.goal.locale != "en"):
            self.press(wanted)
        else:
            self.say(self.rng.choice(said))

    def say(self, text: str) -> None:
        """Write something."""
        self.played.transcript.append(("buyer", text))
        self.buyer.say(text)
        self.hear()

    def press(self, wanted: str) -> None:
        """Press the button whose title begins so."""
        self.played.transcript.append(("buyer", f"[{wanted}]"))
        self.buyer.press(wanted)
        self.hear()

    def upload(self, requirement: str, *, named: bool = False) -> None:
        """Send a photo that no other looks like; `named`: saying of what kind it is, where no question says so."""
        self.played.transcript.append(("buyer", f"<a photo for {requirement}>"))
        red, green, blue = (self.rng.randrange(256) for _ in range(3))
        fields = {"kind": requirement} if named else {}
        answer = self.buyer.send(photo((red, green, blue), (1200, 900)), **fields)
        assert answer.status_code == 201, answer.text
        self.played.sent.append(answer.json()["evidence"]["kind"])
        self.hear()

    def hear(self) -> None:
        """Take down what the desk said."""
        if not self.buyer.replies:
            self.played.transcript.append(("desk", "(nothing)"))
        for reply in self.buyer.replies:
            mark = f"  «{reply['question']['id']}»" if reply["question"] else ""
            titles = "".join(f" [{choice['title']}]" for choice in reply["choices"])
            self.played.transcript.append(("desk", reply["text"] + titles + mark))


def play(client: httpx.Client, goal: Goal, seed: int) -> Played:
    """Play a goal with the wording that `seed` draws."""
    return Simulated(client, goal, Random(seed)).play()
