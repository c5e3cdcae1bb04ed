"""Two reviewers and a buyer on one ticket, each acting on what they last saw: only one of a kind gets through."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from redress.claims.casework import InvalidDecision
from redress.claims.clocks import ring
from redress.claims.own_tickets import TooLate
from redress.claims.tickets import Actor, ImpossibleChange, NotAllowed, Ticket, TicketChanged, replay
from redress.store.database import Database
from tests.ticketing import LEAD, PHOTOS, REVIEWER, TicketDesk

PEOPLE = st.sampled_from((REVIEWER, LEAD))
REFUSALS = (ImpossibleChange, NotAllowed, InvalidDecision, TooLate)


@pytest.mark.slow
def test_nobody_acts_on_what_they_have_not_seen(database: Database) -> None:
    desk = TicketDesk(database, webhooks=("1688order",))
    steps = settings(
        max_examples=15,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    run_state_machine_as_test(lambda: Reviewing(desk), settings=steps)  # type: ignore[arg-type]  # any maker will do


class Reviewing(RuleBasedStateMachine):
    """One ticket, and the version of it that each reviewer has on their screen."""

    def __init__(self, desk: TicketDesk) -> None:
        super().__init__()
        self.desk = desk
        self.ticket = desk.open(evidence=PHOTOS)
        self.seen = {REVIEWER.name: 1, LEAD.name: 1}
        self.steps = 0

    @rule(who=PEOPLE)
    def look(self, who: Actor) -> None:
        self.seen[who.name] = self.now.version

    @rule(who=PEOPLE, remedy=st.sampled_from(("refund", "replacement")))
    def approve(self, who: Actor, remedy: str) -> None:
        self.decide(who, lambda seen: self.desk.casework.approve(self.number, who, remedy, seen=seen), "approved")

    @rule(who=PEOPLE)
    def decline(self, who: Actor) -> None:
        self.decide(who, lambda seen: self.desk.casework.decline(self.number, who, "29.2", seen=seen), "declined")

    @rule(who=PEOPLE)
    def ask(self, who: Actor) -> None:
        kinds = [PHOTOS[0]]
        self.decide(
            who,
            lambda seen: self.desk.casework.ask_for_evidence(self.number, who, kinds, seen=seen),
            "awaiting_evidence",
        )

    @rule(who=PEOPLE)
    def settle(self, who: Actor) -> None:
        self.decide(who, lambda seen: self.desk.casework.settle(self.number, who, seen=seen), "settled")

    @rule(who=PEOPLE)
    def reopen(self, who: Actor) -> None:
        self.decide(who, lambda seen: self.desk.casework.reopen(self.number, who, "again", seen=seen), "in_review")

    @rule()
    def note(self) -> None:
        before = self.now
        assert self.desk.casework.note(self.number, REVIEWER, "seen").version == before.version + 1

    @rule(twice=st.booleans())
    def appeal(self, twice: bool) -> None:
        self.steps += 1
        before, key = self.now, f"step {self.steps}"
        for _ in range(1 + twice):
            with suppress(*REFUSALS):
                self.desk.own.appeal(self.number, "it was whole", key=key)
        assert self.now.version in (before.version, before.version + 1), "a step takes effect once"

    @rule(twice=st.booleans())
    def send_evidence(self, twice: bool) -> None:
        self.steps += 1
        before, key = self.now, f"step {self.steps}"
        for _ in range(1 + twice):
            with suppress(*REFUSALS):
                self.desk.own.add_evidence(self.number, PHOTOS[0], key=key)
        assert self.now.version <= before.version + 2, "the evidence, and that it is complete"

    @rule(days=st.integers(min_value=1, max_value=20))
    def time_passes(self, days: int) -> None:
        self.desk.clock.go(days=days)
        self.desk.cases.alter(self.number, ring)

    @invariant()
    def the_history_tells_it_all(self) -> None:
        now = self.now
        assert replay(now.history) == now.state
        hooks = [row for row in self.desk.outgoing("webhook") if row.ticket_number == self.number]
        assert len({row.key for row in hooks}) == len(hooks)
        moves = {f"{self.number}:{event.seq}:webhook" for event in now.history if event.kind == "moved"}
        assert moves <= {row.key for row in hooks}, "every change of state is told"

    @property
    def number(self) -> str:
        return self.ticket.number

    @property
    def now(self) -> Ticket:
        return self.desk.tickets.ticket(self.number)

    def decide(self, who: Actor, how: Callable[[int], Ticket], to: str) -> None:
        before, seen = self.now, self.seen[who.name]
        try:
            after = how(seen)
        except TicketChanged as error:
            told = error.since
            assert seen != before.version
            assert told == before.history[seen:], "told what happened meanwhile"
            assert self.now == before
        except REFUSALS:
            assert seen == before.version
            assert self.now == before
        else:
            assert (seen, after.state) == (before.version, to)
            assert self.now == after
