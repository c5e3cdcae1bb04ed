"""Six of Rasa's functions, replaced where a turn spent most of its time.

- `RemoteAction._validate_action_result` compiles its constant JSON schema again for every reply of an action.
- `validate_events_in_request_body` does the same for every tracker that is put back: 23 ms of 27.
- `RemoteAction._action_call_format` sends the whole conversation with each call of an action. The actions look back no
  further than the message that they are about; to read the rest took a third of the service's time.
- `EndpointConfig.session` opens a new HTTP session, hence a new connection, for every call of an action.
- `DaskGraphRunner.run` finds the components that a result needs, and their order, again for each message, and has them
  scheduled by dask as if they could run side by side.
- `Domain.is_empty`, which is asked after each message, makes an empty domain to compare with.

What is replaced is pinned by the hash of its source: a test fails when Rasa changes it, and `REDRESS_DIALOGUE_STOCK=1`
runs the originals (the bench compares the two).
"""

import hashlib
import inspect
from collections import deque
from typing import Any, Callable, Dict, List, Optional, Tuple

import aiohttp
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa import server
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.constants import DOCS_BASE_URL
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT, EndpointConfig
from sanic import Request

# The service's web server closes an idle connection after 5 s; ours lets go of it first.
IDLE_SECONDS = 3.0

# (owner, method, first 16 hex digits of the SHA-256 of the original's source in Rasa 3.6.21)
ORIGINALS: List[Tuple[Any, str, str]] = [
    (RemoteAction, "_validate_action_result", "f8cdb4be68123961"),
    (RemoteAction, "_action_call_format", "428795b944f22edb"),
    (server, "validate_events_in_request_body", "8e1d7dc6a8415112"),
    (EndpointConfig, "session", "e55aa13d9d4fb4bc"),
    (DaskGraphRunner, "run", "45f0f52f574f3aa9"),
    (Domain, "is_empty", "884be90ef485f1d2"),
    (EndpointConfig, "request", "ccdb778aed8208e2"),  # not replaced, but it is what enters and leaves the session
]

_SPEC = RemoteAction.action_response_format_spec()
_VALIDATOR = validator_for(_SPEC)(_SPEC)
_EVENTS = validator_for(server.EVENTS_SCHEMA)(server.EVENTS_SCHEMA)
_EMPTY = Domain.empty().as_dict()
_rasas_validate_events = server.validate_events_in_request_body
_rasas_call_format = RemoteAction._action_call_format
_open_sessions: List[aiohttp.ClientSession] = []


def source_print(method: Callable[..., Any]) -> str:
    """Return the first 16 hex digits of the SHA-256 of a method's source."""
    return hashlib.sha256(inspect.getsource(method).encode()).hexdigest()[:16]


def validate_action_result(self: RemoteAction, result: Dict[str, Any]) -> bool:
    """Check an action server's reply as Rasa does (same schema, same error), with a validator made once."""
    error = best_match(_VALIDATOR.iter_errors(result))
    if error is None:
        return True
    error.message += (
        ". Failed to validate Action server response from API, make sure your response from the Action endpoint is "
        f"valid. For more information about the format visit {DOCS_BASE_URL}/custom-actions"
    )
    raise error


def action_call_format(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> Dict[str, Any]:
    """Return what Rasa sends to the action server, the events being those since the latest message."""
    events = tracker.events
    since: List[Event] = []
    for event in reversed(events):
        since.append(event)
        if isinstance(event, UserUttered):
            break
    tracker.events = deque(reversed(since))
    try:
        return dict(_rasas_call_format(self, tracker, domain))
    finally:
        tracker.events = events


def validate_events(request: Request) -> None:
    """Check the events of a request with a validator made once; what is wrong, Rasa itself says."""
    events = request.json if isinstance(request.json, list) else [request.json]
    if not _EVENTS.is_valid(events):
        _rasas_validate_events(request)


def run_graph(
    self: DaskGraphRunner, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None
) -> Dict[str, Any]:
    """Return the targets' results, one node run after the other by a plan that is made once for these targets."""
    wanted = tuple(targets or self._graph_schema.target_names)
    plans = self.__dict__.setdefault("_plans", {})
    if wanted not in plans:
        plans[wanted] = _plan(self._graph_schema.minimal_graph_schema(list(wanted)))
    results: Dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name, needs in plans[wanted]:
            results[name] = self._instantiated_nodes[name](*(results.get(need, need) for need in needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(results[target] for target in wanted)


def _plan(schema: GraphSchema) -> List[Tuple[str, Tuple[str, ...]]]:
    """Return each node with the names of what it needs, after all that it needs."""
    plan: Dict[str, Tuple[str, ...]] = {}

    def add(name: str) -> None:
        if name in schema.nodes and name not in plan:
            needs = tuple(schema.nodes[name].needs.values())
            for need in needs:
                add(need)
            plan[name] = needs

    for name in schema.nodes:
        add(name)
    return list(plan.items())


def is_empty(self: Domain) -> bool:
    """Say whether a domain is empty, as Rasa does, by an empty one made once."""
    return bool(self.as_dict() == _EMPTY)


class KeptSession:
    """Makes `async with endpoint.session()` leave the session open for the next call."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self.session

    async def __aexit__(self, *_: Any) -> None:
        return None


def kept_session(self: EndpointConfig) -> KeptSession:
    """Return this endpoint's one HTTP session, made as Rasa makes it at the first call."""
    session = getattr(self, "_kept_session", None)
    if session is None or session.closed:
        auth = aiohttp.BasicAuth(self.basic_auth["username"], self.basic_auth["password"]) if self.basic_auth else None
        session = self._kept_session = aiohttp.ClientSession(
            headers=self.headers,
            auth=auth,
            timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
            connector=aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS),
        )
        _open_sessions.append(session)
    return KeptSession(session)


def install() -> None:
    """Put the replacements in place, for the life of the process."""
    RemoteAction._validate_action_result = validate_action_result
    RemoteAction._action_call_format = action_call_format
    server.validate_events_in_request_body = validate_events
    EndpointConfig.session = kept_session
    DaskGraphRunner.run = run_graph
    Domain.is_empty = is_empty


async def close_sessions(*_: Any) -> None:
    """Close what `kept_session` opened (a Sanic listener)."""
    while _open_sessions:
        await _open_sessions.pop().close()
