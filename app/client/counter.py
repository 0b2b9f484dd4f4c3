"""The counter without its window: edges opened, use cases put together; tests use it as the window does."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.client.anchors import shipped_anchors
from app.client.interview import shipped_guidance_words, shipped_interview
from app.domain.capacity import CapacityTable
from app.domain.capacity_data import parse_capacities
from app.domain.clock import Clock, Random
from app.domain.counter_rules import Tightening
from app.domain.identity import Document, parse_documents
from app.domain.names import NameFolder, parse_variants
from app.domain.number import number_reader
from app.domain.procedure import Procedure
from app.domain.procedure_data import parse_procedure
from app.domain.questions import parse_questions
from app.domain.secret import Secret
from app.errors import WrongKey
from app.paper.press import FormPress
from app.remote.office import HttpOffice, open_office
from app.services.ask_questions import AskQuestions
from app.services.card_alone import CardAlone
from app.services.card_port import CardReaders
from app.services.change_password import ChangePassword
from app.services.change_register import ChangeRegister
from app.services.check_readers import CheckReaders
from app.services.check_receipt import CheckReceipt
from app.services.close_visit import CloseVisit
from app.services.compose_certificate import parse_certificate_words
from app.services.compose_form import FormWords, Issuer
from app.services.compose_visit_slip import SlipWords, parse_slip_words
from app.services.confirm_authority import ConfirmAuthority
from app.services.confirm_number import ConfirmNumber
from app.services.confirm_person import ConfirmPerson
from app.services.correct_application import CorrectApplication
from app.services.decide_changes import DecideChanges
from app.services.decide_register import DecideRegister
from app.services.disclose_accesses import DiscloseAccesses
from app.services.enquire import Enquire
from app.services.entrance import Entrance
from app.services.entry_drafts import EntryDrafts
from app.services.exchange_cases import ExchangeCases, exchange_cases
from app.services.filing_drafts import FilingDrafts
from app.services.find_person import FindPerson
from app.services.follow_rules import FollowRules
from app.services.form_words import parse_form_words
from app.services.hand_in import HandIn
from app.services.hold_interview import HoldInterview
from app.services.issue_certificate import CertificatePress, IssueCertificate
from app.services.judge_issue import JudgeIssue
from app.services.keep_from_copying import KeepFromCopying
from app.services.keep_levels_same import KeepLevelsSame
from app.services.known_facts import Relations
from app.services.ledger_alarms import LedgerAlarms
from app.services.lock import Lock
from app.services.look_back import LookBack
from app.services.manage_cards import IssuePass, ManageCards
from app.services.open_visit import OpenVisit
from app.services.password_clock import PasswordClock
from app.services.ports.seat import Seat
from app.services.ports.staff_card import NoStaffReader, StaffCards
from app.services.post_notices import PostNotices
from app.services.prepare_application import PrepareApplication
from app.services.propose_changes import ProposeChanges
from app.services.prove_holder import ProveHolder
from app.services.read_card import ReadCard
from app.services.read_licence import ReadLicence
from app.services.read_residence import ReadResidence
from app.services.read_shown_card import ReadShownCard
from app.services.read_timeline import ReadTimeline
from app.services.review import Review
from app.services.review_accesses import ReviewAccesses
from app.services.save_draft import ResumeDraft, SaveDraft
from app.services.search_network import SearchNetwork
from app.services.show_paper import ShowPaper
from app.services.sign_in import SignIn
from app.services.sign_out import SignOut
from app.services.stopped_enquiries import TendStopped
from app.services.supervise import Supervise
from app.services.take_over import TakeOver
from app.services.tend_boundary import TendBoundary
from app.services.tend_distribution import TendDistribution
from app.services.tend_outgoing import TendOutgoing
from app.services.tend_parties import TendParties
from app.services.tend_restraints import TendRestraints
from app.services.tend_seals import TendSeals
from app.services.tend_social import TendSocial
from app.services.unlock import Unlock
from app.services.use_network import UseNetwork
from app.services.visit_tally import VisitTally
from app.services.work_alone import WorkAlone
from app.settings import CounterSettings, demand_anchor
from app.shipped import read_toml, resource
from app.store.memory import Memory, Place, open_memory
from app.store.uptime import MachineUptime
from app.store.vault import Vault
from app.trust.authority import is_training
from app.trust.passwords import ORDINARY, Strength

TLS_KEY = "terminal-tls"
"""The keyring entry that the terminal's TLS key is encrypted under, as hexadecimal text."""


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the flows are handed."""

    rules: FollowRules
    alone: WorkAlone
    sign_in: SignIn
    sign_out: SignOut
    lock: Lock
    unlock: Unlock
    open_visit: OpenVisit
    close_visit: CloseVisit
    tally: VisitTally
    read_card: ReadCard
    find_person: FindPerson
    confirm_person: ConfirmPerson
    confirm_authority: ConfirmAuthority
    ask_questions: AskQuestions
    confirm_number: ConfirmNumber
    search_network: SearchNetwork
    prove_holder: ProveHolder
    read_licence: ReadLicence
    read_residence: ReadResidence
    check_readers: CheckReaders
    prepare: PrepareApplication
    save_draft: SaveDraft
    resume_draft: ResumeDraft
    correct: CorrectApplication
    hand_in: HandIn
    review: Review
    review_accesses: ReviewAccesses
    ledger_alarms: LedgerAlarms
    tend_stopped: TendStopped
    supervise: Supervise
    extracts: DiscloseAccesses
    timeline: ReadTimeline
    enquire: Enquire
    show_paper: ShowPaper
    post_notices: PostNotices
    check_receipt: CheckReceipt
    manage_cards: ManageCards
    issue_pass: IssuePass
    decide_changes: DecideChanges
    change_password: ChangePassword
    take_over: TakeOver
    propose_changes: ProposeChanges
    keep_from_copying: KeepFromCopying
    tend_outgoing: TendOutgoing
    change_register: ChangeRegister
    filing_drafts: FilingDrafts
    entry_drafts: EntryDrafts
    decide_register: DecideRegister
    look_back: LookBack
    tend_restraints: TendRestraints
    issue_certificate: IssueCertificate
    judge_issue: JudgeIssue
    tend_seals: TendSeals
    use_network: UseNetwork
    read_shown_card: ReadShownCard
    keep_levels_same: KeepLevelsSame
    tend_boundary: TendBoundary
    tend_distribution: TendDistribution
    tend_parties: TendParties
    tend_social: TendSocial
    exchange: ExchangeCases


@dataclass(frozen=True, slots=True)
class Counter:
    """An open counter. ``procedures``: id → procedure; ``folder``: how names are folded and compared."""

    settings: CounterSettings
    seat: Seat
    memory: Memory
    office: HttpOffice
    readers: CardReaders
    staff_cards: StaffCards
    cases: UseCases
    procedures: Mapping[str, Procedure]
    folder: NameFolder
    press: FormPress
    interview: HoldInterview

    def close(self) -> None:
        """Stop delivering, forget keys, let the readers and the line go."""
        self.memory.close()
        self.office.close()
        self.readers.close()
        self.staff_cards.close()


def open_counter(
    settings: CounterSettings,
    readers: CardReaders,
    clock: Clock,
    random: Random,
    *,
    staff_cards: StaffCards | None = None,
    strength: Strength = ORDINARY,
) -> Counter:
    """Open this PC's stores and the line to the office. ``staff_cards`` None: it has no reader for staff cards.

    ``strength``: what a guess at the password of somebody's work costs from now on.

    Errors: BadSettings, KeyringLocked, KeyringMissing, WrongKey, StoreBusy.
    """
    demand_anchor(settings.tls, is_training=settings.is_training, marked=is_training)
    vault = Vault(settings.keyring_service, random)
    seat = Seat(settings.municipality, settings.terminal, settings.window)
    staff_reader = staff_cards or NoStaffReader()
    office = open_office(settings.office_url, settings.tls, _tls_passphrase(vault), seat)
    try:
        place = Place(settings.folder, seat, settings.recovery, strength)
        memory = open_memory(place, vault, office.carrier, clock, random, office.logs)
    except BaseException:
        office.close()
        raise
    paper = FormPress(resource("forms"))
    files = sorted(resource("procedures").glob("*.toml"))
    read = [parse_procedure(read_toml("procedures", file.name), file.name) for file in files]
    procedures = {procedure.id: procedure for procedure in read}
    folder = NameFolder(parse_variants(read_toml("tables", "variants.toml")))
    return Counter(
        settings=settings,
        seat=seat,
        memory=memory,
        office=office,
        readers=readers,
        staff_cards=staff_reader,
        cases=_use_cases(settings, (memory, office, readers, paper, staff_reader), folder, clock, random),
        procedures=procedures,
        folder=folder,
        press=paper,
        interview=_interview(settings, memory, paper, procedures),
    )


def _use_cases(
    settings: CounterSettings,
    edges: tuple[Memory, HttpOffice, CardReaders, FormPress, StaffCards],
    folder: NameFolder,
    clock: Clock,
    random: Random,
) -> UseCases:
    memory, office, readers, paper, staff_cards = edges
    tally = VisitTally()
    documents, rules = shipped_documents(), shipped_capacities()
    relations = Relations.parse(read_toml("tables", "relations.toml"))
    journal, work, postbox, locks = memory.journal, memory.work, memory.postbox, memory.terminal
    proofs = shipped_anchors(production=not settings.is_training)
    numbers = number_reader(is_training=settings.is_training)
    cards = ReadCard(readers, proofs.cards, clock=clock, random=random, read_number=numbers)
    seat = Seat(settings.municipality, settings.terminal, settings.window)
    follow = FollowRules(office.counters, memory.alone, journal, seat, tightening(settings))
    uptime = MachineUptime(clock)
    alone = WorkAlone(office.counters, memory.alone, uptime, journal, follow)
    card_alone, password = CardAlone(random, uptime), PasswordClock(memory.alone, uptime, follow)
    door = Entrance(office.staff, staff_cards, seat, alone, memory.cards, card_alone, password)
    return UseCases(
        rules=follow,
        alone=alone,
        sign_in=SignIn(door, work, postbox, journal, locks),
        sign_out=SignOut(office.staff, work, postbox, journal, locks),
        lock=Lock(work, locks, journal),
        unlock=Unlock(door, work, locks, journal),
        open_visit=OpenVisit(journal),
        close_visit=CloseVisit(journal, tally),
        tally=tally,
        read_card=cards,
        find_person=FindPerson(office.register, journal, folder),
        confirm_person=ConfirmPerson(journal, documents),
        confirm_authority=ConfirmAuthority(journal, rules, relations),
        ask_questions=AskQuestions(journal, documents, parse_questions(read_toml("tables", "questions.toml"))),
        confirm_number=ConfirmNumber(journal, cards, documents, rules, office.leave, numbers),
        search_network=SearchNetwork(office.network, journal),
        prove_holder=ProveHolder(readers, proofs.certificates, office.revocation, clock=clock, random=random),
        read_licence=ReadLicence(readers, proofs.licences, clock=clock),
        check_readers=CheckReaders(readers),
        read_residence=ReadResidence(readers, proofs.residence, clock=clock, random=random),
        prepare=PrepareApplication(journal, relations, rules),
        save_draft=SaveDraft(work, journal, memory.copies),
        resume_draft=ResumeDraft(work, journal),
        correct=CorrectApplication(work, journal),
        hand_in=HandIn(work, postbox, journal),
        review=Review(office.desk, journal),
        review_accesses=ReviewAccesses(office.access_review, journal),
        ledger_alarms=LedgerAlarms(office.ledger_alarms, journal),
        tend_stopped=TendStopped(office.stopped, journal),
        supervise=Supervise(office.supervision, journal),
        extracts=DiscloseAccesses(office.extracts, journal),
        timeline=ReadTimeline(office.desk, journal),
        enquire=Enquire(office.relay, journal),
        show_paper=ShowPaper(journal, paper, words(settings), issuer(settings), office.counters.rules),
        post_notices=PostNotices(office.notices, journal),
        check_receipt=CheckReceipt(memory.sync.keys),
        manage_cards=ManageCards(office.staff_desk, staff_cards, journal),
        issue_pass=IssuePass(office.staff_desk, journal),
        tend_outgoing=TendOutgoing(memory.postbox, memory.tending, journal),
        keep_from_copying=KeepFromCopying(journal, seat, lambda: follow.last.rules),
        decide_changes=DecideChanges(office.staff_changes, journal),
        change_password=ChangePassword(door, journal),
        take_over=TakeOver(office.seats, office.take_over, memory.copies, work, journal),
        propose_changes=ProposeChanges(office.staff_changes, journal),
        change_register=ChangeRegister(office.register_entries, journal),
        filing_drafts=FilingDrafts(work, journal),
        entry_drafts=EntryDrafts(work, journal),
        decide_register=DecideRegister(office.register_decisions, journal),
        look_back=LookBack(office.register_history, journal),
        tend_restraints=TendRestraints(office.restraints, journal),
        issue_certificate=IssueCertificate(office.certificates, journal, certificate_press(paper, settings)),
        judge_issue=JudgeIssue(office.issue_leave, journal),
        tend_seals=TendSeals(office.seals, journal, certificate_press(paper, settings)),
        use_network=UseNetwork(office.network_terminal, journal),
        read_shown_card=ReadShownCard(readers, cards, journal),
        keep_levels_same=KeepLevelsSame(office.network_upkeep, journal),
        tend_boundary=TendBoundary(office.network_boundary, journal),
        tend_distribution=TendDistribution(office.distribution, journal),
        tend_parties=TendParties(office.social_parties, journal),
        tend_social=TendSocial(office.social_office, journal),
        exchange=exchange_cases(office.exchange, journal),
    )


def _interview(
    settings: CounterSettings, memory: Memory, paper: FormPress, procedures: Mapping[str, Procedure]
) -> HoldInterview:
    tables = (Relations.parse(read_toml("tables", "relations.toml")), shipped_capacities())
    printed = (paper, shipped_guidance_words(), issuer(settings), words(settings).mark)
    return HoldInterview(memory.journal, shipped_interview(procedures), tables, printed)


def shipped_documents() -> tuple[Document, ...]:
    """本人確認書類: the kinds that confirm a person or a number."""
    return parse_documents(read_toml("tables", "documents.toml"))


def shipped_capacities() -> CapacityTable:
    """立場: what the presenter's capacity asks for under each regime."""
    return parse_capacities(read_toml("tables", "capacities.toml"))


def tightening(settings: CounterSettings) -> Tightening:
    """Where this PC's own settings are stricter than the office."""
    tighter = settings.tighter
    return Tightening(
        lock_after_s=int(settings.lock_after_s),
        sign_out_after_s=tighter.sign_out_after_s,
        lease_s=tighter.lease_s,
        password_after_s=tighter.password_after_s,
        second_factor=tighter.second_factor,
        staff_readers=settings.staff_readers,
        older_copy_rule=tighter.older_copy_rule,
    )


def words(settings: CounterSettings) -> FormWords:
    """The words of papers; in training with the mark across the page."""
    return parse_form_words(read_toml("text", "forms.toml"), training=settings.is_training)


def certificate_press(paper: FormPress, settings: CounterSettings) -> CertificatePress:
    """How certificates are set: with the words that stand on them only, and who certifies."""
    said = parse_certificate_words(read_toml("text", "certificate.toml"))
    return CertificatePress(paper, said, issuer(settings).title, words(settings).mark)


def shipped_slip_words() -> SlipWords:
    """The words of 応対票."""
    return parse_slip_words(read_toml("text", "visit_slip.toml"))


def issuer(settings: CounterSettings) -> Issuer:
    """Who signs papers here."""
    return Issuer(settings.issuer, settings.municipality_name, settings.prefecture, dict(settings.municipalities))


def _tls_passphrase(vault: Vault) -> Secret:
    key = vault.find(TLS_KEY)
    if key is None:
        raise WrongKey(what=TLS_KEY)
    return Secret(key.reveal().hex().encode())
