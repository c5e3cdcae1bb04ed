"""A whole claim at every shop, by pressing and photographing, as its buyer would."""

import io
import json

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.desk import Desk
from tests.evidence import samples

pytestmark = pytest.mark.slow

MAIN = [
    ("1688order", "OR100001", "Something is missing"),
    ("parcel-up", "PU100001", "It arrived damaged"),
    ("ali-shipping", "AS100001", "Something is missing"),
    ("platform-15", "PF100001", "A wrong item came"),
    ("genuine-goods", "GG100001", "It is a fake"),
]


@pytest.fixture(scope="module")
def phone_photo() -> bytes:
    """A photo as a phone takes it: 12 megapixels on their side, 3 MB, with the place in it."""
    with Image.open(io.BytesIO(samples.photo(3.0))) as taken:
        return samples.encoded(taken, quality=80, exif=samples.exif(orientation=6))


@pytest.mark.parametrize(("shop", "order", "problem"), MAIN)
def test_the_main_claim_of_a_shop_opens_a_ticket(
    visit: Visit, desk: Desk, phone_photo: bytes, shop: str, order: str, problem: str
) -> None:
    buyer = visit(shop)
    buyer.photo = phone_photo
    buyer.go().open_for(order).press(problem)
    number = buyer.answer_until_ticket()
    assert buyer.chat.locator(".card.outcome").count() >= 1
    ticket = json.loads(desk.redress("ticket", number, "--json").stdout)
    assert ticket["claim"]["order"]["number"] == order
    assert ticket["evidence"]
    assert {(piece["width"], piece["height"]) for piece in ticket["evidence"]} == {(3024, 4032)}  # upright
    expect(buyer.chat.locator(".photo canvas").or_(buyer.chat.locator(".photo [role=img]"))).to_have_count(
        len(ticket["evidence"])
    )
    buyer.page.reload()
    buyer.open_for(order)
    assert buyer.chat.locator(".card.ticket strong").last.inner_text() == number


def test_the_conversation_is_in_the_buyers_language(visit: Visit) -> None:
    for lang, title in (("zh-CN", "订单帮助"), ("es", "Ayuda con su pedido"), ("ru", "Помощь с заказом")):
        buyer = visit(lang=lang).go().open()
        expect(buyer.chat.get_by_role("dialog")).to_have_accessible_name(title)
        assert buyer.chat.get_by_role("dialog").get_attribute("lang") == lang


def test_a_person_is_a_click_away_and_the_conversation_can_be_taken_along(visit: Visit) -> None:
    buyer = visit().go().open()
    buyer.chat.get_by_role("button", name="Talk to a person").click()
    buyer.settle()
    assert buyer.lines()[-1] == "Talk to a person"
    buyer.page.reload()
    buyer.open()
    expect(buyer.chat.get_by_role("dialog")).to_contain_text("A person will answer you here")
    with buyer.page.expect_download() as download:
        buyer.chat.get_by_role("button", name="Download the conversation").click()
    text = download.value.path().read_text("utf-8")
    assert "Talk to a person" in text
    assert buyer.lines("theirs")[0] in text


def test_a_person_who_answers_is_named_and_seen_typing_and_reading(visit: Visit) -> None:
    buyer = visit().go()
    buyer.presence = {"mode": "person", "person": "Mei", "typing": False}
    buyer.desk_says({"text": "Hello!"})
    buyer.open()
    dialog = buyer.chat.get_by_role("dialog")
    expect(dialog).to_contain_text("Mei is answering you")
    buyer.presence["typing"] = True
    expect(buyer.log).to_contain_text("Mei is typing")
    buyer.presence["typing"] = False
    expect(buyer.log).not_to_contain_text("Mei is typing")
