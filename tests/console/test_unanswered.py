"""What apps delivered and no turn could be taken for: a lead sees it, and has it tried once more."""

from redress.bootstrap import Parts
from redress.channels.base import Update
from redress.store.updates import Arrived
from tests.console.people import Person


def test_a_lead_has_it_tried_once_more(lena: Person, parts: Parts) -> None:
    at = parts.clock()
    parts.updates.keep([Arrived("telegram", "1688order", Update("77", "5001", 77, {"text": "secret words"}))], at)
    taken = parts.updates.take(at)
    assert taken
    parts.updates.later(taken, at, None)
    shown = lena.get("/undelivered").text
    assert "Not answered" in shown
    assert "secret words" not in shown
    assert lena.post(f"/unanswered/{taken.row}/again").status_code == 303
    assert "Not answered" not in lena.get("/undelivered").text
    again = parts.updates.take(parts.clock())
    assert again
    assert again.row == taken.row
    assert lena.post(f"/unanswered/{taken.row}/again").status_code == 404
