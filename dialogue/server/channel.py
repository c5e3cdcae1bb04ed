"""Rasa's REST channel, which tells the service when this process does not know a conversation."""

from typing import Any, Awaitable, Callable, Optional

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse


class DeskInput(RestInput):
    """`POST /webhooks/rest/webhook` that answers 409 `{"error": "no_tracker"}` for a sender without a tracker.

    Rasa would open a new conversation without slots or form; the service puts the tracker back and sends again.
    """

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return Rasa's own routes behind the check."""
        webhook = super().blueprint(on_new_message)

        @webhook.middleware("request")
        async def refuse_unknown(request: Request) -> Optional[HTTPResponse]:
            if request.method != "POST":
                return None
            sender = await self._extract_sender(request)
            if sender and await request.app.ctx.agent.tracker_store.exists(sender):
                return None
            return response.json({"error": "no_tracker"}, status=409)

        return webhook
