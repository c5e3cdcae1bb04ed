"""Signing in by OpenID Connect, against an issuer of the tests' own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI, Request

from redress.bootstrap import Parts
from redress.store.accounts import Accounts
from redress.web.console.app import make_console
from redress.web.console.sign_in_service import SignInService
from tests.console.conftest import served

KEY = ec.generate_private_key(ec.SECP256R1())
EMAIL = "otis@shop.example"


class Issuer:
    """What the issuer says of whoever signs in; tests change it."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.url = ""
        self.key = KEY
        self.app = FastAPI()
        self.app.get("/.well-known/openid-configuration")(self.described)
        self.app.get("/keys")(self.keys)
        self.app.post("/token")(self.token)

    def described(self) -> dict[str, str]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "ES256"}]}

    async def token(self, request: Request) -> dict[str, str]:
        form = parse_qs((await request.body()).decode())
        assert form["code_verifier"][0]
        return {"id_token": jwt.encode(self.claims, self.key, "ES256", headers={"kid": "one"})}


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    made = Issuer()
    with served(made.app) as url:
        made.url = url
        yield made


@pytest.fixture
def console(url: str, parts: Parts, issuer: Issuer) -> Iterator[httpx.Client]:
    """A browser at a console that knows the issuer."""
    app, inner = FastAPI(), make_console(parts)
    inner.state.sign_in = SignInService(issuer.url, "redress", "secret", "the shop", "", "k" * 32)
    app.mount("/console", inner)
    with served(app) as address, httpx.Client(base_url=address, trust_env=False) as client:
        yield client


def come_back(console: httpx.Client, issuer: Issuer, parts: Parts, **claims: Any) -> httpx.Response:
    """Go to the issuer and come back as whom it says."""
    left = console.get("/console/sign-in", params={"next": "/console/insights"})
    asked = parse_qs(urlsplit(left.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    now = parts.clock()
    issuer.claims = {
        "iss": issuer.url,
        "aud": "redress",
        "sub": "42",
        "iat": now,
        "exp": now + timedelta(minutes=5),
        "nonce": asked["nonce"][0],
        "email": EMAIL,
        "email_verified": True,
        **claims,
    }
    return console.get("/console/sign-in/back", params={"code": "c", "state": asked["state"][0]})


def test_somebody_whom_an_admin_added_gets_in_and_is_known_from_then_on(
    console: httpx.Client, issuer: Issuer, parts: Parts
) -> None:
    stranger = come_back(console, issuer, parts)
    assert stranger.status_code == 403
    assert "Ask an admin" in stranger.text
    Accounts(parts.database).add(EMAIL, "lead", None, parts.clock())
    assert come_back(console, issuer, parts, email_verified=False).status_code == 403
    answer = come_back(console, issuer, parts)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/insights")
    assert EMAIL in console.get("/console/queue").text
    assert come_back(console, issuer, parts, email="married@shop.example").status_code == 303  # the subject counts
    assert come_back(console, issuer, parts, sub="43").status_code == 403  # another person with that address


@pytest.mark.parametrize(
    "wrong", [{"aud": "another"}, {"iss": "https://evil.example"}, {"nonce": "another"}, {"exp": 1_000_000_000}]
)
def test_an_answer_that_cannot_be_trusted_lets_nobody_in(
    console: httpx.Client, issuer: Issuer, parts: Parts, wrong: dict[str, Any]
) -> None:
    assert come_back(console, issuer, parts, **wrong).status_code == 401
    assert console.get("/console/queue").status_code == 303


def test_another_key_or_another_browser_lets_nobody_in(console: httpx.Client, issuer: Issuer, parts: Parts) -> None:
    issuer.key = ec.generate_private_key(ec.SECP256R1())
    try:
        assert come_back(console, issuer, parts).status_code == 401
    finally:
        issuer.key = KEY
    console.get("/console/sign-in")
    assert console.get("/console/sign-in/back", params={"code": "c", "state": "forged"}).status_code == 401
