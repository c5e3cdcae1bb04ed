"""The state machine: which changes are possible, by whom, and that the history tells all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.claims.tickets import (
    BUYER,
    CLOCK,
    STATES,
    TRANSITIONS,
    UNDECIDED,
    Actor,
    BrokenHistory,
    ImpossibleChange,
    Kind,
    NotAllowed,
    State,
    Ticket,
    change,
    opening,
    reachable,
    record,
    replay,
)
from tests.ticketing import LEAD, REVIEWER, START, claim_json

ACTORS = (BUYER, CLOCK, REVIEWER, LEAD, Actor("ada", "admin"))
KINDS: tuple[Kind, ...] = ("evidence", "remedy", "noted", "assigned", "reminded", "overdue", "rated")
# as the design draws it, written down apart from the code: from -> to
DRAWN = {
    "awaiting_evidence": {"in_review", "withdrawn", "expired"},
    "in_review": {"approved", "declined", "awaiting_evidence", "withdrawn"},
    "appealed": {"in_review", "withdrawn"},
    "declined": {"appealed", "in_review"},
    "approved": {"settled", "in_review"},
    "withdrawn": {"in_review"},
    "expired": {"in_review"},
    "settled": set(),
}


def opened(state: State) -> Ticket:
    claim = claim_json("1688order", "missing_item", START, ())
    return Ticket(
        number="RD-1",
        shop="1688order",
        conversation_id="c",
        draft_id="d",
        language="en",
        email="",
        claim=claim,
        assessment={},
        state=state,
        history=opening(state, BUYER, START, "confirmed"),
    )


def test_the_machine_is_the_one_that_is_drawn() -> None:
    assert {state: set(reachable(state)) for state in STATES} == DRAWN


@pytest.mark.parametrize("state", sorted(set(STATES) - UNDECIDED))
def test_no_ticket_opens_decided(state: State) -> None:
    with pytest.raises(ValueError, match=state):
        opening(state, BUYER, START, "")


def test_an_impossible_change_says_what_is_possible() -> None:
    with pytest.raises(ImpossibleChange) as raised:
        change(opened("appealed"), "settled", REVIEWER, START)
    assert raised.value.allowed == ("in_review", "withdrawn")
    assert "cannot be settled" in raised.value.message


@pytest.mark.parametrize(
    ("path", "actor"),
    [
        (("in_review", "approved"), BUYER),
        (("awaiting_evidence", "expired"), REVIEWER),
        (("in_review", "declined"), CLOCK),
        (("declined", "in_review"), REVIEWER),
        (("declined", "appealed"), LEAD),
        (("approved", "settled"), BUYER),
    ],
)
def test_not_everybody_may_do_everything(path: tuple[State, State], actor: Actor) -> None:
    ticket = replace(opened("in_review"), state=path[0])
    with pytest.raises(NotAllowed) as raised:
        change(ticket, path[1], actor, START)
    assert actor.role not in raised.value.roles


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(STATES), st.sampled_from(ACTORS)),
        st.tuples(st.just("record"), st.sampled_from(KINDS), st.sampled_from(ACTORS)),
    ),
    max_size=40,
)


@given(state=st.sampled_from(sorted(UNDECIDED)), steps=STEPS)
def test_whatever_is_tried_only_possible_changes_happen_and_none_is_lost(state: State, steps: list[Any]) -> None:
    ticket, done = opened(state), 1
    for number, (how, what, actor) in enumerate(steps, start=1):
        before, at = ticket, START + timedelta(minutes=number)
        try:
            ticket = change(ticket, what, actor, at, "why") if how == "move" else record(ticket, what, actor, at, "why")
        except (ImpossibleChange, NotAllowed):
            assert how == "move"
            assert actor.role not in TRANSITIONS.get((before.state, what), ())
            assert ticket is before, "a refused change changes nothing"
            continue
        done += 1
        event = ticket.history[-1]
        assert (event.actor, event.at, event.before, event.after) == (actor.name, at, before.state, ticket.state)
        assert ticket.history[:-1] == before.history
        if how == "move":
            assert actor.role in TRANSITIONS[before.state, ticket.state]
    assert ticket.version == len(ticket.history) == done
    assert [event.seq for event in ticket.history] == list(range(1, done + 1))
    assert replay(ticket.history) == ticket.state


@given(
    state=st.sampled_from(sorted(UNDECIDED)),
    steps=STEPS.filter(lambda steps: len(steps) > 2),
    place=st.integers(min_value=0, max_value=40),
)
def test_a_history_with_an_entry_gone_is_seen(state: State, steps: list[Any], place: int) -> None:
    ticket = opened(state)
    for how, what, actor in steps:
        try:
            ticket = change(ticket, what, actor, START) if how == "move" else record(ticket, what, actor, START)
        except (ImpossibleChange, NotAllowed):
            continue
    history = list(ticket.history)
    gone = place % len(history)
    if gone == len(history) - 1:  # an end that is cut off cannot be seen from what is left; the version tells of it
        return
    with pytest.raises(BrokenHistory):
        replay(history[:gone] + history[gone + 1 :])


@given(to=st.sampled_from(STATES))
def test_a_forged_entry_is_seen(to: State) -> None:
    ticket = change(opened("in_review"), "approved", REVIEWER, START)
    forged = (ticket.history[0], replace(ticket.history[1], after=to))
    if to in DRAWN["in_review"]:
        assert replay(forged) == to
    else:
        with pytest.raises(BrokenHistory):
            replay(forged)


def test_an_empty_history_is_no_tickets() -> None:
    with pytest.raises(BrokenHistory):
        replay(())
