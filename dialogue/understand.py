"""Understand messages without a running process: JSON Lines of `{"text"}` in, Rasa's parse of each out, in order.

`redress understand` starts this where no dialogue process answers.
"""

import json
import os
import sys

from dialogue import ROOT
from dialogue.server import logs


def main() -> None:
    """Load the newest model, and answer every line of standard input."""
    os.chdir(ROOT)
    logs.configure("ERROR", stream=sys.stderr)

    # Rasa takes seconds to import: the logs are ready before it
    from rasa.exceptions import ModelNotFound
    from rasa.model import get_local_model

    from dialogue.measure.pipelines import parse

    try:
        model = get_local_model(os.environ.get("REDRESS_MODELS", "models"))
    except ModelNotFound:
        sys.exit("No trained model: run `make train` first.")
    texts = [json.loads(line)["text"] for line in sys.stdin if line.strip()]
    for result in parse(model, texts):
        print(json.dumps(result))


if __name__ == "__main__":
    main()
