"""What WhatsApp and Messenger share: Meta's signature, verification by GET, Graph API and the Graph's errors."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from redress.channels import http
from redress.channels.base import Account, Call, CannotRegister, Forged, TooLate, dig
from redress.claims.draft import JSON
from redress.claims.outbox import Doubtful, Refused, TryLater

DOMAINS = (".fbcdn.net", ".fbsbx.com", ".facebook.com", ".whatsapp.net")
# Graph's error codes: what passes by itself, and who has blocked us or is not there. All others are refused for good.
PASSING = frozenset({1, 2, 4, 17, 32, 341, 613, 1200, 80006, 80007})
PASSING |= {130429, 131000, 131016, 131048, 131056, 131057, 133004}
CREDENTIALS = frozenset({0, 3, 10, *range(190, 300), 131005, 131031, 131042})  # a person can set them right
BLOCKED = frozenset({551, 131026, 131050})
NOT_TO_THEM = frozenset({1545041, 2018108})  # subcodes: blocked, or away; whatever the code says
OVER = frozenset({2018065, 2018278})  # subcodes of 10: the buyer wrote too long ago; so does WhatsApp's 131047


def verify(account: Account, headers: Mapping[str, str], body: bytes) -> None:
    """X-Hub-Signature-256 is the HMAC-SHA256 of the body as sent, under the app's secret."""
    key = account.credentials["app_secret"].encode()
    wanted = "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(headers.get("x-hub-signature-256", "").encode(), wanted.encode()):
        raise Forged("The signature is not the app's.")


def challenge(account: Account, query: Mapping[str, str]) -> str:
    """The challenge of a verification that knows our secret."""
    token = query.get("hub.verify_token", "")
    own = account.credentials["secret"]
    if query.get("hub.mode") != "subscribe" or not hmac.compare_digest(token.encode(), own.encode()):
        raise Forged("The verify token is not this webhook's.")
    return query.get("hub.challenge", "")


def send(account: Account, path: str, call: Call) -> str:
    """Make a call of the Graph API."""
    answer = http.call(f"{account.base}/{path}", call.body, bearer(account))
    if answer.status == 200:
        return "ok"
    code, subcode = (dig(answer.body, "error", name) for name in ("code", "error_subcode"))
    if answer.status == 504:  # its gateway has lost patience, not the message
        raise Doubtful(str(answer))
    if code in BLOCKED or subcode in NOT_TO_THEM:
        raise Refused("blocked")
    if code == 131047 or subcode in OVER:
        raise TooLate(f"{answer} {code} {subcode}")
    if code in PASSING or code in CREDENTIALS or answer.status in (401, 429) or answer.status >= 500:
        raise TryLater(f"{answer} {code}", answer.after)
    raise Refused(f"{answer} {code}")


def ask(account: Account, path: str, body: JSON | None = None) -> Any:
    """What the Graph answers about the account: a GET, or a POST with a body. Raises CannotRegister."""
    url = f"{account.base}/{path}"
    answer = http.get(url, bearer(account)) if body is None else http.call(url, body, bearer(account))
    if answer.status != 200:
        why = dig(answer.body, "error", "message")
        raise CannotRegister(f"Meta answered {path.partition('?')[0]} with {answer} {why}.")
    return answer.body


def bearer(account: Account) -> dict[str, str]:
    """The header that opens the Graph."""
    return {"Authorization": f"Bearer {account.credentials['token']}"}


def by_hand(account: Account, name: str, url: str, fields: str) -> str:
    """What a person still has to enter in Meta's app dashboard."""
    secret = account.credentials["secret"]
    return (
        f"{name}: enter in the app's dashboard, under Webhooks, callback URL {url} and verify token {secret}; {fields}."
    )
