"""Wires a desk: the one place that knows every part."""

import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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
from redress.store.conversations import Conversations
from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.evidence import EvidenceRecords
from redress.store.orders import ShopOrders
from redress.store.outbox import Outbox
from redress.store.privacy import Privacy
from redress.store.ticket_store import Tickets
from redress.store.transcripts import Transcripts
from redress.texts import FileTexts, read_yaml
from redress.worker import Alarms, Sender, Worker

TICKET_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no characters that are read as others
ACTION_THREADS = 16


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
    decoders: DecoderProcesses
    action_threads: ThreadPoolExecutor
    clock: Callable[[], datetime]

    def close(self) -> None:
        """Let go of processes and connections."""
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
    notices = TicketNotices(texts, packs, bool(settings.smtp_url), settings.webhooks, settings.escalation_email)
    conversations, transcripts = Conversations(database, Openings(notices, packs)), Transcripts(database)
    tickets = Tickets(database)
    cases = Cases(tickets, notices, packs, now)
    dialogue = RasaDialogue(settings.dialogue_url)
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
    sender = Sender(outbox, receivers(settings, evidence, storage, dialogue), now)
    return Parts(
        settings=settings,
        database=database,
        conversations=conversations,
        transcripts=transcripts,
        evidence=evidence,
        packs=packs,
        texts=texts,
        desk=desk,
        turns=Turns(conversations, transcripts, dialogue, lexicon, now),
        tickets=tickets,
        casework=Casework(cases),
        own_tickets=own_tickets,
        outbox=outbox,
        privacy=privacy,
        api_keys=ApiKeys(database),
        sender=sender,
        worker=Worker(sender, Alarms(tickets, cases), lambda: let_go(privacy, settings), outbox),
        dialogue=dialogue,
        intake=Intake(storage, decoders),
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


def let_go(privacy: Privacy, settings: Settings) -> int:
    """Forget what the settings no longer keep; how much was forgotten."""
    at = now()
    kept = (settings.keep_conversations_days, settings.keep_tickets_days)
    idle, closed = (at - timedelta(days=days) if days else None for days in kept)
    total = 0
    while gone := privacy.let_go(CLOCK, at, idle_before=idle, closed_before=closed):
        total += gone
    return total
