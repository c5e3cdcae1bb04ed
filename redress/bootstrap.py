"""Wires a desk: the one place that knows every part."""

import secrets
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redress.channels import APPS, BASES
from redress.channels.base import Account
from redress.channels.inbox import Inbox
from redress.channels.polling import Polling
from redress.channels.reception import Reception
from redress.channels.sending import Carrying, Courtesy, Sending
from redress.claims.asides import Asides
from redress.claims.cases import Cases
from redress.claims.casework import Casework
from redress.claims.desk import Desk
from redress.claims.errands import Errands
from redress.claims.hours import OfficeHours
from redress.claims.lexicon import Lexicon
from redress.claims.notices import TicketNotices
from redress.claims.opening import Openings
from redress.claims.outbox import Receiver
from redress.claims.own_tickets import OwnTickets
from redress.claims.policy_answers import PolicyAnswers
from redress.claims.progress import Progress
from redress.claims.tickets import CLOCK
from redress.claims.turn import Turns
from redress.claims.uploads import Uploads
from redress.claims.wording import Wording
from redress.connectors.dialogue import RasaDialogue
from redress.connectors.erasing import Files, Trackers
from redress.connectors.mail import Mail
from redress.connectors.orders import StoredOrders
from redress.connectors.webhooks import Endpoint, Webhooks
from redress.evidence import DecoderProcesses, Intake, Signer, Storage, open_storage
from redress.policy import Pack, load_packs
from redress.settings import Settings
from redress.store.api_keys import ApiKeys
from redress.store.channels import Channels
from redress.store.chats import Chats
from redress.store.conversations import BuyersZones, Conversations
from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.evidence import EvidenceRecords
from redress.store.orders import ShopOrders
from redress.store.outbox import Outbox
from redress.store.privacy import Privacy
from redress.store.ticket_store import Tickets
from redress.store.transcripts import Transcripts
from redress.store.updates import Updates
from redress.texts import FileTexts, read_yaml
from redress.worker import Alarms, Sender, Worker

TICKET_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no characters that are read as others
ACTION_THREADS = 16
INBOX_RUNNERS = 2  # turns of messaging apps at once: a storm of them leaves room for everybody else's
INBOX_IDLE_S, POLL_EVERY_S = 0.25, 1.0
UPDATES_KEPT = timedelta(days=30)  # no app redelivers for longer


class RandomId:
    """Identifiers from the system's randomness."""

    def draft(self) -> str:
        """16 hex digits."""
        return secrets.token_hex(8)

    def ticket(self) -> str:
        """RD-XXXX-XXXX: 39 bits, so that a number cannot be guessed."""
        letters = [secrets.choice(TICKET_ALPHABET) for _ in range(8)]
        return f"RD-{''.join(letters[:4])}-{''.join(letters[4:])}"


@dataclass(frozen=True)
class Parts:
    """A desk put together."""

    settings: Settings
    database: Database
    conversations: Conversations
    transcripts: Transcripts
    evidence: EvidenceRecords
    packs: Mapping[str, Pack]
    texts: FileTexts
    desk: Desk
    turns: Turns
    tickets: Tickets
    casework: Casework
    own_tickets: OwnTickets
    outbox: Outbox
    privacy: Privacy
    api_keys: ApiKeys
    worker: Worker
    sender: Sender
    dialogue: RasaDialogue
    intake: Intake
    storage: Storage
    signer: Signer
    uploads: Uploads
    channels: Channels
    updates: Updates
    account: Callable[[str, str], Account]
    courtesy: Courtesy
    inbox: Inbox
    arrived: threading.Event
    polling: Polling
    decoders: DecoderProcesses
    action_threads: ThreadPoolExecutor
    clock: Callable[[], datetime]

    def close(self) -> None:
        """Let go of processes and connections."""
        self.courtesy.close()
        self.intake.close()
        self.decoders.close()
        self.action_threads.shutdown()
        self.database.engine.dispose()


def now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def assemble(settings: Settings) -> Parts:
    """A desk after the settings. Nothing is connected to before it is used."""
    database = Database(make_engine(settings.database_url))
    packs = load_packs(settings.data_dir / "policies")
    texts = FileTexts(settings.data_dir / "responses")
    zone = BuyersZones(database)
    notices = TicketNotices(texts, packs, bool(settings.smtp_url), settings.webhooks, settings.escalation_email, zone)
    conversations, transcripts = Conversations(database, Openings(notices, packs)), Transcripts(database)
    tickets = Tickets(database)
    cases = Cases(tickets, notices, packs, now)
    dialogue = RasaDialogue(settings.dialogue_url, now)
    wording = Wording(texts, packs)
    lexicon = Lexicon.from_data(read_yaml(settings.data_dir / "lexicon.yml"))
    orders = StoredOrders(ShopOrders(database))
    hours = OfficeHours(settings.office_opens, settings.office_closes, packs)
    progress = Progress(conversations, orders, wording, lexicon, now, RandomId())
    own_tickets = OwnTickets(cases, conversations)
    asides = Asides(progress, PolicyAnswers(texts, packs, now), hours)
    desk = Desk(progress, asides, Errands(progress, own_tickets))
    outbox, privacy, evidence = Outbox(database), Privacy(database), EvidenceRecords(database)
    decoders = DecoderProcesses()
    storage = open_storage(str(settings.evidence_dir))
    turns, intake = Turns(conversations, transcripts, dialogue, lexicon, now), Intake(storage, decoders)
    uploads = Uploads(desk, transcripts, evidence, packs, now)
    channels, updates, chats = Channels(database, settings.channel_secret), Updates(database), Chats(database)
    account, news, arrived = accounts(settings, channels), threading.Event(), threading.Event()
    courtesy = Courtesy(APPS, account)
    inbox = Inbox(
        apps=APPS,
        account=account,
        updates=updates,
        chats=chats,
        conversations=conversations,
        transcripts=transcripts,
        turns=turns,
        uploads=uploads,
        intake=intake,
        texts=texts,
        open=Reception(desk, conversations, now).open,
        incoming=settings.evidence_dir / "incoming",
        clock=now,
        acknowledge=courtesy,
        sent=news.set,
    )
    messaging: dict[str, Receiver] = {name: Sending(app, account, chats, now) for name, app in APPS.items()}
    messaging["chat"] = Carrying(APPS, chats, now)
    found = {**receivers(settings, evidence, storage, dialogue), **messaging}
    sender = Sender(outbox, found, now)
    polling = Polling(APPS, account, channels, updates, now)
    runners = [(inbox.answer_one, INBOX_IDLE_S, arrived)] * INBOX_RUNNERS
    more = [*runners, (polling.poll_all, POLL_EVERY_S, threading.Event())]
    return Parts(
        settings=settings,
        database=database,
        conversations=conversations,
        transcripts=transcripts,
        evidence=evidence,
        packs=packs,
        texts=texts,
        desk=desk,
        turns=turns,
        uploads=uploads,
        channels=channels,
        updates=updates,
        account=account,
        courtesy=courtesy,
        inbox=inbox,
        arrived=arrived,
        polling=polling,
        tickets=tickets,
        casework=Casework(cases),
        own_tickets=own_tickets,
        outbox=outbox,
        privacy=privacy,
        api_keys=ApiKeys(database),
        sender=sender,
        worker=Worker(sender, Alarms(tickets, cases), lambda: let_go(privacy, updates, settings), outbox, more, news),
        dialogue=dialogue,
        intake=intake,
        storage=storage,
        signer=Signer((settings.secret.get_secret_value().encode(),), now),
        decoders=decoders,
        clock=now,
        action_threads=ThreadPoolExecutor(ACTION_THREADS, thread_name_prefix="action"),
    )


def receivers(
    settings: Settings, evidence: EvidenceRecords, storage: Storage, dialogue: RasaDialogue
) -> Mapping[str, Receiver]:
    """Who gets what stands in the outbox, by channel; a channel without a receiver waits until it has one."""
    found: dict[str, Receiver] = {"files": Files(storage, evidence.in_use), "tracker": Trackers(dialogue)}
    if settings.smtp_url:
        found["mail"] = Mail(settings.smtp_url.get_secret_value(), settings.mail_from)
    if settings.webhooks:
        hooks = settings.webhooks.items()
        endpoints = {shop: Endpoint(str(hook.url), hook.secret.get_secret_value()) for shop, hook in hooks}
        found["webhook"] = Webhooks(endpoints, now)
    return found


def accounts(settings: Settings, channels: Channels) -> Callable[[str, str], Account]:
    """Shops' accounts in messaging apps, by app and shop."""
    bases = {**BASES, **settings.channel_apis}
    return lambda app, shop: Account(app, shop, channels.credentials(app, shop), bases[app])


def let_go(privacy: Privacy, updates: Updates, settings: Settings) -> int:
    """Forget what the settings no longer keep; how much was forgotten."""
    at = now()
    kept = (settings.keep_conversations_days, settings.keep_tickets_days)
    idle, closed = (at - timedelta(days=days) if days else None for days in kept)
    total = updates.forget(at - UPDATES_KEPT)
    while gone := privacy.let_go(CLOCK, at, idle_before=idle, closed_before=closed):
        total += gone
    return total
