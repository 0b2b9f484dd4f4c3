"""Power cuts at the counter: acts, drafts and hand-ins, deliveries; on terminal.db and a clerk's file of work."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy import select

from app.domain.act import Act
from app.domain.clock import SystemClock, SystemRandom
from app.domain.secret import Secret, secret
from app.errors import Unreachable
from app.services.ports.memory import Kind, Outgoing
from app.services.ports.office import Carriage, Shown
from app.services.ports.seat import Seat, Session, press
from app.store.memory import Memory, Place, open_memory
from app.store.tables import outgoing
from app.store.vault import Vault
from app.trust.seal import BoxKey
from app.trust.sign import SigningKey
from app.wire import desk
from app.wire.draft import Draft
from app.wire.parcel import Parcel
from tests.fakes.office import FakeDesk, FakeStaff, Line
from tests.support.counter_memory import PASSWORDS, WEAK
from tests.support.powercut.record import Marks
from tests.support.powercut.scenario import Given, last, words
from tests.support.slices import KITA

CLERK, PERSON = "c001", desk.PersonMark(business_number="123", name="見本　花子")
SEAT = Seat(KITA, "kita-1", "3")
ACTS, CLAIMS = 11, 4
_CLOCK, _RANDOM = SystemClock(), SystemRandom()


class MarkedDesk(FakeDesk):
    """A desk on other disks than this PC's: what it has taken stays taken. It says when it took something."""

    def __init__(self, line: Line, given: Given, marks: Marks | None = None) -> None:
        super().__init__(line, KITA, _CLOCK)
        self.box = BoxKey.from_bytes(Secret(bytes.fromhex(given["box"])))
        self.signing = SigningKey.from_pem(given["signing"].encode(), None)
        self._marks = marks

    def carry(self, session: Session, way: Carriage, parcel: Parcel) -> bytes:
        answer = super().carry(session, way, parcel)
        self._say(f"took {way.key} {answer.hex()}")
        return answer

    def sync_journal(self, session: Session, way: Carriage, gained: desk.SyncJournal) -> desk.JournalKept:
        kept = super().sync_journal(session, way, gained)
        self._say(f"kept {kept.size}")
        return kept

    def _say(self, text: str) -> None:
        if self._marks is not None:
            self._marks.say(text)


class ResumedDesk(MarkedDesk):
    """The same desk when the PC comes back: it gives the answers that it gave."""

    def __init__(self, line: Line, given: Given, taken: list[str]) -> None:
        super().__init__(line, given)
        self.before = {key: bytes.fromhex(answer) for key, _, answer in (text.partition(" ") for text in taken)}
        self.again: list[str] = []

    def carry(self, session: Session, way: Carriage, parcel: Parcel) -> bytes:
        if way.key in self.before:
            self.again.append(way.key)
            return self.before[way.key]
        return super().carry(session, way, parcel)

    def sync_journal(self, session: Session, way: Carriage, gained: desk.SyncJournal) -> desk.JournalKept:
        """Not asked for here: this desk has no journal of the time before the cut."""
        raise Unreachable


class OftenAsked(Vault):
    """The real keyring, asked once for each key: it lies on no disk that is cut, and every cut asks for the same."""

    known: ClassVar[dict[tuple[str, str], bytes]] = {}

    def find(self, name: str) -> Secret | None:
        place = (self._service, name)
        if place not in self.known:
            found = super().find(name)
            if found is None:
                return None
            self.known[place] = found.reveal()
        return Secret(self.known[place])


@dataclass
class Counter:
    """The counter's memory on ``folder``, with its office."""

    memory: Memory
    desk: FakeDesk
    line: Line

    def at_work(self) -> Session:
        staff = FakeStaff(Line(), SEAT, _CLOCK, dict(PASSWORDS))
        session = staff.sign_in(press(_CLOCK, _RANDOM), CLERK, Shown(secret(PASSWORDS[CLERK])))
        self.memory.work.open(CLERK, secret(PASSWORDS[CLERK]), None)
        self.memory.postbox.serve(session)
        return session

    def write(self, kind: str, visit: str, *items: Outgoing) -> None:
        act = Act(kind, _CLOCK.now(), KITA, CLERK, SEAT.terminal, "t1", visit=visit)
        self.memory.journal.write(act, *items)

    def laid_down(self) -> list[str]:
        """Every item that was ever put in, delivered or not."""
        return list(self.memory.terminal.database.read(lambda c: c.execute(select(outgoing.c.item_id)).scalars().all()))

    def acts(self) -> list[tuple[str, str]]:
        journal = self.memory.journal

        def read(connection) -> list[tuple[str, str]]:
            kept = journal.book.kept(connection, KITA)
            return [(one.kind, one.visit) for one in (journal.book.act(connection, KITA, each) for each in kept)]

        return self.memory.terminal.database.read(read)


class AtTheCounter:
    """What scenarios of a counter share."""

    def given(self) -> Given:
        return {
            "service": f"madoguchi-cut-{secrets.token_hex(6)}",
            "recovery": BoxKey.generate().public.hex(),
            "box": BoxKey.generate().to_bytes().reveal().hex(),
            "signing": SigningKey.generate().to_pem(None).decode(),
        }

    def open(self, folder: Path, given: Given, desk_of: type[FakeDesk] | None, *more: object) -> Counter:
        line = Line()
        office = (desk_of or MarkedDesk)(line, given, *more)
        place = Place(folder / "counter", SEAT, bytes.fromhex(given["recovery"]), WEAK)
        memory = open_memory(place, OftenAsked(given["service"], _RANDOM), office, _CLOCK, _RANDOM)
        return Counter(memory, office, line)


class Acts(AtTheCounter):
    """Acts are written, and brought to the desk now and then. No act that was acknowledged is lost, none twice."""

    def record(self, folder: Path, given: Given, marks: Marks) -> None:
        counter = self.open(folder, given, MarkedDesk, marks)
        counter.at_work()
        for number in range(ACTS):
            counter.write("visit.opened", f"v{number}")
            marks.say(f"act {number}")
            if number % 5 == 4:
                counter.memory.postbox.turn()
        counter.memory.close()

    def judge(self, folder: Path, given: Given, said: tuple[str, ...]) -> None:
        counter = self.open(folder, given, None)
        try:
            acts = [visit for _, visit in counter.acts()]
            assert acts == [f"v{number}" for number in range(len(acts))], acts
            assert len(acts) > last(said, "act"), f"{len(acts)} acts, number {last(said, 'act')} was acknowledged"
            assert len(acts) >= last(said, "kept"), "the desk has more of the journal than this PC"
            assert counter.memory.sync.synced() <= max(last(said, "kept"), 0)
            counter.write("visit.opened", "after")
            assert counter.memory.journal.faults() == ()
        finally:
            counter.memory.close()


class HandIns(AtTheCounter):
    """Drafts are saved and handed in while the office can't be reached; nothing leaves the PC."""

    def record(self, folder: Path, given: Given, marks: Marks) -> None:
        counter = self.open(folder, given, MarkedDesk)
        counter.at_work()
        counter.line.is_down = True
        for number in range(CLAIMS):
            saved = a_draft(number)
            counter.memory.work.save(saved)
            marks.say(f"saved {number}")
            counter.write("application.handed_in", f"v{number}", a_claim(number))
            marks.say(f"handed {number}")
            counter.memory.work.handed_in(saved.draft_id, f"i{number}")
            marks.say(f"noted {number}")
        counter.memory.close()

    def judge(self, folder: Path, given: Given, said: tuple[str, ...]) -> None:
        counter = self.open(folder, given, None)
        try:
            acts = [visit for kind, visit in counter.acts() if kind == "application.handed_in"]
            waiting = [state.subject for state in counter.memory.postbox.waiting()]
            assert acts == waiting, "act and parcel are kept together or not at all"
            assert len(waiting) > last(said, "handed"), "a hand-in is lost"
            assert counter.memory.journal.faults() == ()
            counter.memory.work.open(CLERK, secret(PASSWORDS[CLERK]), None)
            drafts = {mark.draft_id: mark.handed_in for mark in counter.memory.work.drafts()}
            assert set(drafts) >= {f"d{number}" for number in range(last(said, "saved") + 1)}, "a draft is lost"
            assert all(drafts[f"d{number}"] for number in range(last(said, "noted") + 1))
            assert all(counter.memory.work.draft(name).facts["n"] == int(name[1:]) for name in drafts)
        finally:
            counter.memory.close()


class Deliveries(AtTheCounter):
    """What waits is delivered: after the cut the rest is, and the desk has each once, under its one key."""

    def record(self, folder: Path, given: Given, marks: Marks) -> None:
        counter = self.open(folder, given, MarkedDesk, marks)
        counter.at_work()
        for number in range(CLAIMS):
            counter.write("application.handed_in", f"v{number // 2}", a_claim(number))
            marks.say(f"handed {number}")
            if number % 3 == 2:
                while counter.memory.postbox.turn():
                    pass
                marks.say(f"told {number}")
        counter.memory.close()

    def judge(self, folder: Path, given: Given, said: tuple[str, ...]) -> None:
        taken = words(said, "took")
        counter = self.open(folder, given, ResumedDesk, taken)
        office = counter.desk
        assert isinstance(office, ResumedDesk)
        try:
            had = counter.laid_down()
            assert set(had) >= {f"i{number}" for number in range(last(said, "handed") + 1)}, "a hand-in is lost"
            if not had:
                return
            told = [f"i{number}" for number in range(last(said, "told") + 1)]
            open_ones = {state.item_id for state in counter.memory.postbox.waiting()}
            assert not open_ones & set(told), "what was closed is open again"
            counter.at_work()
            while counter.memory.postbox.waiting():
                counter.memory.terminal.database.write(_free)
                counter.memory.postbox.turn()
            fresh = [key for key, _, _ in office.arrived]
            assert sorted([*office.before, *fresh]) == sorted(had), "not each of them once"
            answered = {arrived.item_id for arrived in counter.memory.work.arrived()}
            assert answered == set(had), f"receipts: {sorted(answered)} of {sorted(had)}"
        finally:
            counter.memory.close()


def _free(connection) -> None:
    """As after the end of the lease that the cut program held."""
    from sqlalchemy import update

    from app.store.tables import OUTBOX

    now = _CLOCK.now()
    connection.execute(update(OUTBOX).values(lease_until=now, next_at=now))


def a_draft(number: int) -> Draft:
    facts = {"n": number}
    return Draft(
        draft_id=f"d{number}",
        visit_id=f"v{number}",
        procedure="p",
        procedure_version=1,
        saved_at=_CLOCK.now(),
        facts=facts,
    )


def a_claim(number: int) -> Outgoing:
    message = desk.HandIn(
        application_id=f"a{number}",
        visit_id=f"v{number}",
        procedure="p",
        roles=desk.RolesMark(presenter=PERSON, capacity="self", applicant=PERSON),
        facts={"claimant_name": PERSON.name},
        evidence=(),
        reached_at=_CLOCK.now(),
    )
    return Outgoing(f"i{number}", CLERK, f"v{number}", Kind.HAND_IN, message)
