"""Demo pages: a shop's order list as its customer sees it, with the widget embedded as any shop would embed it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import jwt
import yaml
from babel.dates import format_date
from babel.numbers import format_currency
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from redress.bootstrap import Parts
from redress.claims.draft import JSON
from redress.demo import EMAIL, PREFIXES
from redress.store.errors import NotFound
from redress.store.orders import ShopOrders
from redress.texts import language_of

PAGES = Path(__file__).parent / "pages"
TOKEN_LASTS = timedelta(hours=2)
LOCALES = {"zh-CN": "zh_Hans_CN"}
# what has happened to an order last, by its instants
STEPS = ("delivered_at", "shipped_at", "in_stock_at", "paid_at")
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def demo_pages(parts: Parts) -> APIRouter:
    """The pages of the demo shops; there are none in production, for they vouch for the demo buyer."""
    router = APIRouter(include_in_schema=False)
    texts: Mapping[str, Any] = yaml.safe_load((PAGES / "demo.yml").read_text("utf-8"))
    templates = Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined)
    orders = ShopOrders(parts.database)

    @router.get("/demo/{shop}", response_class=HTMLResponse)
    def shop_page(shop: str, lang: str = "en") -> HTMLResponse:
        if parts.settings.environment != "demo" or shop not in PREFIXES or shop not in parts.packs:
            raise NotFound("There is no such page.")
        language = language_of(lang)
        page = templates.get_template("demo.html").render(
            shop=shop,
            shops={name: parts.packs[name].name for name in PREFIXES if name in parts.packs},
            language=language,
            text={name: text[language] for name, text in texts["page"].items()},
            tagline=texts["taglines"][shop][language],
            languages=texts["languages"],
            orders=[_shown(order, language, texts["page"]) for order in orders.of(shop, EMAIL)],
            token=lambda number: customer_token(number, parts.settings.shop_secret(shop), parts.clock()),
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": CSP, "Cache-Control": "no-store"})

    return router


def customer_token(order: str, secret: str, now: datetime) -> str:
    """What a shop signs for its logged-in customer: the e-mail address and the order that the chat is about."""
    claims = {"email": EMAIL, "order": order, "exp": int((now + TOKEN_LASTS).timestamp())}
    return jwt.encode(claims, secret, algorithm="HS256")


def _shown(order: JSON, language: str, texts: Mapping[str, Any]) -> JSON:
    locale = LOCALES.get(language, language)
    step = next(step for step in STEPS if step in order)
    at = datetime.fromisoformat(order[step]).astimezone(UTC)
    return {
        "number": order["number"],
        "step": step.removesuffix("_at"),
        "state": texts[step][language].format(date=format_date(at, "d MMMM", locale=locale)),
        "total": format_currency(order["amounts"]["total_paid"], order["currency"], locale=locale),
        "items": cast("list[JSON]", order["items"]),
    }
