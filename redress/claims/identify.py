"""Proving that an order is the buyer's, with a lock against guessing."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from redress.claims.conversation import Conversation
from redress.claims.draft import Draft
from redress.claims.ports import Orders, Store

MOST_FAILURES = 5
MOST_FAILURES_PER_ADDRESS = 50  # many buyers may share one address
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Identified:
    """How an identification ended: the draft as it is now, and the response that says so (None: it is theirs)."""

    draft: Draft
    response: str | None


def identify(draft: Draft, conversation: Conversation, orders: Orders, store: Store, now: datetime) -> Identified:
    """Look the order up by its number and the e-mail address on it, both given.

    An unknown order and a wrong address end alike. Five failures lock the order number, and the conversation that
    made them, for 15 minutes; a network address is allowed fifty, since many buyers may share one.
    """
    assert draft.order_number is not None
    assert draft.email is not None
    forgotten = replace(draft, order_number=None, email=None)
    limits = {
        f"order:{conversation.shop}:{draft.order_number}": MOST_FAILURES,
        f"conversation:{conversation.id}": MOST_FAILURES,
        f"address:{conversation.client}": MOST_FAILURES_PER_ADDRESS,
    }
    failures = store.failures(list(limits), now - LOCKED_FOR)
    if any(failures.get(key, 0) >= most for key, most in limits.items()):
        return Identified(forgotten, "utter_identification_locked")
    found = orders.find(conversation.shop, draft.order_number, draft.email)
    if found is None:
        store.add_failure(list(limits), now)
        return Identified(forgotten, "utter_order_unknown")
    return Identified(replace(draft, order=found.order, tracking=found.tracking), None)
