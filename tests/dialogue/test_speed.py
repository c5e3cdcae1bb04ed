"""The two replaced methods: Rasa has not changed the originals, and the replacements do what they did."""

import asyncio

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
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
