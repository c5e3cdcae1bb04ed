"""Who is asking: bearer tokens of conversations, and the customer tokens that shops sign."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping

import jwt

from redress.errors import RedressError


class Unauthorized(RedressError):
    """No token, or one that opens nothing here."""

    code = "unauthorized"


class InvalidCustomerToken(RedressError):
    """A customer token that the shop did not sign, that has run out, or that lacks a claim."""

    code = "invalid_customer_token"


def new_token() -> tuple[str, str]:
    """A fresh bearer token and the hash of it that is kept."""
    token = secrets.token_urlsafe(32)
    return token, token_hash(token)


def token_hash(token: str) -> str:
    """SHA-256 of a token; a token has 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def check_bearer(header: str | None, kept_hash: str | None) -> None:
    """Unauthorized unless the Authorization header bears the token whose hash is kept."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not kept_hash or not hmac.compare_digest(token_hash(token.strip()), kept_hash):
        raise Unauthorized("This conversation needs its own token: Authorization: Bearer <token>.")


def read_customer_token(token: str, secret: str) -> Mapping[str, str]:
    """`email` and `order` from a shop's token (JWT, HS256, with `exp`)."""
    try:
        claims = jwt.decode(token, secret, algorithms=["HS256"], options={"require": ["exp", "email", "order"]})
    except jwt.PyJWTError as error:
        raise InvalidCustomerToken(f"The customer token is not valid: {error}.", field="customer_token") from error
    return {"email": str(claims["email"]), "order": str(claims["order"])}
