"""Messaging apps: one module each, which verifies, translates and sends."""

from redress.channels.base import App
from redress.channels.messenger import Messenger
from redress.channels.telegram import Telegram
from redress.channels.whatsapp import WhatsApp

APPS: dict[str, App] = {app.name: app for app in (Telegram(), WhatsApp(), Messenger())}
BASES = {
    "telegram": "https://api.telegram.org",
    "whatsapp": "https://graph.facebook.com/v23.0",
    "messenger": "https://graph.facebook.com/v23.0",
}
