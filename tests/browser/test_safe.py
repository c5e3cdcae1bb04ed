"""What others write is shown as text, and no page's policy is broken."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow

MARKUP = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script><b>bold</b>"


def test_markup_in_every_field_of_the_desk_is_text(visit: Visit) -> None:
    buyer = visit().go()
    buyer.desk_says(
        {"text": MARKUP, "choices": [{"title": MARKUP, "payload": "p"}]},
        {
            "text": f"{MARKUP}\n{MARKUP}",
            "assessment": {
                "outcome": MARKUP,
                "rule": MARKUP,
                "deadline": None,
                "remedies": [MARKUP],
                "clauses": [{"ref": MARKUP, "says": MARKUP}],
            },
        },
        {"text": MARKUP, "ticket": {"number": MARKUP, "state": MARKUP}},
        {
            "text": MARKUP,
            "question": {"id": MARKUP, "kind": "upload"},
            "upload": {"kind": MARKUP, "label": MARKUP, "accept": [MARKUP], "max_bytes": 15728640},
        },
    )
    buyer.open()
    buyer.page.route("**/evidence", lambda route: route.abort())
    buyer.send("<img src=x onerror=window.hacked=1>.jpg")
    expect(buyer.chat.locator(".upload.failed")).to_have_count(1)
    buyer.say(MARKUP)
    assert buyer.chat.locator("img, script, b").count() == 0
    assert buyer.page.evaluate("() => window.hacked") is None
    assert buyer.lines()[-1] == MARKUP


def test_markup_written_by_the_buyer_is_text_after_a_reload(visit: Visit) -> None:
    buyer = visit().go().open().say(MARKUP)
    buyer.page.reload()
    buyer.open()
    assert buyer.lines() == [MARKUP]
    assert buyer.chat.locator("img, script, b").count() == 0
    assert buyer.page.evaluate("() => window.hacked") is None


def test_the_page_forbids_what_the_widget_does_not_need(visit: Visit) -> None:
    buyer = visit()
    answer = buyer.page.goto(buyer.url)
    assert answer
    policy = answer.headers["content-security-policy"]
    for part in ("default-src 'self'", "script-src 'self'", "style-src 'self'"):
        assert part in policy.split("; ")
    assert not any(word in policy for word in ("unsafe", "blob:", "data:", "*"))


def test_only_the_desk_is_ever_asked(visit: Visit) -> None:
    buyer = visit()
    hosts = set()
    buyer.context.on("request", lambda request: hosts.add("/".join(request.url.split("/")[:3])))
    buyer.go().open().press("The size is wrong")
    assert hosts == {buyer.url.partition("/demo")[0]}
