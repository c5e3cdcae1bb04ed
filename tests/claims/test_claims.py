"""Claims from the first word to the ticket, told to the use cases alone."""

import pytest

from tests.claims.talk import World


def test_the_main_job(world: World) -> None:
    talk = world.talk().hear("One of my bags is missing", "missing_item")
    talk.identify()
    assert talk.draft.affected == {"A1": 1}  # already told, not asked again
    talk.answer_facts().photograph()
    assert talk.outcome == "qualifies"
    assert talk.question == "remedy"
    talk.press("A refund")
    assert talk.question == "confirm"
    talk.hear("yes, send it", "affirm")
    assert talk.ticket is not None
    assert talk.ticket["state"] == "in_review"
    assert world.side.tickets.ticket(talk.ticket["number"]).claim["affected"] == [{"sku": "A1", "quantity": 1}]


@pytest.mark.parametrize("shop", ["1688order", "ali-shipping", "genuine-goods", "parcel-up", "platform-15"])
def test_nothing_is_sent_without_a_yes(world: World, shop: str) -> None:
    talk = world.talk(shop).hear("it is a fake", "counterfeit")
    assert talk.ticket is None
