"""The console in a real browser: the main paths by mouse and by keyboard, every page clean for axe."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from redress.bootstrap import Parts
from redress.claims.tickets import Ticket
from redress.store.accounts import Accounts
from redress.store.figures import STALE_AFTER, Figures
from redress.store.tables import EvidenceRow
from tests.browser.chromium import FLAGS, chromium
from tests.buyer import photo
from tests.console.people import PASSWORD
from tests.ticketing import PHOTOS, TicketDesk
from tests.widget.node import node_modules

pytestmark = pytest.mark.slow
NAME = "Bea"


@pytest.fixture(scope="module")
def page(url: str, parts: Parts) -> Iterator[Page]:
    """A browser that an admin has signed in with. What its pages complain of fails the test at the end."""
    Accounts(parts.database).add(NAME, "admin", PASSWORD, parts.clock())
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=list(FLAGS))
        opened = browser.new_page(viewport={"width": 1440, "height": 900}, base_url=url)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        opened.goto("/console/queue")
        opened.get_by_label("Name").fill(NAME)
        opened.get_by_label("Password").fill(PASSWORD)
        opened.get_by_role("button", name="Sign in").click()
        opened.wait_for_url("**/console/queue")
        yield opened
        browser.close()
    assert complaints == []


@pytest.fixture
def ticket(parts: Parts, tickets: TicketDesk, tmp_path: Path) -> Ticket:
    """A ticket in review with a real photo."""
    made = tickets.open(evidence=PHOTOS)
    file = tmp_path / "photo.jpg"
    file.write_bytes(photo())
    key = parts.storage.put(file)
    with parts.database.write() as session:
        session.add(
            EvidenceRow(
                id=secrets.token_hex(8),
                conversation_id=made.conversation_id,
                draft_id=made.draft_id,
                ticket_number=made.number,
                client_id=secrets.token_hex(8),
                kind=PHOTOS[0],
                sha256=secrets.token_hex(32),
                bytes=1,
                media_type="image/jpeg",
                details={"quality": ["too_blurred"], "view": key, "thumbnail": key},
                created_at=parts.clock(),
            )
        )
    return made


def findings(page: Page) -> list[str]:
    """What axe-core finds on the page, in light and in dark colours."""
    source = (node_modules() / "axe-core" / "axe.min.js").read_text("utf-8")
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(source)  # through the debugger, which the page's policy does not bind
        run = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
        found += [
            f"{scheme} {one['id']}: {json.dumps([node['target'] for node in one['nodes']])}"
            for one in page.evaluate(run)
        ]
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize(
    "path", ["queue", "queue?view=all", "talks", "learning", "insights", "accounts", "privacy", "audit", "undelivered"]
)
def test_every_page_is_clean(page: Page, parts: Parts, ticket: Ticket, path: str) -> None:
    Figures(parts.database).refresh(parts.clock() + 2 * STALE_AFTER)
    page.goto(f"/console/{path}")
    assert findings(page) == []


def test_a_ticket_and_its_conversation_are_clean(page: Page, ticket: Ticket) -> None:
    page.goto(f"/console/tickets/{ticket.number}")
    page.evaluate("() => document.querySelectorAll('details').forEach((details) => (details.open = true))")
    assert findings(page) == []
    page.goto(f"/console/talks/{ticket.conversation_id}")
    assert findings(page) == []


def test_a_buyer_is_erased(page: Page, parts: Parts, tickets: TicketDesk) -> None:
    ticket = tickets.open(email="greta@example.com")
    page.goto("/console/privacy")
    page.get_by_label("The buyer's e-mail address").fill("Greta@example.com")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=ticket.number).wait_for()
    assert findings(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the zip").click()
    assert download.value.suggested_filename == "redress-export.zip"
    page.get_by_label("I have made sure").check()
    page.get_by_role("button", name="Erase for good").click()
    page.get_by_role("status").wait_for()
    assert parts.tickets.ticket(ticket.number).email == "erased"


def test_two_clicks_approve(page: Page, parts: Parts, ticket: Ticket) -> None:
    page.goto(f"/console/tickets/{ticket.number}")
    page.get_by_role("radio", name="Replacement").click()
    page.get_by_role("button", name="Approve replacement").click()
    page.get_by_role("status").wait_for()
    decided = parts.tickets.ticket(ticket.number)
    assert decided.decision is not None
    assert (decided.state, decided.decision.grants[0].kind) == ("approved", "replacement")


def test_a_lowered_amount_is_said_on_the_button_and_needs_a_reason(page: Page, parts: Parts, ticket: Ticket) -> None:
    page.goto(f"/console/tickets/{ticket.number}")
    page.get_by_role("radio", name="Refund").click()
    page.get_by_label("Other amount").fill("20.00")
    button = page.get_by_role("button", name="Approve refund of 20.00")
    button.click()
    assert parts.tickets.ticket(ticket.number).state == "in_review", "the browser asks for the reason first"
    page.get_by_label("Words to the buyer").first.fill("one strap is there")
    button.click()
    page.get_by_role("status").wait_for()
    decided = parts.tickets.ticket(ticket.number).decision
    assert decided
    assert str(decided.grants[0].amount) == "20.00"


def test_what_was_searched_for_is_clean_and_selectable(page: Page, tickets: TicketDesk) -> None:
    two = [tickets.open(email="twice@example.com").number for _ in range(2)]
    page.goto("/console/queue")
    page.keyboard.press("/")
    page.keyboard.type("twice@example.com")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=two[0]).wait_for()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert "(1)" in page.get_by_role("button", name="Assign").inner_text()


def test_a_ticket_is_declined_without_a_mouse(page: Page, parts: Parts, ticket: Ticket) -> None:
    page.goto("/console/queue?view=todo")
    page.keyboard.press("/")
    page.keyboard.type(ticket.number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{ticket.number}")
    page.keyboard.press("d")
    page.keyboard.press("Tab")
    page.keyboard.type("the box had been opened before")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    assert parts.tickets.ticket(ticket.number).state == "declined"


def test_tickets_are_selected_and_given_away_by_keyboard(page: Page, parts: Parts, ticket: Ticket) -> None:
    page.goto("/console/queue?view=unassigned")
    page.keyboard.press("j")
    page.keyboard.press("x")
    number = page.locator("tr.here").get_attribute("data-number")
    assert number
    assert "(1)" in page.get_by_role("button", name="Assign").inner_text()
    page.get_by_role("button", name="Assign").click()
    page.wait_for_url("**/console/queue?view=unassigned")
    assert parts.tickets.ticket(number).assignee == NAME


def test_evidence_opens_large_and_zooms(page: Page, ticket: Ticket) -> None:
    page.goto(f"/console/tickets/{ticket.number}")
    page.locator("a[data-picture]").click()
    picture = page.locator("dialog.lightbox img")
    picture.wait_for()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
    page.get_by_role("button", name="Zoom").click()
    assert "zoomed" in (page.locator("dialog.lightbox").get_attribute("class") or "")
    page.keyboard.press("Escape")
    assert not page.locator("dialog.lightbox[open]").count()


def test_a_conversation_is_taken_over_and_answered(page: Page, parts: Parts, ticket: Ticket) -> None:
    page.goto(f"/console/talks/{ticket.conversation_id}")
    page.get_by_role("button", name="Take over").click()
    page.get_by_label(f"To the buyer, as {NAME}").fill("Good morning, I am looking at it.")
    page.keyboard.press("Control+Enter")
    page.locator(".talk li.person", has_text="Good morning").wait_for()
    lines = parts.transcripts.transcript(ticket.conversation_id)
    assert (lines[-1]["author"], lines[-1]["text"]) == (NAME, "Good morning, I am looking at it.")
    page.get_by_role("button", name="Hand back").click()
    page.get_by_text("the bot answers").wait_for()
