"""Start the dialogue process: `dialogue/.venv/bin/python -m dialogue.serve` from the project's root.

Loopback only; Rasa's HTTP API is on, for the service puts trackers back through it. Settings, from the environment:

- `REDRESS_DIALOGUE_PORT` (5005)
- `REDRESS_ACTIONS_URL`: the service's action webhook, instead of the one in the endpoints file
- `REDRESS_ENDPOINTS` (endpoints.yml): another endpoints file, where several copies share trackers and locks
- `REDRESS_MODELS` (models): the folder whose newest model is served, or one model file
- `REDRESS_LOG_LEVEL` (INFO)
- `REDRESS_DIALOGUE_STOCK=1`: leave Rasa's two slow methods as they are (see `dialogue.server.speed`)
"""

import os
import sys

from dialogue import ROOT
from dialogue.server import logs


def main() -> None:
    """Read the settings, load the newest model and serve until stopped."""
    os.chdir(ROOT)
    logs.configure(os.environ.get("REDRESS_LOG_LEVEL", "INFO"))

    # Rasa takes seconds to import: the logs are ready before it
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.exceptions import ModelNotFound
    from rasa.model import get_local_model
    from rasa.utils.endpoints import EndpointConfig

    from dialogue.server import speed

    try:
        model = get_local_model(os.environ.get("REDRESS_MODELS", "models"))
    except ModelNotFound:
        sys.exit("No trained model: run `dialogue/.venv/bin/python -m dialogue.train` first.")
    endpoints = AvailableEndpoints.read_endpoints(os.environ.get("REDRESS_ENDPOINTS", "endpoints.yml"))
    actions_url = os.environ.get("REDRESS_ACTIONS_URL")
    if actions_url:
        endpoints.action = EndpointConfig(actions_url, **(endpoints.action.kwargs if endpoints.action else {}))
    if os.environ.get("REDRESS_DIALOGUE_STOCK") != "1":
        speed.install()
    serve_application(
        model_path=model,
        interface="127.0.0.1",
        port=int(os.environ.get("REDRESS_DIALOGUE_PORT", "5005")),
        credentials="credentials.yml",
        endpoints=endpoints,
        server_listeners=[(speed.close_sessions, "after_server_stop")],
    )


if __name__ == "__main__":
    main()
