"""What the changes of a ticket tell, and to whom: the buyer in their language, mail, the shop's webhook."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from redress.claims.cases import Notices, Outgoing
from redress.claims.draft import JSON
from redress.claims.ports import Texts
from redress.claims.ticket_words import TicketWords
from redress.claims.tickets import BUYER, Event, Grant, Ticket
from redress.policy import Pack

UNTOLD = frozenset({"noted", "assigned", "rated", "erased"})  # no shop's business to hear of by webhook


@dataclass(frozen=True)
class TicketNotices:
    """Words the notices. `mail`: buyers get mail as well; `webhooks`: the shops that have one; `escalate_to`: who is
    mailed when a ticket is overdue; `zone`: what zone the buyer of a conversation named, None where none is known."""

    texts: Texts
    packs: Mapping[str, Pack]
    mail: bool = False
    webhooks: Collection[str] = ()
    escalate_to: str | None = None
    zone: Callable[[str], str | None] = lambda conversation_id: None

    def announce(self, ticket: Ticket, events: Sequence[Event], *, in_turn: bool) -> Notices:
        """The notices of the events that led to `ticket`; `in_turn`: the buyer gets the text in the turn's reply."""
        text = self.text(ticket, events)
        lines = (_line(ticket, text),) if text and not in_turn else ()
        return Notices(lines, (*self._mails(ticket, events, text), *self._webhooks(ticket, events)))

    def text(self, ticket: Ticket, events: Sequence[Event]) -> str:
        """What the buyer is told of these events: of the last move and whatever else concerns them."""
        return TicketWords(self.texts, self.packs, ticket, self.zone).told(events)

    def status(self, ticket: Ticket) -> str:
        """Where the ticket stands."""
        return TicketWords(self.texts, self.packs, ticket, self.zone).status()

    def _mails(self, ticket: Ticket, events: Sequence[Event], text: str) -> list[Outgoing]:
        last = events[-1]
        mails = []
        if self.mail and text and ticket.email and "@" in ticket.email:
            subject = self.texts.say("utter_ticket_mail_subject", ticket.language, number=ticket.number)
            footer = self.texts.say("utter_ticket_mail_footer", ticket.language, number=ticket.number)
            body = {"to": ticket.email, "subject": subject, "text": f"{text}\n\n{footer}", "language": ticket.language}
            mails.append(_outgoing("mail", ticket, last, body))
        if self.mail and self.escalate_to and last.kind == "overdue":
            text = f"Ticket {ticket.number} of {ticket.shop} is overdue: {last.why}."
            body = {"to": self.escalate_to, "subject": f"Overdue: {ticket.number}", "text": text, "language": "en"}
            mails.append(_outgoing("mail", ticket, last, body, to="escalation"))
        return mails

    def _webhooks(self, ticket: Ticket, events: Sequence[Event]) -> list[Outgoing]:
        if ticket.shop not in self.webhooks:
            return []
        told = [event for event in events if event.kind not in UNTOLD]
        return [_outgoing("webhook", ticket, event, webhook_body(ticket, event)) for event in told]


def webhook_body(ticket: Ticket, event: Event) -> JSON:
    """What a shop's webhook gets of one event: ids and states, nothing that a buyer wrote or is reached by."""
    what = event.kind if event.kind != "moved" else "opened" if event.before is None else event.after
    decision = ticket.decision
    return {
        "type": f"ticket.{what}",
        "created_at": event.at.isoformat(),
        "shop": ticket.shop,
        "ticket": {
            "number": ticket.number,
            "seq": event.seq,
            "state": event.after,
            "from": event.before,
            "actor": "buyer" if event.actor == BUYER.name else "desk",
            "issue": ticket.claim["issue"],
            "order_number": ticket.claim["order"]["number"],
            "outcome": ticket.assessment["outcome"],
            "remedy": ticket.remedy,
            "grants": [_grant(grant) for grant in decision.grants] if decision else [],
            "clause": decision.clause if decision else None,
        },
    }


def _grant(grant: Grant) -> JSON:
    amount = None if grant.amount is None else str(grant.amount)
    return {"kind": grant.kind, "amount": amount, "currency": grant.currency}


def _line(ticket: Ticket, text: str) -> JSON:
    told = {"number": ticket.number, "state": ticket.state}
    return {"text": text, "choices": [], "question": None, "upload": None, "assessment": None, "ticket": told}


def _outgoing(channel: str, ticket: Ticket, event: Event, body: JSON, to: str = "") -> Outgoing:
    receiver = f"{channel}:{to}" if to else channel
    stream = f"{receiver}:{ticket.number}"
    return Outgoing(channel, stream, f"{ticket.number}:{event.seq}:{receiver}", {"shop": ticket.shop, **body})
