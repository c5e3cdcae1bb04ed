"""Signing in by OpenID Connect: the authorization code flow with PKCE, for accounts that an admin has added.

An account is known by the service's issuer and subject. The first time, it is found by the verified e-mail address,
which an admin gave it as its name.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from redress.errors import RedressError
from redress.settings import Settings
from redress.store.accounts import Account
from redress.store.errors import NotFound
from redress.web.console.access import Forbidden, is_https
from redress.web.console.desk import ConsoleDesk, desk_of
from redress.web.console.signing import welcome

router = APIRouter()
COOKIE = "redress_sign_in"
PATH = "/console/sign-in"
ON_THE_WAY = timedelta(minutes=10)
TIMEOUT = 10
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")


class SignInFailed(RedressError):
    """The service did not vouch for anybody; the message says at which step."""

    code = "login_refused"


@dataclass(frozen=True)
class SignInService:
    """One issuer, and the desk's client there."""

    issuer: str
    client_id: str
    client_secret: str
    label: str
    public_url: str
    key: str

    def described(self) -> dict[str, Any]:
        """What the issuer says of itself; SignInFailed when it is another one or does not answer."""
        found = _json(requests.get(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration", timeout=TIMEOUT))
        if found.get("issuer") != self.issuer:
            raise SignInFailed("The sign-in service calls itself by another name than REDRESS_OIDC_ISSUER.")
        return found

    def asked(self, description: dict[str, Any], back: str, next: str, now: datetime) -> tuple[str, str]:
        """The address to which the browser goes, and what it must bring back, signed."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back,
            "scope": "openid email",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        kept = {"state": state, "nonce": nonce, "verifier": verifier, "next": next, "exp": now + ON_THE_WAY}
        return f"{description['authorization_endpoint']}?{urlencode(query)}", jwt.encode(kept, self.key, "HS256")

    def vouched(self, code: str, back: str, kept: dict[str, Any]) -> dict[str, Any]:
        """The claims about who signed in; SignInFailed where a check fails."""
        description = self.described()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
        form |= {"code_verifier": kept["verifier"]}
        client = (self.client_id, self.client_secret)
        given = _json(requests.post(description["token_endpoint"], data=form, auth=client, timeout=TIMEOUT))
        keys = _json(requests.get(description["jwks_uri"], timeout=TIMEOUT))
        try:
            token = given["id_token"]
            key = jwt.PyJWKSet.from_dict(keys)[jwt.get_unverified_header(token)["kid"]]
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self.client_id,
                issuer=self.issuer,
                options={"require": ["exp", "iat", "sub", "nonce"]},
            )
        except (jwt.PyJWTError, KeyError) as error:
            raise SignInFailed("The sign-in service's answer cannot be trusted.") from error
        if not secrets.compare_digest(claims["nonce"], kept["nonce"]):
            raise SignInFailed("The sign-in service answered somebody else's question.")
        return claims


def configured(settings: Settings) -> SignInService | None:
    """The service of the settings, where there is one."""
    if not settings.oidc_issuer:
        return None
    return SignInService(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        label=settings.oidc_label,
        public_url=settings.public_url,
        key=settings.secret.get_secret_value(),
    )


@router.get("/sign-in")
def leave(request: Request, next: str = "/console/queue") -> Response:
    """Send the browser to the service."""
    service = _service(request)
    address, kept = service.asked(service.described(), _back(request, service), next, desk_of(request).clock())
    response = RedirectResponse(address, 303)
    secure = is_https(request)
    response.set_cookie(COOKIE, kept, max_age=600, path=PATH, secure=secure, httponly=True, samesite="lax")
    return response


@router.get("/sign-in/back")
def come_back(request: Request, code: str = "", state: str = "", error: str = "") -> Response:
    """Take the browser back from the service."""
    desk, service = desk_of(request), _service(request)
    try:
        kept = jwt.decode(request.cookies.get(COOKIE, ""), service.key, algorithms=["HS256"])
    except jwt.PyJWTError as problem:
        raise SignInFailed("Signing in took too long. Begin again.") from problem
    if error or not code or not secrets.compare_digest(state.encode(), kept["state"].encode()):
        raise SignInFailed("The sign-in service did not let you in. Begin again, or ask an admin.")
    claims = service.vouched(code, _back(request, service), kept)
    response = welcome(request, _account(desk, service, claims), kept["next"], "oidc")
    response.delete_cookie(COOKIE, path=PATH)
    return response


def _account(desk: ConsoleDesk, service: SignInService, claims: dict[str, Any]) -> Account:
    subject = f"{service.issuer}|{claims['sub']}"
    known = desk.accounts.by_subject(subject)
    if known is None and claims.get("email_verified") is True:
        known = desk.accounts.bind(str(claims.get("email", "")), subject)
    if known is None:
        raise Forbidden("There is no account for you here yet. Ask an admin to add one with your e-mail as its name.")
    return known


def _service(request: Request) -> SignInService:
    service = request.app.state.sign_in
    if not isinstance(service, SignInService):
        raise NotFound("This desk has no sign-in service.")
    return service


def _back(request: Request, service: SignInService) -> str:
    own = service.public_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"
    return f"{own}{PATH}/back"


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise SignInFailed("The sign-in service does not answer as it should. Try again in a while.") from error
    return found
