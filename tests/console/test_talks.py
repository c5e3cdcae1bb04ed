"""A person takes a conversation over: what the buyer sees, what the bot does, who reads and types."""

from __future__ import annotations

import uuid
from dataclasses import replace

import httpx
import pytest

from redress.bootstrap import Parts
from redress.claims.conversation import Conversation, Question
from redress.web.auth import new_token
from tests.console.people import Person
from tests.ticketing import TicketDesk

PLACE = dict[str, str]


@pytest.fixture
def waiting(parts: Parts, tickets: TicketDesk) -> tuple[Conversation, PLACE]:
    """A Spanish buyer who waits for a person in the middle of a question, and the buyer's header."""
    token, kept = new_token()
    made = tickets.converse(language="es")
    asked = replace(made, id=uuid.uuid4().hex, question=Question("order_number", "order_number"))
    parts.conversations.add(asked, kept, (), parts.clock())
    opened = parts.conversations.conversation(asked.id)
    wanted = replace(opened, mode="waiting", question=asked.question)
    parts.conversations.commit_step(wanted, "person", (), answered=True, at=parts.clock())
    return parts.conversations.conversation(asked.id), {"Authorization": f"Bearer {token}"}


def lines(parts: Parts, conversation: Conversation) -> list[tuple[str, str]]:
    return [(line["author"], line["text"]) for line in parts.transcripts.transcript(conversation.id)]


def test_whoever_waits_is_listed_and_counted(rosa: Person, waiting: tuple[Conversation, PLACE]) -> None:
    conversation, _ = waiting
    assert conversation.id in rosa.get("/talks").text
    assert int(rosa.get("/talks/count").text) >= 1


def test_a_person_takes_over_writes_and_hands_back(
    rosa: Person, lena: Person, browser: httpx.Client, parts: Parts, waiting: tuple[Conversation, PLACE]
) -> None:
    conversation, header = waiting
    place = f"/talks/{conversation.id}"
    assert rosa.post(f"{place}/write", text="hello", client_id=str(uuid.uuid4())).status_code == 409
    assert rosa.post(f"{place}/take").status_code == 303
    assert lena.post(f"{place}/take").status_code == 409
    assert "rosa" in lena.post(f"{place}/take").text
    assert lines(parts, conversation)[-1] == ("bot", "rosa, de la tienda, le atiende ahora.")

    line = {"text": "Buenas, soy Rosa.", "client_id": str(uuid.uuid4())}
    for _ in range(2):  # sent twice, said once
        assert rosa.post(f"{place}/write", **line).status_code == 303
    said = [one for one in lines(parts, conversation) if one == ("rosa", "Buenas, soy Rosa.")]
    assert len(said) == 1

    message = {"client_id": str(uuid.uuid4()), "text": "gracias"}
    answer = browser.post(f"/api/conversations/{conversation.id}/messages", json=message, headers=header)
    assert answer.json() == {"replies": []}  # the bot is silent
    assert "gracias" in rosa.get(f"{place}/lines").text

    assert lena.post(f"{place}/give-back").status_code == 409
    assert rosa.post(f"{place}/give-back").status_code == 303
    assert parts.conversations.conversation(conversation.id).mode == "bot"
    left, again = lines(parts, conversation)[-2:]
    assert left == ("bot", "El asistente automático continúa ahora.")
    assert again[0] == "bot"
    assert "pedido" in again[1]  # the question that was open is put again


def test_each_side_sees_what_the_other_has_read_and_that_it_types(
    rosa: Person, browser: httpx.Client, parts: Parts, waiting: tuple[Conversation, PLACE]
) -> None:
    conversation, header = waiting
    place, seen = f"/talks/{conversation.id}", f"/api/conversations/{conversation.id}/seen"
    rosa.post(f"{place}/take")
    rosa.get(f"{place}/lines")
    rosa.post(f"{place}/typing")
    newest = parts.transcripts.transcript(conversation.id)[-1]["id"]
    assert browser.post(seen, json={"typing": True}, headers=header).json() == {
        "read": newest,
        "typing": True,
        "mode": "person",
        "person": "rosa",
    }
    assert "is typing" in rosa.get(f"{place}/lines").text
    browser.post(seen, json={"read": int(newest)}, headers=header)
    assert "Read by the buyer" in rosa.get(f"{place}/lines").text
    assert browser.post(seen, json={}, headers={"Authorization": "Bearer no"}).status_code == 401


def test_looking_at_a_conversation_is_in_the_audit_log(
    rosa: Person, ada: Person, waiting: tuple[Conversation, PLACE]
) -> None:
    conversation, _ = waiting
    rosa.get(f"/talks/{conversation.id}")
    assert "looked at a conversation" in ada.get("/audit", subject=conversation.id).text
