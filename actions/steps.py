"""Rasa's custom actions. Each is thin: it reads the tracker, lets the desk take one step, and returns events.

They derive from `Action`, not from `FormValidationAction`, and never read the domain: Rasa sends none.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from redress.claims.conversation import Entity, Heard
from redress.claims.desk import Desk
from redress.claims.errands import Errand
from redress.claims.ports import Inbox, StepRecord

FORM = "claim_form"
COMMAND = "/"  # begins what is sent in place of the buyer's words: a choice, or another language
# what the desk says to messages that are no answers; each is an action of the domain, `action_<name>`
ASIDES = (
    "change_answer",
    "complaint",
    "deadline",
    "drop",
    "explain",
    "out_of_scope",
    "policy_question",
    "start_over",
    "talk_to_human",
)
# what buyers want of tickets they have: `action_<name>` -> the errand it begins
ERRANDS: Mapping[str, Errand] = {
    "ticket_status": "status",
    "add_evidence": "evidence",
    "appeal": "appeal",
    "rate": "rate",
}
DomainDict = dict[str, Any]
# keeps that the line of that id was not understood, with the guesses (intent, confidence), best first
Missed = Callable[[int, Sequence[tuple[str, float]]], None]


class StepAction(Action):
    """An action that answers a message which is no answer: one step of the desk, in a worker thread."""

    def __init__(self, name: str, desk: Desk, inbox: Inbox, executor: Executor) -> None:
        self._name = name
        self._step = step_of(desk, name)
        self._inbox = inbox
        self._executor = executor

    def name(self) -> str:
        """The action's name in the domain."""
        return f"action_{self._name}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Any]:
        """Take the step under the message's client id, so that a repeated call says the same."""
        utter(dispatcher, await in_thread(self._executor, self._take, tracker))
        return []

    def _take(self, tracker: Tracker) -> StepRecord:
        key = f"{client_id(tracker)}:{self._name}"
        return self._step(tracker.sender_id, key, heard(tracker, self._inbox))


class NotUnderstood(StepAction):
    """Says so, and keeps what was written and guessed for a person to label."""

    def __init__(self, desk: Desk, inbox: Inbox, executor: Executor, missed: Missed) -> None:
        super().__init__("not_understood", desk, inbox, executor)
        self._missed = missed

    def _take(self, tracker: Tracker) -> StepRecord:
        record = super()._take(tracker)
        inbound = self._inbox.inbound(tracker.sender_id, client_id(tracker))
        if inbound.choice is None:
            self._missed(inbound.id, heard(tracker, self._inbox).ranking)
        return record


class ValidateClaimForm(Action):
    """The interview's step: the answer in, the next question out, in one call.

    When the form comes back after something else was answered, it puts the open question again.
    """

    def __init__(self, desk: Desk, inbox: Inbox, executor: Executor) -> None:
        self._desk = desk
        self._inbox = inbox
        self._executor = executor

    def name(self) -> str:
        """The name that Rasa gives to the form's validation."""
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Any]:
        """The events after one message, or after the form's return from a rule."""
        record = await in_thread(self._executor, self._step, tracker)
        utter(dispatcher, record)
        answered = [SlotSet("answer", None)]
        return answered if record.answered else [*answered, ActionExecutionRejected(FORM)]

    def _step(self, tracker: Tracker) -> StepRecord:
        message = client_id(tracker)
        if rejected_since_message(tracker):
            return self._desk.put_again(tracker.sender_id, f"{message}:again")
        return self._desk.hear(tracker.sender_id, f"{message}:hear", heard(tracker, self._inbox))


def client_id(tracker: Tracker) -> str:
    """The client id of the message that this turn is about."""
    return str((tracker.latest_message.get("metadata") or {})["client_id"])


def rejected_since_message(tracker: Tracker) -> bool:
    """Whether the form already rejected the latest message in this turn: then Rasa has returned to it."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action_execution_rejected":
            return True
    return False


def heard(tracker: Tracker, inbox: Inbox) -> Heard:
    """The message as the store keeps it, with what the dialogue process understood of it."""
    inbound = inbox.inbound(tracker.sender_id, client_id(tracker))
    message = tracker.latest_message
    read = str(message.get("text") or "")
    intent: Mapping[str, Any] = message.get("intent") or {}
    return Heard(
        text=inbound.text if read.startswith(COMMAND) else read,
        at=inbound.created_at,
        written=inbound.text,
        intent=intent.get("name"),
        confidence=float(intent.get("confidence") or 0),
        entities=tuple(
            Entity(e["entity"], e["value"], e.get("start", 0), e.get("end", 0)) for e in message.get("entities") or ()
        ),
        ranking=tuple((r["name"], float(r["confidence"])) for r in message.get("intent_ranking") or ()),
        close=tuple((message.get("decision") or {}).get("close") or ()),
        second_issue=message.get("second_issue"),
        in_order=tuple((start, end) for start, end in message.get("in_order") or ()),
        topics=tuple((name, float(cosine)) for name, cosine in message.get("topics") or ()),
        answers=tuple((label, float(cosine), float(share)) for label, cosine, share in message.get("answers") or ()),
        volunteered=tuple(message.get("volunteered") or ()),
        choice=inbound.choice,
    )


def utter(dispatcher: CollectingDispatcher, record: StepRecord) -> None:
    """Say every reply of a step; the service finds the whole reply in the custom part."""
    for reply in record.replies:
        dispatcher.utter_message(text=reply["text"], json_message=dict(reply))


async def in_thread[T](executor: Executor, function: Callable[..., T], *args: Any) -> T:
    """Run a blocking function in the actions' own threads: turns hold the web's while they wait for us."""
    return await asyncio.get_running_loop().run_in_executor(executor, function, *args)


def step_of(desk: Desk, name: str) -> Callable[[str, str, Heard], StepRecord]:
    """The use case behind `action_<name>`."""
    if name in ERRANDS:
        return desk.errand(ERRANDS[name])
    return desk.drop if name == "drop" else desk.aside(name)


def make_actions(desk: Desk, inbox: Inbox, executor: Executor, missed: Missed) -> list[Action]:
    """Every custom action of the domain; `missed` keeps what was not understood."""
    return [
        ValidateClaimForm(desk, inbox, executor),
        NotUnderstood(desk, inbox, executor, missed),
        *(StepAction(name, desk, inbox, executor) for name in (*ASIDES, *ERRANDS)),
    ]
