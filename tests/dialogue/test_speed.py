"""The replaced functions: Rasa has not changed the originals, and the replacements do what they did."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa import server
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from dialogue.server import speed

REPLIES = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "shop", "value": None}], "responses": [{"text": "hello"}]},
    {},
]
WRONG = [{"events": "none"}, {"events": [{"name": "no event"}]}, {"responses": 3}, []]


@pytest.mark.parametrize(("owner", "method", "pinned"), speed.ORIGINALS)
def test_rasa_has_not_changed_what_is_replaced(owner, method, pinned):
    found = speed.source_print(getattr(owner, method))
    assert found == pinned, (
        f"Rasa changed {owner.__name__}.{method}: read it, adapt dialogue/server/speed.py, pin {found}."
    )


@pytest.mark.parametrize("reply", REPLIES)
def test_the_compiled_validator_takes_what_rasas_takes(reply):
    action = RemoteAction("action_x", None)
    assert speed.validate_action_result(action, reply) is action._validate_action_result(reply) is True


@pytest.mark.parametrize("reply", WRONG)
def test_the_compiled_validator_refuses_with_rasas_words(reply):
    action = RemoteAction("action_x", None)
    with pytest.raises(ValidationError) as ours:
        speed.validate_action_result(action, reply)
    with pytest.raises(ValidationError) as rasas:
        action._validate_action_result(reply)
    assert ours.value.message == rasas.value.message


TRACKER = [
    {"event": "action", "name": "action_session_start"},
    {"event": "slot", "name": "shop", "value": "1688order"},
    {"event": "active_loop", "name": "claim_form"},
]


@pytest.mark.parametrize("events", [TRACKER, TRACKER[1], []])
def test_the_compiled_schema_of_events_takes_what_rasas_takes(events):
    request: Any = SimpleNamespace(json=events)
    speed.validate_events(request)
    server.validate_events_in_request_body(request)


@pytest.mark.parametrize("events", [[{"event": "slot"}], {"name": "no event"}, "slot"])
def test_the_compiled_schema_of_events_refuses_with_rasas_words(events):
    request: Any = SimpleNamespace(json=events)
    with pytest.raises(server.ErrorResponse) as ours:
        speed.validate_events(request)
    with pytest.raises(server.ErrorResponse) as rasas:
        server.validate_events_in_request_body(request)
    assert ours.value.error_info == rasas.value.error_info


def test_an_action_is_told_of_the_latest_message_and_what_followed():
    domain = Domain.from_dict({"intents": ["greet"], "slots": {}, "actions": ["action_x"]})
    said = [UserUttered("hello"), ActionExecuted("action_x"), UserUttered("again"), ActionExecutionRejected("action_x")]
    tracker = DialogueStateTracker.from_events("a", [ActionExecuted("action_session_start"), *said], domain=domain)
    before, action = list(tracker.events), RemoteAction("action_x", None)
    ours, rasas = speed.action_call_format(action, tracker, domain), action._action_call_format(tracker, domain)
    assert [event["event"] for event in ours["tracker"]["events"]] == ["user", "action_execution_rejected"]
    assert rasas["tracker"].pop("events")[-2:] == ours["tracker"].pop("events")
    assert ours == rasas
    assert list(tracker.events) == before


class Sum(GraphComponent):
    """Adds what it is given, and counts how often."""

    calls = 0

    @classmethod
    def create(cls, config: Any, model_storage: Any, resource: Any, execution_context: Any) -> "Sum":
        return cls()

    def run(self, a: int, b: int = 1) -> int:
        Sum.calls += 1
        if a < 0:
            raise RuntimeError
        return a + b


def graph() -> DaskGraphRunner:
    """`last` adds `left` and `right`, which both need `first`; nothing needs `other`."""
    needs = {
        "last": {"a": "left", "b": "right"},
        "left": {"a": "first"},
        "right": {"a": "first", "b": "first"},
        "first": {"a": "message"},
        "other": {"a": "message"},
    }
    nodes = {
        name: SchemaNode(needs=above, uses=Sum, constructor_name="create", fn="run", config={}, eager=True)
        for name, above in needs.items()
    }
    schema = GraphSchema(nodes)
    storage: Any = None
    return DaskGraphRunner.create(schema, storage, ExecutionContext(schema))


@pytest.mark.parametrize("targets", [["last"], ["right", "left"], ["message"], ["last", "other"]])
def test_a_graph_gives_what_rasas_scheduler_gives(targets):
    runner, Sum.calls = graph(), 0
    expected = runner.run({"message": 5}, targets)
    by_rasa = Sum.calls
    for _ in range(2):  # by a new plan, by a kept one
        Sum.calls = 0
        assert speed.run_graph(runner, {"message": 5}, targets) == expected
        assert Sum.calls == by_rasa


def test_a_graph_that_fails_says_so_as_rasas_does():
    with pytest.raises(GraphComponentException) as rasas:
        graph().run({"message": -1}, ["last"])
    with pytest.raises(GraphComponentException) as ours:
        speed.run_graph(graph(), {"message": -1}, ["last"])
    assert str(ours.value) == str(rasas.value)
    with pytest.raises(GraphRunError) as rasas_missing:
        graph().run({}, ["last"])
    with pytest.raises(GraphRunError) as ours_missing:
        speed.run_graph(graph(), {}, ["last"])
    assert str(ours_missing.value) == str(rasas_missing.value)


def test_a_session_outlives_a_call_and_is_closed_at_the_end():
    async def two_calls():
        endpoint = EndpointConfig("http://127.0.0.1:1", headers={"X-Shop": "a"})
        async with speed.kept_session(endpoint) as first:
            pass
        async with speed.kept_session(endpoint) as second:
            still_open = not second.closed
        await speed.close_sessions()
        async with speed.kept_session(endpoint) as third:
            pass
        await speed.close_sessions()
        return first is second, still_open, first.closed, third is not first, first.headers["X-Shop"]

    assert asyncio.run(two_calls()) == (True, True, True, True, "a")


@pytest.mark.parametrize("content", [{}, {"intents": ["greet"]}, {"actions": ["action_x"]}, {"slots": {}}])
def test_a_domain_is_empty_where_rasas_is(content):
    domain = Domain.from_dict(content)
    assert speed.is_empty(domain) is domain.is_empty()
