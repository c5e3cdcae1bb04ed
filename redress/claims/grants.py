"""What an approval gives: a remedy of the assessment, its amount lowered at most, with whatever accompanies it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, get_args

from redress.claims.interview import ACCOMPANYING
from redress.claims.tickets import Actor, Grant, NotAllowed, Role, Ticket
from redress.errors import RedressError
from redress.policy.vocabulary import RemedyKind

MOST_DIGITS = 12  # before the point: more cannot be rounded, nor be what an order cost
MONEY = frozenset({"refund", "partial_refund", "compensation", "carrier_compensation", "commission_refund"})
REMEDIES: tuple[str, ...] = get_args(RemedyKind)
_LEADS: frozenset[Role] = frozenset({"lead", "admin"})


class InvalidGrant(RedressError):
    """A remedy or an amount that cannot be granted; the message says what can."""

    code = "invalid_decision"


def granted(ticket: Ticket, actor: Actor, remedy: str, amount: Decimal | None, reason: str) -> tuple[Grant, ...]:
    """What approving `remedy` gives.

    A remedy of the assessment comes with its net; a lead may lower it, saying why. Where the assessment knows no
    amount (what a carrier refunds), whoever decides gives it. Where it offers no remedies, because it was declined or
    left to a person, any kind may be granted, saying why, up to what was paid for the order.
    """
    if remedy not in REMEDIES:
        raise InvalidGrant(f"There is no remedy {remedy!r}; there is {', '.join(REMEDIES)}.", field="remedy")
    _check_amount(remedy, amount)
    offers: list[Mapping[str, Any]] = ticket.assessment["remedies"]
    offered = [offer for offer in offers if offer["kind"] == remedy]
    if offers and not offered:
        kinds = ", ".join(dict.fromkeys(offer["kind"] for offer in offers))
        raise InvalidGrant(f"The policy offers {kinds} for this claim, not {remedy}.", field="remedy")
    if not offered:
        return (_beyond_policy(ticket, remedy, amount, reason),)
    net = None if offered[0]["net"] is None else Decimal(offered[0]["net"])
    if amount is not None and net is not None and amount != net:
        _check_lowered(actor, amount, net, reason)
    accompanying = [offer for offer in offers if offer["kind"] in ACCOMPANYING and offer["kind"] != remedy]
    own = Grant(remedy, net if amount is None else amount, offered[0]["currency"])
    return (own, *(Grant(one["kind"], _net(one), one["currency"]) for one in accompanying))


def _check_amount(remedy: str, amount: Decimal | None) -> None:
    if amount is None:
        return
    if remedy not in MONEY:
        raise InvalidGrant(f"A {remedy} has no amount.", field="amount")
    if not amount.is_finite() or amount < 0 or amount.adjusted() > MOST_DIGITS or amount != round(amount, 2):
        raise InvalidGrant("An amount is not negative and has at most two decimals.", field="amount")


def _check_lowered(actor: Actor, amount: Decimal, net: Decimal, reason: str) -> None:
    if amount > net:
        raise InvalidGrant(f"The policy gives {net}; an amount can be lowered, not raised.", field="amount")
    if actor.role not in _LEADS:
        raise NotAllowed(actor, "lower an amount", _LEADS)
    if not reason.strip():
        raise InvalidGrant("Say why less is paid than the policy gives.", field="reason")


def _beyond_policy(ticket: Ticket, remedy: str, amount: Decimal | None, reason: str) -> Grant:
    order = ticket.claim["order"]
    if not reason.strip():
        raise InvalidGrant("The policy offers no remedy for this claim: say why it is granted.", field="reason")
    if remedy in MONEY and amount is None:
        raise InvalidGrant("The policy knows no amount for this claim: give one.", field="amount")
    paid = (order.get("amounts") or {}).get("total_paid")
    most = Decimal(paid) if paid else sum((Decimal(item["paid"]) for item in order["items"]), Decimal(0))
    if amount is not None and amount > most:
        raise InvalidGrant(f"{most} was paid for the order; no more can be granted.", field="amount")
    return Grant(remedy, amount, order["currency"])


def _net(offer: Mapping[str, Any]) -> Decimal | None:
    return None if offer["net"] is None else Decimal(offer["net"])
