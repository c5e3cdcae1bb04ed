"""Links that open one file for a while."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.evidence import EvidenceError, Signer, download_headers

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
OLD, NEW = b"an old secret of ours", b"a new secret of ours"
KEYS = st.from_regex(r"[0-9a-f]{64}\.(jpg|pdf)", fullmatch=True)
KEY = "5" * 64 + ".jpg"


def signer(*secrets: bytes, at: datetime = NOW) -> Signer:
    return Signer(secrets or (NEW,), lambda: at)


@given(KEYS, st.timedeltas(timedelta(seconds=1), timedelta(days=400)))
def test_a_link_opens_its_file_until_its_time(key: str, lifetime: timedelta) -> None:
    link = signer().sign(key, NOW + lifetime)
    signer().verify(key, **link)
    signer(at=NOW + lifetime - timedelta(seconds=1)).verify(key, **link)
    with pytest.raises(EvidenceError) as refused:
        signer(at=NOW + lifetime).verify(key, **link)
    assert (refused.value.code, refused.value.status) == ("link_refused", 403)


@given(KEYS, KEYS, st.text(max_size=20), st.text(max_size=70))
def test_nothing_of_it_can_be_changed(key: str, other: str, expires: str, signature: str) -> None:
    link = signer().sign(key, NOW + timedelta(hours=1))
    later = str(int(link["expires"]) + 3600)
    forged = [link | {"expires": expires}, link | {"expires": later}, link | {"signature": signature}]
    for parameters in [entry for entry in forged if entry != link]:
        with pytest.raises(EvidenceError, match="not valid"):
            signer().verify(key, **parameters)
    if other != key:
        with pytest.raises(EvidenceError, match="not valid"):
            signer().verify(other, **link)


def test_a_secret_can_be_replaced_without_breaking_links() -> None:
    link = signer(OLD).sign(KEY, NOW + timedelta(hours=1))
    signer(NEW, OLD).verify(KEY, **link)
    with pytest.raises(EvidenceError, match="not valid"):
        signer(NEW).verify(KEY, **link)


@pytest.mark.parametrize("secrets", [(), (b"short",), (NEW, b"")])
def test_no_secret_or_a_short_one_is_refused_at_the_start(secrets: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Signer(secrets, lambda: NOW)


def test_a_file_is_served_so_that_it_cannot_run() -> None:
    headers = download_headers(KEY)
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Content-Disposition"] == 'attachment; filename="evidence-555555555555.jpg"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
