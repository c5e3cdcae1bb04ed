"""The webhook that Rasa calls for custom actions: rasa-sdk's executor behind one route, on loopback."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.steps import make_actions
from redress.bootstrap import Parts
from redress.store.learning import Misunderstood


def make_actions_app(parts: Parts) -> FastAPI:
    """The application of the internal port."""
    app = FastAPI(openapi_url=None)
    executor = ActionExecutor()
    missed = Misunderstood(parts.database).note
    for action in make_actions(parts.desk, parts.transcripts, parts.action_threads, missed):
        executor.register_action(action)

    @app.post("/actions/webhook", response_model=None)
    async def webhook(request: Request) -> JSONResponse:
        call: dict[str, Any] = await request.json()
        call.setdefault("domain", {})  # Rasa sends none with selective domains, and rasa-sdk insists on one
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as error:
            return JSONResponse({"error": str(error), "action_name": error.action_name}, 400)
        except ActionNotFoundException as error:
            return JSONResponse({"error": str(error), "action_name": error.action_name}, 404)
        return JSONResponse(result.model_dump() if result else {})

    return app
