"""Calls of messaging apps' APIs, and what their failures mean: not delivered, never to be delivered, or unknown."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
import urllib3

from redress.claims.draft import JSON
from redress.claims.outbox import Doubtful, Refused, TryLater

TIMEOUT_S = (5.0, 20.0)  # to connect, and between two bytes of the answer
CHUNK = 64 * 1024
NOT_SENT = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError, urllib3.exceptions.SSLError)
MOST_WAIT = timedelta(days=1)
_session = requests.Session()
_session.trust_env = False


class Answer(NamedTuple):
    """What an app answered: the status, the JSON ({} where it is none), and the wait that Retry-After asks for."""

    status: int
    body: Any
    after: timedelta | None

    def __str__(self) -> str:
        return str(self.status)


def call(url: str, body: JSON, headers: Mapping[str, str] | None = None, timeout_s: float = TIMEOUT_S[1]) -> Answer:
    """POST JSON.

    Raises TryLater where the request never left, Doubtful where it may have arrived.
    """
    try:
        answer = _session.post(
            url, json=body, headers=headers, timeout=(TIMEOUT_S[0], timeout_s), allow_redirects=False
        )
    except requests.RequestException as error:
        raise TryLater(type(error).__name__) if _never_left(error) else Doubtful(type(error).__name__) from error
    return _told(answer)


def get(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """GET JSON. TryLater where that fails."""
    try:
        answer = _session.get(url, headers=headers, timeout=TIMEOUT_S, allow_redirects=False)
    except requests.RequestException as error:
        raise TryLater(type(error).__name__) from error
    return _told(answer)


def download(url: str, headers: Mapping[str, str] | None = None) -> Iterator[bytes]:
    """A file in chunks. TryLater where the way is blocked, Refused where there is no such file (any more)."""
    try:
        with _session.get(url, headers=headers, timeout=TIMEOUT_S, allow_redirects=False, stream=True) as answer:
            if answer.status_code == 429 or answer.status_code >= 500:
                raise TryLater(str(answer.status_code), _retry_after(answer))
            if answer.status_code != 200:
                raise Refused(str(answer.status_code))
            yield from answer.iter_content(CHUNK)
    except requests.RequestException as error:
        raise TryLater(type(error).__name__) from error


def trusted(url: str, base: str, domains: tuple[str, ...]) -> str:
    """The URL of a file, where it leads to the app: to its API's own host, or by HTTPS into its domains. Refused."""
    parts, own = urlsplit(url), urlsplit(base)
    at_home = (parts.scheme, parts.netloc) == (own.scheme, own.netloc)
    known = parts.scheme == "https" and f".{parts.hostname}".endswith(domains)
    if not (at_home or known):
        raise Refused("the file lies outside of the app")
    return url


def seconds(asked: Any) -> timedelta | None:
    """The wait that an app asks for, in seconds; None where it asks for none, or for what is no number."""
    try:
        return min(timedelta(seconds=max(float(asked), 0)), MOST_WAIT) if asked else None
    except (TypeError, ValueError, OverflowError):
        return None


def _never_left(error: requests.RequestException) -> bool:
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NOT_SENT)


def _told(answer: requests.Response) -> Answer:
    try:
        body = answer.json()
    except requests.JSONDecodeError:
        body = {}
    return Answer(answer.status_code, body, _retry_after(answer))


def _retry_after(answer: requests.Response) -> timedelta | None:
    """RFC 9110, 10.2.3: seconds, or the date when."""
    asked = answer.headers.get("Retry-After", "")
    if not asked or asked.strip().isdecimal():
        return seconds(asked.strip())
    try:
        wait = parsedate_to_datetime(asked) - datetime.now(UTC)
    except (TypeError, ValueError):
        return None
    return min(max(wait, timedelta(0)), MOST_WAIT)
