"""A desk's ticket side on a database, without HTTP or dialogue: what its tests open, change and look at."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from redress.claims.cases import Cases
from redress.claims.casework import Casework
from redress.claims.conversation import Conversation
from redress.claims.draft import Draft
from redress.claims.notices import TicketNotices
from redress.claims.opening import Openings
from redress.claims.own_tickets import OwnTickets
from redress.claims.ports import TicketDraft
from redress.claims.tickets import Actor, Ticket
from redress.policy import Pack, assess, load_packs, parse_claim
from redress.policy.vocabulary import Language
from redress.settings import ROOT
from redress.store.conversations import BuyersZones, Conversations
from redress.store.database import Database
from redress.store.outbox import Outbox
from redress.store.outbox_tables import OutboxRow
from redress.store.tables import EvidenceRow, MessageRow
from redress.store.ticket_store import Tickets
from redress.texts import FileTexts

PACKS: Mapping[str, Pack] = load_packs(ROOT / "data" / "policies")
TEXTS = FileTexts(ROOT / "data" / "responses")
REVIEWER = Actor("rosa", "reviewer")
LEAD = Actor("lena", "lead")
EMAIL = "buyer@example.com"
START = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)  # a Wednesday, 9:00 in China
PHOTOS = ("photo_delivery_slip", "photo_package_opening", "photo_package_weight")
_numbers = itertools.count(1)


class FakeClock:
    """Time as the test says."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def go(self, **by: float) -> datetime:
        """Let time pass; the instant then."""
        self.at += timedelta(**by)
        return self.at


class TicketDesk:
    """The use cases on a store, with a clock of their own."""

    def __init__(self, database: Database, **notices: Any) -> None:
        self.database, self.clock = database, FakeClock()
        announcer = TicketNotices(TEXTS, PACKS, zone=BuyersZones(database), **notices)
        self.tickets, self.outbox = Tickets(database), Outbox(database)
        self.conversations = Conversations(database, Openings(announcer, PACKS))
        self.cases = Cases(self.tickets, announcer, PACKS, self.clock)
        self.casework = Casework(self.cases)
        self.own = OwnTickets(self.cases, self.conversations)

    def converse(self, shop: str = "1688order", language: Language = "en", email: str = EMAIL) -> Conversation:
        """A conversation that the store keeps."""
        id_ = uuid.uuid4().hex
        draft = Draft(id=uuid.uuid4().hex[:16], email=email)
        conversation = Conversation(id_, shop, language, None, draft, None, client="192.0.2.1")
        self.conversations.add(conversation, uuid.uuid4().hex, (), self.clock())
        return self.conversations.conversation(id_)

    def open(
        self,
        shop: str = "1688order",
        issue: str = "missing_item",
        evidence: tuple[str, ...] = PHOTOS,
        *,
        language: Language = "en",
        appeal: str | None = None,
        remedy: str | None = "refund",
        email: str = EMAIL,
        **order: Any,
    ) -> Ticket:
        """A ticket as a buyer's confirmation opens it."""
        conversation = self.converse(shop, language, email)
        claim = claim_json(shop, issue, self.clock(), evidence, **order)
        assessment = dict(assess(parse_claim(claim, PACKS), PACKS[shop]).to_json())
        states = {"awaiting_evidence": "awaiting_evidence", "declined": "appealed"}
        number = f"RD-{next(_numbers):04}-{uuid.uuid4().hex[:4].upper()}"
        draft = TicketDraft(
            number=number,
            draft_id=conversation.draft.id,
            state="appealed" if appeal else states.get(assessment["outcome"], "in_review"),
            claim=claim,
            assessment=assessment,
            remedy=remedy,
            email=email,
            texts={},
            appeal_reason=appeal,
        )
        self.conversations.commit_step(conversation, "confirm", (), answered=True, ticket=draft, at=self.clock())
        return self.tickets.ticket(number)

    def lines(self, ticket: Ticket) -> list[str]:
        """What the desk wrote to the buyer of itself."""
        with self.database.read() as session:
            wanted = select(MessageRow.text).where(
                MessageRow.conversation_id == ticket.conversation_id, MessageRow.author == "desk"
            )
            return list(session.scalars(wanted.order_by(MessageRow.id)))

    def outgoing(self, channel: str) -> list[OutboxRow]:
        """The outbox's rows of a channel, in order."""
        with self.database.read() as session:
            return list(session.scalars(select(OutboxRow).where(OutboxRow.channel == channel).order_by(OutboxRow.id)))

    def upload(self, ticket: Ticket, kind: str, *, sha256: str | None = None, quality: tuple[str, ...] = ()) -> str:
        """An upload that the store keeps and no ticket has yet; its id."""
        id_ = uuid.uuid4().hex[:16]
        with self.database.write() as session:
            session.add(
                EvidenceRow(
                    id=id_,
                    conversation_id=ticket.conversation_id,
                    draft_id="later",
                    client_id=id_,
                    kind=kind,
                    sha256=sha256 or uuid.uuid4().hex * 2,
                    bytes=10,
                    media_type="image/jpeg",
                    width=1,
                    height=1,
                    details={"quality": list(quality), "view": f"view-{id_}", "thumbnail": f"small-{id_}"},
                    created_at=self.clock(),
                )
            )
        return id_


def claim_json(
    shop: str, issue: str, at: datetime, evidence: tuple[str, ...], facts: Mapping[str, Any] | None = None, **order: Any
) -> dict[str, Any]:
    """A claim in the contract's JSON on an order that was delivered the day before."""
    delivered = at - timedelta(hours=20)
    signed = {"signed_in_presence": False, "altered": False, "missing_parts": False, "has_receipt": True}
    return {
        "shop": shop,
        "issue": issue,
        "reported_at": at.isoformat(),
        "order": {
            "number": "OR100001",
            "currency": "CNY",
            "paid_at": (at - timedelta(days=15)).isoformat(),
            "shipped_at": (at - timedelta(days=10)).isoformat(),
            "delivered_at": delivered.isoformat(),
            "amounts": {"total_paid": "350.00", "first_payment": "330.00", "commission": "16.50"},
            "items": [{"sku": "A1", "title": "Canvas bag", "quantity": 3, "paid": "90.00", "commission": "4.50"}],
            **order,
        },
        "tracking": {"status": "delivered"},
        "affected": [{"sku": "A1", "quantity": 1}],
        "facts": signed if facts is None else dict(facts),
        "evidence": sorted(evidence),
    }
