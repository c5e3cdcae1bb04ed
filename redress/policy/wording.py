"""What a pack says rather than decides: questions, evidence, answers, and tables of fees."""

from typing import Annotated, Literal

from pydantic import Field

from redress.policy.parts import Clause, ItemFlags, Many, Money, OneOrMore, Part, Word
from redress.policy.texts import Texts
from redress.policy.vocabulary import EvidenceInput, FactKind


class Choice(Part):
    """One answer to a question with choices."""

    value: Word
    title: Texts


class FactWords(Part):
    """How a fact is asked, and why. A fact of the pack's own states its `kind`."""

    kind: FactKind | None = None
    ask: Texts
    choices: Many[Choice] = ()
    clause: Clause


class EvidenceWords(Part):
    """What a piece of evidence is called and must show, and why it is asked. Text is typed, all else uploaded."""

    label: Texts
    shows: Texts
    input: EvidenceInput = "upload"
    clause: Clause


class Tier(Part):
    """The fee up to and with a number; the last tier leaves `up_to` out."""

    up_to: Annotated[int, Field(ge=0)] | None = None
    amount: Money


class FeeException(Part):
    """The fee of affected items that are so, whatever the tier."""

    items: ItemFlags
    amount: Money
    clause: Clause


class Fee(Part):
    """A fee per affected SKU, in tiers of a number of the order (`absent` where the order does not give it)."""

    per: Literal["sku"]
    by: Literal["monthly_skus"]
    absent: Annotated[int, Field(ge=0)]
    tiers: OneOrMore[Tier]
    exception: FeeException | None = Field(None, alias="except")
    clause: Clause


class AnswerWords(Part):
    """The answer to a question about the policy; `words` are what buyers call the topic, `fees` tables to add.

    `questions`: how buyers ask for it in English; questions that mean the same find it too.
    """

    title: Texts
    questions: Many[str] = ()
    words: dict[str, Many[str]] = Field(default_factory=dict)
    text: Texts
    fees: Many[Word] = ()
    clause: Clause


class Contact(Part):
    """How the shop's people are reached."""

    text: Texts
    clause: Clause | None = None


class Wording(Part):
    """What a pack says once for all its versions, and a version may say anew."""

    facts: dict[Word, FactWords] = Field(default_factory=dict)
    evidence: dict[Word, EvidenceWords] = Field(default_factory=dict)
    fees: dict[Word, Fee] = Field(default_factory=dict)
    answers: dict[Word, AnswerWords] = Field(default_factory=dict)
