"""A ticket as it opens: its clocks started, those told whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from redress.claims.cases import Announcer, Notices
from redress.claims.clocks import due_since
from redress.claims.conversation import Conversation
from redress.claims.ports import TicketDraft
from redress.claims.tickets import BUYER, State, Ticket, opening
from redress.policy import Pack


@dataclass(frozen=True)
class Openings:
    """Makes tickets of what buyers confirmed."""

    announcer: Announcer
    packs: Mapping[str, Pack]

    def open(self, draft: TicketDraft, conversation: Conversation, at: datetime) -> tuple[Ticket, Notices]:
        """The ticket of a draft, opened at that instant, and its notices; the buyer is told in the turn's reply."""
        state = cast("State", draft.state)
        ticket = Ticket(
            number=draft.number,
            shop=conversation.shop,
            conversation_id=conversation.id,
            draft_id=draft.draft_id,
            language=conversation.language,
            email=draft.email,
            claim=draft.claim,
            assessment=draft.assessment,
            state=state,
            history=opening(state, BUYER, at, draft.appeal_reason or "confirmed in the conversation"),
            remedy=draft.remedy,
            texts=draft.texts,
            appeal_reason=draft.appeal_reason,
            wanted=tuple(draft.assessment["missing_evidence"]) if state == "awaiting_evidence" else (),
        )
        ticket = replace(ticket, due=due_since(ticket, self.packs[ticket.shop], at))
        return ticket, self.announcer.announce(ticket, ticket.history, in_turn=True)
