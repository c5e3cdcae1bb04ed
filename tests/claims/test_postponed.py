"""Evidence that was passed over and is there after all."""

import pytest

from tests.claims.talk import Talk, World


def damaged(world: World) -> Talk:
    """A claim at parcel-up that waits for a photo of the item."""
    talk = world.talk("parcel-up").hear("one bag arrived damaged", "damaged").identify("PU100001")
    assert talk.question == "evidence:photo_item"
    return talk


def test_a_photo_that_was_put_off_is_asked_for_again(world: World) -> None:
    talk = damaged(world).hear("I'll send it later", "later").send()
    assert talk.question == "remedy"
    talk.hear("I have the photo of the item now", "nlu_fallback")
    assert talk.question == "evidence:photo_item"
    talk.send()
    assert talk.outcome == "qualifies"


def test_a_refusal_is_taken_back(world: World) -> None:
    talk = damaged(world).hear("I won't send any photos", "deny")
    assert talk.outcome == "declined"
    talk.hear("fine, I will send the photos", "affirm")
    assert talk.question == "evidence:photo_item"
    assert talk.draft.facts == {}


def test_a_yes_that_sounds_like_bringing_sends_the_claim(world: World) -> None:
    talk = damaged(world).hear("I'll send it later", "later").send().press("A refund")
    assert talk.question == "confirm"
    assert talk.hear("Please submit it as it is", "add_evidence").ticket is not None


def test_while_another_photo_is_asked_for_only_the_named_one_comes_back(world: World) -> None:
    talk = damaged(world).hear("later", "later")
    assert talk.question == "evidence:photo_package"
    assert talk.hear("I took a photo", "add_evidence").question == "evidence:photo_package"
    assert talk.hear("I have the photo of the item now", "add_evidence").question == "evidence:photo_item"


@pytest.mark.parametrize("text", ["I will send it tomorrow", "I don't have the photo", "can I send it by post?"])
def test_what_brings_nothing(world: World, text: str) -> None:
    talk = damaged(world).hear("later", "later").send()
    assert talk.hear(text).question == "remedy"


def test_evidence_for_a_ticket_that_waits(world: World) -> None:
    talk = damaged(world).hear("later", "later").hear("later", "later").press("A refund").press("Yes, send it")
    assert talk.hear("I have the photo now").question == "evidence:photo_item"
    talk.send()
    assert talk.ticket is not None
    assert talk.ticket["state"] == "awaiting_evidence"  # the packaging is still wanted
    assert talk.send().ticket == {**talk.ticket, "state": "in_review"}
