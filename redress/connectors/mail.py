"""Mail by SMTP. A mail server cannot be asked whether it has a message: a doubtful send is never repeated by itself."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from redress.claims.outbox import Doubtful, Parcel, Refused, TryLater
from redress.errors import RedressError

TIMEOUT_S = 10  # of each step; all of them together stay below the outbox's lease
PERMANENT = 500  # SMTP's replies from here on will not change; those before say "later"


class InvalidMailServer(RedressError):
    """A mail server's URL that cannot be read."""

    code = "invalid_settings"


class Mail:
    """A receiver of the outbox's `mail`: `{to, subject, text, language}`."""

    safe_to_repeat = False

    def __init__(self, url: str, sender: str) -> None:
        """`url`: smtp://user:password@host:587 (encrypted where the server offers it) or smtps://… from the start."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise InvalidMailServer("A mail server is smtp://host:port or smtps://host:port.", field="smtp_url")
        self._tls, self._host = parts.scheme == "smtps", parts.hostname
        self._port = parts.port or (465 if self._tls else 587)
        self._login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self._sender = sender

    def send(self, parcel: Parcel) -> str:
        """Send one message. Until its content has been given away, a failure means that it was not sent."""
        message = compose(parcel, self._sender)
        try:
            with self._connected() as server:
                server.ehlo_or_helo_if_needed()
                _accepted(server.mail(self._sender))
                _accepted(server.rcpt(parcel.body["to"]))
                return self._give(server, message)
        except (TryLater, Refused, Doubtful):
            raise
        except smtplib.SMTPResponseException as error:
            raise _verdict(error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            raise TryLater(type(error).__name__) from error

    def find(self, parcel: Parcel) -> bool | None:
        """A mail server cannot be asked."""
        return None

    def _give(self, server: smtplib.SMTP, message: EmailMessage) -> str:
        try:
            code, _ = server.data(message.as_bytes())
        except smtplib.SMTPDataError as error:  # the server answered before it got the content
            raise _verdict(error.smtp_code) from error
        except (OSError, smtplib.SMTPServerDisconnected) as error:  # it may have taken the content and died
            raise Doubtful(type(error).__name__) from error
        _accepted((code, b""))
        return str(code)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self._tls:
            server = smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_S)
        try:
            server.ehlo_or_helo_if_needed()
            if not self._tls and server.has_extn("starttls"):
                server.starttls(context=context)
            if self._login:
                server.login(*self._login)
            yield server
            with suppress(OSError, smtplib.SMTPException):  # how the line is closed changes nothing
                server.quit()
        finally:
            server.close()


def compose(parcel: Parcel, sender: str) -> EmailMessage:
    """The message. Its id is the parcel's key, so that a person who looks finds it in a mail server's log."""
    message = EmailMessage()
    message["From"], message["To"] = sender, parcel.body["to"]
    message["Subject"] = parcel.body["subject"]
    message["Date"] = format_datetime(_utc(parcel.created_at))
    message["Message-ID"] = f"<{parcel.key.replace(':', '.')}@{sender.rpartition('@')[2]}>"
    message["Content-Language"] = parcel.body["language"]
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(parcel.body["text"])
    return message


def _accepted(reply: tuple[int, bytes]) -> None:
    if reply[0] >= 400:
        raise _verdict(reply[0])


def _verdict(code: int) -> TryLater | Refused:
    return Refused(str(code)) if code >= PERMANENT else TryLater(str(code))


def _utc(at: datetime) -> datetime:
    return at.replace(microsecond=0)
