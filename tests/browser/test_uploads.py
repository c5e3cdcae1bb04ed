"""Files: chosen, dropped, pasted; slow, cancelled, tried again, refused."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import Visit
from tests.browser.shopper import SIMPLE, Shopper
from tests.buyer import photo
from tests.evidence.samples import encoded, scene

pytestmark = pytest.mark.slow

DELIVER = """(target, [how, name, type, content]) => {
  const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name, { type }));
  const event = how === "paste"
    ? new ClipboardEvent("paste", { clipboardData: files, bubbles: true, composed: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: files, bubbles: true, composed: true, cancelable: true });
  target.dispatchEvent(event);
}"""


@pytest.fixture
def buyer(visit: Visit) -> Shopper:
    """A buyer who is asked for the first photo."""
    asked = visit().go().open_for("OR100001").press("Something is missing").press("Canvas bag").press("1")
    while (asked.question or "").startswith("fact:"):
        asked.press_one_of(SIMPLE.get(str(asked.question).removeprefix("fact:"), "No"))
    assert asked.question == "evidence:photo_delivery_slip"
    return asked


def throttle(buyer: Shopper, upload: int) -> None:
    """A line that takes `upload` bytes a second, -1 for no limit."""
    session = buyer.context.new_cdp_session(buyer.page)
    limits = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upload}
    session.send("Network.emulateNetworkConditions", limits)


def deliver(target: Locator, how: str) -> None:
    """Drop or paste a photo."""
    target.evaluate(DELIVER, [how, "IMG_2.jpg", "image/jpeg", base64.b64encode(photo()).decode()])


@pytest.mark.parametrize("how", ["drop", "paste"])
def test_a_photo_is_dropped_or_pasted(buyer: Shopper, how: str) -> None:
    deliver(buyer.message, how)
    expect(buyer.log).to_contain_text("Thank you, I have it.")
    expect(buyer.chat.locator(".photo canvas")).to_have_count(1)


def test_a_text_that_is_dropped_goes_where_the_browser_puts_it(buyer: Shopper) -> None:
    prevented = buyer.message.evaluate(
        """(target) => {
          const text = new DataTransfer();
          text.setData("text/plain", "OR100001");
          const drop = new DragEvent("drop", { dataTransfer: text, bubbles: true, composed: true, cancelable: true });
          return !target.dispatchEvent(drop);
        }"""
    )
    assert not prevented


def test_a_better_photo_is_asked_for_once(buyer: Shopper) -> None:
    dark = encoded(scene().point(lambda level: level // 8))
    buyer.send(content=dark).settle()
    expect(buyer.log).to_contain_text("could you send a brighter one?")
    assert buyer.question == "evidence:photo_delivery_slip"
    expect(buyer.request).to_be_visible()
    expect(buyer.chat.get_by_role("button", name="Use this one")).to_be_visible()
    buyer.send(content=dark).settle()
    expect(buyer.chat.locator(".photo canvas")).to_have_count(2)
    assert buyer.question != "evidence:photo_delivery_slip"


def test_a_slow_upload_shows_its_progress_and_can_be_cancelled(buyer: Shopper) -> None:
    throttle(buyer, 20_000)
    buyer.send("slow.jpg", content=photo(size=(2400, 1800)))
    row = buyer.chat.locator(".upload")
    expect(row.locator("canvas")).to_have_count(1)
    bar = row.get_by_role("progressbar", name="Sending slow.jpg")
    expect(bar).to_have_js_property("max", 1)
    buyer.page.wait_for_function(
        "() => { const bar = document.querySelector('redress-chat').shadowRoot.querySelector('progress');"
        " return bar && bar.value > 0.05 && bar.value < 1; }"
    )
    expect(row).to_contain_text("Sending,")
    row.get_by_role("button", name="Cancel slow.jpg").click()
    expect(row).to_have_count(0)
    throttle(buyer, -1)
    assert buyer.question == "evidence:photo_delivery_slip"
    assert buyer.chat.locator(".photo").count() == 0


def test_an_upload_that_broke_off_is_tried_again_and_counts_once(buyer: Shopper) -> None:
    sent: list[str] = []

    def lose_the_answer(route: Route) -> None:
        sent.append(route.fetch().json()["evidence"]["id"])
        route.abort()

    buyer.page.route("**/evidence", lose_the_answer)
    buyer.send()
    failed = buyer.chat.get_by_role("alert").filter(has_text="The connection was lost")
    expect(failed).to_have_count(1)
    buyer.page.unroute("**/evidence")
    buyer.chat.get_by_role("button", name="Try IMG_0001.jpg again").click()
    expect(buyer.chat.locator(".photo canvas")).to_have_count(1)
    buyer.page.reload()
    buyer.open_for("OR100001")
    assert len(sent) == 1
    expect(buyer.chat.locator(".photo canvas")).to_have_count(1)


REFUSED = (
    (b"#!/bin/sh\necho 1\n", "This kind of file cannot be used"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "This kind of file cannot be used"),
    (b"GIF89a/*" + b"\x00" * 64 + b"*/=1;alert(1)", "This kind of file cannot be used"),
    (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "damaged or incomplete"),
    (b"", "The file is empty"),
)


def test_what_is_no_photo_is_refused_with_a_sentence(buyer: Shopper, tmp_path: Path) -> None:
    for content, why in REFUSED:
        buyer.send("evil.jpg", content=content)
        expect(buyer.chat.get_by_role("alert").filter(has_text=why)).to_have_count(1)
        buyer.chat.get_by_role("button", name="Cancel evil.jpg").click()
    with (tmp_path / "huge.jpg").open("wb") as huge:
        huge.truncate(100 * 1024 * 1024)
    buyer.request.locator("input").first.set_input_files(tmp_path / "huge.jpg")
    expect(buyer.chat.get_by_role("alert").filter(has_text="too large")).to_have_count(1)
    assert buyer.question == "evidence:photo_delivery_slip"


def test_three_hundred_files_at_once_are_cut_to_ten(buyer: Shopper) -> None:
    held: list[Route] = []
    buyer.page.route("**/evidence", lambda route: held.append(route))
    buyer.send(*(f"{number}.jpg" for number in range(300)), content=b"\xff\xd8\xff")
    expect(buyer.chat.get_by_role("alert").filter(has_text="At most 10 files at a time")).to_have_count(1)
    expect(buyer.chat.locator(".upload")).to_have_count(10)
    assert len(held) == 1  # one after the other
    held[0].abort()


def test_a_phone_offers_its_camera(visit: Visit) -> None:
    buyer = visit(viewport={"width": 390, "height": 780}, is_mobile=True, has_touch=True).go()
    upload = {"kind": "photo", "label": "a photo of the item", "accept": ["image/jpeg"], "max_bytes": 15728640}
    buyer.desk_says(
        {"text": "A photo, please.", "question": {"id": "evidence:photo", "kind": "upload"}, "upload": upload}
    )
    buyer.open()
    camera = buyer.chat.get_by_label("Take a photo: a photo of the item")
    expect(camera).to_have_attribute("capture", "environment")
    expect(buyer.chat.locator("label.camera")).to_be_visible()
