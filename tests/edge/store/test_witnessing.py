"""Counters are witnesses (R-032, R-052): they hold every slice's log against what they saw, cosign, and tell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from app.backend.ledger.service import REVIEW, Counters, LedgerService
from app.backend.ledger.service.terminals import MEET
from app.backend.ledger.store import HISTORY, METADATA, LedgerStore
from app.domain.call import Call
from app.domain.clock import SystemRandom
from app.domain.rights import Right
from app.durable.engine import Database, open_database
from app.durable.migrate import migrate
from app.errors import LedgerError, NotAllowed
from app.server.ledgers import LocalLogs
from app.server.parts import SliceLedger
from app.services.ports.office import Carriage
from app.services.ports.seat import Session
from app.store.witnessing import Witnessing
from app.trust.checkpoint import origin_of
from app.trust.note import TIMED, NoteKey, parse_note
from app.trust.sign import SigningKey
from app.wire.ledger import AskWitnessed, MeetLogs, OfferedLogs
from tests.edge.ledger.books import HERE, Ledger, act
from tests.edge.ledger.test_witness import _roll_back
from tests.support.counter_memory import CounterPc
from tests.support.stores import sqlcipher_addresses

pytestmark = pytest.mark.keyring


@dataclass
class Slices:
    """The desk's log and its witness; ``meet`` is what a counter calls."""

    desk: Ledger
    database: Database
    service: LedgerService
    counters: Counters
    pc: CounterPc

    def meet(self, session: Session, way: Carriage, asked: MeetLogs) -> OfferedLogs:
        actor = replace(session.actor, rights=(Right(MEET), Right(REVIEW)))
        return self.counters.meet(Call(actor, way.trace, way.key, self.pc.clock.now()), asked)

    def call(self) -> Call:
        actor = replace(self.pc.session().actor, rights=(Right(REVIEW),))
        return Call(actor, "trace", "key", self.pc.clock.now())

    def grow(self, count: int = 1) -> None:
        self.desk.write(*(act(number) for number in range(count)))
        self.service.collect()

    def alarms(self) -> list[tuple[str, str]]:
        return [(one.log, one.kind) for one in self.service.witnessed(self.call(), AskWitnessed()).alarms]


@pytest.fixture
def slices(pc: CounterPc, tmp_path) -> Iterator[Slices]:
    assert pc.seat.municipality == HERE
    addresses = sqlcipher_addresses(tmp_path / "slices")
    desk, database = Ledger(addresses("desk"), "desk", pc.clock), open_database(addresses("ledger"))
    migrate(database, HISTORY, METADATA)
    book, logs = LedgerStore(database), [LocalLogs(SliceLedger(desk.database, desk.book, desk.key))]
    keys = {pc.seat.terminal: pc.memory.terminal.signing.public}
    counters = Counters(book, logs, lambda _, terminal: keys.get(terminal), pc.clock)
    yield Slices(desk, database, LedgerService(book, logs, SigningKey.generate(), pc.clock), counters, pc)
    desk.database.close()
    database.close()


@pytest.fixture
def witnessing(slices: Slices) -> Witnessing:
    memory = slices.pc.memory
    return Witnessing(memory.terminal, memory.journal, slices, slices.pc.clock, SystemRandom())


def _turn(slices: Slices, witnessing: Witnessing) -> None:
    slices.pc.clock.move(minutes=2)
    witnessing.turn(slices.pc.session())


def test_a_counters_cosignature_travels_back_and_is_kept_by_the_slice(slices: Slices, witnessing: Witnessing) -> None:
    slices.grow(3)
    _turn(slices, witnessing)
    slices.grow()
    _turn(slices, witnessing)
    name = origin_of(f"terminal.{slices.pc.seat.terminal}", HERE)
    witness = NoteKey(name, slices.pc.memory.terminal.signing.public, TIMED)
    (first, second) = slices.desk.database.read(lambda c: slices.desk.book.cosigned(c, HERE))
    assert parse_note(first).cosigned_at(witness) is not None
    assert parse_note(second).cosigned_at(witness) is None
    _turn(slices, witnessing)
    (_, second) = slices.desk.database.read(lambda c: slices.desk.book.cosigned(c, HERE))
    assert parse_note(second).cosigned_at(witness) is not None
    assert slices.alarms() == []


@pytest.mark.parametrize(("more", "kind"), [(0, "log_rolled_back"), (6, "log_forked")])
def test_a_log_set_back_together_with_its_own_witness_is_told_by_the_counter(
    slices: Slices, witnessing: Witnessing, more: int, kind: str
) -> None:
    """The backend is brought back whole, witness and all: only somebody outside can know."""
    slices.grow(7)
    _turn(slices, witnessing)
    _roll_back(slices.desk, 5)
    slices.database.write(lambda c: c.exec_driver_sql("DELETE FROM witnessed"))
    slices.grow(more) if more else slices.service.collect()
    for _ in range(2):
        with pytest.raises(LedgerError) as told:
            _turn(slices, witnessing)
        assert told.value.data["kind"] == kind
    assert ("desk", f"seen_{kind}") in slices.alarms()
    kinds = [one.kind for one in slices.pc.memory.journal.acts_of_visit("")]
    assert kinds.count("ledger.alarm") == 1


def test_between_two_meetings_an_alarm_stays(slices: Slices, witnessing: Witnessing) -> None:
    slices.grow(7)
    _turn(slices, witnessing)
    _roll_back(slices.desk, 5)
    slices.database.write(lambda c: c.exec_driver_sql("DELETE FROM witnessed"))
    slices.service.collect()
    with pytest.raises(LedgerError):
        _turn(slices, witnessing)
    with pytest.raises(LedgerError):
        witnessing.turn(slices.pc.session())


def test_a_log_under_another_key_than_at_first_is_told(slices: Slices, witnessing: Witnessing) -> None:
    slices.grow(2)
    _turn(slices, witnessing)
    stranger = LocalLogs(SliceLedger(slices.desk.database, slices.desk.book, SigningKey.generate()))
    slices.counters = Counters(LedgerStore(slices.database), [stranger], lambda *_: None, slices.pc.clock)
    with pytest.raises(LedgerError) as told:
        _turn(slices, witnessing)
    assert told.value.data["kind"] == "log_key_changed"


def test_a_cosignature_of_a_terminal_that_is_not_known_or_of_other_bytes_is_not_kept(slices: Slices) -> None:
    slices.grow(2)
    session, way = slices.pc.session(), Carriage("t", "k")
    note = slices.meet(session, way, MeetLogs()).logs[0].note
    for text in (note, "junk", note.replace("\n2\n", "\n3\n")):
        slices.meet(session, way, MeetLogs(cosigned=(text,)))
    (kept,) = slices.desk.database.read(lambda c: slices.desk.book.cosigned(c, HERE))
    assert kept.decode() == note
    with pytest.raises(NotAllowed):
        slices.counters.meet(slices.call(), MeetLogs())
