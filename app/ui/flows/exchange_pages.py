"""The screens of the exchange with their flows, made on first use; and the doors there, each behind its right."""

from dataclasses import dataclass

from app.domain.clock import business_date
from app.domain.rights import holds
from app.services.ports.seat import Session
from app.services.release_provisions import CHECK, FLAG
from app.services.section_enquiries import READ as ENQUIRIES
from app.services.section_enquiries import STATE as CODES
from app.services.tend_records import DISCLOSE, RECORD, TRACE
from app.services.tend_replica import READ as REPLICA
from app.ui.flows.exchange_bulk import BULK, BulkFlow, bulk_screen
from app.ui.flows.exchange_codes import CodesFlow, OwnFlow, codes_screen, own_screen
from app.ui.flows.exchange_convert import CONVERT, ConvertFlow, convert_screen
from app.ui.flows.exchange_enquiries import EnquiriesFlow, EnquiryOneFlow, enquiries_screen, enquiry_screen
from app.ui.flows.exchange_files import FilesFlow, RejectedFlow, files_screen, rejected_screen
from app.ui.flows.exchange_flow import ExchangeActs
from app.ui.flows.exchange_keep import Choose, Keep
from app.ui.flows.exchange_keys import KeysFlow, keys_screen
from app.ui.flows.exchange_notices import NOTIFY, NoticesFlow, notices_screen
from app.ui.flows.exchange_records import DisclosureFlow, RecordsFlow, disclosure_screen, records_screen
from app.ui.flows.exchange_replica import ReplicaFlow, replica_screen
from app.ui.flows.exchange_reports import (
    RunsFlow,
    StatisticsFlow,
    UnusedFlow,
    runs_screen,
    statistics_screen,
    unused_screen,
)
from app.ui.flows.exchange_state import WATCH, StateFlow, state_screen
from app.ui.flows.provision_flags import FlagsFlow, flags_screen
from app.ui.flows.provision_notes import NotesFlow, ReceivedFlow, notes_screen, received_screen
from app.ui.flows.provision_receivers import ReceiversFlow, receivers_screen
from app.ui.flows.provision_release import ReleaseFlow, release_screen
from app.ui.flows.provision_releases import ReleasesFlow, releases_screen
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.screens.admin import TaskShown
from app.ui.window import Window

OWN = "own.read"
ACTS = {
    "releases": CHECK,
    "flags": FLAG,
    "replica": REPLICA,
    "files": REPLICA,
    "receivers": TRACE,
    "records": RECORD,
    "disclosure": DISCLOSE,
    "enquiries": ENQUIRIES,
    "received": RECORD,
    "bulk": BULK,
    "convert": CONVERT,
    "codes": CODES,
    "notices": NOTIFY,
    "own": OWN,
    "state": WATCH,
    "statistics": WATCH,
    "unused": WATCH,
    "runs": WATCH,
    "keys": WATCH,
}
"""Each door with the act whose right opens it."""
BEFORE = "exchange."


@dataclass(frozen=True)
class ExchangePages:
    """Every flow that a list is, each made when somebody first comes there; it knows its screen."""

    releases: Late[ReleasesFlow]
    release: Late[ReleaseFlow]
    flags: Late[FlagsFlow]
    replica: Late[ReplicaFlow]
    files: Late[FilesFlow]
    rejected: Late[RejectedFlow]
    receivers: Late[ReceiversFlow]
    notes: Late[NotesFlow]
    received: Late[ReceivedFlow]
    records: Late[RecordsFlow]
    disclosure: Late[DisclosureFlow]
    enquiries: Late[EnquiriesFlow]
    enquiry: Late[EnquiryOneFlow]
    bulk: Late[BulkFlow]
    convert: Late[ConvertFlow]
    codes: Late[CodesFlow]
    notices: Late[NoticesFlow]
    own: Late[OwnFlow]
    state: Late[StateFlow]
    statistics: Late[StatisticsFlow]
    unused: Late[UnusedFlow]
    runs: Late[RunsFlow]
    keys: Late[KeysFlow]


def make_pages(face: tuple[Kit, Window], acts: ExchangeActs, files: tuple[Choose, Keep]) -> ExchangePages:
    """All of them; nobody is in one yet."""
    kit, window = face
    choose, keep = files
    return ExchangePages(
        releases=Late(window, lambda: ReleasesFlow(kit, releases_screen(kit), acts)),
        release=Late(window, lambda: ReleaseFlow(kit, release_screen(kit), acts)),
        flags=Late(window, lambda: FlagsFlow(kit, flags_screen(kit), acts)),
        replica=Late(window, lambda: ReplicaFlow(kit, replica_screen(kit), acts)),
        files=Late(window, lambda: FilesFlow(kit, files_screen(kit), acts, choose)),
        rejected=Late(window, lambda: RejectedFlow(kit, rejected_screen(kit), acts, keep)),
        receivers=Late(window, lambda: ReceiversFlow(kit, receivers_screen(kit), acts)),
        notes=Late(window, lambda: NotesFlow(kit, notes_screen(kit), acts)),
        received=Late(window, lambda: ReceivedFlow(kit, received_screen(kit), acts)),
        records=Late(window, lambda: RecordsFlow(kit, records_screen(kit), acts)),
        disclosure=Late(window, lambda: DisclosureFlow(kit, disclosure_screen(kit), acts, keep)),
        enquiries=Late(window, lambda: EnquiriesFlow(kit, enquiries_screen(kit), acts)),
        enquiry=Late(window, lambda: EnquiryOneFlow(kit, enquiry_screen(kit), acts)),
        bulk=Late(window, lambda: BulkFlow(kit, bulk_screen(kit), acts, files)),
        convert=Late(window, lambda: ConvertFlow(kit, convert_screen(kit), acts, files)),
        codes=Late(window, lambda: CodesFlow(kit, codes_screen(kit), acts)),
        notices=Late(window, lambda: NoticesFlow(kit, notices_screen(kit), acts)),
        own=Late(window, lambda: OwnFlow(kit, own_screen(kit), acts)),
        state=Late(window, lambda: StateFlow(kit, state_screen(kit), acts)),
        statistics=Late(window, lambda: StatisticsFlow(kit, statistics_screen(kit), acts)),
        unused=Late(window, lambda: UnusedFlow(kit, unused_screen(kit), acts)),
        runs=Late(window, lambda: RunsFlow(kit, runs_screen(kit), acts)),
        keys=Late(window, lambda: KeysFlow(kit, keys_screen(kit), acts)),
    )


def doors(kit: Kit) -> tuple[TaskShown, ...]:
    """The doors, in their order."""
    words = kit.texts.exchange.rooms
    groups = (
        (words.group_provide, ("releases", "flags", "replica", "files", "receivers", "records", "disclosure")),
        (words.group_ask, ("enquiries", "received", "bulk", "convert", "codes")),
        (words.group_residents, ("notices", "own")),
        (words.group_watch, ("state", "statistics", "unused", "runs", "keys")),
    )
    return tuple(
        TaskShown(BEFORE + name, group, getattr(words, name), getattr(words, f"{name}_text"))
        for group, names in groups
        for name in names
    )


def offers(kit: Kit, session: Session) -> frozenset[str]:
    """The doors that are open to this person today."""
    day = business_date(kit.clock.now())
    held = {one.act for one in session.actor.rights if holds(one.since, one.until, day)}
    return frozenset(BEFORE + door for door, act in ACTS.items() if act in held)
