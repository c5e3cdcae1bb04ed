"""The format of a policy pack: what a manager may write in `data/policies/<shop>.yml`.

These models are the schema of the file (`docs/policy-pack.schema.json` is generated from them) and what the rules are
read from: `conditions`, `calendar`, `money` and `assess` interpret them. Nothing here computes.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from redress.policy.parts import (
    Clause,
    Condition,
    Conditional,
    Day,
    Id,
    Many,
    Money,
    OneOrMore,
    Part,
    Period,
    Print,
    Ref,
    Span,
    Word,
    exactly_one,
)
from redress.policy.texts import Texts
from redress.policy.vocabulary import (
    AmountName,
    DeclineCode,
    EarlyCode,
    Issue,
    Note,
    Payer,
    ReferralCode,
    RemedyKind,
    Stage,
)
from redress.policy.wording import Contact, Wording


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
        exactly_one(self, "refer", "note")
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
        exactly_one(self, "of", "fixed", "fee")
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
    """How long the shop takes, counted from the report, or (`paid_within`) from the approval."""

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
    paid_within: Clock | None = None


class Covered(Part):
    """One sentence of the source: the rules that encode it (`by`), or why none does (`because`)."""

    ref: Ref
    print: Print
    by: Many[str] = ()
    because: Literal["heading", "numbering", "informational", "about_the_shop", "left_to_reviewer"] | None = None

    @model_validator(mode="after")
    def _accounted_for(self) -> Self:
        if bool(self.by) == bool(self.because):
            raise PydanticCustomError("one_of", "give `by` (the rules that encode it) or `because` (why none does)")
        return self


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
