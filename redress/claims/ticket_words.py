"""The sentences about one ticket in its buyer's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from redress.claims.formats import alternatives, instant, listed, money
from redress.claims.ports import Texts
from redress.claims.rules import clauses_of, has_words, version_of
from redress.claims.tickets import Event, Grant, Ticket
from redress.claims.zones import named
from redress.policy import Pack
from redress.policy.sentences import sentences


@dataclass(frozen=True)
class TicketWords:
    """Words one ticket, as it is after the events that are told; `zone` names that of a conversation's buyer."""

    texts: Texts
    packs: Mapping[str, Pack]
    ticket: Ticket
    zone: Callable[[str], str | None]

    def told(self, events: Sequence[Event]) -> str:
        """What these events tell the buyer; empty when it is none of their business. A later move says it all."""
        moves = [event for event in events if event.kind == "moved"]
        spoken = [moves[-1]] if moves else events
        return "\n".join(line for event in spoken for line in self._lines(event) if line)

    def status(self) -> str:
        """Where the ticket stands: its state, what is still missing, what is due when."""
        ticket = self.ticket
        if ticket.state == "awaiting_evidence":
            evidence, until = self._evidence(ticket.wanted), self._until(ticket.due.evidence)
            return self._say("status_awaiting_evidence", evidence=evidence, until=until)
        if ticket.state == "in_review":
            return "\n".join([self._say("status_in_review"), *self._by("status_due", ticket.due.review)])
        if ticket.state == "approved":
            granted = self._say("status_approved", grants=self._grants())
            return "\n".join([granted, *self._by("told_payout", ticket.due.payout)])
        last = [event for event in ticket.history if event.kind == "moved"][-1]
        return self.told([last])

    def _lines(self, event: Event) -> Iterable[str]:
        if event.kind == "moved":
            return self._moved(event)
        if event.kind == "evidence":
            missing = [self._say("told_missing", evidence=self._evidence(self.ticket.wanted))]
            return [self._say("told_evidence"), *(missing if self.ticket.wanted else [])]
        if event.kind == "remedy":
            return [self._say("told_remedy", remedy=self._remedy(event.details["remedy"]))]
        if event.kind == "reminded":
            evidence, until = self._evidence(self.ticket.wanted), self._until(self.ticket.due.evidence)
            return [self._say("told_reminded", evidence=evidence, until=until)]
        return [self._say("told_rated")] if event.kind == "rated" else []

    def _moved(self, event: Event) -> list[str]:
        ticket, reason = self.ticket, self._reason(event)
        if event.before is None:
            return [self._say(event.after)]
        if event.after == "in_review":
            if event.actor == "buyer":
                return [self._say("told_in_review")]
            return [
                self._say("told_taken_up" if event.before in ("awaiting_evidence", "appealed") else "told_reopened")
            ]
        if event.after == "awaiting_evidence":
            evidence, until = self._evidence(ticket.wanted), self._until(ticket.due.evidence)
            return [self._say("told_asked", evidence=evidence, until=until), *reason]
        if event.after == "approved":
            return [self._approved(), *reason, *self._by("told_payout", ticket.due.payout)]
        if event.after == "declined":
            return [self._declined(), *reason, *self._by("told_may_appeal", ticket.due.appeal)]
        return [self._say(f"told_{event.after}")]

    def _approved(self) -> str:
        return self._say("told_approved", grants=self._grants())

    def _grants(self) -> str:
        grants = self.ticket.decision.grants if self.ticket.decision else ()
        return listed(map(self._grant, grants), self.ticket.language)

    def _declined(self) -> str:
        decision = self.ticket.decision
        clause = clauses_of(self.packs[self.ticket.shop]).get((decision and decision.clause) or "")
        says = clause.says[self.ticket.language] if clause else ""
        return self._say("told_declined", says=says, ref=clause.ref if clause else "")

    def _reason(self, event: Event) -> list[str]:
        """What the reviewer wrote for the buyer."""
        return [self._say("told_reason", reason=event.why)] if event.why and event.actor != "buyer" else []

    def _by(self, name: str, until: datetime | None) -> list[str]:
        return [] if until is None else [self._say(name, until=self._until(until))]

    def _grant(self, grant: Grant) -> str:
        remedy = self._remedy(grant.kind)
        if grant.amount is None:
            return remedy
        amount = money(grant.amount, grant.currency, self.ticket.language)
        return self._say("told_grant_amount", remedy=remedy, amount=amount)

    def _remedy(self, kind: str) -> str:
        words: str = sentences()["remedies"][kind][self.ticket.language]
        return words

    def _evidence(self, wanted: Iterable[str]) -> str:
        version, language = version_of(self.ticket, self.packs), self.ticket.language
        named = [
            alternatives(
                (
                    version.evidence_kind(kind).label[language] if has_words(version, kind) else kind
                    for kind in one.split("|")
                ),
                language,
            )
            for one in wanted
        ]
        return listed(named, language)

    def _until(self, at: datetime | None) -> str:
        if at is None:
            return ""
        zone = named(self.zone(self.ticket.conversation_id)) or self.packs[self.ticket.shop].zone
        return instant(at, zone, self.ticket.language)

    def _say(self, name: str, **values: object) -> str:
        return self.texts.say(f"utter_ticket_{name}", self.ticket.language, number=self.ticket.number, **values)
