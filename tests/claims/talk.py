"""A desk without its dialogue process: real store, packs, texts and rules; the test says what was understood."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import event

from actions.steps import step_of
from redress.claims.asides import Asides
from redress.claims.conversation import Conversation, Entity, Heard
from redress.claims.desk import Desk
from redress.claims.draft import JSON, Draft
from redress.claims.errands import Errands
from redress.claims.hours import OfficeHours
from redress.claims.lexicon import Lexicon
from redress.claims.policy_answers import PolicyAnswers
from redress.claims.ports import StepRecord
from redress.claims.progress import Progress
from redress.claims.turn import Turns
from redress.claims.wording import Wording
from redress.connectors.orders import StoredOrders
from redress.demo import demo_orders
from redress.policy.vocabulary import Language
from redress.settings import ROOT
from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.migrate import migrate
from redress.store.orders import ShopOrders
from redress.store.transcripts import Transcripts
from redress.texts import read_yaml
from tests.ticketing import EMAIL, PACKS, TEXTS, TicketDesk

LEXICON = Lexicon.from_data(read_yaml(ROOT / "data" / "lexicon.yml"))
NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)  # a Wednesday, 12:00 in China


@dataclass(frozen=True)
class Understood:
    """What the dialogue process would make of a message."""

    intent: str = "nlu_fallback"
    confidence: float = 0.9
    entities: tuple[Entity, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    close: tuple[str, ...] = ()
    second_issue: str | None = None
    topics: tuple[tuple[str, float], ...] = ()
    answers: tuple[tuple[str, float, float], ...] = ()
    volunteered: tuple[str, ...] = ()
    in_order: tuple[tuple[int, int], ...] = ()


@cache
def rules() -> Mapping[str, Sequence[str]]:
    """What the dialogue's rules do with an intent that was no answer: its actions, before the form returns."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data" / "rules").glob("*.yml")):
        for rule in read_yaml(file)["rules"]:
            first, *others = rule["steps"]
            actions = [step["action"] for step in others if step.get("action") not in (None, "claim_form")]
            for intent in first.get("or", [first]):
                found[intent["intent"]] = actions
    return found


class CountingId:
    """Identifiers in order."""

    def __init__(self) -> None:
        self._count = 0

    def draft(self) -> str:
        self._count += 1
        return f"{self._count:016x}"

    def ticket(self) -> str:
        self._count += 1
        number = f"{self._count:04}".translate(str.maketrans("01", "XY"))
        return f"RD-ABCD-{number}"


class World:
    """One desk on a database of its own, with every demo shop's orders in it."""

    def __init__(self, file: Path) -> None:
        engine = make_engine(f"sqlite:///{file}")
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF").close())
        self.database = Database(engine)
        self.side = TicketDesk(self.database)
        self.clock = self.side.clock
        self.clock.at = NOON
        self.transcripts = Transcripts(self.database)
        orders = StoredOrders(ShopOrders(self.database))
        wording = Wording(TEXTS, PACKS)
        self.progress = Progress(self.side.conversations, orders, wording, LEXICON, self.clock, CountingId())
        hours = OfficeHours(time(9), time(18), PACKS)
        asides = Asides(self.progress, PolicyAnswers(TEXTS, PACKS, self.clock), hours)
        self.desk = Desk(self.progress, asides, Errands(self.progress, self.side.own))

    def talk(
        self,
        shop: str = "1688order",
        language: Language = "en",
        known: Mapping[str, str] | None = None,
        zone: str | None = None,
    ) -> Talk:
        """A buyer opens a conversation."""
        return Talk(self, shop, language, known or {}, zone)

    def close(self) -> None:
        self.database.engine.dispose()


def new_world(template: Path, folder: Path) -> World:
    """A world on a copy of a prepared database."""
    file = folder / f"{uuid.uuid4().hex}.db"
    shutil.copy(template, file)
    return World(file)


def prepare(file: Path) -> Path:
    """A database with the tables and the demo orders."""
    engine = make_engine(f"sqlite:///{file}")
    migrate(engine)
    orders = ShopOrders(Database(engine))
    for shop, order, tracking in demo_orders(NOON):
        orders.put(shop, EMAIL, order, tracking)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


class Talk:
    """One buyer's conversation. `replies` are the latest ones."""

    def __init__(
        self, world: World, shop: str, language: Language, known: Mapping[str, str], zone: str | None = None
    ) -> None:
        self.world, self.desk, self.store = world, world.desk, world.side.conversations
        id_ = uuid.uuid4().hex
        opening = Conversation(id_, shop, language, zone, Draft(id=""), None, client="192.0.2.1", known=known)
        opened, greeting = self.desk.open(opening)
        self.id = id_
        self.replies: Sequence[JSON] = self.store.add(opened, uuid.uuid4().hex, greeting, world.clock())
        self._understood = Understood()
        self._turns = Turns(self.store, world.transcripts, self, LEXICON, world.clock)

    # -- what a test does

    def hear(self, text: str, intent: str = "nlu_fallback", *, client_id: str | None = None, **understood: Any) -> Talk:
        """The buyer writes something, understood so."""
        self._understood = Understood(intent, **understood)
        self.replies = self._turns.take(self.id, client_id or uuid.uuid4().hex, text=text)
        return self

    def press(self, title: str) -> Talk:
        """The buyer presses the button whose title begins so."""
        titles = self.choices
        payload = next((payload for name, payload in titles.items() if name.startswith(title)), None)
        assert payload, f"no button {title!r} among {list(titles)}"
        return self.take(payload)

    def take(self, payload: str) -> Talk:
        """The buyer presses the button with that payload."""
        self.replies = self._turns.take(self.id, uuid.uuid4().hex, payload=payload)
        return self

    def send(self, *marks: str) -> Talk:
        """The buyer sends the file that is waited for, with these marks on its quality."""
        kind = self.desk.waits_for(self.state)
        assert kind is not None
        record = self.desk.received(self.id, uuid.uuid4().hex, kind.partition("|")[0], uuid.uuid4().hex, marks)
        self.replies = record.replies
        return self

    def identify(self, number: str = "OR100001", email: str = EMAIL) -> Talk:
        """The order's number and e-mail address, one after the other."""
        return self.hear(number).hear(email)

    def answer_facts(self, **answers: bool | str) -> Talk:
        """Press an answer to each question of fact: a simple, honest case unless told otherwise."""
        simple: dict[str, Any] = {"has_receipt": True, "signed_in_presence": True, "within_warranty": True}
        while (self.question or "").startswith("fact:"):
            name = (self.question or "").removeprefix("fact:")
            wanted = answers.get(name, simple.get(name))
            offered = self.offered()
            if wanted is None:
                wanted = False if False in offered.values() else next(iter(offered.values()))
            self.take(next(payload for payload, meant in offered.items() if meant == wanted))
        return self

    def photograph(self) -> Talk:
        """Send or write whatever evidence is asked for."""
        while (self.question or "").startswith("evidence:"):
            open_question = self.state.question
            assert open_question is not None
            self = self.send() if open_question.kind == "upload" else self.hear("ABC 12345, as I said")
        return self

    # -- what a test looks at

    @property
    def state(self) -> Conversation:
        """The conversation as the store has it."""
        return self.store.conversation(self.id)

    @property
    def draft(self) -> Draft:
        return self.state.draft

    @property
    def question(self) -> str | None:
        """The id of the open question."""
        question = self.state.question
        return question.id if question else None

    @property
    def text(self) -> str:
        """All that the desk said last."""
        return "\n".join(reply["text"] for reply in self.replies)

    @property
    def choices(self) -> dict[str, str]:
        """The latest buttons: title -> payload."""
        return {choice["title"]: choice["payload"] for reply in self.replies for choice in reply["choices"]}

    @property
    def ticket(self) -> JSON | None:
        """The ticket that the latest replies tell of."""
        return next((reply["ticket"] for reply in self.replies if reply["ticket"]), None)

    @property
    def outcome(self) -> str | None:
        """The outcome that the latest replies tell."""
        return next((reply["assessment"]["outcome"] for reply in self.replies if reply["assessment"]), None)

    def offered(self) -> dict[str, Any]:
        """payload -> the value of a fact that its button stands for."""
        conversation = self.state
        assert conversation.question is not None
        wording = self.world.progress.wording
        meant = {c.title: c.value for c in wording.choices(conversation, conversation.question, conversation.draft)}
        return {payload: meant[title].get("fact") for title, payload in self.choices.items() if title in meant}

    # -- the dialogue process, as its rules are written

    def say(self, conversation: Conversation, client_id: str, message: str) -> Sequence[JSON]:
        """What Rasa would reply: the form first; where it was no answer, the rule for the intent, then the form."""
        inbound = self.world.transcripts.inbound(conversation.id, client_id)
        understood = self._understood if inbound.choice is None else Understood("choose")
        if message.startswith("/") and message != "/choose":
            understood = replace(understood, intent=message.removeprefix("/"), confidence=1.0)
        heard = Heard(inbound.text, inbound.created_at, **{**vars(understood)}, choice=inbound.choice)
        record = self.desk.hear(conversation.id, f"{client_id}:hear", heard)
        said = list(record.replies)
        if record.answered:
            return _through_rasa(said)
        for action in rules()[understood.intent]:
            said += self._act(action, conversation, client_id, heard)
        return _through_rasa([*said, *self.desk.put_again(conversation.id, f"{client_id}:again").replies])

    def _act(self, action: str, conversation: Conversation, client_id: str, heard: Heard) -> list[JSON]:
        if action.startswith("utter_"):
            empty = dict.fromkeys(("question", "upload", "assessment", "ticket"))
            return [{"text": TEXTS.say(action, conversation.language), "choices": [], **empty}]
        name = action.removeprefix("action_")
        record: StepRecord = step_of(self.desk, name)(conversation.id, f"{client_id}:{name}", heard)
        return list(record.replies)


def _through_rasa(replies: Sequence[JSON]) -> list[JSON]:
    """Rasa's REST channel splits each reply into its text and the rest."""
    return [part for reply in replies for part in ({"text": reply["text"]}, {"custom": reply})]
