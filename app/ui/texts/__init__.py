"""The words of the window, typed: resources/text/ja.toml as frozen dataclasses.

Each section of the file is one dataclass of the same name here, each key one field. A sentence with places is a field
that ends in an underscore beside a method without it:

    left_: str                                  # [code] left = "あと{count}回"
    def left(self, count: int) -> str:
        return self.left_.format(count=count)

``load_texts`` refuses a missing key, an unknown key, and places that differ from the method's parameters. A key
misspelt in Python is refused by mypy. A new section: a dataclass in a module of this folder, one field in ``Texts``.
"""

from dataclasses import dataclass
from typing import Any

from app.ui.resources import read_toml
from app.ui.texts.access import AccessFindingTexts, AccessLookupTexts, AccessTexts
from app.ui.texts.admin import (
    AdminCardsTexts,
    AdminChangesTexts,
    AdminChangeTexts,
    AdminPassTexts,
    AdminRegisterTexts,
    AdminSessionsTexts,
    AdminTexts,
)
from app.ui.texts.admin_office import (
    AdminDepartmentsTexts,
    AdminDraftTexts,
    AdminOfficeTexts,
    AdminPeopleTexts,
    AdminPersonTexts,
    AdminRightsTexts,
    AdminTerminalsTexts,
    AdminTransfersTexts,
)
from app.ui.texts.book import BookReceiveTexts, BookTexts, HandoverTexts
from app.ui.texts.boundary import (
    BoundaryHaltedTexts,
    BoundaryHoursTexts,
    BoundaryLinkageTexts,
    BoundaryPersonTexts,
    BoundarySpanTexts,
)
from app.ui.texts.card import (
    AuthorityTexts,
    CardTexts,
    ChipWayTexts,
    PinTexts,
    ProofTexts,
    QuestionsTexts,
    ReadersTexts,
    WaysTexts,
)
from app.ui.texts.case import CaseBoardTexts, CaseCardTexts, CaseEventTexts, CaseFormTexts, CasePapersTexts
from app.ui.texts.certificate import CertificateCopiesTexts, CertificateDraftTexts, CertificateTexts, SealTexts
from app.ui.texts.copying import CopyingTexts
from app.ui.texts.diagnostics import DiagnosticsTexts
from app.ui.texts.distribution import (
    DistributionLinkageTexts,
    DistributionSystemsTexts,
    DistributionTexts,
    DistributionUntoldTexts,
    DistributionUseFormTexts,
    DistributionUsesTexts,
    DistributionUseTexts,
)
from app.ui.texts.entrance import LockTexts, SignInTexts
from app.ui.texts.exchange import ExchangeTexts
from app.ui.texts.extracts import ExtractTexts
from app.ui.texts.fees import FeesClosingTexts, FeesTillTexts, TillFormTexts
from app.ui.texts.frame import FrameTexts
from app.ui.texts.interview import InterviewPlanTexts, InterviewTexts
from app.ui.texts.ledger_alarms import LedgerAlarmsTexts
from app.ui.texts.merge import MergeTexts
from app.ui.texts.network import (
    NetworkAskTexts,
    NetworkCardTexts,
    NetworkCheckTexts,
    NetworkMovingTexts,
    NetworkTexts,
    NetworkWideTexts,
)
from app.ui.texts.network_upkeep import (
    NetworkCompareTexts,
    NetworkQueueTexts,
    NetworkStartTexts,
)
from app.ui.texts.office import OfficeTexts
from app.ui.texts.parts import PartTexts
from app.ui.texts.print_paper import PrintStateTexts, PrintTexts
from app.ui.texts.reading import read_section
from app.ui.texts.register import (
    RegisterHistoryTexts,
    RegisterMeasureFormTexts,
    RegisterMeasuresTexts,
    RegisterMeasureTexts,
    RegisterRecordTexts,
    RegisterSearchTexts,
    RegisterTexts,
)
from app.ui.texts.register_change import (
    RegisterAnnouncedTexts,
    RegisterBulkTexts,
    RegisterEntryTexts,
    RegisterKindsTexts,
    RegisterOwnTexts,
    RegisterSheetTexts,
)
from app.ui.texts.register_release import RegisterReleaseTexts
from app.ui.texts.resident import (
    ResidentCheckTexts,
    ResidentDisplayTexts,
    ResidentMonitorTexts,
    ResidentSayTexts,
)
from app.ui.texts.review import DecisionTexts, QueueTexts, RecordsTexts, ReviewTexts, StepTexts
from app.ui.texts.review_list import BatchTexts, HoldTexts, QueueRowTexts
from app.ui.texts.sheet import SheetTexts
from app.ui.texts.social import (
    SocialFindTexts,
    SocialFormTexts,
    SocialMergesTexts,
    SocialPartyTexts,
    SocialTexts,
    SocialTransfersTexts,
)
from app.ui.texts.stopped import StoppedTexts
from app.ui.texts.supervision import CounterNowTexts, DeputiesTexts, NumbersTexts
from app.ui.texts.threshold import ElsewhereTexts, FormerTexts, PasswordTexts, SectionTexts
from app.ui.texts.visit import (
    EnquiryTexts,
    IdentifyTexts,
    NumberTexts,
    OutgoingTexts,
    PersonTexts,
    ProcedureTexts,
    VisitTexts,
    WaitingTexts,
)
from app.ui.texts.visit_form import ApplicationTexts, HandInTexts, LimitTexts


@dataclass(frozen=True, slots=True)
class Texts:
    """Every word the window can say, by section."""

    frame: FrameTexts
    parts: PartTexts
    sheet: SheetTexts
    diagnostics: DiagnosticsTexts
    sign_in: SignInTexts
    elsewhere: ElsewhereTexts
    password: PasswordTexts
    former: FormerTexts
    section: SectionTexts
    lock: LockTexts
    copying: CopyingTexts
    resident_display: ResidentDisplayTexts
    resident_monitor: ResidentMonitorTexts
    resident_say: ResidentSayTexts
    resident_check: ResidentCheckTexts
    pin: PinTexts
    visit: VisitTexts
    waiting: WaitingTexts
    outgoing: OutgoingTexts
    cards: CardTexts
    readers: ReadersTexts
    identify: IdentifyTexts
    ways: WaysTexts
    chip_way: ChipWayTexts
    questions: QuestionsTexts
    authority: AuthorityTexts
    proof: ProofTexts
    person: PersonTexts
    procedure_choice: ProcedureTexts
    interview: InterviewTexts
    interview_plan: InterviewPlanTexts
    number: NumberTexts
    certificate: CertificateTexts
    certificate_draft: CertificateDraftTexts
    certificate_copies: CertificateCopiesTexts
    seal: SealTexts
    application: ApplicationTexts
    limits: LimitTexts
    hand_in: HandInTexts
    enquiry: EnquiryTexts
    queue: QueueTexts
    counter_now: CounterNowTexts
    numbers: NumbersTexts
    deputies: DeputiesTexts
    merge: MergeTexts
    queue_row: QueueRowTexts
    batch: BatchTexts
    hold: HoldTexts
    review: ReviewTexts
    step: StepTexts
    decision: DecisionTexts
    print_paper: PrintTexts
    print_state: PrintStateTexts
    records: RecordsTexts
    book: BookTexts
    handovers: HandoverTexts
    case_card: CaseCardTexts
    case_events: CaseEventTexts
    case_form: CaseFormTexts
    till_form: TillFormTexts
    case_papers: CasePapersTexts
    case_board: CaseBoardTexts
    book_receive: BookReceiveTexts
    fees_till: FeesTillTexts
    fees_closing: FeesClosingTexts
    access: AccessTexts
    access_finding: AccessFindingTexts
    access_lookup: AccessLookupTexts
    ledger_alarms: LedgerAlarmsTexts
    stopped: StoppedTexts
    extracts: ExtractTexts
    register: RegisterTexts
    register_search: RegisterSearchTexts
    register_record: RegisterRecordTexts
    register_history: RegisterHistoryTexts
    register_kinds: RegisterKindsTexts
    register_entry: RegisterEntryTexts
    register_own: RegisterOwnTexts
    register_sheet: RegisterSheetTexts
    register_announced: RegisterAnnouncedTexts
    register_measures: RegisterMeasuresTexts
    register_measure: RegisterMeasureTexts
    register_measure_form: RegisterMeasureFormTexts
    register_release: RegisterReleaseTexts
    register_bulk: RegisterBulkTexts
    office: OfficeTexts
    social: SocialTexts
    social_find: SocialFindTexts
    social_party: SocialPartyTexts
    social_form: SocialFormTexts
    social_merges: SocialMergesTexts
    social_transfers: SocialTransfersTexts
    distribution: DistributionTexts
    distribution_uses: DistributionUsesTexts
    distribution_use: DistributionUseTexts
    distribution_use_form: DistributionUseFormTexts
    distribution_systems: DistributionSystemsTexts
    distribution_linkage: DistributionLinkageTexts
    distribution_untold: DistributionUntoldTexts
    network: NetworkTexts
    network_check: NetworkCheckTexts
    network_moving: NetworkMovingTexts
    network_wide: NetworkWideTexts
    network_ask: NetworkAskTexts
    network_card: NetworkCardTexts
    network_queue: NetworkQueueTexts
    network_compare: NetworkCompareTexts
    network_start: NetworkStartTexts
    boundary_hours: BoundaryHoursTexts
    boundary_span: BoundarySpanTexts
    boundary_halted: BoundaryHaltedTexts
    boundary_linkage: BoundaryLinkageTexts
    boundary_person: BoundaryPersonTexts
    exchange: ExchangeTexts
    admin: AdminTexts
    admin_cards: AdminCardsTexts
    admin_register: AdminRegisterTexts
    admin_pass: AdminPassTexts
    admin_changes: AdminChangesTexts
    admin_change: AdminChangeTexts
    admin_sessions: AdminSessionsTexts
    admin_departments: AdminDepartmentsTexts
    admin_draft: AdminDraftTexts
    admin_office: AdminOfficeTexts
    admin_people: AdminPeopleTexts
    admin_person: AdminPersonTexts
    admin_rights: AdminRightsTexts
    admin_terminals: AdminTerminalsTexts
    admin_transfers: AdminTransfersTexts


SENTENCE_TABLES = frozenset({"error", "refusal", "verdict", "term", "word"})
"""Sections that are looked up by code and not by name; app.ui.messages reads them."""
EXCHANGE = "exchange.toml"
"""The words of the exchange's screens, as the section ``exchange``; its word tables stand beside those of ja.toml."""


def shipped_words() -> dict[str, Any]:
    """The sections as they are shipped."""
    raw = {name: section for name, section in read_toml("text", "ja.toml").items() if name not in SENTENCE_TABLES}
    raw["exchange"] = {name: one for name, one in read_toml("text", EXCHANGE).items() if name not in SENTENCE_TABLES}
    return raw


def load_texts(authenticator: str = "card") -> Texts:
    """All texts; ``TextFault`` names the key that is missing, unknown or has wrong places.

    ``authenticator``: what the second factor is here; other words for it stand in staff_keys.toml.
    """
    raw = shipped_words()
    for name, words in read_toml("text", "staff_keys.toml").get(authenticator, {}).items():
        raw[name] = raw[name] | words
    return read_section(Texts, raw, "ja.toml")
