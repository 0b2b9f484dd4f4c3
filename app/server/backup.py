"""Backup: all stores of this installation as they stood at one moment, sealed, listed, and checked by reading."""

import hashlib
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from app.domain.clock import Clock, Random
from app.domain.secret import Secret
from app.durable.address import SqlcipherFile
from app.durable.cells import Cells
from app.durable.copies import Copied, copy_all, is_whole
from app.durable.engine import Database, open_database
from app.durable.files import make_folder, sync_folder, write_new
from app.durable.logbook import LogBook
from app.durable.set_back import audited_sizes
from app.errors import LedgerError, PartMissing, WrongKey
from app.server.guardians import SHARES
from app.server.keys import CellKeys, Keys
from app.server.ledgers import TABLES
from app.server.parts import Parts
from app.settings import ServerSettings
from app.trust.seal import derive, open_sealed, seal
from app.trust.sign import VerifyKey

LIST, SEAL, KEYS = "backup.json", "backup.seal", "keys.sealed"
_PLACE = ("backup",)


class Listed(msgspec.Struct, frozen=True):
    """A file of a backup."""

    size: int
    sha256: str


class BackupList(msgspec.Struct, frozen=True, tag="backup/1"):
    """What a backup holds. ``logs``: origin → size at that moment; ``stores``: the slices."""

    at: datetime
    stores: tuple[str, ...]
    logs: dict[str, int]
    files: dict[str, Listed]


def history_of(name: str) -> str:
    """The package of a slice's migrations."""
    return f"app.backend.{name}.migrations"


def back_up(settings: ServerSettings, folder: Path, clock: Clock, random: Random) -> tuple[Path, BackupList]:
    """Write a backup into a new folder below ``folder``, named by its time, and check it; the folder and its list.

    Errors: PartMissing ``guardians`` while nobody could open it after a loss of the master key; LedgerError when a
    ledger in it does not hold; StoreBusy, DiskFull, WrongKey.
    """
    keys, at = Keys(settings.folder / "keys", random), clock.now()
    shares = settings.folder / "keys" / SHARES
    if not shares.exists():
        raise PartMissing(what="guardians", place=str(shares))
    place = folder / at.strftime("%Y%m%d-%H%M%S")
    if place.exists():
        raise PartMissing(what="not_empty", place=str(place))
    make_folder(place)
    with closing(Parts(settings, keys, clock)) as parts:
        stores = {
            name: found[0]
            for name in sorted(settings.slices or TABLES)
            if name in TABLES and (found := parts.cells(name, TABLES[name])) is not None
        }
        copy_all([
            Copied(store, history_of(name), store_file(place, name, keys.master())) for name, store in stores.items()
        ])
    _write_keys(settings, keys, place)
    logs = _logs(place, tuple(stores), keys, clock)
    files = {path.name: _listed(path) for path in sorted(place.iterdir())}
    said = BackupList(at, tuple(stores), logs, files)
    written = msgspec.json.encode(said)
    write_new(place / LIST, written)
    write_new(place / SEAL, seal(derive(keys.master(), "backup/list"), hashlib.sha256(written).digest(), _PLACE))
    return place, check_backup(place, keys, clock)


def check_backup(place: Path, keys: Keys, clock: Clock) -> BackupList:
    """Read a whole backup: the list's seal, every checksum, every page, every ledger. Nothing is changed.

    Errors: PartMissing for no backup, LedgerError ``backup_changed`` and the faults of ledgers, WrongKey.
    """
    said = read_list(place, keys.master())
    for name, listed in said.files.items():
        if not (place / name).is_file() or _listed(place / name) != listed:
            raise LedgerError(kind="backup_changed", place=name)
    if _logs(place, said.stores, keys, clock) != said.logs:
        raise LedgerError(kind="backup_changed", place=LIST)
    return said


def read_list(place: Path, master: Secret) -> BackupList:
    """The list, once it is proved that a holder of the master key wrote it. Errors: PartMissing, WrongKey."""
    try:
        written, sealed = (place / LIST).read_bytes(), (place / SEAL).read_bytes()
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(place / LIST)) from error
    if open_sealed(derive(master, "backup/list"), sealed, _PLACE) != hashlib.sha256(written).digest():
        raise LedgerError(kind="backup_changed", place=LIST)
    return msgspec.json.decode(written, type=BackupList)


def store_file(place: Path, name: str, master: Secret) -> SqlcipherFile:
    """Where a slice's copy is in a backup."""
    return SqlcipherFile(place / f"{name}.db", derive(master, f"backup/{name}"))


def open_keys(place: Path, master: Secret) -> Mapping[str, bytes]:
    """The key files of a backup and what lay beside the stores, by path."""
    sealed = (place / KEYS).read_bytes()
    return msgspec.json.decode(open_sealed(derive(master, "backup/keys"), sealed, _PLACE), type=dict[str, bytes])


def _write_keys(settings: ServerSettings, keys: Keys, place: Path) -> None:
    """All but the master key and the stores: sealed; the shares of the master key: as they are."""
    folder = settings.folder
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (*folder.glob("keys/*"), *folder.glob("*.json"))
        if path.is_file() and path.name not in {"master.key", SHARES}
    }
    write_new(place / KEYS, seal(derive(keys.master(), "backup/keys"), msgspec.json.encode(found), _PLACE))
    write_new(place / SHARES, (folder / "keys" / SHARES).read_bytes())
    sync_folder(place)


def _logs(place: Path, names: tuple[str, ...], keys: Keys, clock: Clock) -> dict[str, int]:
    """Size of each log in the copies, each audited. Errors: LedgerError; WrongKey ``damaged``."""
    sizes: dict[str, int] = {}
    for name in names:
        with closing(open_database(store_file(place, name, keys.master()))) as database:
            if not is_whole(database):
                raise WrongKey(what=f"{name}.db")
            book = LogBook(name, TABLES[name].leaves, Cells(TABLES[name].keys, CellKeys(keys, name), clock))
            sizes |= _audited(database, book, keys.signing(name).public)
        _settle(place / f"{name}.db")
    return sizes


def _audited(database: Database, book: LogBook, key: VerifyKey) -> dict[str, int]:
    return database.read(lambda connection: audited_sizes(connection, book, key))


def _settle(path: Path) -> None:
    """What SQLite lays beside a file while it is open is not part of a backup."""
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _listed(path: Path) -> Listed:
    with path.open("rb") as file:
        return Listed(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
