"""Instants, amounts and lists as a buyer reads them, formatted before they reach a sentence."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_currency

from redress.policy.sentences import sentences
from redress.policy.vocabulary import Language

_LOCALES = {"zh-CN": "zh_Hans_CN"}


def locale_of(language: Language) -> str:
    """Babel's name of the language."""
    return _LOCALES.get(language, language)


def instant(at: datetime, zone: ZoneInfo, language: Language) -> str:
    """Such as "Thu 5 March 2026, 15:30 (China time)"."""
    local, words = at.astimezone(zone), sentences()
    date = format_datetime(local, words["date_with_year"][language], tzinfo=zone, locale=locale_of(language))
    known = words["zones"].get(zone.key)
    name = known[language] if known else get_timezone_name(local, width="long", locale=locale_of(language))
    told: str = words["instant"][language].format(date=date, zone=name)
    return told


def money(amount: Decimal, currency: str, language: Language) -> str:
    """Such as "CN¥30.00"."""
    return str(format_currency(amount, currency, locale=locale_of(language)))


def listed(words: Iterable[str], language: Language) -> str:
    """Such as "a, b and c"."""
    return str(format_list(list(words), locale=locale_of(language)))


def alternatives(words: Iterable[str], language: Language) -> str:
    """Such as "a, b or c"."""
    return str(format_list(list(words), style="or", locale=locale_of(language)))
