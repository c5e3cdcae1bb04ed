"""Polling, where an app cannot reach us: updates are asked for, kept as a webhook's are, and only then passed over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from redress.channels.base import Account, App
from redress.claims.outbox import Doubtful, TryLater
from redress.store.channels import Channels
from redress.store.updates import Arrived, Updates

WAIT_S = 3  # how long an app holds a question open: as long as it takes to stop


@dataclass(frozen=True)
class Polling:
    """Asks for every account that is polled."""

    apps: Mapping[str, App]
    account: Callable[[str, str], Account]
    channels: Channels
    updates: Updates
    clock: Callable[[], datetime]

    def poll_all(self) -> bool:
        """Ask once for each account; whether anything came."""
        came = False
        for app, shop, cursor in self.channels.listed():
            if cursor is None:
                continue
            try:
                found, cursor_ = self.apps[app].poll(self.account(app, shop), cursor, WAIT_S)
            except (TryLater, Doubtful):  # asked again in the next round
                continue
            self.updates.keep([Arrived(app, shop, update) for update in found], self.clock())
            came |= bool(found)
            if cursor_ != cursor:
                self.channels.polled(app, shop, cursor_)
        return came
