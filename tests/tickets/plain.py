"""Tickets without a store."""

from __future__ import annotations

import uuid
from datetime import datetime

from redress.claims.conversation import Conversation
from redress.claims.draft import Draft
from redress.claims.notices import TicketNotices
from redress.claims.opening import Openings
from redress.claims.ports import TicketDraft
from redress.claims.tickets import Ticket
from redress.policy import assess, parse_claim
from redress.policy.vocabulary import Language
from tests.ticketing import EMAIL, PACKS, TEXTS, claim_json

NOTICES = TicketNotices(TEXTS, PACKS)
ISSUES = {"1688order": "missing_item", "platform-15": "damaged", "parcel-up": "damaged"}


def waiting(shop: str, at: datetime, language: Language = "en") -> Ticket:
    """A ticket that opened then and waits for all its evidence."""
    claim = claim_json(shop, ISSUES[shop], at, ())
    assessment = dict(assess(parse_claim(claim, PACKS), PACKS[shop]).to_json())
    draft = TicketDraft("RD-1", uuid.uuid4().hex, "awaiting_evidence", claim, assessment, "refund", EMAIL, {}, None)
    conversation = Conversation(uuid.uuid4().hex, shop, language, None, Draft(id="d"), None)
    return Openings(NOTICES, PACKS).open(draft, conversation, at)[0]
