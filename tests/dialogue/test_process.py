"""The running process, over HTTP: unknown conversations, restored trackers, and logs that tell nothing."""

import http.client
import json
import subprocess
import sys

import pytest

from dialogue import ROOT
from dialogue.measure.latency import running

pytestmark = pytest.mark.slow
SECRET = "my secret address is nobody@example.com"


@pytest.fixture(scope="module")
def port(model):
    with running(model, REDRESS_ACTIONS_URL="http://127.0.0.1:9/actions/webhook") as port:
        yield port


def call(port, method, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, json.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def test_an_unknown_conversation_is_refused_and_a_restored_one_goes_on(port):
    message = {"sender": "conversation-1", "message": "hello", "metadata": {"client_id": "1", "shop": "1688order"}}
    assert call(port, "POST", "/webhooks/rest/webhook", message) == (409, {"error": "no_tracker"})
    events = [{"event": "slot", "name": "shop", "value": "1688order"}, {"event": "action", "name": "action_listen"}]
    status, tracker = call(port, "PUT", "/conversations/conversation-1/tracker/events", events)
    assert (status, tracker["slots"]["shop"]) == (200, "1688order")
    status, _ = call(port, "POST", "/webhooks/rest/webhook", message)
    assert status == 200


def test_a_message_without_a_sender_is_refused(port):
    assert call(port, "POST", "/webhooks/rest/webhook", {"message": "hello"})[0] == 409


def test_parsing_answers_with_our_own_fields(port):
    status, result = call(port, "POST", "/model/parse", {"text": "the bag is torn"})
    assert status == 200
    assert {"intent", "intent_ranking", "entities", "decision", "labels"} <= set(result)


def test_logs_hold_no_message_even_when_an_action_fails(model, tmp_path):
    log = tmp_path / "log"
    with log.open("w") as stream:
        code = (
            "import structlog, logging\n"
            "from dialogue.server import logs\n"
            "logs.configure('DEBUG')\n"
            f"secret = {SECRET!r}\n"
            "structlog.get_logger().error('rest.message.received.failure', text=secret, sender_id=secret)\n"
            "structlog.get_logger().debug('debugging', text=secret)\n"
            "logging.getLogger('rasa').debug(secret)\n"
            "try:\n    raise ValueError('broken')\n"
            "except ValueError:\n    structlog.get_logger().exception('it failed', text=secret)\n"
        )
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=stream, check=True)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["event"] for line in lines] == ["rest.message.received.failure", "it failed"]
    assert "ValueError: broken" in lines[1]["exception"]
    assert SECRET not in json.dumps(lines)


def test_without_a_model_the_process_says_what_to_do(tmp_path):
    environment = {"PATH": "", "REDRESS_MODELS": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "dialogue.serve"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "dialogue.train" in done.stderr


def test_a_model_is_trained_again_when_an_input_changes_and_only_then(tmp_path, monkeypatch):
    from dialogue import train

    for name in ("config.yml", "domain.yml", "data/nlu/a.yml", "data/policies/shop.yml", "dialogue/requirements.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    for name in ("answers.yml", "intents.yml"):
        (tmp_path / "data" / name).write_text("x")
    (tmp_path / "data" / "entities").mkdir()
    (tmp_path / "data" / "entities" / "identifiers.yml").write_text("x")
    monkeypatch.setattr(train, "ROOT", tmp_path)
    (tmp_path / "data/widget.yml").write_text("what the model knows nothing of")
    before = train.fingerprint()
    (tmp_path / "data/widget.yml").write_text("another wording")
    assert train.fingerprint() == before
    for name in ("data/policies/shop.yml", "data/nlu/a.yml", "data/answers.yml"):
        (tmp_path / name).write_text("another sentence")
        assert train.fingerprint() != before
        before = train.fingerprint()
