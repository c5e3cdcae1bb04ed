"""How fast the chat is in a browser: `python -m bench.widget [--turns 40]`.

A whole desk runs, and a headless Chromium beside it on the same machine. Measured are the time from a click on a
button to the painting of the desk's answer, on loopback, for every button of whole claims, and the time from the start
of a navigation until the launcher has answered a click, on a line as slow as "Fast 4G", with nothing in the browser's
cache.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import FLAGS, chromium
from tests.browser.shopper import Shopper
from tests.browser.test_speed import CLICK_WHEN_THERE, FAST_4G
from tests.desk import Desk

ORDER = "OR100001"
# Clicks the open question's "No", else its first button, and tells after how many ms the first frame with an answer
# of the desk was painted (a task that a frame's callback puts off runs when the frame is done), and how long the
# desk's own answer took of that.
CLICK_AND_WAIT = """() => new Promise((resolve) => {
  const root = document.querySelector("redress-chat").shadowRoot;
  const told = () => root.querySelectorAll("[data-id]").length;
  const [before, started] = [told(), performance.now()];
  const painted = () => {
    const ended = performance.now();
    const asked = performance.getEntriesByType("resource").findLast((one) => one.name.endsWith("/messages"));
    resolve([ended - started, asked.responseEnd - asked.requestStart]);
  };
  const look = () => told() > before ? setTimeout(painted) : requestAnimationFrame(look);
  const buttons = [...[...root.querySelectorAll("#log .choices")].at(-1).querySelectorAll("button")];
  (buttons.find((one) => one.innerText.trim() === "No") ?? buttons[0]).click();
  requestAnimationFrame(look);
})"""


def answers(browser: Browser, url: str, turns: int) -> tuple[list[float], list[float]]:
    """Milliseconds from click to painted answer, and of the desk's own share: claims told by buttons alone."""
    taken: list[list[float]] = []
    while len(taken) < turns:
        with browser.new_context() as context:
            buyer = Shopper(context, url, "1688order").go().open_for(ORDER)
            while not buyer.chat.locator(".ticket").count() and buyer.chat.locator("#log .choices button").count():
                taken.append(buyer.page.evaluate(CLICK_AND_WAIT))
                buyer.settle()
    return [whole for whole, _ in taken], [share for _, share in taken]


def launches(browser: Browser, url: str, times: int) -> list[float]:
    """Milliseconds until the launcher has answered on the slow line."""
    taken = []
    for _ in range(times):
        with browser.new_context() as context:
            buyer = Shopper(context, url, "1688order")
            context.new_cdp_session(buyer.page).send("Network.emulateNetworkConditions", FAST_4G)
            buyer.page.goto(buyer.url, wait_until="commit")
            taken.append(float(buyer.page.evaluate(CLICK_WHEN_THERE)))
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the chat in a browser.")
    parser.add_argument("--turns", type=int, default=60)
    turns = parser.parse_args().turns
    with (
        tempfile.TemporaryDirectory(prefix="redress-bench-") as folder,
        Desk(Path(folder)) as desk,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=list(FLAGS))
        answers(browser, desk.url, 3)  # imports, first connections
        whole, share = answers(browser, desk.url, turns)
        for name, taken in (
            ("a button's answer painted", whole),
            ("the desk's share of it", share),
            ("the launcher answers on Fast 4G", launches(browser, desk.url, 10)),
        ):
            spread = statistics.quantiles(taken, n=20)
            print(f"{name}: {len(taken)}, median {statistics.median(taken):.0f} ms, p95 {spread[18]:.0f} ms")
        browser.close()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
