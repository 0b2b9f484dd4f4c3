"""Backup to another place, checked and restored, and what a loss costs: on both engines, in drills."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from app.backend.desk import store as desk_store
from app.backend.desk.service import DeskService, Neighbours, desk_service
from app.domain.clock import SystemRandom
from app.domain.secret import secret
from app.durable.address import SqlcipherFile
from app.durable.audit import audit
from app.durable.engine import open_database
from app.durable.logbook import restorations
from app.errors import LedgerError, PartMissing, StoreBusy, WrongKey
from app.server.backup import back_up, check_backup
from app.server.guardians import appoint, guardian_lists, rosters_of
from app.server.keys import Keys
from app.server.parts import Parts, SliceParts
from app.server.restore import restore
from app.settings import ServerSettings
from app.trust.checkpoint import log_key, origin_of
from app.trust.guardians import guardian_of, make_guardian
from app.trust.passwords import SALT_SIZE
from app.trust.restored import open_restored
from app.trust.seal import BoxKey
from app.wire.desk import Receipt
from tests.edge.backend.desk.conftest import AUTHOR, PROCEDURE, KeptAnswers, Registered, hand_in
from tests.support.commands import SERVER, command
from tests.support.counter_memory import WEAK
from tests.support.documents import RULES
from tests.support.postgres import Cluster
from tests.support.powercut.backend import settings as settings_below
from tests.support.slices import KITA, MovedClock, call

RANDOM = SystemRandom()
LEAVES = 2
"""Of one hand-in: the judgement of its evidence, and the reception."""
NAMES = ("鈴木", "田中", "佐藤")


class Office:
    """A backend with three guardians; ``work`` opens its desk, as the program does."""

    def __init__(self, settings: ServerSettings, clock: MovedClock, *, appoints: bool = True) -> None:
        self.settings, self.clock = settings, clock
        self.held = {name: BoxKey.generate() for name in NAMES}
        guardians = [guardian_of(name, key) for name, key in self.held.items()]
        if appoints:
            appoint(settings, guardians, [], clock, RANDOM)

    def guardians(self, *names: str) -> list[tuple[str, BoxKey]]:
        return [(name, self.held[name]) for name in names]

    @contextmanager
    def work(self) -> Iterator[tuple[DeskService, SliceParts]]:
        with closing(Parts(self.settings, Keys(self.settings.folder / "keys", RANDOM), self.clock)) as parts:
            own = parts.slice("desk", desk_store.TABLES, desk_store.HISTORY)
            book = desk_store.DeskStore(own.database, own.cells, own.answers, own.pen, own.book)
            lists = partial(guardian_lists, self.settings)
            neighbours = Neighbours(KeptAnswers(), Registered(), guardians=lists)
            yield desk_service(book, {PROCEDURE.id: PROCEDURE}, RULES, neighbours), own

    def receive(self, *names: str) -> list[Receipt]:
        with self.work() as (desk, _):
            return [desk.reception.hand_in(call(AUTHOR, self.clock.at, f"key-{n}"), hand_in(n)) for n in names]

    def back_up(self, folder: Path) -> Path:
        place, _ = back_up(self.settings, folder, self.clock, RANDOM)
        return place

    def restore(self, place: Path, *names: str) -> list[tuple[str, int, int]]:
        backs = restore(self.settings, place, self.guardians(*names), self.clock, RANDOM)
        return [(back.origin, back.kept, back.lost) for back in backs]

    def size(self) -> int:
        with self.work() as (_, own):
            assert own.database.read(lambda c: list(audit(c, own.book, KITA, own.signing.public))) == []
            return own.database.read(lambda c: sum(1 for _ in own.book.kept(c, KITA)))


@pytest.fixture
def office(store_engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A backend on the engine of this run."""
    settings = settings_below(tmp_path)
    if store_engine == "sqlcipher":
        yield Office(settings, MovedClock())
        return
    server: Cluster = request.getfixturevalue("postgres")
    name = server.fresh()
    yield Office(replace(settings, database=server.address(name)), MovedClock())
    server.drop(name)


def test_after_a_restore_of_yesterday_the_rest_can_be_sent_again_and_the_log_says_what_was_lost(
    office: Office, tmp_path: Path
) -> None:
    first = office.receive("a1", "a2")
    place = office.back_up(tmp_path / "elsewhere")
    office.clock.move(hours=20)
    lost = office.receive("a3", "a4")
    was = office.size()
    origin = origin_of("desk", KITA)
    assert office.restore(place, "鈴木", "佐藤") == [(origin, 2 * LEAVES, was)]
    with office.work() as (_, own):
        (statement,) = own.database.read(lambda c: restorations(c, own.book, KITA))
        said = open_restored(statement, log_key(origin, own.signing.public), rosters_of(office.settings))
    assert (said.kept.size, said.lost, said.approvers) == (2 * LEAVES, was, ("鈴木", "佐藤"))
    assert office.receive("a1", "a2") == first
    again = office.receive("a4", "a3", "a5")
    numbers = {receipt.number for receipt in (*first, *lost, *again)}
    assert len(numbers) == 7, "a number that somebody was told was given to somebody else"
    assert office.size() == 5 * LEAVES + 1


def test_a_backup_is_of_one_moment_while_others_write_and_is_checked_without_restoring_it(
    office: Office, tmp_path: Path
) -> None:
    office.receive("a1")
    with office.work() as (desk, _):
        place = office.back_up(tmp_path / "elsewhere")
        desk.reception.hand_in(call(AUTHOR), hand_in("a2"))
    keys = Keys(office.settings.folder / "keys", RANDOM)
    assert check_backup(place, keys, office.clock).logs == {origin_of("desk", KITA): LEAVES}
    content = (place / "desk.db").read_bytes()
    assert not content.startswith(b"SQLite format 3")
    (place / "desk.db").write_bytes(content[:5000] + bytes([content[5000] ^ 1]) + content[5001:])
    with pytest.raises(LedgerError) as changed:
        check_backup(place, keys, office.clock)
    assert changed.value.data["kind"] == "backup_changed"


def test_the_master_key_is_lost_and_two_of_three_bring_it_back(office: Office, tmp_path: Path) -> None:
    first = office.receive("a1")
    place = office.back_up(tmp_path / "elsewhere")
    shutil.rmtree(office.settings.folder)
    office.restore(place, "田中", "鈴木")
    assert office.receive("a1") == first
    assert office.back_up(tmp_path / "elsewhere again").is_dir()


def test_one_guardian_or_a_stranger_can_not_restore(office: Office, tmp_path: Path) -> None:
    office.receive("a1")
    place = office.back_up(tmp_path / "elsewhere")
    for names in (("鈴木",), ("鈴木", "鈴木")):
        with pytest.raises(WrongKey):
            office.restore(place, *names)
    office.held["田中"] = BoxKey.generate()
    with pytest.raises(WrongKey):
        office.restore(place, "鈴木", "田中")
    assert office.size() == LEAVES


def test_nothing_is_restored_under_a_running_backend(office: Office, tmp_path: Path) -> None:
    office.receive("a1")
    place = office.back_up(tmp_path / "elsewhere")
    with office.work() as (_, own):
        own.database.read(own.book.municipalities)
        with pytest.raises(StoreBusy):
            office.restore(place, "鈴木", "田中")
    assert office.size() == LEAVES


def test_without_guardians_there_is_no_backup_that_nobody_could_open(tmp_path: Path) -> None:
    with pytest.raises(PartMissing):
        back_up(settings_below(tmp_path), tmp_path / "elsewhere", MovedClock(), RANDOM)


def test_the_replaced_store_is_kept_aside(tmp_path: Path) -> None:
    office = Office(settings_below(tmp_path), MovedClock())
    office.receive("a1")
    place = office.back_up(tmp_path / "elsewhere")
    office.receive("a2")
    office.restore(place, "鈴木", "田中")
    (aside,) = office.settings.folder.glob("desk.db.replaced-*")
    key = Keys(office.settings.folder / "keys", RANDOM).store("desk")
    with closing(open_database(SqlcipherFile(aside, key))) as kept:
        book = desk_store.TABLES.leaves
        assert kept.read(lambda c: len(c.execute(book.leaf.select()).all())) == 2 * LEAVES


def test_a_backup_is_written_and_restored_by_commands(tmp_path: Path) -> None:
    settings = tmp_path / "server.toml"
    settings.write_text(SETTINGS, "utf-8")
    office = Office(replace(settings_below(tmp_path), folder=tmp_path / "backend"), MovedClock(), appoints=False)
    first = office.receive("a1")
    files = []
    for name in NAMES:
        _, content = make_guardian(name, secret(f"{name}-ひみつ"), RANDOM.token(SALT_SIZE), WEAK)
        files.append(tmp_path / f"{name}.guardian")
        files[-1].write_bytes(content)
    assert run("guardians", *files, "--settings", settings)["guardians"] == list(NAMES)
    place = Path(str(run("backup", tmp_path / "elsewhere", "--settings", settings)["backup"]))
    office.receive("a2")
    both = ["--guardian", files[0], "--guardian", files[2]]
    typed = "鈴木-ひみつ\n佐藤-ひみつ\n"
    declared = run("restore", place, "--settings", settings, *both, typed=typed)["declared"]
    assert declared == [{"log": origin_of("desk", KITA), "kept": LEAVES, "lost": 2 * LEAVES}]
    assert office.receive("a1") == first


SETTINGS = """folder = "backend"
host = ""
port = 0
database = "sqlcipher"
schema_prefix = ""
slices = ["desk"]
municipalities = ["011002"]
training = true

[tls]
authority = ""
certificate = ""
key = ""
"""


def run(*words: str | Path, typed: str = "") -> dict[str, object]:
    """One command of madoguchi-server; its answer."""
    done = command(SERVER, *(str(word) for word in words), typed=typed)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
