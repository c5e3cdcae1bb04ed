"""What becomes of a parcel: sent, tried again with patience, given up, or left to a person; mail and webhooks."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.claims.cases import Outgoing
from redress.claims.outbox import LONGEST_WAIT, MOST_TRIES, Doubtful, Parcel, Receiver, Refused, TryLater, next_wait
from redress.connectors.mail import InvalidMailServer, Mail
from redress.connectors.webhooks import Endpoint, Webhooks, retry_after, signature
from redress.settings import ROOT
from redress.store.outbox import LEASE, put
from redress.worker import Sender
from tests.ticketing import REVIEWER, START, TicketDesk
from tests.tickets.receivers import Postbox, Shop, mail_server, shop_server

SECRET = "a secret of at least thirty-two characters"


class Fake:
    """A receiver that does as it is told."""

    def __init__(self, *, safe: bool = False, found: bool | None = None, does: Exception | None = None) -> None:
        self.safe_to_repeat, self._found, self.does = safe, found, does
        self.sent: list[str] = []

    def send(self, parcel: Parcel) -> str:
        self.sent.append(parcel.key)
        if self.does:
            raise self.does
        return "ok"

    def find(self, parcel: Parcel) -> bool | None:
        return self._found


def sender(desk: TicketDesk, receiver: Receiver, channel: str = "x") -> Sender:
    return Sender(desk.outbox, {channel: receiver}, desk.clock, lambda: 1.0)


def write(desk: TicketDesk, key: str = "k") -> None:
    with desk.database.write() as session:
        put(session, None, Outgoing("x", "s", key, {}), desk.clock())


def left(desk: TicketDesk) -> dict[str, int]:
    return {state: count for state, count in desk.outbox.counts().items() if count}


def orphan(desk: TicketDesk) -> None:
    """A parcel whose worker died over it."""
    write(desk)
    assert desk.outbox.claim(["x"], desk.clock())
    desk.clock.go(seconds=LEASE.total_seconds())


def test_a_parcel_goes_once(desk: TicketDesk) -> None:
    write(desk)
    receiver = Fake()
    assert sender(desk, receiver).send_one()
    assert not sender(desk, receiver).send_one()
    assert receiver.sent == ["k"]
    assert left(desk) == {}


def test_what_fails_is_tried_again_and_at_last_given_up(desk: TicketDesk) -> None:
    write(desk)
    receiver = Fake(does=TryLater("503"))
    waits: list[float] = []
    for _ in range(MOST_TRIES):
        before = desk.clock()
        while not sender(desk, receiver).send_one():
            desk.clock.go(seconds=10)
        waits.append((desk.clock() - before).total_seconds())
    assert len(receiver.sent) == MOST_TRIES
    assert waits == sorted(waits), "ever longer"
    assert left(desk) == {"dead": 1}
    listed = desk.outbox.undelivered()[0]
    assert [one["detail"] for one in listed["tries"]] == ["503"] * MOST_TRIES


def test_retry_after_is_kept_to(desk: TicketDesk) -> None:
    write(desk)
    receiver = Fake(does=TryLater("429", timedelta(hours=2)))
    assert sender(desk, receiver).send_one()
    desk.clock.go(minutes=119)
    assert not sender(desk, receiver).send_one()
    desk.clock.go(minutes=1)
    assert sender(desk, receiver).send_one()


@pytest.mark.parametrize(
    ("does", "state"), [(Refused("410"), "dead"), (Doubtful("cut off"), "doubtful"), (KeyError("a fault"), "doubtful")]
)
def test_what_cannot_be_repaired_is_listed_for_a_person(desk: TicketDesk, does: Exception, state: str) -> None:
    write(desk)
    assert sender(desk, Fake(does=does)).send_one()
    assert left(desk) == {state: 1}


def test_a_fault_of_ours_is_tried_again_where_repeating_is_safe(desk: TicketDesk) -> None:
    write(desk)
    assert sender(desk, Fake(safe=True, does=KeyError("a fault"))).send_one()
    assert left(desk) == {"waiting": 1}


@pytest.mark.parametrize(
    ("receiver", "sends", "state"),
    [
        (Fake(safe=True), 1, {}),
        (Fake(found=True), 0, {}),
        (Fake(found=False), 1, {}),
        (Fake(found=None), 0, {"doubtful": 1}),
    ],
    ids=["takes a key", "asked, and has it", "asked, and has not", "cannot be asked"],
)
def test_after_a_worker_died(desk: TicketDesk, receiver: Fake, sends: int, state: dict[str, int]) -> None:
    orphan(desk)
    assert sender(desk, receiver).send_one()
    assert len(receiver.sent) == sends
    assert left(desk) == state


@given(tries=st.integers(min_value=1, max_value=20), chance=st.floats(min_value=0, max_value=1))
def test_waits_double_within_bounds_and_end(tries: int, chance: float) -> None:
    wait = next_wait(tries, lambda: chance)
    if tries >= MOST_TRIES:
        assert wait is None
        return
    assert wait
    whole = min(10 * 2 ** (tries - 1), LONGEST_WAIT.total_seconds())
    assert whole / 2 - 1e-3 <= wait.total_seconds() <= whole + 1e-3
    assert next_wait(tries, lambda: chance, timedelta(days=1)) == timedelta(days=1)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with shop_server() as server:
        yield server


@pytest.fixture
def hooks(desk: TicketDesk, shop: Shop) -> Sender:
    return sender(desk, Webhooks({"1688order": Endpoint(shop.url, SECRET)}, desk.clock), "webhook")


def test_a_shop_is_told_of_every_change_in_order_and_can_prove_who_told(
    desk: TicketDesk, shop: Shop, hooks: Sender
) -> None:
    ticket = desk.open()
    desk.casework.approve(ticket.number, REVIEWER, "refund")
    desk.casework.settle(ticket.number, REVIEWER)
    while hooks.send_one():
        pass
    assert [body["type"] for body in shop.bodies] == ["ticket.opened", "ticket.approved", "ticket.settled"]
    assert [body["ticket"]["seq"] for body in shop.bodies] == [1, 2, 3]
    for headers, body in shop.got:
        stamp, _, given_ = headers["Redress-Signature"].partition(",v1=")
        signed = f"{stamp.removeprefix('t=')}.".encode() + body
        assert hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest() == given_
    assert [headers["Idempotency-Key"] for headers, _ in shop.got] == [body["id"] for body in shop.bodies]


@pytest.mark.parametrize(
    ("status", "state"),
    [(500, {"waiting": 1}), (429, {"waiting": 1}), (404, {"dead": 1}), (301, {"dead": 1}), (204, {})],
)
def test_what_a_shop_answers(desk: TicketDesk, shop: Shop, hooks: Sender, status: int, state: dict[str, int]) -> None:
    desk.open()
    shop.answer = lambda _: (status, {"Location": shop.url} if status == 301 else {})
    assert hooks.send_one()
    assert left(replace_mail(desk)) == state
    assert len(shop.got) == 1, "a redirect is not followed"


def replace_mail(desk: TicketDesk) -> TicketDesk:
    """Nothing receives mail in these tests: it is taken out of the way."""
    claimed = desk.outbox.claim(["mail"], desk.clock())
    if claimed:
        desk.outbox.record(claimed[0], "sent", "", "sent", desk.clock())
    return desk


def test_a_shop_that_does_not_answer_is_tried_again(desk: TicketDesk) -> None:
    desk.open()
    away = Webhooks({"1688order": Endpoint("http://127.0.0.1:9/hook", SECRET)}, desk.clock)
    assert sender(desk, away, "webhook").send_one()
    assert left(replace_mail(desk)) == {"waiting": 1}


def test_a_shop_without_a_webhook_any_more_is_given_up(desk: TicketDesk) -> None:
    desk.open()
    assert sender(desk, Webhooks({}, desk.clock), "webhook").send_one()
    assert left(replace_mail(desk)) == {"dead": 1}


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Wed, 04 Mar 2026 01:05:00 GMT", 300),
        ("Wed, 04 Mar 2020 01:05:00 GMT", 0),
        ("999999999", 86400),
        ("soon", None),
        ("-5", None),
        ("Wed, 99 Foo 2026", None),
        ("Wed, 04 Mar 2026 01:05:00", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str | None, seconds: int | None) -> None:
    assert retry_after(header, START) == (None if seconds is None else timedelta(seconds=seconds))


def test_a_signature_as_a_shop_would_check_it() -> None:
    at = datetime.fromisoformat("2026-03-04T01:00:00+00:00")
    expected = hmac.new(b"s" * 32, b'1772586000.{"a":1}', hashlib.sha256).hexdigest()
    assert signature("s" * 32, at, b'{"a":1}') == f"t=1772586000,v1={expected}"


def test_the_check_that_the_manual_gives_works() -> None:
    manual = (ROOT / "docs" / "shop-api.md").read_text("utf-8")
    given_: dict[str, Any] = {}
    exec(manual.partition("```python\n")[2].partition("```")[0], given_)
    now, body = datetime.now(UTC), b'{"id": 1}'
    header = signature(SECRET, now, body)
    assert given_["genuine"](header, body, SECRET)
    assert not given_["genuine"](header, body + b" ", SECRET)
    assert not given_["genuine"](header, body, SECRET + "x")
    assert not given_["genuine"](signature(SECRET, now - timedelta(minutes=6), body), body, SECRET), "too old"


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as server:
        yield server


@pytest.fixture
def mails(desk: TicketDesk, postbox: Postbox) -> Sender:
    return sender(desk, Mail(postbox.url, "desk@shop.example"), "mail")


def only_mail(desk: TicketDesk) -> dict[str, int]:
    """What is left, webhooks aside."""
    while claimed := desk.outbox.claim(["webhook"], desk.clock()):
        desk.outbox.record(claimed[0], "sent", "", "sent", desk.clock())
    return left(desk)


def test_the_buyer_gets_a_mail_in_their_language(desk: TicketDesk, postbox: Postbox, mails: Sender) -> None:
    ticket = desk.open(language="zh-CN")
    assert mails.send_one()
    assert only_mail(desk) == {}
    (envelope,) = postbox.taken
    content = envelope.content
    assert isinstance(content, bytes)
    message = message_from_bytes(content, policy=policy.default)
    assert (message["To"], message["From"]) == ("buyer@example.com", "desk@shop.example")
    assert "工单" in message["Subject"]
    assert ticket.number in message.get_content()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{ticket.number}.1.mail@shop.example>"


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"to_rcpt": "550 no such user"}, {"dead": 1}),
        ({"to_rcpt": "451 later"}, {"waiting": 1}),
        ({"to_data": "554 spam"}, {"dead": 1}),
        ({"to_data": "452 full"}, {"waiting": 1}),
        ({"drop": True}, {"doubtful": 1}),
    ],
)
def test_what_a_mail_server_answers(
    desk: TicketDesk, postbox: Postbox, mails: Sender, answers: dict[str, str], state: dict[str, int]
) -> None:
    desk.open()
    for name, value in answers.items():
        setattr(postbox, name, value)
    assert mails.send_one()
    assert only_mail(desk) == state


def test_a_mail_server_that_is_away_is_tried_again(desk: TicketDesk) -> None:
    desk.open()
    away = Mail("smtp://127.0.0.1:9", "desk@shop.example")
    assert sender(desk, away, "mail").send_one()
    assert only_mail(desk) == {"waiting": 1}


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example:25"])
def test_an_address_that_is_no_mail_servers_is_refused(url: str) -> None:
    with pytest.raises(InvalidMailServer):
        Mail(url, "desk@shop.example")


def test_an_address_cannot_smuggle_headers(desk: TicketDesk, postbox: Postbox, mails: Sender) -> None:
    desk.open(email="x@example.com\nBcc: all@example.com")
    assert mails.send_one()
    assert postbox.taken == []
    assert set(only_mail(desk)) & {"dead", "doubtful"}


def test_the_random_part_is_taken_from_what_is_handed_in(desk: TicketDesk) -> None:
    write(desk)
    early = replace(sender(desk, Fake(does=TryLater("x"))), random=lambda: 0.0)
    assert early.send_one()
    desk.clock.go(seconds=5)
    assert early.send_one()
