"""Signed webhooks: a shop is told of every change of its tickets, and can prove that it was us who told."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import requests

from redress.claims.outbox import Parcel, Refused, TryLater

CONNECT_TIMEOUT_S, READ_TIMEOUT_S = 5.0, 15.0
LONGEST_ASKED = timedelta(hours=24)
LATER = frozenset({408, 425, 429})  # the others of 4xx will not change


@dataclass(frozen=True)
class Endpoint:
    """Where a shop is told, and the secret that signs it."""

    url: str
    secret: str


class Webhooks:
    """A receiver of the outbox's `webhook`. Each event carries its id, so that the shop knows a repeat for one."""

    safe_to_repeat = True

    def __init__(self, endpoints: Mapping[str, Endpoint], clock: Callable[[], datetime]) -> None:
        self._endpoints = endpoints
        self._clock = clock
        self._session = requests.Session()
        self._session.trust_env = False

    def send(self, parcel: Parcel) -> str:
        """POST one event, signed now. Any 2xx is a receipt; 3xx is refused, for a redirect may lead anywhere."""
        endpoint = self._endpoints.get(parcel.body["shop"])
        if endpoint is None:
            raise Refused("the shop has no webhook any more")
        body = json.dumps({"id": parcel.key, **parcel.body}, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Redress",
            "Idempotency-Key": parcel.key,
            "Redress-Signature": signature(endpoint.secret, self._clock(), body),
        }
        try:
            answer = self._session.post(
                endpoint.url,
                data=body,
                headers=headers,
                timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
                allow_redirects=False,
                stream=True,  # what it says is not read
            )
        except requests.RequestException as error:
            raise TryLater(type(error).__name__) from error
        with answer:
            return self._verdict(answer)

    def find(self, parcel: Parcel) -> bool | None:
        """A shop is not asked: it knows repeats by their id."""
        return None

    def _verdict(self, answer: requests.Response) -> str:
        status = answer.status_code
        if 200 <= status < 300:
            return str(status)
        if status in LATER or status >= 500:
            raise TryLater(str(status), retry_after(answer.headers.get("Retry-After"), self._clock()))
        raise Refused(str(status))


def signature(secret: str, at: datetime, body: bytes) -> str:
    """`t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256, under the shop's secret, of "<t>." and the body as sent."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={hmac.new(secret.encode(), b'%d.' % seconds + body, hashlib.sha256).hexdigest()}"


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """How long a receiver asks to wait, in seconds or until a date (RFC 9110); a day at most, None where unreadable."""
    if not header:
        return None
    try:
        wait = timedelta(seconds=int(header)) if header.strip().isdigit() else parsedate_to_datetime(header) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), LONGEST_ASKED)
