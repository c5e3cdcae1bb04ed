"""Links that open one stored file to whoever was given them, for a while.

A link names the key, when it ends, and an HMAC-SHA256 over both; no table is needed to check it.
"""

import hmac
from collections.abc import Callable
from datetime import datetime

from redress.evidence.errors import LinkRefused
from redress.evidence.storage import media_type_of


class Signer:
    """Signs and checks links. `secrets`: the first signs, all are accepted, so that a secret can be replaced."""

    def __init__(self, secrets: tuple[bytes, ...], clock: Callable[[], datetime]) -> None:
        if not secrets or any(len(secret) < 16 for secret in secrets):
            raise ValueError("Give at least one secret of 16 bytes or more to sign links with.")
        self._secrets, self._clock = secrets, clock

    def sign(self, key: str, expires: datetime) -> dict[str, str]:
        """The query parameters `expires` and `signature` that open `key` until `expires`, an aware instant."""
        until = str(int(expires.timestamp()))
        return {"expires": until, "signature": _mac(self._secrets[0], key, until)}

    def verify(self, key: str, expires: str, signature: str) -> None:
        """Raises LinkRefused unless the two parameters are what `sign` gave for `key`, and not yet past."""
        genuine = [
            hmac.compare_digest(_mac(secret, key, expires).encode(), signature.encode()) for secret in self._secrets
        ]
        if not any(genuine) or self._clock().timestamp() >= int(expires):
            raise LinkRefused


def _mac(secret: bytes, key: str, expires: str) -> str:
    return hmac.new(secret, f"evidence\n{key}\n{expires}".encode(), "sha256").hexdigest()


def download_headers(key: str) -> dict[str, str]:
    """The headers with which a stored file must be served: as what it is, never run, never sniffed, not cached by
    others. An `<img>` shows it all the same."""
    name = f"evidence-{key[:12]}{key[64:]}"
    return {
        "Content-Type": media_type_of(key),
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=300",
        "Referrer-Policy": "no-referrer",
    }
