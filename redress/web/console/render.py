"""Pages from templates: words for codes, times in the shop's zone, money as it is read."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_datetime
from babel.numbers import format_currency
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
LOCALE = "en_GB"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
WORDS = {"1688order": "1688order", "wrong_color": "Wrong colour", "bot": "Bot"}


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page or, for htmx, a part of one."""
    signed_in = getattr(request.state, "signed_in", None)
    common = {
        "me": signed_in.account if signed_in else None,
        "csrf": signed_in.csrf if signed_in else "",
        "path": request.url.path,
        "now": request.app.state.desk.clock(),
    }
    return HTMLResponse(environment().get_template(template).render(common | values), status)


@cache
def environment() -> Environment:
    """Jinja as the console uses it: everything escaped, an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(words=words, money=money, instant=instant, left=left, ago=ago, clock_time=clock_time)
    made.globals["static"] = static
    return made


def words(code: object) -> str:
    """A code of the vocabulary as people read it: `missing_item` is "Missing item"."""
    text = str(code)
    return WORDS.get(text) or (text[:1].upper() + text[1:]).replace("_", " ")


def money(amount: Decimal | str | None, currency: str) -> str:
    """An amount such as "CN¥30.00"; "not known yet" where nobody can know it."""
    return "not known yet" if amount is None else format_currency(Decimal(amount), currency, locale=LOCALE)


def instant(at: datetime | str, zone: tzinfo = UTC) -> str:
    """Such as "Sun 22 Nov 2026, 10:56"."""
    return format_datetime(_aware(at), "EEE d MMM y, HH:mm", tzinfo=zone, locale=LOCALE)


def clock_time(at: datetime | str, zone: tzinfo = UTC) -> str:
    """Such as "22 Nov 10:56"."""
    return format_datetime(_aware(at), "d MMM HH:mm", tzinfo=zone, locale=LOCALE)


def left(at: datetime | str, now: datetime) -> str:
    """How long until an instant, or how long it has been over: "2 d 4 h left", "overdue by 35 min"."""
    span = _aware(at) - now
    return f"{_span(span)} left" if span >= timedelta() else f"overdue by {_span(-span)}"


def ago(at: datetime | str, now: datetime) -> str:
    """How long ago: "35 min ago"."""
    span = now - _aware(at)
    return "just now" if span < timedelta(minutes=1) else f"{_span(span)} ago"


@cache
def static(name: str) -> str:
    """The address of one of our files; it changes with the file, so that browsers may keep it."""
    import hashlib

    digest = hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:12]
    return f"/console/static/{name}?{digest}"


def _span(span: timedelta) -> str:
    minutes = int(max(span, timedelta()).total_seconds() // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days >= 10:
        return f"{days} d"
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min"


def _aware(at: datetime | str) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def chosen(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was chosen of a form of filters: what is not empty."""
    return {name: value for name, value in values.items() if value not in (None, "", False)}
