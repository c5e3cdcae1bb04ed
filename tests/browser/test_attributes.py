"""What a shop's page can say of its chat: each attribute, at the start and later."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.shopper import Shopper

pytestmark = pytest.mark.slow

ADD = """(attributes) => {
  document.querySelector("redress-chat").remove();
  const chat = document.createElement("redress-chat");
  for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
  document.body.append(chat);
}"""
OPENED = {"id": "c", "token": "t", "greeting": [], "menu": []}


def page_with(buyer: Shopper, **attributes: str) -> Shopper:
    """The shop's page with another chat in place of its own."""
    buyer.page.evaluate(ADD, {"shop": "1688order", **{name.replace("_", "-"): at for name, at in attributes.items()}})
    return buyer


@pytest.mark.parametrize(
    ("lang", "locale", "title"),
    [
        ("ru", "", "Помощь с заказом"),
        ("ru", "es-MX", "Ayuda con su pedido"),
        ("en", "zh-Hans-CN", "订单帮助"),
        ("en", "fr", "Help with your order"),
    ],
)
def test_the_language_is_the_attributes_else_the_pages(visit: Visit, lang: str, locale: str, title: str) -> None:
    buyer = page_with(visit(lang=lang).go(), **({"locale": locale} if locale else {})).open()
    expect(buyer.chat.get_by_role("dialog")).to_have_accessible_name(title)


def test_a_page_can_open_and_close_it_and_hears_of_the_buyers_own_closing(visit: Visit) -> None:
    buyer = page_with(visit().go(), open="")
    dialog = buyer.chat.get_by_role("dialog")
    expect(buyer.log).to_have_attribute("aria-busy", "false")
    assert buyer.page.evaluate("() => document.activeElement === document.body")  # nobody asked for the focus yet
    buyer.page.evaluate("() => document.querySelector('redress-chat').removeAttribute('open')")
    expect(dialog).to_be_hidden()
    buyer.page.evaluate("() => document.querySelector('redress-chat').setAttribute('open', '')")
    expect(buyer.message).to_be_focused()
    buyer.page.keyboard.press("Escape")
    expect(buyer.chat).not_to_have_attribute("open", "")


def test_it_can_stand_in_the_other_corner(visit: Visit) -> None:
    buyer = page_with(visit().go(), position="start").open()
    for part in (buyer.launcher, buyer.chat.locator("#panel")):
        box = part.bounding_box()
        assert box
        assert 0 <= box["x"] < 100


def test_a_token_that_has_run_out_leaves_the_order_to_be_named(visit: Visit) -> None:
    buyer = page_with(visit().go(), customer_token="eyJhbGciOiJIUzI1NiJ9.eyJvcmRlciI6IkEifQ.x").open()
    buyer.press("The size is wrong")
    assert buyer.question == "order_number"


def test_a_shop_that_there_is_not_says_that_the_chat_cannot_be_opened(visit: Visit) -> None:
    buyer = page_with(visit().go(), shop="<b>none</b>")
    buyer.launcher.click()
    expect(buyer.log).to_have_text("The chat cannot be opened on this page.")


def test_the_desk_can_be_at_another_address(visit: Visit) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        allowed = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
        events = route.request.url.endswith("/events")
        body = "retry: 60000\n\n" if events else json.dumps({**OPENED, "mode": "bot", "read": "0", "typing": False})
        route.fulfill(status=200, headers=allowed, body=body)

    buyer = visit(bypass_csp=True)  # whose page allows its own desk alone
    buyer.context.route("https://desk.example/**", answer)
    page_with(buyer.go(), base="https://desk.example").open()
    assert asked[0] == "https://desk.example/api/conversations"
