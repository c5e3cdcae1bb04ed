"""A browser, and a buyer in it."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.chromium import FLAGS, chromium
from tests.browser.shopper import Shopper
from tests.desk import Desk
from tests.widget.node import node_modules

Visit = Callable[..., Shopper]


@pytest.fixture(scope="package")  # ends with these tests: its event loop would stop all that need one of their own
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with playwright.chromium.launch(executable_path=chromium(playwright), args=list(FLAGS)) as launched:
        yield launched


@pytest.fixture
def visit(browser: Browser, desk: Desk) -> Iterator[Visit]:
    """Opens a demo shop in a browser of its own: `visit(shop, lang=…, **context)`. Whatever the pages complained of,
    such as a breach of their Content-Security-Policy, fails the test at its end."""
    with ExitStack() as stack:
        shoppers = []

        def open_page(shop: str = "1688order", lang: str = "en", **context: object) -> Shopper:
            opened = browser.new_context(**{"viewport": {"width": 1100, "height": 800}, **context})  # type: ignore[arg-type]
            stack.enter_context(opened)
            shoppers.append(Shopper(opened, desk.url, shop, lang))
            return shoppers[-1]

        yield open_page
        for shopper in shoppers:
            assert shopper.complaints() == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Shopper], list[str]]:
    """Runs axe-core on a page; what it found, each with the elements."""
    source = (node_modules() / "axe-core" / "axe.min.js").read_text("utf-8")

    def findings(shopper: Shopper) -> list[str]:
        shopper.settle()
        if not shopper.page.evaluate("() => 'axe' in window"):
            shopper.page.evaluate(source)  # through the debugger, which the page's policy does not bind
        found = shopper.page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        return [f"{one['id']}: {json.dumps([node['target'] for node in one['nodes']])}" for one in found]

    return findings
