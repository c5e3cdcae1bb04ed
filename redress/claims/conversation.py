"""What a conversation is made of: who asks, what is open, what was heard, what is replied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from redress.claims.draft import Draft
from redress.policy.vocabulary import Language

QuestionKind = Literal["order_number", "email", "text", "choice", "items", "number", "yes_no", "date", "upload"]

Mode = Literal["bot", "waiting", "person"]  # who answers the buyer


@dataclass(frozen=True)
class Question:
    """What the bot waits for. `id` and `kind` as in the HTTP contract; `values` are what its choices stand for."""

    id: str
    kind: QuestionKind

    @property
    def topic(self) -> str:
        """The id before its colon: `fact`, `evidence`, `quantity`, or the whole id."""
        return self.id.partition(":")[0]

    @property
    def subject(self) -> str:
        """The id after its colon: the fact's name, the evidence requirement, the SKU."""
        return self.id.partition(":")[2]


@dataclass(frozen=True)
class Choice:
    """A button: its title in the buyer's language, and what pressing it means to us (never shown)."""

    title: str
    value: Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """One message of the bot, before the store gives it an id and its choices their payloads."""

    text: str
    choices: tuple[Choice, ...] = ()
    question: Question | None = None
    upload: Mapping[str, Any] | None = None
    assessment: Mapping[str, Any] | None = None
    ticket: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Entity:
    """A piece of a message that the dialogue process recognised; `start` and `end` count characters of the text."""

    name: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True)
class Heard:
    """One message of the buyer as it was understood: free text with its intent, or a choice that was pressed.

    `text` is read with its slips of spelling mended, `written` what the buyer wrote, which people read.
    `close` are two intents between which the dialogue process could not decide, `second_issue` is a further problem
    that the message tells of, `in_order` where (start, end) it says that something is as it should be. `topics` are the
    answers (by topic) and clauses (by number) of the shop's policy that the message comes nearest to in meaning, each
    with its cosine, nearest first; `answers` the same of the example answers in data/answers.yml ("remedy/refund"),
    each with its probability among the answers of its question as well; `volunteered` are the facts that clauses of it
    tell beyond doubt ("has_receipt/yes"), whatever it is about.
    """

    text: str
    at: datetime
    intent: str | None = None
    confidence: float = 0.0
    entities: tuple[Entity, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    close: tuple[str, ...] = ()
    second_issue: str | None = None
    topics: tuple[tuple[str, float], ...] = ()
    answers: tuple[tuple[str, float, float], ...] = ()
    volunteered: tuple[str, ...] = ()
    choice: Mapping[str, Any] | None = None
    written: str = ""
    in_order: tuple[tuple[int, int], ...] = ()

    @property
    def telling(self) -> str:
        """The text without what it says is in order: its words name no problem."""
        text = self.text
        for start, end in self.in_order:
            text = text[:start] + " " * (end - start) + text[end:]
        return text

    @property
    def own_words(self) -> str:
        """What a person is to read of it."""
        return self.written or self.text

    def first(self, name: str) -> Any:
        """The value of the first entity of that name, or None."""
        return next((entity.value for entity in self.entities if entity.name == name), None)


@dataclass(frozen=True)
class Conversation:
    """One buyer's conversation with one shop's desk. `version` counts its changes (optimistic locking)."""

    id: str
    shop: str
    language: Language
    time_zone: str | None
    draft: Draft
    question: Question | None
    client: str = ""
    version: int = 0
    last_ticket: str | None = None
    mode: Mode = "bot"
    known: Mapping[str, str] = field(default_factory=dict)
