"""The drill over every slice (K-24): yesterday comes back, declared, after the loss of all keys, and undeclared."""

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Connection, Date, Float, Integer, LargeBinary, Table, insert, select

from app.backend.ledger import store as ledger_store
from app.backend.ledger.service import LedgerService
from app.backend.ledger.service.witness import LOST
from app.domain.act import Act
from app.durable.columns import Instant
from app.durable.copies import copy_file, demand_alone, lay_aside, put_back
from app.durable.engine import Database, open_database
from app.durable.migrate import migrate
from app.durable.set_back import audited_sizes
from app.durable.tables import SliceTables
from app.server.backup import history_of, store_file
from app.server.guardians import guardian_lists
from app.server.keys import Keys
from app.server.ledgers import TABLES, LocalLogs
from app.server.parts import Parts, SliceParts
from app.services.ports.seat import Session
from app.store.memory import Place, open_memory
from app.store.vault import Vault
from app.trust.sign import SigningKey
from tests.edge.server.test_backup import RANDOM, Office
from tests.edge.server.test_counters_after_restore import RealDesk, hands_in, journal_at_the_desk, received
from tests.support.counter_memory import WEAK, CounterPc
from tests.support.postgres import Cluster
from tests.support.powercut.backend import settings as settings_below
from tests.support.slices import KITA, MINAMI
from tests.support.source import ROOT
from tests.support.stores import sqlcipher_addresses

pytestmark = [pytest.mark.keyring, pytest.mark.fault, pytest.mark.timeout(900)]

BEFORE, SINCE = 3, 5
"""Acts of each slice for each municipality, before the backup and since."""
STATEMENTS = 1
"""What a restore adds to each log."""
SINCE_RESTORE = {"desk": {"receipt_counter"}}
"""Tables that a restore changes on purpose: numbers that somebody was told are given to nobody else."""
FEW = ("addressee", "desk", "ledger", "register")
"""What the drill takes on PostgreSQL, where each slice takes its time; endurance runs take all."""
BY_COUNTER = {"desk": {"journal"}}
"""Tables that the counter's work fills."""


class City(Office):
    """A backend of all slices, and a witness of their logs on another machine."""

    def __init__(self, office: Office, witness: Database, names: tuple[str, ...]) -> None:
        super().__init__(replace(office.settings, slices=names), office.clock)
        self.names = names
        self.witness, self.key = witness, SigningKey.generate()

    def each(self, does: Callable[[str, SliceParts], object]) -> None:
        with closing(Parts(self.settings, Keys(self.settings.folder / "keys", RANDOM), self.clock)) as parts:
            for name in self.names:
                does(name, parts.slice(name, TABLES[name], history_of(name)))

    def act(self, name: str, own: SliceParts, count: int) -> None:
        acts = [
            Act("visit.opened", self.clock.now(), place, "c001", "T-01", f"{name}-{n}")
            for place in (KITA, MINAMI)
            for n in range(count)
        ]
        own.database.write(lambda connection: own.pen.write_all(connection, acts))

    def state(self) -> tuple[dict[str, int], dict[str, int]]:
        """Size of each log by origin, each proved; the rows of all own tables."""
        sizes, rows = dict[str, int](), dict[str, int]()

        def look(name: str, own: SliceParts) -> None:
            sizes.update(own.database.read(lambda c: audited_sizes(c, own.book, own.signing.public)))
            rows.update(own.database.read(lambda c: _count(c, name)))

        self.each(look)
        return sizes, rows

    def alarms(self) -> set[tuple[str, str]]:
        """What the witness finds now: slice and kind."""
        with closing(Parts(self.settings, Keys(self.settings.folder / "keys", RANDOM), self.clock)) as parts:
            own = [parts.slice(name, TABLES[name], history_of(name)) for name in self.names]
            book = ledger_store.LedgerStore(self.witness)
            logs = [LocalLogs(each) for each in own]
            lists = lambda: guardian_lists(self.settings)  # noqa: E731 -- a port
            LedgerService(book, logs, self.key, self.clock, lists).collect()
            kinds = {(one.log, one.kind) for one in book.read(lambda unit: unit.alarms(KITA))}
        return {one for one in kinds if one[1] != LOST}

    def restore_silently(self, place: Path) -> None:
        """As somebody with the disks and keys, and without two guardians, would."""
        keys = Keys(self.settings.folder / "keys", RANDOM)
        for name in self.names:
            address = Parts(self.settings, keys, self.clock).address(name)
            with closing(open_database(store_file(place, name, keys.master()))) as source:
                if self.settings.database == "sqlcipher":
                    for path in self.settings.folder.glob(f"{name}.db*"):
                        path.unlink()
                    copy_file(source, address)
                    continue
                with closing(open_database(address)) as target:
                    demand_alone(target)
                    lay_aside(target, address.schema, "gone")
                with closing(open_database(address)) as target:
                    put_back(source, history_of(name), target)


@pytest.fixture
def city(
    store_engine: str, request: pytest.FixtureRequest, tmp_path: Path, pc: CounterPc, *, is_whole: bool
) -> Iterator[City]:
    """On the engine of this run; ``pc`` works with its desk."""
    settings, server = settings_below(tmp_path), None
    witness = open_database(sqlcipher_addresses(tmp_path / "elsewhere")("witness"))
    migrate(witness, ledger_store.HISTORY, ledger_store.METADATA)
    if store_engine == "postgresql":
        server = request.getfixturevalue("postgres")
        assert isinstance(server, Cluster)
        name = server.fresh()
        settings = replace(settings, database=server.address(name))
    made = City(Office(settings, pc.clock, appoints=False), witness, tuple(sorted(TABLES)) if is_whole else FEW)
    pc.memory.close()
    place = Place(pc.folder / "real", pc.seat, pc.recovery.public, WEAK)
    pc.memory = open_memory(place, Vault(f"{pc.service}-real", RANDOM), RealDesk(made), pc.clock, RANDOM)
    yield made
    pc.memory.close()
    witness.close()
    if server is not None:
        server.drop(name)


@pytest.fixture
def is_whole(request: pytest.FixtureRequest, store_engine: str) -> bool:
    """Whether all slices go all three ways back; on PostgreSQL in endurance runs only."""
    return store_engine == "sqlcipher" or bool(request.config.getoption("--endurance"))


def test_yesterday_comes_back_in_every_slice_and_the_counters_bring_what_they_did_since(
    city: City, pc: CounterPc, tmp_path: Path, record_property: Callable[[str, object], None], *, is_whole: bool
) -> None:
    """K-24, R-011: two of three declare it; without them each log's witness finds it; all keys may be lost besides."""
    session = pc.at_work()
    city.each(lambda name, own: (_fill(name, own), city.act(name, own, BEFORE)))
    hands_in(pc, session, "a1", "a2")
    place = city.back_up(tmp_path / "elsewhere")
    kept, stood = city.state()
    pc.clock.move(hours=20)
    city.each(lambda name, own: city.act(name, own, SINCE))
    hands_in(pc, session, "a3", "a4", "a5")
    acts = pc.memory.journal.size
    assert city.alarms() == set()

    backs = city.restore(place, "鈴木", "佐藤")
    assert {(origin, size) for origin, size, _ in backs} == set(kept.items())
    set_back = sum(lost - size for _, size, lost in backs)
    assert set_back >= 2 * SINCE * len(city.names)
    assert city.state() == ({origin: size + STATEMENTS for origin, size in kept.items()}, stood)
    assert city.alarms() == {(name, "restored") for name in city.names}
    _goes_on(city, pc, session, "a6", "a7")

    said = {
        "slices": len(city.names),
        "logs": len(kept),
        "rows of own tables": sum(stood.values()),
        "acts set back": set_back,
        "acts of the counter": acts,
        "lost of them": acts - min(acts, journal_at_the_desk(city)),
    }
    assert said["lost of them"] == 0
    for what, count in said.items():
        record_property(what, count)
    if not is_whole:
        return

    _lose_the_keys(city)
    assert len(city.restore(place, "田中", "鈴木")) == len(kept)
    _goes_on(city, pc, session, "a8", "a9")
    city.alarms()

    city.restore_silently(place)
    assert {one for one in city.alarms() if one[1] == "rolled_back"} == {(name, "rolled_back") for name in city.names}


def test_every_slice_that_is_wired_has_its_part_in_backup_and_restore() -> None:
    wired = {
        name
        for path in (ROOT / "app" / "server").glob("*.py")
        for name in re.findall(r"from app\.backend\.(\w+) import store\b|", path.read_text("utf-8"))
        if name
    }
    assert wired <= set(TABLES)
    assert len(wired) >= 8


def _goes_on(city: City, pc: CounterPc, session: Session, *names: str) -> None:
    """The first exchange hears of the restore; with the next all is brought that the desk lost."""
    for name in names:
        hands_in(pc, session, name)
        pc.clock.move(seconds=5)
    hands_in(pc, session)
    assert pc.memory.postbox.alarm() is None
    assert pc.memory.postbox.waiting() == ()
    assert [one for one in received(city) if one.startswith("a")] == [f"a{n}" for n in range(1, int(names[-1][1:]) + 1)]
    assert journal_at_the_desk(city) == pc.memory.journal.size


def _lose_the_keys(city: City) -> None:
    """The master key, the guardians' shares, all: with files the stores too."""
    shutil.rmtree(city.settings.folder)


def _fill(name: str, own: SliceParts) -> None:
    """One row in each of a slice's own tables, a value in each column."""
    shared = _shared(TABLES[name])

    def fill(connection: Connection) -> None:
        for table in TABLES[name].metadata.sorted_tables:
            if table.name not in shared | BY_COUNTER.get(name, set()):
                connection.execute(insert(table).values({one.name: _value(one) for one in table.columns}))

    own.database.write(fill)


def _value(column: Column[Any]) -> object:
    kind = column.type
    for known, value in (
        (Instant, datetime(2026, 11, 20, 1, tzinfo=UTC)),
        (LargeBinary, b"\x00\xff\x80" * 7),
        (Boolean, True),
        (Integer, 7),
        (Float, 0.5),
        (Date, date(2026, 11, 20)),
    ):
        if isinstance(kind, known):
            return value
    return f"𠮷{column.name}"[: getattr(kind, "length", None) or 40]


def _shared(tables: SliceTables) -> set[str]:
    leaves = tables.leaves
    own = (getattr(leaves, each.name) for each in fields(leaves))
    return {tables.keys.name, tables.answers.name, *(one.name for one in own if isinstance(one, Table))}


def _count(connection: Connection, name: str) -> dict[str, int]:
    """A digest of each row of the slice's own tables, and how often it is there."""
    shared, found = _shared(TABLES[name]), Counter[str]()
    for table in TABLES[name].metadata.sorted_tables:
        if table.name not in shared | SINCE_RESTORE.get(name, set()):
            for row in connection.execute(select(table)):
                found[f"{name}.{table.name} {hashlib.sha256(repr(tuple(row)).encode()).hexdigest()}"] += 1
    return dict(found)
