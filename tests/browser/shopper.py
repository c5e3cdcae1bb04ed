"""A buyer in a browser: sees and does what a person would, by the names that a screen reader would read."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, FilePayload, Locator, Route, expect

from tests.buyer import photo

SIMPLE = dict.fromkeys(("has_receipt", "signed_in_presence", "all_packages_delivered"), "Yes")
# What a page's own code cannot be blamed for: the browser says so of every request while it is offline.
NETWORK = re.compile(r"Failed to load resource|net::ERR_")
# A machine may be busy with other things than this test.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)
WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective + ' ' + e.blockedURI));
"""


# What moves once, such as the panel as it rises: measured on its way it would be pale, or out of place.
ARRIVE = """() => {
  const shown = document.querySelector("redress-chat")?.shadowRoot?.getAnimations({subtree: true}) ?? [];
  for (const one of shown) if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
}"""


class Shopper:
    """One browser profile on one demo shop. `page` is the tab that is looked at."""

    def __init__(self, context: BrowserContext, url: str, shop: str, lang: str = "en") -> None:
        self.context, self.url = context, f"{url}/demo/{shop}?lang={lang}"
        self.errors: list[str] = []
        self.photo = photo()  # what is sent where a photo is asked for
        self.presence: dict[str, Any] = {}  # who answers, where the desk is stood in for
        context.add_init_script(WATCH)
        context.on("console", self._note)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.set_default_timeout(PATIENCE_MS)
        self.page = context.new_page()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def go(self) -> Shopper:
        """Open the shop's page."""
        self.page.goto(self.url)
        return self

    def new_tab(self) -> Shopper:
        """The same profile in another tab, on the same page."""
        other = object.__new__(Shopper)
        other.__dict__.update(self.__dict__)
        other.page = self.context.new_page()
        return other.go()

    def complaints(self) -> list[str]:
        """What the pages complained of: breaches of their policy, errors of their scripts."""
        breaches = [breach for page in self.context.pages for breach in page.evaluate("() => window.violations ?? []")]
        return breaches + [error for error in self.errors if not NETWORK.search(error)]

    @property
    def chat(self) -> Locator:
        """The widget."""
        return self.page.locator("redress-chat")

    @property
    def launcher(self) -> Locator:
        """The round button."""
        return self.chat.locator("#launcher")

    @property
    def log(self) -> Locator:
        """The lines of the conversation."""
        return self.chat.get_by_role("log")

    @property
    def message(self) -> Locator:
        """The input."""
        return self.chat.locator("textarea")

    @property
    def request(self) -> Locator:
        """Where a file is asked for."""
        return self.chat.locator(".request")

    @property
    def question(self) -> str | None:
        """The id of the open question."""
        return self.chat.locator(".composer").get_attribute("data-question")

    def open(self) -> Shopper:
        """Open the chat by its launcher, and wait for the greeting."""
        self.launcher.click()
        expect(self.log).to_have_attribute("aria-busy", "false")
        return self.settle()

    def open_for(self, order: str) -> Shopper:
        """Open the chat by the button beside an order; a claim that another test left open is not gone on with."""
        self.page.locator(f"button[data-order='{order}']").click()
        expect(self.log).to_have_attribute("aria-busy", "false")
        self.settle()
        return self.press("No, start a new one") if self.question == "resume" else self

    def settle(self) -> Shopper:
        """Wait until nothing is on its way, and let what moves arrive."""
        expect(self.chat.locator(".typing, .upload.waiting, .upload.sending")).to_have_count(0)
        self.page.evaluate(ARRIVE)
        return self

    def press(self, title: str) -> Shopper:
        """Press the answer whose title begins so."""
        self.chat.locator("#log button").filter(has_text=re.compile(rf"^\s*{re.escape(title)}")).first.click()
        return self.settle()

    def press_one_of(self, preferred: str) -> Shopper:
        """Press the answer that begins so where it is offered, else the first."""
        titles = self.chat.locator("#log .choices button").all_inner_texts()
        return self.press(next((title for title in titles if title.startswith(preferred)), titles[0]).split("\n")[0])

    def say(self, text: str) -> Shopper:
        """Write something and send it."""
        self.message.fill(text)
        self.message.press("Enter")
        return self.settle()

    def send(self, *names: str, content: bytes | None = None) -> Shopper:
        """Choose files for the open question."""
        content = self.photo if content is None else content
        files = [FilePayload(name=name, mimeType="image/jpeg", buffer=content) for name in names or ("IMG_0001.jpg",)]
        self.request.locator("input").first.set_input_files(files)
        return self

    def lines(self, author: str = "mine") -> list[str]:
        """The texts of the lines, the buyer's (`mine`) or the desk's (`theirs`)."""
        return self.chat.locator(f".row.{author} :is(.bubble:not(.typing), .card)").all_inner_texts()

    def answer_until_ticket(self, **answers: str) -> str:
        """Answer every question simply, or as told by its id, until the ticket is opened; the ticket's number."""
        for _ in range(30):
            question = self.question
            if question is None:
                break
            topic, _, subject = question.partition(":")
            usual = {"items": "Canvas bag", "quantity": "1", "fact": SIMPLE.get(subject, "No"), "confirm": "Yes"}
            if topic == "evidence":
                self.send().settle() if self.request.count() else self.say("It came in a plain brown box.")
            else:
                self.press_one_of(answers.get(subject) or usual.get(topic, ""))
        return self.chat.locator(".card.ticket strong").last.inner_text()

    def desk_says(self, *replies: dict[str, Any]) -> None:
        """Stand in for the desk when the chat is opened next: it greets with these replies. For what no shop asks."""
        nothing: dict[str, Any] = dict.fromkeys(("question", "upload", "assessment", "ticket"))
        greeting = [{"id": str(i), "text": "", "choices": [], **nothing, **r} for i, r in enumerate(replies, start=1)]
        opened = {"id": "stand-in", "token": "t", "greeting": greeting, "menu": []}

        def answer(route: Route) -> None:
            body: dict[str, Any] = {"replies": [{"id": "99", "text": "Noted.", "choices": [], **nothing}]}
            path = route.request.url.partition("?")[0]
            if path.endswith("/events"):
                route.fulfill(status=200, content_type="text/event-stream", body="retry: 60000\n\n")
            elif path.endswith("/seen"):
                route.fulfill(json={"read": "0", "typing": False, "mode": "bot", "person": None, **self.presence})
            elif path.endswith("/messages") and route.request.method == "GET":
                route.fulfill(json={"messages": [], "links": {"transcript": "/"}})
            else:
                self.sent.append(json.loads(route.request.post_data or "{}"))
                posted = path.endswith("/messages")
                route.fulfill(status=200 if posted else 201, json=body if posted else opened)

        self.sent: list[dict[str, Any]] = []
        self.page.route("**/api/conversations**", answer)
        self.page.route("**/api/conversations/**", answer)
