"""毎日のバックアップ: one good generation a day in another place, checked anew; old ones go; lateness is an alarm."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.backend.ledger.ports import Alarm, LedgerBook, LedgerUnit
from app.domain.clock import TOKYO, Clock, Random, business_date
from app.domain.secret import Secret
from app.durable.files import disk_error, sync_folder
from app.errors import AppError, PartMissing
from app.server.backup import SEAL, back_up, check_backup, read_list
from app.server.keys import Keys
from app.settings import BackupPlace, ServerSettings

log = logging.getLogger(__name__)

LOG, LATE, LOOK_S = "backup", "backup_late", 600.0
"""What an alarm is about, its kind, and how often it is looked whether a backup is due. Assumed."""
TOO_OLD = timedelta(hours=25)
"""From which age on the last good backup is too old: a day, and the hour in which the next is made. Assumed."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A backup that lies in the place of backups. ``at``: of which moment."""

    place: Path
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What a day's turn did. ``made``: anew, not found; ``same_disk``: it lies on the disk of the stores."""

    newest: Generation
    made: bool
    kept: tuple[str, ...]
    deleted: tuple[str, ...]
    same_disk: bool


def keep_daily(settings: ServerSettings, place: BackupPlace, clock: Clock, random: Random) -> Kept:
    """See that there is a good backup of today, and no more than ``place.keep`` in all; the newest was read whole.

    Older ones are deleted only after that. Errors: PartMissing where the place of backups is not there (an enclosure
    that is not mounted is not replaced by a folder here) and for ``guardians``; LedgerError, DiskFull, DiskFault,
    StoreBusy, WrongKey.
    """
    if not place.folder.is_dir():
        raise PartMissing(what="file_missing", place=str(place.folder))
    keys = Keys(settings.folder / "keys", random)
    try:
        newest, made = _of_today(settings, place.folder, (keys, clock), random)
        found = generations(place.folder, keys.master())
        deleted = [*_unfinished(place.folder), *(each.place for each in found[place.keep :])]
        for each in deleted:
            shutil.rmtree(each)
        sync_folder(place.folder)
        same_disk = place.folder.stat().st_dev == settings.folder.stat().st_dev
    except OSError as error:
        raise disk_error(error) from error
    if same_disk:
        log.warning("backups lie on the disk of the stores", extra={"place": str(place.folder)})
    names = tuple(each.place.name for each in found[: place.keep])
    return Kept(newest, made, names, tuple(each.name for each in deleted), same_disk)


def generations(folder: Path, master: Secret) -> tuple[Generation, ...]:
    """The backups in ``folder`` that a holder of the master key has finished, the newest first."""
    found = []
    for place in _places(folder):
        try:
            found.append(Generation(place, read_list(place, master).at))
        except AppError:
            continue
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


class DailyBackup:
    """Keeps the daily backup where the backend is to make it, and raises an alarm while the last good one is too old.

    ``book``: where alarms are kept, for each of the municipalities served here.
    """

    def __init__(
        self, settings: ServerSettings, place: BackupPlace, book: LedgerBook, clock: Clock, random: Random
    ) -> None:
        self._settings, self._place, self._book = settings, place, book
        self._clock, self._random = clock, random
        self._keys = Keys(settings.folder / "keys", random)
        self._good: datetime | None = None

    def turn(self) -> bool:
        """Make what is due, then look how old the last good one is; never more to do at once."""
        if self._good is None or self._place.hour is None:
            self._try(self._look)
        if self._is_due():
            self._try(self._make)
        now = self._clock.now()
        if self._good is None or now - self._good > TOO_OLD:
            self._alarm(now)
        return False

    def _is_due(self) -> bool:
        now, hour = self._clock.now(), self._place.hour
        is_made = self._good is not None and business_date(self._good) == business_date(now)
        return hour is not None and not is_made and (self._good is None or now.astimezone(TOKYO).hour >= hour)

    def _make(self) -> None:
        done = keep_daily(self._settings, self._place, self._clock, self._random)
        self._good = done.newest.at
        if done.made:
            log.info("a backup was made", extra={"place": done.newest.place.name, "deleted": len(done.deleted)})

    def _look(self) -> None:
        """Read the newest one whole, when there is a newer one than was seen last."""
        found = generations(self._place.folder, self._keys.master())
        if found and found[0].at != self._good:
            self._good = None
            self._good = check_backup(found[0].place, self._keys, self._clock).at

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except AppError as error:
            log.error("there is no good backup of today", extra={"code": error.code})  # noqa: TRY400 -- code says it
        except OSError as error:
            log.error("backups can't be read", extra={"code": disk_error(error).code})  # noqa: TRY400 -- likewise

    def _alarm(self, now: datetime) -> None:
        """One alarm for each last good backup, named by the day of that one, 0 for none."""
        last = 0 if self._good is None else business_date(self._good).toordinal()
        places = self._settings.municipalities

        def tell(unit: LedgerUnit) -> None:
            for each in places:
                unit.raise_alarm(Alarm(each, LOG, LATE, last, b"", now))

        self._book.write(tell)
        log.critical("the last good backup is too old", extra={"at": "" if self._good is None else str(self._good)})


def _of_today(
    settings: ServerSettings, folder: Path, by: tuple[Keys, Clock], random: Random
) -> tuple[Generation, bool]:
    """Today's newest backup that is whole, and whether it was made for it."""
    keys, clock = by
    for each in generations(folder, keys.master()):
        if business_date(each.at) == business_date(clock.now()) and _is_good(each, keys, clock):
            return each, False
    place, said = back_up(settings, folder, clock, random)
    return Generation(place, said.at), True


def _is_good(each: Generation, keys: Keys, clock: Clock) -> bool:
    try:
        check_backup(each.place, keys, clock)
    except AppError as error:
        log.error("a backup does not hold", extra={"place": each.place.name, "code": error.code})  # noqa: TRY400
        return False
    return True


def _unfinished(folder: Path) -> list[Path]:
    """What backups that were cut off left: the seal comes last."""
    return [place for place in _places(folder) if not (place / SEAL).exists()]


def _places(folder: Path) -> list[Path]:
    return [place for place in sorted(folder.glob("????????-??????")) if place.is_dir()]
