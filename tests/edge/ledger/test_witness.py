"""The ledger slice cosigns logs that only grew; a log that takes something back is found at its next look."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, update

from app.backend.ledger.http import endpoints
from app.backend.ledger.service import REVIEW, Counters, LedgerService
from app.backend.ledger.store import HISTORY, METADATA, LedgerStore
from app.domain.call import Call
from app.domain.rights import Actor, Right
from app.durable.engine import Database, open_database
from app.durable.logbook import LogBook
from app.durable.migrate import migrate
from app.errors import NotAllowed, StoreBusy
from app.server.ledgers import LocalLogs
from app.server.parts import SliceLedger
from app.trust.checkpoint import WITNESS, log_key, open_checkpoint, origin_of, sign_checkpoint
from app.trust.merkle import grow, leaf_hash, load_tree
from app.trust.note import TIMED, NoteKey, parse_note
from app.trust.proofs import extends
from app.trust.receipt import Receipt
from app.trust.sign import SigningKey
from app.wire.ledger import AskGrowth, AskReceipt, AskWitnessed
from tests.edge.ledger.books import HERE, NOW, THERE, Ledger, act
from tests.support.stores import StoreAddresses

REVIEWER = Actor(HERE, "S-9", "", "", "T-1", (Right(REVIEW),))
CALL = Call(REVIEWER, "trace", "key", NOW)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0


@dataclass
class Office:
    """Two slices and their witness, each on its own store."""

    desk: Ledger
    relay: Ledger
    database: Database
    service: LedgerService
    key: SigningKey
    clock: Clock
    counters: Counters


def _logs(ledger: Ledger, name: str) -> LocalLogs:
    return LocalLogs(SliceLedger(ledger.database, LogBook(name, ledger.tables, ledger.cells), ledger.key))


@pytest.fixture
def office(store_addresses: StoreAddresses) -> Iterator[Office]:
    desk, relay = Ledger(store_addresses("desk")), Ledger(store_addresses("relay"), "relay")
    database = open_database(store_addresses("ledger"))
    migrate(database, HISTORY, METADATA)
    key, clock = SigningKey.generate(), Clock()
    slices = [_logs(desk, "desk"), _logs(relay, "relay")]
    book = LedgerStore(database)
    counters = Counters(book, slices, lambda *_: None, clock)
    yield Office(desk, relay, database, LedgerService(book, slices, key, clock), key, clock, counters)
    for opened in (desk.database, relay.database, database):
        opened.close()


def _alarms(office: Office) -> list[tuple[str, str, int]]:
    return [(row.log, row.kind, row.size) for row in office.service.witnessed(CALL, AskWitnessed()).alarms]


def _roll_back(ledger: Ledger, size: int) -> None:
    """Set a log back to ``size`` leaves, under a checkpoint the slice itself signed: what an old backup looks like."""

    def work(connection: Connection) -> None:
        kept = [leaf_hash(found.entry) for found in ledger.book.kept(connection, HERE)][:size]
        nodes = dict(grow(load_tree(0, lambda _: {}), kept).nodes)
        tree = load_tree(size, lambda wanted: {node: nodes[node] for node in wanted})
        leaf, node, head = ledger.tables.leaf, ledger.tables.node, ledger.tables.head
        connection.execute(delete(leaf).where(leaf.c.municipality == HERE, leaf.c.position >= size))
        for made in [n for n in _all_nodes(ledger, connection) if n not in nodes]:
            here = (node.c.municipality == HERE, node.c.level == made[0], node.c.position == made[1])
            connection.execute(delete(node).where(*here))
        signed = sign_checkpoint(origin_of("desk", HERE), tree, ledger.key)
        values = {"size": size, "edge": b"".join(tree.edge), "checkpoint": signed}
        connection.execute(update(head).where(head.c.municipality == HERE).values(**values))

    ledger.database.write(work)


def _all_nodes(ledger: Ledger, connection: Connection) -> list[tuple[int, int]]:
    node = ledger.tables.node
    return [(row.level, row.position) for row in connection.execute(node.select().where(node.c.municipality == HERE))]


def test_every_log_that_grew_is_cosigned_and_given_back(office: Office) -> None:
    office.desk.write(act(0), act(1, THERE))
    office.relay.write(act(2))
    assert office.service.collect() == 3
    assert office.service.collect() == 0
    witnessed = office.service.witnessed(CALL, AskWitnessed())
    assert [(row.log, row.size) for row in witnessed.logs] == [("desk", 1), ("relay", 1)]
    note = parse_note(witnessed.logs[0].note.encode())
    assert note.signed_by(log_key(origin_of("desk", HERE), office.desk.key.public))
    assert note.cosigned_at(NoteKey(WITNESS, office.key.public, TIMED)) == NOW
    assert office.desk.database.read(lambda c: office.desk.book.cosigned(c, HERE)) == (note.to_bytes(),)


def test_a_log_is_witnessed_again_when_it_has_grown(office: Office) -> None:
    for size in range(1, 9):
        office.desk.write(act(size))
        office.clock.at = NOW + timedelta(minutes=size)
        assert office.service.collect() == 1
    (row,) = office.service.witnessed(CALL, AskWitnessed()).logs
    assert (row.size, row.at) == (8, NOW + timedelta(minutes=8))
    assert _alarms(office) == []


def test_a_log_that_is_set_back_to_yesterday_is_found(office: Office) -> None:
    office.desk.write(*(act(number) for number in range(7)))
    office.service.collect()
    _roll_back(office.desk, 5)
    assert office.service.collect() == 0
    assert office.service.collect() == 0
    assert _alarms(office) == [("desk", "rolled_back", 5)]


def test_a_log_that_is_set_back_and_written_on_is_found(office: Office) -> None:
    office.desk.write(*(act(number) for number in range(7)))
    office.service.collect()
    _roll_back(office.desk, 5)
    office.desk.write(*(act(number) for number in range(20, 24)))
    assert office.service.collect() == 0
    assert _alarms(office) == [("desk", "forked", 9)]
    (row,) = office.service.witnessed(CALL, AskWitnessed()).logs
    assert row.size == 7


def test_a_log_signed_by_another_key_is_not_cosigned(office: Office) -> None:
    office.desk.write(act(0))
    stranger = _under_another_key(office.desk)
    service = LedgerService(LedgerStore(office.database), [stranger], office.key, office.clock)
    assert service.collect() == 0
    assert _alarms(office) == [("desk", "checkpoint_signature", 0)]


def _under_another_key(ledger: Ledger) -> LocalLogs:
    book = LogBook("desk", ledger.tables, ledger.cells)
    return LocalLogs(SliceLedger(ledger.database, book, SigningKey.generate()))


def test_two_witnessing_processes_cosign_a_log_once(office: Office) -> None:
    office.desk.write(act(0))
    book = LedgerStore(office.database)
    other = LedgerService(book, [_logs(office.desk, "desk")], office.key, office.clock)
    assert office.service.collect() + other.collect() == 1
    newest = book.read(lambda unit: unit.newest(HERE, "desk"))
    assert newest is not None
    assert not book.write(lambda unit: unit.add(replace(newest, size=5)))


class OutOfReach(LocalLogs):
    """A slice that can't be asked now."""

    def municipalities(self) -> tuple[str, ...]:
        raise StoreBusy


def test_a_slice_out_of_reach_does_not_stop_the_others(office: Office) -> None:
    office.desk.write(act(0))
    office.relay.write(act(0))
    away = OutOfReach(SliceLedger(office.relay.database, office.relay.book, office.relay.key))
    service = LedgerService(LedgerStore(office.database), [away, _logs(office.desk, "desk")], office.key, office.clock)
    assert service.collect() == 1


def _verdict(office: Office, receipt: Receipt) -> tuple[str, str, bool]:
    said = office.service.check(CALL, AskReceipt(receipt=receipt.to_bytes().decode()))
    return said.verdict, said.reason, said.is_witnessed


def test_a_receipt_is_verified_and_said_to_be_witnessed_or_not_yet(office: Office) -> None:
    (receipt,) = office.desk.write(act(0))
    assert _verdict(office, receipt) == ("verified", "", False)
    office.desk.write(act(1))
    office.service.collect()
    assert _verdict(office, receipt) == ("verified", "", True)
    assert _verdict(office, replace(receipt, index=1)) == ("failed", "inclusion", False)
    (elsewhere,) = office.desk.write(act(0, THERE))
    assert _verdict(office, elsewhere) == ("not_checked", "unknown_log", False)
    assert office.service.check(CALL, AskReceipt(receipt="nothing")).reason == "receipt_format"


def test_a_receipt_for_what_was_taken_back_is_not_witnessed(office: Office) -> None:
    office.desk.write(*(act(number) for number in range(7)))
    _roll_back(office.desk, 5)
    (receipt,) = office.desk.write(act(30))
    _roll_back(office.desk, 5)
    office.desk.write(act(31), act(32))
    office.service.collect()
    assert _verdict(office, receipt) == ("verified", "", False)


def test_the_growth_of_a_log_is_proved_to_whoever_remembers_an_older_checkpoint(office: Office) -> None:
    office.desk.write(*(act(number) for number in range(3)))
    key = log_key(origin_of("desk", HERE), office.desk.key.public)
    before = open_checkpoint(office.desk.database.read(lambda c: office.desk.book.checkpoint(c, HERE)), key)
    office.desk.write(*(act(number) for number in range(3, 20)))
    office.service.collect()
    said = office.service.growth(CALL, AskGrowth(log="desk", first=3))
    after = open_checkpoint(said.note.encode(), key)
    assert extends((before.size, before.root), (after.size, after.root), said.proof)
    for log, first in (("desk", 21), ("desk", -1), ("staff", 0), ("relay", 0)):
        with pytest.raises(NotAllowed):
            office.service.growth(CALL, AskGrowth(log=log, first=first))


def test_nobody_without_the_right_to_review_learns_anything(office: Office) -> None:
    call = replace(CALL, actor=replace(REVIEWER, rights=()))
    for offered in endpoints(office.service, office.counters)[1:]:
        assert offered.act == REVIEW
    for ask in (
        lambda: office.service.witnessed(call, AskWitnessed()),
        lambda: office.service.check(call, AskReceipt(receipt="")),
        lambda: office.service.growth(call, AskGrowth(log="desk", first=0)),
    ):
        with pytest.raises(NotAllowed):
            ask()
