"""A buyer who talks with a running desk over HTTP, as a shop's page would."""

from __future__ import annotations

import io
import uuid
from typing import Any

import httpx
from PIL import Image

EMAIL = "buyer@example.com"
Reply = dict[str, Any]


class Buyer:
    """One conversation. `replies` are the latest ones, `question` what the desk now waits for."""

    def __init__(self, client: httpx.Client, shop: str, **opening: str) -> None:
        self._client = client
        answer = client.post("/api/conversations", json={"shop": shop, "locale": "en", **opening})
        assert answer.status_code == 201, answer.text
        body = answer.json()
        self.id = body["id"]
        self.headers = {"Authorization": f"Bearer {body['token']}"}
        self.replies: list[Reply] = body["greeting"]

    @property
    def question(self) -> str | None:
        """The id of the open question, or None."""
        asked = [reply["question"]["id"] for reply in self.replies if reply["question"]]
        return asked[-1] if asked else None

    @property
    def text(self) -> str:
        """All that the desk said last."""
        return "\n".join(reply["text"] for reply in self.replies)

    @property
    def assessment(self) -> Reply | None:
        """The outcome, where the latest replies tell it."""
        return next((reply["assessment"] for reply in self.replies if reply["assessment"]), None)

    @property
    def ticket(self) -> Reply | None:
        """The ticket, where the latest replies tell of one."""
        return next((reply["ticket"] for reply in self.replies if reply["ticket"]), None)

    def post(self, body: Reply) -> httpx.Response:
        """One line as it is, whatever comes of it."""
        return self._client.post(f"/api/conversations/{self.id}/messages", json=body, headers=self.headers)

    def line(self, **line: str) -> Buyer:
        """One line that must be taken."""
        answer = self.post({"client_id": str(uuid.uuid4()), **line})
        assert answer.status_code == 200, answer.text
        self.replies = answer.json()["replies"]
        return self

    def say(self, text: str) -> Buyer:
        """Write something."""
        return self.line(text=text)

    def press(self, title: str) -> Buyer:
        """Press the button whose title begins so."""
        choices = {choice["title"]: choice["payload"] for reply in self.replies for choice in reply["choices"]}
        payload = next((payload for name, payload in choices.items() if name.startswith(title)), None)
        assert payload, f"no button {title!r} among {list(choices)}"
        return self.line(payload=payload)

    def send(self, file: bytes | None = None, **fields: str) -> httpx.Response:
        """Upload a file, whatever comes of it."""
        answer = self._client.post(
            f"/api/conversations/{self.id}/evidence",
            data={"client_id": str(uuid.uuid4()), **fields},
            files={"file": ("IMG_0001.jpg", photo() if file is None else file)},
            headers=self.headers,
        )
        if answer.status_code == 201:
            self.replies = answer.json()["replies"]
        return answer

    def answer_facts(self, **answers: str) -> Buyer:
        """Answer all that is asked of the goods."""
        while self.question and self.question.startswith("fact:"):
            self.answer_fact(**answers)
        return self

    def answer_fact(self, **answers: str) -> Buyer:
        """Answer what is asked of the goods, as somebody with an honest, simple case would unless told otherwise."""
        simple = {"has_receipt": "Yes", "signed_in_presence": "Yes", "product_kind": "An ordinary"}
        name = (self.question or "").removeprefix("fact:")
        return self.press(answers.get(name, simple.get(name, "No")))

    def photograph(self) -> Buyer:
        """Send photos for as long as the desk asks for uploads."""
        while self.question and self.question.startswith("evidence:"):
            answer = self.send()
            assert answer.status_code == 201, answer.text
        return self

    def identify(self, order: str, email: str = EMAIL) -> Buyer:
        """Give the order's number and its e-mail address."""
        assert self.question == "order_number", self.text
        self.say(order)
        assert self.question == "email", self.text
        return self.say(email)

    def history(self, after: int = 0) -> list[Reply]:
        """The transcript as a reload gets it."""
        answer = self._client.get(
            f"/api/conversations/{self.id}/messages", params={"after": after}, headers=self.headers
        )
        assert answer.status_code == 200, answer.text
        lines: list[Reply] = answer.json()["messages"]
        return lines


def photo(color: tuple[int, int, int] = (200, 120, 40), size: tuple[int, int] = (900, 700)) -> bytes:
    """A JPEG with something on it."""
    image = Image.new("RGB", size, color)
    for x in range(0, size[0], 30):
        image.paste((255 - color[0], x % 255, 90), (x, x % size[1], x + 15, size[1]))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return buffer.getvalue()
