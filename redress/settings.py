"""Settings: environment variables beginning with REDRESS_, read once, refused at the start when they cannot be."""

from datetime import time
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, HttpUrl, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from redress.errors import RedressError

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = "change-me-this-is-only-for-the-demo"


class SettingsError(RedressError):
    """A setting is missing or impossible; the message names it."""

    code = "invalid_settings"


class Webhook(BaseModel):
    """Where a shop is told of its tickets, and the secret that signs it."""

    url: HttpUrl
    secret: SecretStr = Field(min_length=32)


class Settings(BaseSettings):
    """What a desk can be told from outside: each field is a variable REDRESS_<NAME>, explained in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="REDRESS_", env_file=".env", extra="ignore")

    environment: Literal["demo", "production"] = Field("demo", description="production refuses placeholder secrets")
    database_url: str = Field(
        f"sqlite:///{ROOT / 'var' / 'redress.db'}", description="SQLAlchemy URL: SQLite or PostgreSQL"
    )
    evidence_dir: Path = Field(ROOT / "var" / "evidence", description="folder of the evidence storage")
    host: str = Field("127.0.0.1", description="address of the public side")
    port: int = Field(8000, description="port of the public side")
    actions_port: int = Field(5055, description="port of the action webhook, on loopback only")
    dialogue_url: str = Field("http://127.0.0.1:5005", description="where the dialogue process listens")
    secret: SecretStr = Field(SecretStr(PLACEHOLDER), description="signs evidence links; at least 32 characters")
    shop_secrets: dict[str, SecretStr] = Field({}, description="JSON of shop -> secret that signs its customer tokens")
    origins: dict[str, list[str]] = Field({}, description="JSON of shop -> origins whose pages may embed the widget")
    trusted_proxies: list[str] = Field([], description="JSON list of proxies whose X-Forwarded-For is believed")
    office_opens: time = Field(time(9), description="when people come, on working days, in the shop's zone")
    office_closes: time = Field(time(18), description="when people leave")
    smtp_url: SecretStr | None = Field(None, description="mail server, as smtp://user:password@host:587, or smtps://")
    mail_from: str = Field("", description="sender of mail to buyers; needed where smtp_url is set")
    escalation_email: str | None = Field(None, description="who is mailed when a ticket is overdue")
    webhooks: dict[str, Webhook] = Field({}, description='JSON of shop -> {"url", "secret"} told of its tickets')
    channel_key: SecretStr | None = Field(
        None, description="encrypts the tokens of messaging apps; at least 32 characters; in production needed for them"
    )
    channel_apis: dict[str, str] = Field(
        {}, description="JSON of app -> address of its API, where it is not the usual one"
    )
    worker: bool = Field(True, description="whether `redress serve` also does the worker's work")
    keep_conversations_days: int = Field(90, description="conversations without a ticket are erased after; 0: never")
    keep_tickets_days: int = Field(730, description="closed tickets are anonymised after; 0: never")
    sources_dir: Path | None = Field(
        None, description="folder of the shops' policy pages, <shop>.txt each, which the console quotes"
    )
    public_url: str = Field("", description="the desk's own address, where a proxy hides it; as https://desk.example")
    oidc_issuer: str = Field("", description="OpenID Connect issuer by which reviewers sign in; empty: passwords alone")
    oidc_client_id: str = Field("", description="the desk's client id there")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="the desk's client secret there")
    oidc_label: str = Field("the company account", description="what the console's sign-in button calls it")
    data_dir: Path = Field(ROOT / "data", description="folder of policies and responses")

    @model_validator(mode="after")
    def _real_secrets_in_production(self) -> "Settings":
        secret = self.secret.get_secret_value()
        if self.environment == "production" and (secret == PLACEHOLDER or len(secret) < 32):
            raise ValueError("REDRESS_SECRET must be set to at least 32 characters of your own in production")
        return self

    @model_validator(mode="after")
    def _channel_key_is_long(self) -> "Settings":
        if self.channel_key and len(self.channel_key.get_secret_value()) < 32:
            raise ValueError("REDRESS_CHANNEL_KEY must have at least 32 characters")
        return self

    @model_validator(mode="after")
    def _mail_has_a_sender(self) -> "Settings":
        if self.smtp_url and "@" not in self.mail_from:
            raise ValueError("REDRESS_MAIL_FROM must be the address that sends mail where REDRESS_SMTP_URL is set")
        return self

    @model_validator(mode="after")
    def _oidc_has_a_client(self) -> "Settings":
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret.get_secret_value()):
            raise ValueError("REDRESS_OIDC_CLIENT_ID and REDRESS_OIDC_CLIENT_SECRET must be set with the issuer")
        return self

    def channel_secret(self) -> str:
        """The secret that encrypts messaging apps' tokens; outside production the desk's own where there is none."""
        if self.channel_key is None and self.environment == "production":
            raise SettingsError("REDRESS_CHANNEL_KEY must be set where messaging apps are used.", field="channel_key")
        return (self.channel_key or self.secret).get_secret_value()

    def shop_secret(self, shop: str) -> str:
        """The secret that signs the shop's customer tokens; outside production a shop without one uses the desk's."""
        own = self.shop_secrets.get(shop)
        if own is None and self.environment == "production":
            raise SettingsError(f"REDRESS_SHOP_SECRETS has no secret for {shop}.", field="shop_secrets")
        return (own or self.secret).get_secret_value()


@cache
def settings() -> Settings:
    """The settings of this process; SettingsError names each one that cannot be."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc'])) or 'settings'}: {e['msg']}" for e in error.errors()]
        raise SettingsError("; ".join(lines)) from error


def as_markdown() -> str:
    """docs/settings.md: every setting with its meaning and its value when nothing is set."""
    lines = [
        "# Settings",
        "",
        "Environment variables, or lines of a file `.env` in the project's root. They are read once, at the start,",
        "which fails with the name of what cannot be. This page is made by",
        "`.venv/bin/python -m redress.settings > docs/settings.md`.",
        "",
        "| variable | meaning | when not set |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "" if default in (None, "", {}, []) else str(default).replace(str(ROOT), ".")
        lines.append(f"| `REDRESS_{name.upper()}` | {field.description} | {f'`{shown}`' if shown else ''} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(as_markdown())
