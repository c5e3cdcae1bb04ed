"""The format of a policy pack: what a manager may write in `data/policies/<shop>.yml`.

These models are the schema of the file (`docs/policy-pack.schema.json` is generated from them) and what the rules are
read from: `conditions`, `calendar`, `money` and `assess` interpret them. Nothing here computes.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from redress.policy.texts import Texts
from redress.policy.vocabulary import (
    AmountName,
    DeclineCode,
    EarlyCode,
    EvidenceInput,
    FactKind,
    Instant,
    Issue,
    Language,
    Note,
    Payer,
    Rating,
    ReferralCode,
    RemedyKind,
    Stage,
    Tracking,
)


class Part(BaseModel):
    """A mapping of a pack: unknown keys are refused with the keys that are allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, value: Any) -> Any:
        allowed = [field.alias or name for name, field in cls.model_fields.items()]
        if not isinstance(value, dict):
            raise PydanticCustomError("mapping", "expected a mapping; allowed keys: {allowed}", {"allowed": allowed})
        if unknown := [key for key in value if key not in allowed]:
            context = {"key": unknown[0], "allowed": allowed}
            raise PydanticCustomError("unknown_key", "unknown key; allowed keys: {allowed}", context)
        return value


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _date(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _decimal(value: Any) -> Any:
    if isinstance(value, str | int) and not isinstance(value, bool):
        number = Decimal(value)
        if not number.is_finite() or number < 0 or number != round(number, 2):
            raise ValueError("an amount is not negative and has at most two decimals")
        return number
    return value


def _exactly_one(part: BaseModel, *names: str) -> None:
    if sum(getattr(part, name) is not None for name in names) != 1:
        raise PydanticCustomError("one_of", "give exactly one of {names}", {"names": ", ".join(names)})


type OneOrMore[T] = Annotated[tuple[T, ...], BeforeValidator(_listed), Field(min_length=1, strict=False)]
type Many[T] = Annotated[tuple[T, ...], BeforeValidator(_listed), Field(strict=False)]
Day = Annotated[date, BeforeValidator(_date)]
Money = Annotated[Decimal, BeforeValidator(_decimal)]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Ref = Annotated[str, Field(pattern=r"^[1-9][0-9]*\.[1-9][0-9]*$")]
Print = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]


class Clause(Part):
    """Where the shop's text says so: paragraph.sentence, our plain words for it, and the sentence's fingerprint."""

    ref: Ref
    says: Texts
    print: Print

    def to_json(self) -> dict[str, str]:
        """The contract's JSON, in English."""
        return {"ref": self.ref, "says": self.says["en"]}


class Period(Part):
    """A length of time: exactly one unit. Hours are exact; days and weeks end at 23:59:59 of the last one."""

    hours: Annotated[int, Field(ge=1, le=10_000)] | None = None
    days: Annotated[int, Field(ge=1, le=10_000)] | None = None
    weeks: Annotated[int, Field(ge=1, le=1_000)] | None = None
    working_days: Annotated[int, Field(ge=1, le=250)] | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        _exactly_one(self, "hours", "days", "weeks", "working_days")
        return self


class Span(Period):
    """A period after an instant of the order, or after a fact that is a date."""

    after: Instant | Word
    counted_from: Literal["instant", "next_full_hour"] = "instant"


class Elapsed(Span):
    """True once `at` is later than the end of the span; never true while either instant is unknown."""

    at: Literal["reported_at"] | Instant = "reported_at"


class ItemFlags(Part):
    """What an affected item is; all that are given must hold of the same item."""

    factory_special: bool | None = None
    seller_rating: Rating | None = None
    ordered_on_platform: bool | None = None


class Condition(Part):
    """What must hold: every key that is given. A fact that is unknown matches only the word `unknown`."""

    facts: dict[Word, OneOrMore[bool | str]] = {}
    tracking: Many[Tracking] = ()
    stage: Many[Stage] = ()
    shipping_method: Many[str] = ()
    items: ItemFlags | None = None
    known: Many[Instant] = ()
    unknown: Many[Instant] = ()
    elapsed: Elapsed | None = None
    any: Many["Condition"] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("empty", "an empty condition; leave it out where something always holds")
        return self


class Conditional(Part):
    """Holds if `if` does (left out: always) and `unless` does not (left out: never)."""

    condition: Condition | None = Field(None, alias="if")
    exception: Condition | None = Field(None, alias="unless")


class Ground(Conditional):
    """Why a claim is declined, referred or too early; `message` replaces the general sentence for its code."""

    code: str
    clause: Clause
    message: Texts | None = None


class Decline(Ground):
    code: DeclineCode


class Referral(Ground):
    code: ReferralCode


class Early(Ground):
    """Too early until the span is over (its instant unknown: all the time), or for as long as the condition holds."""

    code: EarlyCode
    wait: Span | None = None


class Late(Conditional):
    """What a claim past its window still gets: a person's look (`refer`), or the same with a `note`."""

    refer: ReferralCode | None = None
    note: Note | None = None
    clause: Clause
    message: Texts | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        _exactly_one(self, "refer", "note")
        return self


class Window(Span):
    """Until when a claim may be reported; the first whose `if` holds counts. Later: the first `late` that holds."""

    condition: Condition | None = Field(None, alias="if")
    clause: Clause
    late: Many[Late] = ()


class Requirement(Part):
    """One piece of evidence; any of its alternatives will do."""

    one_of: OneOrMore[Word]

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"one_of": [value]} if isinstance(value, str) else value

    @property
    def name(self) -> str:
        """The alternatives joined by `|`, as a missing one is reported."""
        return "|".join(self.one_of)


class Term(Part):
    """One summand of an amount: an amount of the order or of its affected units, a fixed one, or a fee.

    `times` multiplies it, `share: affected` takes the affected part of it (by what was paid), `absent` stands in for
    an amount that the order does not give (left out: nobody can know it).
    """

    of: AmountName | Literal["affected_paid", "affected_commission"] | None = None
    fixed: Money | None = None
    fee: Word | None = None
    times: Annotated[int, Field(ge=1, le=100)] = 1
    share: Literal["affected"] | None = None
    absent: Money | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        _exactly_one(self, "of", "fixed", "fee")
        return self


class Deducted(Part):
    """What is taken off a remedy; its terms are added up and rounded once."""

    label: Word
    amount: OneOrMore[Term]
    clause: Clause


class Offer(Conditional):
    """A remedy. Without `gross` its amount is null; `by` is until when, and it is left out once that has passed.

    `advice` is told with it.
    """

    kind: RemedyKind
    gross: Many[Term] = ()
    deductions: Many[Deducted] = ()
    return_paid_by: Payer | None = None
    shipping_paid_by: Payer | None = None
    by: Span | None = None
    needs: Many[Word] = ()
    clause: Clause
    advice: Texts | None = None


class Clock(Period):
    """How long the shop takes, counted from the report."""

    clause: Clause


class Row(Part):
    """The rule for some issues at some stages (left out: all). `others` are the issues and stages no row names."""

    id: Id
    issues: OneOrMore[Issue | Literal["others"]]
    stages: Many[Stage] = ()
    clause: Clause
    window: Many[Window] = ()
    declined: Many[Decline] = ()
    too_early: Many[Early] = ()
    evidence: Many[Requirement] = ()
    referred: Many[Referral] = ()
    remedies: Many[Offer] = ()
    review: Clock | None = None
    payout: Clock | None = None


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
    """The answer to a question about the policy; `words` are what buyers call the topic, `fees` tables to add."""

    title: Texts
    words: dict[Language, Many[str]] = {}
    text: Texts
    fees: Many[Word] = ()
    clause: Clause


class Contact(Part):
    """How the shop's people are reached."""

    text: Texts
    clause: Clause | None = None


class Covered(Part):
    """One sentence of the source: the rules that encode it (`by`), or why none does (`because`)."""

    ref: Ref
    print: Print
    by: Many[str] = ()
    because: (
        Literal["heading", "numbering", "informational", "about_the_shop", "no_claim", "left_to_reviewer"] | None
    ) = None

    @model_validator(mode="after")
    def _accounted_for(self) -> Self:
        if bool(self.by) == bool(self.because):
            raise PydanticCustomError("one_of", "give `by` (the rules that encode it) or `because` (why none does)")
        return self


class Wording(Part):
    """What a pack says once for all its versions, and a version may say anew."""

    facts: dict[Word, FactWords] = {}
    evidence: dict[Word, EvidenceWords] = {}
    fees: dict[Word, Fee] = {}
    answers: dict[Word, AnswerWords] = {}


class Version(Wording):
    """The rules from the day they come into force (in the pack's zone) until the next version's."""

    start: Day = Field(alias="from")
    claims: Many[Row]


class PackFile(Wording):
    """A whole policy pack."""

    shop: Id
    name: str
    zone: str
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    holidays: str = "CN"
    contact: Contact
    evidence_within: Period = Period(days=30)
    clauses: dict[str, Clause]
    versions: OneOrMore[Version]
    coverage: Many[Covered]
