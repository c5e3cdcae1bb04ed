"""When somebody is there: working days of the pack's calendar, between two hours of its zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from redress.claims.conversation import Conversation
from redress.claims.zones import zone_of
from redress.policy import Pack
from redress.policy.calendar import is_working_day
from redress.policy.explain import tell_instant


@dataclass(frozen=True)
class OfficeHours:
    """The desk's hours, for every shop in the zone and with the holidays of its pack."""

    opens: time
    closes: time
    packs: Mapping[str, Pack]

    def __call__(self, conversation: Conversation, at: datetime) -> str | None:
        """None while somebody is there, else when somebody will be, as the buyer is told."""
        pack = self.packs[conversation.shop]
        back = self.next_opening(pack, at)
        return None if back <= at else tell_instant(back, pack, conversation.language, zone_of(conversation, pack))

    def next_opening(self, pack: Pack, at: datetime) -> datetime:
        """The first instant from `at` on at which somebody is there; `at` itself within the hours."""
        local = at.astimezone(pack.zone)
        day = local.date()
        while True:
            opens, closes = (datetime.combine(day, hour, pack.zone) for hour in (self.opens, self.closes))
            if is_working_day(day, pack.file.holidays) and local < closes:
                return max(local, opens)
            day += timedelta(days=1)
