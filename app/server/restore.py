"""Restore: a backup takes the place of the stores, declared and signed by two guardians in every log that went back."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from app.backend.desk.store.numbers import LastNumbers, last_numbers, leave_out
from app.domain.clock import Clock, Random
from app.domain.secret import Secret
from app.durable.address import PostgresSchema, SqlcipherFile, StoreAddress
from app.durable.copies import copy_file, demand_alone, lay_aside, put_back
from app.durable.engine import Database, open_database
from app.durable.files import make_folder, sync_folder, write_new
from app.durable.set_back import Declaring, SetBack, declare_all, sizes_of
from app.errors import AppError, PartMissing, StoreBusy
from app.server.backup import check_backup, history_of, open_keys, read_list, store_file
from app.server.guardians import MASTER, SHARES
from app.server.keys import Keys
from app.server.ledgers import TABLES
from app.server.parts import Parts, SliceLedger, SliceParts
from app.settings import ServerSettings
from app.trust.guardians import signing_of, together
from app.trust.seal import BoxKey

T = TypeVar("T")
_ENDS = ("", "-wal", "-shm")


def restore(
    settings: ServerSettings, place: Path, guardians: Sequence[tuple[str, BoxKey]], clock: Clock, random: Random
) -> tuple[SetBack, ...]:
    """Put the backup in ``place`` where the stores are, by two guardians' keys; the logs that went back.

    No process of the backend may run meanwhile. What was there before is laid aside beside it, not deleted; a restore
    that was cut off is done once more. The master key is taken from the guardians' shares, so that it may be lost.
    Errors: WrongKey for fewer than two guardians; PartMissing, LedgerError for a backup that does not hold; StoreBusy
    while somebody works on the stores.
    """
    master = together(_shares(place), MASTER, guardians)
    read_list(place, master)
    keys = _keys_back(settings, place, master, random)
    said = check_backup(place, keys, clock)
    for name in said.stores:
        _demand_stopped(Parts(settings, keys, clock).address(name))
    before = _Before(settings, keys, clock)
    sizes, last = before.sizes(said.stores), before.numbers()
    stamp = clock.now().strftime("%Y%m%d%H%M%S")
    for name in said.stores:
        _exchange(Parts(settings, keys, clock).address(name), stamp, (place, name, master))
    said_by = Declaring([(name, signing_of(key)) for name, key in guardians], sizes)
    with closing(Parts(settings, keys, clock)) as parts:
        opened = [parts.slice(name, TABLES[name], history_of(name)) for name in said.stores]
        if "desk" in said.stores:
            opened[said.stores.index("desk")].database.write(lambda connection: leave_out(connection, last))
        return tuple(back for own in opened for back in _declared(own, said_by, clock))


def _declared(own: SliceParts, said: Declaring, clock: Clock) -> tuple[SetBack, ...]:
    logs = (own.book, own.pen, own.signing)
    return own.database.write(lambda connection: declare_all(connection, logs, said, clock))


class _Before:
    """What can still be read of the stores that are replaced; nothing is made or changed."""

    def __init__(self, settings: ServerSettings, keys: Keys, clock: Clock) -> None:
        self._settings, self._keys, self._clock = settings, keys, clock

    def sizes(self, names: Sequence[str]) -> dict[str, int]:
        """How long each log was. A log of a store that can't be read is missing."""
        return {origin: size for name in names for origin, size in (self._read(name, sizes_of_ledger) or {}).items()}

    def numbers(self) -> LastNumbers | None:
        """The last receipt numbers given; None when that can't be read."""
        return self._read("desk", lambda desk: desk.database.read(last_numbers))

    def _read(self, name: str, look: Callable[[SliceLedger], T]) -> T | None:
        with closing(Parts(self._settings, self._keys, self._clock)) as parts:
            ledger = _readable(lambda: parts.ledger(name, TABLES[name]))
            return None if ledger is None else _readable(lambda: look(ledger))


def sizes_of_ledger(ledger: SliceLedger) -> dict[str, int]:
    """Size of each log, by origin."""
    return ledger.database.read(lambda connection: sizes_of(connection, ledger.book))


def _readable(opening: Callable[[], T]) -> T | None:
    try:
        return opening()
    except StoreBusy:
        raise
    except AppError:
        return None


def _shares(place: Path) -> bytes:
    try:
        return (place / SHARES).read_bytes()
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(place / SHARES)) from error


def _keys_back(settings: ServerSettings, place: Path, master: Secret, random: Random) -> Keys:
    """The key files that are missing; one that is there stays: it may be newer than the backup."""
    folder = settings.folder
    make_folder(folder / "keys")
    with master.lent() as raw:
        files = {"keys/master.key": bytes(raw), f"keys/{SHARES}": _shares(place), **open_keys(place, master)}
        for name, content in files.items():
            if not (folder / name).exists():
                write_new(folder / name, content)
    keys = Keys(folder / "keys", random)
    if keys.master().reveal() != master.reveal():
        raise PartMissing(what="other_master", place=str(folder / "keys"))
    return keys


def _exchange(address: StoreAddress, stamp: str, of: tuple[Path, str, Secret]) -> None:
    """Lay the present store aside and put the backup's in its place."""
    place, name, master = of
    with closing(open_database(store_file(place, name, master))) as source:
        if isinstance(address, SqlcipherFile):
            _exchange_file(address, stamp, source)
        else:
            _exchange_schema(address, stamp, source, history_of(name))
    for end in ("-wal", "-shm"):
        (place / f"{name}.db{end}").unlink(missing_ok=True)


def _exchange_file(address: SqlcipherFile, stamp: str, source: Database) -> None:
    """The former file stays until the new one takes its name: cut off before, nothing has happened yet."""
    path = address.path
    made = SqlcipherFile(path.with_name(f"{path.name}.restored"), address.key)
    for end in _ENDS:
        made.path.with_name(made.path.name + end).unlink(missing_ok=True)
    copy_file(source, made)
    for end in _ENDS[1:]:  # of a store that could not be opened and closed: it must not be read into the new one
        if path.with_name(path.name + end).exists():
            path.with_name(path.name + end).rename(path.with_name(f"{path.name}.replaced-{stamp}{end}"))
    if path.exists():
        path.with_name(f"{path.name}.replaced-{stamp}").hardlink_to(path)
    made.path.rename(path)
    sync_folder(path.parent)


def _exchange_schema(address: PostgresSchema, stamp: str, source: Database, history: str) -> None:
    with closing(open_database(address)) as target:
        lay_aside(target, address.schema, stamp)
    with closing(open_database(address)) as target:
        put_back(source, history, target)


def _demand_stopped(address: StoreAddress) -> None:
    """Errors: StoreBusy while another process has the store open."""
    if isinstance(address, SqlcipherFile) and not address.path.exists():
        return
    database = _readable(lambda: open_database(address))
    if database is not None:
        with closing(database):
            demand_alone(database)
