"""Rasa's REST channel, which tells the service when this process does not know a conversation."""

from typing import Any, Awaitable, Callable, Optional

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from dialogue.server.forgetting import forget


class DeskInput(RestInput):
    """`POST /webhooks/rest/webhook` that answers 409 `{"error": "no_tracker"}` for a sender without a tracker.

    Rasa would open a new conversation without slots or form; the service puts the tracker back and sends again.
    `DELETE /webhooks/rest/conversations/<id>` forgets a conversation (204, also when it is unknown).
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

        @webhook.route("/conversations/<conversation_id:str>", methods=["DELETE"])
        async def forget_conversation(request: Request, conversation_id: str) -> HTTPResponse:
            forget(request.app.ctx.agent.tracker_store, conversation_id)
            return response.empty()

        return webhook
