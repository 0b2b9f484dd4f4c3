"""A backup each day in another place (K-24, R-011): kept for some days, read again, told when it is too old."""

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.backend.ledger import store as ledger_store
from app.durable.engine import Database, open_database
from app.durable.migrate import migrate
from app.errors import BadSettings, PartMissing
from app.server.backup import SEAL, check_backup
from app.server.daily import LATE, DailyBackup, keep_daily
from app.server.keys import Keys
from app.settings import BackupPlace, server_settings
from tests.edge.server.test_backup import RANDOM, SETTINGS, Office, run
from tests.support.powercut.backend import settings as settings_below
from tests.support.slices import KITA, MovedClock
from tests.support.stores import sqlcipher_addresses


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(settings_below(tmp_path), MovedClock())
    made.receive("a1")
    return made


@pytest.fixture
def place(tmp_path: Path) -> BackupPlace:
    (tmp_path / "elsewhere").mkdir()
    return BackupPlace(tmp_path / "elsewhere", keep=3, hour=2)


@pytest.fixture
def alarms_of(tmp_path: Path) -> Iterator[Database]:
    database = open_database(sqlcipher_addresses(tmp_path / "ledger")("ledger"))
    migrate(database, ledger_store.HISTORY, ledger_store.METADATA)
    yield database
    database.close()


@pytest.fixture
def daily(office: Office, place: BackupPlace, alarms_of: Database) -> DailyBackup:
    return DailyBackup(office.settings, place, ledger_store.LedgerStore(alarms_of), office.clock, RANDOM)


@pytest.fixture
def told(alarms_of: Database) -> Callable[[], list[tuple[str, str]]]:
    book = ledger_store.LedgerStore(alarms_of)
    return lambda: [(one.log, one.kind) for one in book.read(lambda unit: unit.alarms(KITA))]


def names(place: BackupPlace) -> list[str]:
    return sorted(each.name for each in place.folder.iterdir())


def test_one_a_day_is_made_and_the_newest_three_stay(office: Office, place: BackupPlace) -> None:
    days = []
    for day in range(5):
        done = keep_daily(office.settings, place, office.clock, RANDOM)
        assert done.made
        assert not keep_daily(office.settings, place, office.clock, RANDOM).made
        days.append(done.newest.place.name)
        office.clock.move(hours=24)
        office.receive(f"b{day}")
    assert names(place) == days[2:]
    assert done.kept == tuple(reversed(days[2:]))
    keys = Keys(office.settings.folder / "keys", RANDOM)
    assert [check_backup(place.folder / name, keys, office.clock).at for name in days[2:]]


def test_a_backup_that_is_damaged_or_was_cut_off_does_not_count_and_no_good_one_is_deleted_for_it(
    office: Office, place: BackupPlace
) -> None:
    first = keep_daily(office.settings, place, office.clock, RANDOM).newest.place
    office.clock.move(hours=1)
    content = (first / "desk.db").read_bytes()
    (first / "desk.db").write_bytes(content[:5000] + bytes([content[5000] ^ 1]) + content[5001:])
    shutil.copytree(first, place.folder / "20261119-000000")
    (place.folder / "20261119-000000" / SEAL).unlink()
    done = keep_daily(office.settings, place, office.clock, RANDOM)
    assert (done.made, done.deleted) == (True, ("20261119-000000",))
    assert names(place) == [first.name, done.newest.place.name]


def test_where_the_other_enclosure_is_not_mounted_no_backup_is_made_on_this_disk(
    office: Office, place: BackupPlace
) -> None:
    place.folder.rmdir()
    with pytest.raises(PartMissing):
        keep_daily(office.settings, place, office.clock, RANDOM)
    assert not place.folder.exists()


def test_the_backend_makes_it_at_its_hour_and_raises_one_alarm_while_the_last_good_one_is_too_old(
    office: Office,
    place: BackupPlace,
    daily: DailyBackup,
    told: Callable[[], list[tuple[str, str]]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.CRITICAL)
    daily.turn()
    (first,) = names(place)
    office.clock.move(hours=15.5)
    daily.turn()
    assert names(place) == [first], "half past one in the night: not yet"
    office.clock.move(hours=1)
    daily.turn()
    assert len(names(place)) == 2
    assert told() == []
    place.folder.rename(place.folder.with_name("gone"))
    office.clock.move(hours=24)
    for _ in range(3):
        daily.turn()
    assert told() == []
    office.clock.move(hours=2)
    for _ in range(3):
        daily.turn()
    assert told() == [("backup", LATE)]
    place.folder.with_name("gone").rename(place.folder)
    daily.turn()
    assert len(names(place)) == 3
    office.clock.move(hours=12)
    daily.turn()
    assert told() == [("backup", LATE)]


def test_where_somebody_else_makes_it_the_backend_only_looks_and_tells(
    office: Office, place: BackupPlace, alarms_of: Database, told: Callable[[], list[tuple[str, str]]]
) -> None:
    watched = replace(place, hour=None)
    book = ledger_store.LedgerStore(alarms_of)
    daily = DailyBackup(office.settings, watched, book, office.clock, RANDOM)
    keep_daily(office.settings, watched, office.clock, RANDOM)
    daily.turn()
    office.clock.move(hours=24)
    daily.turn()
    assert (told(), len(names(place))) == ([], 1)
    office.clock.move(hours=2)
    daily.turn()
    assert (told(), len(names(place))) == ([("backup", LATE)], 1)


def test_the_command_makes_one_a_day(tmp_path: Path) -> None:
    office = Office(replace(settings_below(tmp_path), folder=tmp_path / "backend"), MovedClock())
    office.receive("a1")
    (tmp_path / "elsewhere").mkdir()
    settings = tmp_path / "server.toml"
    settings.write_text(SETTINGS, "utf-8")
    words = ("backup", "--daily", "--keep", "5", tmp_path / "elsewhere", "--settings", settings)
    said = run(*words)
    assert (said["made"], said["same_disk"], said["deleted"]) == (True, True, [])
    assert run("verify", Path(str(said["backup"])), "--settings", settings)["ok"]


@pytest.mark.parametrize(("line", "wrong"), [("keep = 1", "backup.keep"), ("hour = 24", "backup.hour")])
def test_settings_that_would_leave_no_whole_backup_are_refused(tmp_path: Path, line: str, wrong: str) -> None:
    settings = tmp_path / "server.toml"
    settings.write_text(f'{SETTINGS}\n[backup]\nfolder = "elsewhere"\n{line}\n', "utf-8")
    with pytest.raises(BadSettings) as refused:
        server_settings(settings)
    assert refused.value.data["name"] == wrong
    settings.write_text(f'{SETTINGS}\n[backup]\nfolder = "elsewhere"\nkeep = 30\nhour = 1\n', "utf-8")
    assert server_settings(settings).backup == BackupPlace(tmp_path / "elsewhere", 30, 1)
