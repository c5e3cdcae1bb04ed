"""In which zone a buyer is told of instants."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from redress.claims.conversation import Conversation
from redress.claims.draft import Draft
from redress.claims.zones import named, zone_of
from tests.claims.talk import World
from tests.ticketing import PACKS


@pytest.mark.parametrize("name", [None, "", "Mars/Olympus", "../../etc/passwd", "x" * 5000, "Europe"])
def test_what_is_no_zone_is_none(name: str | None) -> None:
    assert named(name) is None


def test_the_buyers_zone_else_the_shops() -> None:
    conversation = Conversation("1", "1688order", "en", "Europe/Berlin", Draft(id=""), None)
    pack = PACKS["1688order"]
    assert zone_of(conversation, pack) == ZoneInfo("Europe/Berlin")
    assert zone_of(replace(conversation, time_zone=None), pack) == pack.zone


def test_the_text_tells_the_instant_that_the_page_beside_it_shows(world: World) -> None:
    """The same deadline twice, hours apart on two clocks, each named."""
    berlin = world.talk(zone="Europe/Berlin").hear("one bag is torn", "damaged").identify()
    shop = world.talk().hear("one bag is torn", "damaged").identify()
    told = berlin.hear("how long?", "ask_deadline").text.partition("\n")[0]
    china = shop.hear("how long?", "ask_deadline").text.partition("\n")[0]
    assert "(Central European Standard Time)" in told
    assert "(China time)" in china
    assert told.partition(" (")[0] != china.partition(" (")[0]


def test_a_ticket_is_told_of_in_the_buyers_zone(world: World) -> None:
    talk = world.talk("parcel-up", zone="America/New_York").hear("one bag is torn", "damaged").identify("PU100001")
    while (talk.question or "").startswith("evidence:"):
        talk.press("I'll send it later")
    talk.press("A refund").press("Yes, send it")
    assert "Eastern Standard Time" in talk.text or "Eastern Daylight Time" in talk.text
    world.clock.go(minutes=1)
    assert "Eastern" in talk.hear("how does my ticket stand", "claim_status").text
