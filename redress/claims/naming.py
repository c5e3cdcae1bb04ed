"""What a message names: an order, an e-mail address, a ticket, a problem."""

import re
from collections.abc import Sequence
from dataclasses import replace

from redress.claims.affected import named_items
from redress.claims.conversation import Heard
from redress.claims.draft import Draft
from redress.claims.lexicon import Lexicon
from redress.policy.vocabulary import ISSUES

# ASCII: Chinese puts no space before a number. Letters apart from their digits count in capitals only: "OR 100001".
PATTERN = re.ASCII | re.IGNORECASE
WORDS = "IS|IT|NO|NR|MY|ID|OF|ON|IN|AT|TO|BY|WAS|FOR|AND|THE|ITS|NUM|YES"
ORDER_NUMBER = re.compile(
    rf"\b[A-Z]{{1,4}}-?\d{{4,14}}\b|\b(?!(?:{WORDS})\b)(?-i:[A-Z]{{2,4}}) \d{{5,14}}\b|\b\d{{5,18}}\b", PATTERN
)
TICKET_NUMBER = re.compile(r"\bRD[- ]?([2-9A-HJKMNP-Z]{4})[- ]?([2-9A-HJKMNP-Z]{4})\b", PATTERN)
EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
SURE = 0.5  # of an intent, where acting on it by mistake would cost the buyer something

# what an understood intent means among the policy's issues
ISSUE_OF_INTENT = {**{issue: issue for issue in ISSUES}, "delivered_not_received": "non_delivery"}


def order_number(text: str) -> str | None:
    """The order number in a text, in capitals and without inner space; tickets and e-mail addresses are none."""
    found = ORDER_NUMBER.search(TICKET_NUMBER.sub(" ", EMAIL.sub(" ", text)))
    return found.group().upper().replace(" ", "") if found else None


def without_numbers(text: str) -> str:
    """The text without its order numbers, tickets and e-mail addresses."""
    return ORDER_NUMBER.sub(" ", TICKET_NUMBER.sub(" ", EMAIL.sub(" ", text)))


def email_address(text: str) -> str | None:
    """The e-mail address in a text."""
    found = EMAIL.search(text)
    return found.group() if found else None


def ticket_number(text: str) -> str | None:
    """The ticket number in a text, as we write it."""
    found = TICKET_NUMBER.search(EMAIL.sub(" ", text))
    return f"RD-{found[1]}-{found[2]}".upper() if found else None


def issue_of(heard: Heard) -> str | None:
    """The policy's issue that a message tells of, or None."""
    return ISSUE_OF_INTENT.get(heard.intent or "")


def name_issue(draft: Draft, issue: str, heard: Heard) -> Draft:
    """The draft with its problem named. The instant of the first naming stays for good."""
    draft = remembering(draft, heard) if heard.text and heard.choice is None else draft
    return replace(draft, issue=issue, reported_at=draft.reported_at or heard.at.isoformat(), candidates=())


def remembering(draft: Draft, heard: Heard) -> Draft:
    """The draft with a message kept, to be read for items, facts and wishes once they are asked for."""
    facts = [label.split("/") for label in heard.volunteered]
    both = {name for name, value in facts if [name, "yes"] in facts and [name, "no"] in facts}  # which is no answer
    told = {name: value == "yes" for name, value in facts if name not in both}
    volunteered = {**draft.volunteered, **told}
    return replace(draft, told=(*draft.told, heard.text), volunteered=volunteered)


def identifying(heard: Heard, draft: Draft) -> Draft:
    """The draft with what identifies the order, wherever in the message it stands."""
    if draft.order is not None or heard.choice is not None:
        return draft
    return replace(
        draft,
        order_number=draft.order_number or order_number(heard.text),
        email=draft.email or email_address(heard.text),
    )


def told_items(texts: Sequence[str], draft: Draft, lexicon: Lexicon) -> dict[str, int | None]:
    """The items and units that the first of those texts names that names any."""
    assert draft.order is not None
    return next((found for text in texts if (found := named_items(text, draft.order["items"], lexicon))), {})
