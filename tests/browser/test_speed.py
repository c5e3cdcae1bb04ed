"""How soon the chat is there. The other figures are measured by bench/widget.py and bench/uploads.py."""

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow

FAST_4G = {"offline": False, "latency": 165, "downloadThroughput": 1_012_500, "uploadThroughput": 168_750}
MOST_MS = 1000
# Clicks as soon as the launcher is there, and tells when the panel was painted, in ms since the navigation began.
CLICK_WHEN_THERE = """
new Promise((resolve) => {
  const look = () => {
    const root = document.querySelector("redress-chat")?.shadowRoot;
    const launcher = root?.querySelector("#launcher");
    if (!launcher) return requestAnimationFrame(look);
    launcher.click();
    const painted = () => root.querySelector("#panel") ? resolve(performance.now()) : requestAnimationFrame(painted);
    painted();
  };
  look();
})
"""


def test_the_launcher_answers_a_click_within_a_second_on_fast_4g(visit: Visit) -> None:
    taken = []
    for _ in range(3):  # what else the machine does may hit one of them
        buyer = visit()
        buyer.context.new_cdp_session(buyer.page).send("Network.emulateNetworkConditions", FAST_4G)
        buyer.page.goto(buyer.url, wait_until="commit")
        taken.append(buyer.page.evaluate(CLICK_WHEN_THERE))
    assert min(taken) <= MOST_MS, taken
