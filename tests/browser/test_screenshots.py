"""The pictures in docs/images/, taken anew where REDRESS_SCREENSHOTS names a folder to put them into."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.shopper import SIMPLE, Shopper

pytestmark = pytest.mark.slow

MOST_BYTES = 200_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the pictures go."""
    chosen = Path(os.environ.get("REDRESS_SCREENSHOTS", tmp_path))
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def parcel() -> bytes:
    """A photo of a parcel with its slip, as far as rectangles can give one."""
    image = Image.effect_noise((1200, 900), 12).convert("RGB").point(lambda value: value // 3 + 120)
    draw = ImageDraw.Draw(image)
    draw.rectangle((170, 180, 1030, 800), fill=(178, 134, 84))
    draw.polygon(((170, 180), (260, 110), (1110, 110), (1030, 180)), fill=(196, 153, 102))
    draw.polygon(((1030, 180), (1110, 110), (1110, 720), (1030, 800)), fill=(150, 109, 64))
    draw.rectangle((560, 110, 660, 800), fill=(214, 190, 150))
    draw.rectangle((260, 300, 540, 560), fill=(246, 244, 238))
    for line in range(6):
        draw.rectangle((285, 325 + line * 26, 515 - line % 3 * 50, 335 + line * 26), fill=(70, 70, 74))
    for bar in range(36):
        draw.rectangle((285 + bar * 6, 490, 285 + bar * 6 + bar % 3 + 1, 540), fill=(30, 30, 34))
    kept = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.8)).save(kept, "JPEG", quality=90)
    return kept.getvalue()


def picture(buyer: Shopper, path: Path) -> None:
    """Take one of the page as it is, once nothing moves."""
    buyer.settle()
    buyer.page.mouse.move(0, 0)  # nothing is pointed at
    buyer.page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))")
    buyer.page.screenshot(path=path, animations="disabled", caret="hide")
    assert 5_000 < path.stat().st_size < MOST_BYTES


def test_a_claim_in_pictures(visit: Visit, folder: Path) -> None:
    buyer = visit("1688order").go().open_for("OR100001")
    picture(buyer, folder / "widget-greeting.png")
    buyer.press("Something is missing")
    picture(buyer, folder / "widget-items.png")
    buyer.press("Canvas bag").press("1")
    while (buyer.question or "").startswith("fact:"):
        buyer.press_one_of(SIMPLE.get(str(buyer.question).removeprefix("fact:"), "No"))
    buyer.send(content=parcel()).settle()
    expect(buyer.chat.locator(".photo canvas")).to_have_count(1)
    picture(buyer, folder / "widget-photo.png")
    while (buyer.question or "").startswith("evidence:"):
        buyer.send(content=parcel()).settle()
    picture(buyer, folder / "widget-outcome.png")
    buyer.answer_until_ticket()
    picture(buyer, folder / "widget-ticket.png")


def test_another_shop_language_and_screen_in_pictures(visit: Visit, folder: Path) -> None:
    buyer = visit("genuine-goods", color_scheme="dark").go().open()
    picture(buyer, folder / "widget-dark.png")
    phone = {"viewport": {"width": 390, "height": 780}, "is_mobile": True, "has_touch": True, "device_scale_factor": 1}
    buyer = visit("parcel-up", lang="zh-CN", **phone).go().open()
    picture(buyer, folder / "widget-phone.png")
