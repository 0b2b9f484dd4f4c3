"""A counter before a real backend process over mutual TLS: found, handed in once, checked by another, read back."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.clock import SystemClock, SystemRandom, business_date
from app.domain.counter_rules import Tightening
from app.domain.rights import Right
from app.domain.secret import secret
from app.errors import NotAllowed, Refused, SignInRefused, Unreachable
from app.remote.book import HttpBook, HttpTill
from app.remote.office import HttpOffice, open_office
from app.remote.register_changes import HttpRegisterDecisions, HttpRegisterEntries, HttpRegisterHistory
from app.remote.restraints import HttpIssueLeave, HttpRestraints
from app.services.card_alone import CardAlone
from app.services.close_visit import CloseVisit
from app.services.confirm_person import ConfirmPerson
from app.services.entrance import Entrance, Given
from app.services.find_person import FindPerson, Nobody, Opened
from app.services.follow_rules import FollowRules
from app.services.hand_in import HandIn, Kept, Received
from app.services.keep_till import KeepTill
from app.services.known_facts import Relations, Sources
from app.services.lock import Lock, Why
from app.services.open_visit import OpenVisit
from app.services.password_clock import PasswordClock
from app.services.ports.office import Shown
from app.services.ports.seat import Press, Seat, Session, Visit, press
from app.services.ports.staff_card import NoStaffReader
from app.services.prepare_application import Parts, PrepareApplication
from app.services.read_timeline import ReadTimeline
from app.services.review import Review
from app.services.save_draft import SaveDraft
from app.services.sign_in import SignIn
from app.services.sign_out import SignOut
from app.services.tend_book import TendBook
from app.services.unlock import Unlock
from app.services.work_alone import WorkAlone
from app.shipped import read_toml
from app.store.memory import Memory, Place, open_memory
from app.store.uptime import MachineUptime
from app.store.vault import Vault
from app.trust.seal import BoxKey
from app.wire.certificate import AskCertificate, IssueCopies, PrintCopy
from app.wire.desk import CheckReception, PersonMark, RolesMark
from app.wire.desk_book import AskBook, GiveCase, HandOver, ReceiveOutside
from app.wire.desk_case import AskBoard
from app.wire.desk_fees import CloseTill, SignClosing, TakeFee
from app.wire.draft import Draft
from app.wire.register import SearchByFour
from app.wire.register_change import (
    ApproveEntries,
    AskHistory,
    EntryRef,
    Filing,
    PersonItems,
    PersonPart,
    ProposeEntry,
)
from app.wire.register_restraint import AskIssue, CheckPrint
from app.wire.seal import RegisterSeal
from tests.support.backend import MIHON, PASSPHRASE, Backend, backend
from tests.support.claims import CLAIM
from tests.support.counter_memory import WEAK
from tests.support.documents import CAPACITIES, DOCUMENTS
from tests.support.imprints import imprint
from tests.support.process import wait_for

pytestmark = pytest.mark.keyring

CLAIMANT = "local_claimant"


@pytest.fixture(scope="module")
def office_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """One backend for the tests of this file."""
    with backend(tmp_path_factory.mktemp("office")) as made:
        yield made


@dataclass
class Pc:
    """A counter's edges and who sits there."""

    backend: Backend
    office: HttpOffice
    memory: Memory
    seat: Seat

    def press(self) -> Press:
        return press(SystemClock(), SystemRandom())

    @property
    def door(self) -> Entrance:
        counters, memory = self.office.counters, self.memory
        rules = FollowRules(counters, memory.alone, memory.journal, self.seat, Tightening())
        uptime = MachineUptime(SystemClock())
        alone = WorkAlone(counters, memory.alone, uptime, memory.journal, rules)
        own = (memory.cards, CardAlone(SystemRandom(), uptime), PasswordClock(memory.alone, uptime, rules))
        return Entrance(self.office.staff, NoStaffReader(), self.seat, alone, *own)

    def sign_in(self, staff_id: str) -> Session:
        memory = self.memory
        ask = SignIn(self.door, memory.work, memory.postbox, memory.journal, memory.terminal)
        return ask(self.press(), staff_id, Given(self.backend.setup.team().password))

    def sign_out(self, session: Session) -> None:
        memory = self.memory
        leave = SignOut(self.office.staff, memory.work, memory.postbox, memory.journal, memory.terminal)
        leave(self.press(), session)

    def open_visit(self, session: Session) -> Visit:
        return OpenVisit(self.memory.journal)(self.press(), session, "12")

    def find(self) -> FindPerson:
        from app.server.shipped import name_folder

        return FindPerson(self.office.register, self.memory.journal, name_folder())

    def hand_in(self) -> HandIn:
        return HandIn(self.memory.work, self.memory.postbox, self.memory.journal)

    def draft(self, session: Session, visit: Visit) -> Draft:
        """A claim of the training claimant, filled from card and register."""
        four = self.backend.city().resident_of(CLAIMANT).basic_four
        found = self.find().by_card(self.press(), session, visit, four)
        assert isinstance(found, Opened)
        hit = found.record.hit
        evidence = ConfirmPerson(self.memory.journal, DOCUMENTS).by_eye(
            self.press(), session, visit, ("driving_licence",)
        )
        mark = PersonMark(business_number=hit.business_number, name=hit.name)
        roles = RolesMark(presenter=mark, capacity="self", applicant=mark)
        relations = Relations.parse(read_toml("tables", "relations.toml"))
        prepare = PrepareApplication(self.memory.journal, relations, CAPACITIES)
        day = session.call(self.press()).day
        sources = Sources(MIHON, day, four, found.record)
        return prepare(self.press(), session, visit, CLAIM, (Parts(roles, (evidence,)), sources))


@pytest.fixture(scope="module")
def pc(office_process: Backend, keyring_home: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pc]:
    """The counter at terminal T-01: the desk knows one journal of each terminal."""
    seat = Seat(MIHON, "T-01", "1")
    made = open_pc(office_process, seat, tmp_path_factory.mktemp("pc"))
    yield made
    made.memory.close()
    made.office.close()


def open_pc(office_process: Backend, seat: Seat, folder: Path) -> Pc:
    tls = office_process.tls(seat.municipality, seat.terminal)
    office = open_office(f"https://127.0.0.1:{office_process.port}", tls, PASSPHRASE, seat)
    vault = Vault(f"madoguchi-test-{secrets.token_hex(6)}", SystemRandom())
    place = Place(folder, seat, BoxKey.generate().public, WEAK)
    memory = open_memory(place, vault, office.carrier, SystemClock(), SystemRandom())
    memory.postbox.start()
    return Pc(office_process, office, memory, seat)


def moved(pc: Pc) -> None:
    """The backend has come back at another port: the counter's address follows."""
    pc.office.line._client.base_url = f"https://127.0.0.1:{pc.backend.port}"


def test_a_clerk_signs_in_with_rights_and_a_wrong_password_says_no_more_than_no(pc: Pc) -> None:
    session = pc.sign_in("k1001")
    assert session.actor.staff_id == "k1001"
    assert Right("application.receive") in session.actor.rights
    assert session.municipality_name
    with pytest.raises(SignInRefused):
        pc.office.staff.sign_in(pc.press(), "k1001", Shown(secret("wrong")))
    with pytest.raises(SignInRefused):
        pc.office.staff.sign_in(pc.press(), "nobody", Shown(secret("wrong")))


def test_the_claim_is_filled_from_the_register_saved_and_received(pc: Pc) -> None:
    session = pc.sign_in("k1001")
    visit = pc.open_visit(session)
    draft = pc.draft(session, visit)
    assert draft.facts["claimant_name"] == "見本　花子"
    assert draft.facts["spouse_name"] == "見本　太郎"
    assert draft.facts["claim_reason"] == "birth"
    assert [row["child_name"] for row in draft.facts["children"]] == ["見本　芽生"]  # type: ignore[index, union-attr]
    save = SaveDraft(pc.memory.work, pc.memory.journal, pc.memory.copies)
    saved = save.with_copy(pc.press(), session, draft.changed(cursor="claimant_phone"))
    handed = pc.press()
    received = pc.hand_in()(handed, session, saved)
    assert isinstance(received, Received)
    assert received.receipt.receipt_date == session.call(handed).day
    assert pc.hand_in()(handed, session, saved) == received
    assert pc.memory.work.drafts() == ()
    assert pc.memory.postbox.waiting() == ()


def test_the_author_cannot_check_and_another_person_can(pc: Pc) -> None:
    session = pc.sign_in("k1001")
    visit = pc.open_visit(session)
    received = pc.hand_in()(pc.press(), session, pc.draft(session, visit))
    assert isinstance(received, Received)
    receipt = received.receipt
    step = CheckReception(application_id=receipt.application_id, version=receipt.version, outcome="passed")
    review = Review(pc.office.desk, pc.memory.journal)
    with pytest.raises((Refused, NotAllowed)):
        review.check_reception(pc.press(), session, step)
    pc.sign_out(session)
    other = pc.sign_in("c3001")
    entry = next(one for one in review.queue(pc.press(), other).entries if one.number == receipt.number)
    assert entry.author == session.actor.name
    view = review.open(pc.press(), other, receipt.application_id)
    assert view.evidence[0].method == "by_eye"
    assert review.check_reception(pc.press(), other, step).version > receipt.version


def test_a_change_of_the_register_is_entered_by_one_clerk_and_approved_by_another(pc: Pc) -> None:
    """S08-2, B2-2: over the line, with the rights of the training staff; the printer asks once more."""
    line, resident = pc.office.line, pc.backend.city().resident_of(CLAIMANT)
    part = PersonPart(business_number=resident.business_number, items=PersonItems(legal_kana="フリガナ　アリ"))
    day = business_date(SystemClock().now())
    filing = Filing(kind="legal_kana", reason="family_register_notice", filed_day=day, event_day=day, persons=(part,))
    examiner = pc.sign_in("r3002")
    row = HttpRegisterEntries(line).propose(pc.press(), examiner, ProposeEntry(entry_id="over-the-line", filing=filing))
    assert (row.state, row.may) == ("waiting", ("correct", "withdraw"))
    pc.sign_out(examiner)
    decider = pc.sign_in("r5002")
    seen = HttpRegisterDecisions(line).open_waiting(pc.press(), decider, row.entry_id, "")
    assert [one.item for one in seen.changes[0].items] == ["legal_kana"]
    refs = (EntryRef(entry_id=row.entry_id, version=row.version),)
    looked = tuple(one.check for one in row.findings)
    asked = ApproveEntries(entries=refs, confirmed=looked)
    (done,) = HttpRegisterDecisions(line).approve(pc.press(), decider, asked).rows
    assert done.outcome == "approved"
    wanted = AskHistory(business_number=resident.business_number)
    assert HttpRegisterHistory(line).history(pc.press(), decider, wanted).lines[0].entry_id == row.entry_id
    pc.sign_out(decider)
    clerk, leave = pc.sign_in("g2001"), HttpIssueLeave(line)
    issue = AskIssue(persons=(resident.business_number,), capacity="self", presenter=resident.business_number)
    verdict = leave.judge(pc.press(), clerk, issue)
    assert leave.check_print(pc.press(), clerk, CheckPrint(asked=issue, basis=verdict.basis)).proof
    with pytest.raises(NotAllowed):
        HttpRestraints(line).measures(pc.press(), clerk, "")
    pc.sign_out(clerk)


def test_a_copy_and_a_seal_go_over_the_line_and_their_paper_is_whole(pc: Pc) -> None:
    """S08-5, S08-8: with the rights of the training staff; what the page says is in the answer of the printer only."""
    clerk, four = pc.sign_in("g2001"), pc.backend.city().resident_of(CLAIMANT).basic_four
    visit = pc.open_visit(clerk)
    found = pc.find().by_card(pc.press(), clerk, visit, four)
    assert isinstance(found, Opened)
    own, name = found.record.hit.business_number, found.record.hit.name
    seen = (ConfirmPerson(pc.memory.journal, DOCUMENTS).by_eye(pc.press(), clerk, visit, ("driving_licence",)),)
    who = {"capacity": "self", "presenter_name": name, "presenter": own, "evidence": seen}
    wanted = RegisterSeal(
        seal_id="over-the-line", business_number=own, way="own_photo", text=name, shape="clear", imprint=imprint(15),
        **who,
    )  # fmt: skip
    card = pc.office.seals.register(pc.press(), clerk, wanted).row.card
    asked = AskCertificate(kind="seal_certificate", persons=(own,), card=card, visit_id=visit.visit_id, **who)
    draft = pc.office.certificates.draft(pc.press(), clerk, asked)
    issue = IssueCopies(asked=asked, basis=draft.basis, confirmed=draft.findings)
    row = pc.office.certificates.issue(pc.press(), clerk, issue).rows[0]
    copy = PrintCopy(number=row.number, version=row.version)
    made = pc.office.certificates.print(pc.press(), clerk, copy)
    assert (made.page.picture, draft.page.picture, made.row.state) == (imprint(15), b"", "printed")
    with pytest.raises(Refused, match="already_printed"):
        pc.office.certificates.print(pc.press(), clerk, copy)
    assert [one.number for one in pc.office.certificates.copies(pc.press(), clerk, visit.visit_id).rows] == [row.number]
    pc.sign_out(clerk)


def test_the_book_and_the_till_go_over_the_line_with_the_certificates_of_the_window(pc: Pc) -> None:
    """Post is received on the day it arrived; what the register took at this terminal stands in its till."""
    clerk, day = pc.sign_in("g2001"), business_date(SystemClock().now())
    book = TendBook(HttpBook(pc.office.line), pc.memory.journal)
    till = KeepTill(HttpTill(pc.office.line), pc.memory.journal)
    person = PersonMark(business_number="", name="見本　花子")
    post = ReceiveOutside(
        application_id="by-post", procedure="move_out_notification", channel="post", arrived_on=day,
        roles=RolesMark(presenter=person, capacity="self", applicant=person), facts={},
    )  # fmt: skip
    receipt = book.receive(pc.press(), clerk, post)
    number = receipt.number.partition("-")[2]
    (row,) = book.page(pc.press(), clerk, AskBook(number=number)).rows
    assert (row.number, row.channel, receipt.consequence) == (receipt.number, "post", "notice_by_post")
    card = book.card(pc.press(), clerk, "by-post")
    taken = GiveCase(application_id="by-post", owner="g2001", version=card.row.version)
    assert book.change(pc.press(), clerk, taken).proof
    here = HandOver(handover_id="h", application_id="by-post", to_section=card.row.section, note="")
    with pytest.raises(Refused, match="hand_over_here"):
        book.change(pc.press(), clerk, here)
    assert book.board(pc.press(), clerk, AskBoard()).today == day
    before = till.till(pc.press(), clerk)
    assert {"seal_certificate", "seal_registration"} <= {one.kind for one in before.rows}
    done = till.change(pc.press(), clerk, TakeFee(fee_id="over-the-line", kind="card_reissue", count=1))
    assert till.till(pc.press(), clerk).total == before.total + done.yen == before.total + 800
    counted = till.close(pc.press(), clerk, CloseTill(counted=before.total + 800, total=before.total + 800))
    with pytest.raises(Refused, match="second_person"):
        till.close(pc.press(), clerk, SignClosing(position=counted.position, version=counted.version))
    pc.sign_out(clerk)


def locked_and_unlocked(pc: Pc, session: Session, visit: Visit) -> None:
    Lock(pc.memory.work, pc.memory.terminal, pc.memory.journal)(pc.press(), session, Why.ASKED, visit.visit_id)
    unlock = Unlock(pc.door, pc.memory.work, pc.memory.terminal, pc.memory.journal)
    unlock(pc.press(), session, Given(pc.backend.setup.team().password))


def test_with_the_backend_killed_the_work_is_kept_and_sent_later_once(pc: Pc) -> None:
    session = pc.sign_in("k1001")
    visit = pc.open_visit(session)
    draft = pc.draft(session, visit)
    wait_for(lambda: pc.memory.postbox.waiting() == (), "the visit's opening to arrive")
    pc.backend.kill()
    handed = pc.press()
    try:
        kept = pc.hand_in()(handed, session, draft)
        assert isinstance(kept, Kept)
        assert kept.cause == "office.unreachable"
        assert kept.receipt_date == session.call(handed).day
        locked_and_unlocked(pc, session, visit)
        assert [mark.handed_in for mark in pc.memory.work.drafts()] == [True]
        with pytest.raises(Unreachable):
            pc.find().by_entry(pc.press(), session, visit, SearchByFour(name="見本　花子"))
    finally:
        pc.backend.start()
    moved(pc)
    pc.memory.postbox.serve(session)
    wait_for(lambda: pc.memory.postbox.waiting() == (), "the application to arrive")
    (answer,) = pc.memory.work.arrived()
    assert answer.receipt.application_id == draft.draft_id
    assert pc.memory.work.drafts() == ()
    assert isinstance(pc.hand_in()(handed, session, draft), Received)
    assert pc.memory.work.drafts() == ()
    pc.sign_out(session)
    queue = Review(pc.office.desk, pc.memory.journal).queue(pc.press(), pc.sign_in("c3001"))
    assert [one.application_id for one in queue.entries].count(draft.draft_id) == 1


def test_the_supervisor_reads_what_was_done_at_the_terminal_and_the_desk_as_one(pc: Pc) -> None:
    session = pc.sign_in("k1001")
    visit = pc.open_visit(session)
    assert isinstance(pc.find().by_entry(pc.press(), session, visit, SearchByFour(name="どこにもいない　人")), Nobody)
    CloseVisit(pc.memory.journal)(pc.press(), session, visit)
    wait_for(lambda: pc.memory.sync.synced() == pc.memory.journal.size, "the journal to arrive")
    assert pc.memory.postbox.alarm() is None
    pc.sign_out(session)
    boss = pc.sign_in("v6001")
    timeline = ReadTimeline(pc.office.desk, pc.memory.journal)(pc.press(), boss, visit.visit_id)
    acts = [(entry.source, entry.act) for entry in timeline.entries]
    assert ("terminal", "visit.opened") in acts
    assert ("terminal", "register.searched") in acts
    assert ("terminal", "visit.closed") in acts
    assert any(source == "desk" for source, _ in acts)
    assert [entry.at for entry in timeline.entries] == sorted(entry.at for entry in timeline.entries)
    assert pc.memory.sync.seen(MIHON) is not None
    assert pc.memory.journal.faults() == ()


def test_a_session_that_was_closed_is_no_use_any_more(pc: Pc) -> None:
    session = pc.sign_in("g2001")
    token = secret(session.token.text())
    pc.sign_out(session)
    from dataclasses import replace

    from app.errors import SessionEnded

    with pytest.raises(SessionEnded):
        Review(pc.office.desk, pc.memory.journal).queue(pc.press(), replace(session, token=token))
