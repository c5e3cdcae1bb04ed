"""Which origins may do what, without a desk."""

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from redress.web import errors
from redress.web.cors import Cors, check_origin

SHOPS = {"a": ["https://a.example"], "b": ["https://b.example"]}


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    errors.install(app)

    @app.post("/api/open/{shop}")
    def opened(shop: str, request: Request) -> str:
        check_origin(request, SHOPS[shop])
        return "opened"

    @app.post("/console/open")
    def console() -> str:
        return "console"

    app.add_middleware(Cors, origins=frozenset(origin for origins in SHOPS.values() for origin in origins))
    return TestClient(app, base_url="https://desk.example")


@pytest.mark.parametrize(
    ("shop", "origin", "status"),
    [
        ("a", "https://a.example", 200),
        ("a", "https://b.example", 403),
        ("a", "https://a.example.evil", 403),
        ("a", "http://a.example", 403),
        ("a", "null", 403),
        ("a", "https://desk.example", 200),
        ("a", "http://desk.example", 200),  # behind a proxy that ends TLS
        ("a", None, 200),
    ],
)
def test_a_shop_opens_to_its_own_pages(client: TestClient, shop: str, origin: str | None, status: int) -> None:
    answer = client.post(f"/api/open/{shop}", headers={"Origin": origin} if origin else {})
    assert answer.status_code == status


def test_a_listed_page_may_send_a_token_and_read_the_answer(client: TestClient) -> None:
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    preflight = client.options("/api/open/a", headers={**asked, "Access-Control-Request-Headers": "authorization"})
    assert preflight.headers["access-control-allow-origin"] == "https://a.example"
    assert "Authorization" in preflight.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in preflight.headers
    assert client.post("/api/open/a", headers=asked).headers["access-control-allow-origin"] == "https://a.example"


def test_the_console_is_for_no_other_origin(client: TestClient) -> None:
    answer = client.post("/console/open", headers={"Origin": "https://a.example"})
    assert "access-control-allow-origin" not in answer.headers
