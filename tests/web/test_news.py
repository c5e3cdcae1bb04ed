"""The event stream, signed links and CORS of a running desk, as a page's script meets them."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from redress.bootstrap import now
from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.transcripts import say
from tests.buyer import Buyer
from tests.desk import Desk

pytestmark = pytest.mark.slow

NOTHING: dict[str, Any] = {"choices": [], "question": None, "upload": None, "assessment": None, "ticket": None}
ELSEWHERE = "https://elsewhere.example"


def tell(desk: Desk, buyer: Buyer, text: str) -> str:
    """A line outside of a turn, written by another process than the desk's; its id."""
    database = Database(make_engine(desk.env["REDRESS_DATABASE_URL"]))
    with database.write() as session:
        said = say(session, buyer.id, {"text": text, **NOTHING}, None, now())
    database.engine.dispose()
    return str(said["id"])


def events(answer: httpx.Response) -> Iterator[dict[str, str]]:
    """The events of a stream, each by its fields."""
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value
        elif fields:
            if "data" in fields:
                yield fields
            fields = {}


def listen(desk: Desk, buyer: Buyer, after: str | None = None) -> Any:
    """The open stream of a conversation's news."""
    headers = buyer.headers | ({"Last-Event-ID": after} if after else {})
    return desk.client.stream("GET", f"/api/conversations/{buyer.id}/events", headers=headers)


def test_news_of_another_process_arrive_and_turns_do_not(desk: Desk) -> None:
    buyer, other = Buyer(desk.client, "1688order"), Buyer(desk.client, "1688order")
    with listen(desk, buyer) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        buyer.press("The size is wrong")
        tell(desk, other, "not for you")
        later = threading.Timer(0.3, tell, (desk, buyer, "approved"))
        later.start()
        news = next(events(answer))
        later.join()
    assert json.loads(news["data"])["text"] == "approved"
    assert json.loads(news["data"])["author"] == "bot"
    assert news["id"] == json.loads(news["data"])["id"]


def test_what_was_missed_comes_after_the_last_event_id(desk: Desk) -> None:
    buyer = Buyer(desk.client, "1688order")
    ids = [tell(desk, buyer, text) for text in ("one", "two", "three")]
    with listen(desk, buyer, after=ids[0]) as answer:
        stream = events(answer)
        assert [json.loads(next(stream)["data"])["text"] for _ in range(2)] == ["two", "three"]


def test_the_stream_needs_the_conversations_own_token(desk: Desk) -> None:
    mine, other = Buyer(desk.client, "1688order"), Buyer(desk.client, "1688order")
    path = f"/api/conversations/{mine.id}/events"
    assert desk.client.get(path, headers=other.headers).status_code == 401
    assert desk.client.get(path).status_code == 401
    assert desk.client.get(f"{path}?token={other.headers['Authorization']}").status_code == 401
    refused = desk.client.get(path, headers={**mine.headers, "Last-Event-ID": "x"})
    assert refused.status_code == 422


def test_a_file_opens_by_its_link_alone_and_only_unaltered(desk: Desk) -> None:
    buyer = Buyer(desk.client, "1688order").press("Something is missing").identify("OR100001")
    if buyer.question == "resume":
        buyer.press("No")
    buyer.press("Canvas bag").press("1").answer_facts()
    links = buyer.send().json()["evidence"]["links"]
    shown = desk.client.get(links["thumbnail"])
    assert shown.status_code == 200
    assert shown.headers["content-disposition"].startswith("attachment")
    assert shown.headers["x-content-type-options"] == "nosniff"
    again = next(line for line in buyer.history() if line.get("evidence"))
    assert desk.client.get(again["evidence"]["links"]["view"]).status_code == 200
    path, _, query = links["view"].partition("?")
    for wrong in (
        path,
        f"{path}?{query[:-1]}0",
        f"{links['thumbnail'].partition('?')[0]}?{query}",
        path + "?expires=9",
    ):
        assert desk.client.get(wrong).status_code == 403, wrong


def test_the_transcript_opens_by_its_link_alone(desk: Desk) -> None:
    mine, other = Buyer(desk.client, "1688order"), Buyer(desk.client, "1688order")
    link = desk.client.get(f"/api/conversations/{mine.id}/messages", headers=mine.headers).json()["links"]["transcript"]
    answer = desk.client.get(link)
    assert answer.status_code == 200
    assert mine.replies[0]["text"] in answer.text
    assert "attachment" in answer.headers["content-disposition"]
    assert desk.client.get(link.replace(mine.id, other.id)).status_code == 403


def test_a_page_that_no_shop_has_listed_opens_nothing(desk: Desk) -> None:
    asked = {"Origin": ELSEWHERE}
    opened = desk.client.post("/api/conversations", json={"shop": "1688order"}, headers=asked)
    assert opened.status_code == 403
    assert opened.json()["error"]["code"] == "origin_not_allowed"
    assert "access-control-allow-origin" not in opened.headers
    preflight = desk.client.options("/api/conversations", headers={**asked, "Access-Control-Request-Method": "POST"})
    assert "access-control-allow-origin" not in preflight.headers
    assert desk.client.get("/widget.js", headers=asked).headers["access-control-allow-origin"] == "*"
