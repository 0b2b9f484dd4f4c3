"""Hourly time stamps by a complete stamper over HTTP: proved, kept, exported, and never in anybody's way."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from app.admin.ledger import export, verify
from app.backend.ledger.service import LedgerService, Stamping
from app.backend.ledger.store import HISTORY, METADATA, TABLES, LedgerStore
from app.domain.clock import SystemClock
from app.durable.cells import Cells
from app.durable.engine import Database, open_database
from app.durable.logbook import LogBook
from app.durable.migrate import migrate
from app.errors import LedgerError, Unreachable
from app.link.status_line import StatusLine
from app.server.ledgers import LocalLogs
from app.server.parts import SliceLedger
from app.server.stamper import HttpStamper
from app.settings import StamperPlace
from app.standin.stamper.answers import StampAnswers
from app.standin.stamper.authority import StampKeys, make_keys
from app.standin.stamper.der import tagged
from app.standin.stamper.server import StampServer
from app.trust.manifest import STAMPS
from app.trust.seal import new_key
from app.trust.sign import SigningKey
from app.trust.stamp import ask_stamp, open_stamp, stamped_bytes
from app.wire.ledger import AskWitnessed
from tests.edge.ledger.books import HERE, NOW, Ledger, act
from tests.edge.ledger.test_witness import CALL
from tests.support.process import program
from tests.support.slices import MovedClock
from tests.support.stores import StoreAddresses

NOTE = b"madoguchi/desk/011002\n3\nAAAA\n\n\xe2\x80\x94 somebody AAAA\n"


@dataclass
class Stamped:
    """A slice, its witness, and a stamper whose clock is theirs."""

    desk: Ledger
    clock: MovedClock
    witness: LedgerService
    database: Database
    stamping: Stamping
    server: StampServer
    keys: StampKeys
    signing: SigningKey

    def logs(self) -> list[SliceLedger]:
        """Of slice and witness, as an export reads them."""
        own = LogBook("ledger", TABLES.leaves, Cells(TABLES.keys, new_key(), self.clock))
        desk = SliceLedger(self.desk.database, self.desk.book, self.desk.key)
        return [desk, SliceLedger(self.database, own, self.signing)]

    def stamped(self) -> list[tuple[int, datetime | None]]:
        return [(row.stamped_size, row.stamped_at) for row in self.witness.witnessed(CALL, AskWitnessed()).logs]

    def grow(self) -> None:
        self.desk.write(act(0))
        self.witness.collect()
        self.stamping.turn()


@pytest.fixture
def office(store_addresses: StoreAddresses, tmp_path: Path) -> Iterator[Stamped]:
    clock, signing = MovedClock(NOW), SigningKey.generate()
    keys, numbers = make_keys(clock.now()), count(1)
    desk = Ledger(store_addresses("desk"), "desk", clock)
    database = open_database(store_addresses("ledger"))
    migrate(database, HISTORY, METADATA)
    book = LedgerStore(database)
    logs = LocalLogs(SliceLedger(desk.database, desk.book, desk.key))
    root = tmp_path / "root.pem"
    root.write_bytes(keys.root_pem)
    line = StatusLine(SystemClock())
    with StampServer(lambda: StampAnswers(keys, clock.now, numbers)) as server:
        stamping = Stamping(book, HttpStamper(StamperPlace(server.url, root), line), clock)
        service = LedgerService(book, [logs], signing, clock)
        yield Stamped(desk, clock, service, database, stamping, server, keys, signing)
    line.close()
    desk.database.close()
    database.close()


def test_each_log_is_stamped_once_an_hour_and_only_when_it_has_grown(office: Stamped) -> None:
    office.grow()
    assert office.stamped() == [(1, NOW)]
    office.clock.move(minutes=59)
    office.grow()
    assert office.stamped() == [(1, NOW)]
    office.clock.move(minutes=1)
    office.stamping.turn()
    assert office.stamped() == [(2, NOW + timedelta(hours=1))]
    office.clock.move(days=3)
    office.stamping.turn()
    assert office.stamped() == [(2, NOW + timedelta(hours=1))]


def test_a_clock_that_was_set_back_does_not_stop_the_stamps(office: Stamped) -> None:
    office.grow()
    office.clock.move(hours=-5)
    office.grow()
    assert office.stamping.failing_since is None
    assert office.stamped()[0][1] in {NOW, NOW - timedelta(hours=5)}
    stamps = office.database.read(lambda c: c.exec_driver_sql("SELECT size FROM stamp ORDER BY size").scalars().all())
    assert list(stamps) == [1, 2]


def test_without_the_stamper_everything_goes_on_and_the_age_is_told(office: Stamped) -> None:
    office.grow()
    office.server.is_down = True
    office.clock.move(hours=2)
    office.grow()
    assert office.stamped() == [(1, NOW)]
    assert office.stamping.failing_since == NOW + timedelta(hours=2)
    office.clock.move(hours=2)
    office.grow()
    assert office.stamping.failing_since == NOW + timedelta(hours=2)
    assert office.witness.witnessed(CALL, AskWitnessed()).logs[0].size == 3
    office.server.is_down = False
    office.stamping.turn()
    assert (office.stamping.failing_since, office.stamped()) == (None, [(3, NOW + timedelta(hours=4))])


def test_an_export_carries_the_stamps_and_a_changed_one_is_named(office: Stamped, tmp_path: Path) -> None:
    office.grow()
    office.clock.move(hours=1)
    office.grow()
    folder = tmp_path / "export"
    export(office.logs(), folder, office.keys.root_pem)
    keys = (folder / "keys").read_bytes()
    checked, faults = verify(folder, keys, office.keys.root_pem)
    assert [faults, *(log.faults for log in checked)] == [(), ()]
    stranger = make_keys(NOW).root_pem
    checked, _ = verify(folder, keys, stranger)
    assert [(fault.kind, fault.file, fault.place) for fault in checked[0].faults] == [
        ("stamp_signature", STAMPS, 0),
        ("stamp_signature", STAMPS, 1),
    ]
    file = folder / "desk" / HERE / STAMPS
    kept = file.read_bytes()
    for place in range(0, len(kept), 97):
        file.write_bytes(kept[:place] + bytes([kept[place] ^ 1]) + kept[place + 1 :])
        assert any(fault.file == STAMPS for fault in verify(folder, keys, office.keys.root_pem)[0][0].faults)


def test_no_changed_byte_gives_another_time_and_a_stamp_stands_for_one_checkpoint() -> None:
    """Some bytes of the envelope (versions, names of algorithms) are under no signature, and say nothing either."""
    keys = make_keys(NOW)
    asked = ask_stamp(NOTE)
    token = StampAnswers(keys, lambda: NOW).answer(asked.body)
    assert open_stamp(token, NOTE, keys.root_pem, asked.nonce) == NOW
    assert len(token) < 2000
    times = [_opened(_flipped(token, place), keys) for place in range(len(token))]
    assert {time for time in times if time is not None} <= {NOW}
    assert sum(time is not None for time in times) < 20
    for note, nonce in ((NOTE.replace(b"\n3\n", b"\n4\n"), asked.nonce), (NOTE, (asked.nonce or 0) + 1)):
        with pytest.raises(LedgerError):
            open_stamp(token, note, keys.root_pem, nonce)
    with pytest.raises(LedgerError):
        open_stamp(token, NOTE, make_keys(NOW).root_pem, asked.nonce)


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def _opened(token: bytes, keys: StampKeys) -> datetime | None:
    try:
        return open_stamp(token, NOTE, keys.root_pem)
    except LedgerError:
        return None


@pytest.mark.parametrize("question", [b"", b"junk", tagged(0x30), tagged(0x30, b"\x02\x01\x02"), b"0\x80"])
def test_what_is_no_request_is_refused_as_the_standard_says(question: bytes) -> None:
    answer = StampAnswers(make_keys(NOW), lambda: NOW).answer(question)
    with pytest.raises(LedgerError):
        open_stamp(answer, NOTE, make_keys(NOW).root_pem)


def test_a_stamper_out_of_reach_is_unreachable(tmp_path: Path) -> None:
    root = tmp_path / "root.pem"
    root.write_bytes(make_keys(NOW).root_pem)
    line = StatusLine(SystemClock())
    with pytest.raises(Unreachable):
        HttpStamper(StamperPlace("http://127.0.0.1:9/tsa", root), line).stamp(NOTE)
    line.close()


def test_openssl_accepts_the_stamps_too(tmp_path: Path) -> None:
    keys, asked = make_keys(NOW), ask_stamp(NOTE)
    files = {"q": asked.body, "r": StampAnswers(keys, lambda: NOW).answer(asked.body), "ca": keys.root_pem}
    for name, content in (files | {"data": stamped_bytes(NOTE)}).items():
        (tmp_path / name).write_bytes(content)
    words = [program("openssl"), "ts", "-verify", "-in", "r", "-data", "data", "-CAfile", "ca"]
    words += ["-attime", str(int(NOW.timestamp()))]
    run = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in run.stdout + run.stderr
