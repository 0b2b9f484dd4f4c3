"""What a terminal keeps of its office's statements: the rules, each person's lease and how much of it is used."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from app.domain.lease import Ending, LeaseCount, Reading
from app.errors import WrongKey
from app.services.ports.alone import HeldLease, HeldPassword, HeldRules
from app.store.memos import read_memo, read_message, write_memo, write_message
from app.store.outbox import desk_key
from app.store.tables import work_file
from app.store.terminal import Terminal
from app.trust.seal import derive, open_sealed, seal
from app.trust.sign import VerifyKey
from app.wire.message import Message, decode, encode

_RULES, _LEASE, _PASSWORD, _HEARD = "counter_rules", "lease:", "password:", "office_time"

M = TypeVar("M", bound=Message)


class _Rules(Message, frozen=True):
    note: str
    version: int
    issued_at: datetime


class _Heard(Message, frozen=True):
    at: datetime


class _Counted(Message, frozen=True):
    lasts_s: float
    used_s: float
    boot: str
    since_boot_s: float
    at: datetime
    ended: Ending
    failures: int

    def count(self) -> LeaseCount:
        return LeaseCount(self.lasts_s, self.used_s, Reading(self.boot, self.since_boot_s, self.at), self.ended)


class _Lease(_Counted, frozen=True):
    note: str
    municipality_name: str
    office: str
    second_factor: str
    counters: tuple[tuple[str, int], ...] = ()


class _Password(_Counted, frozen=True):
    pass


class AloneBook:
    """See ``RulesMemory``, ``LeaseMemory`` and ``PasswordMemory``.

    What is kept of a person is sealed to the person's name: nobody's stands in for another's.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._database = terminal.database
        self._key = derive(terminal.journal_key, "leases")

    def office_key(self) -> VerifyKey | None:
        known = self._database.read(desk_key)
        return None if known is None else VerifyKey(known.log)

    def held_rules(self) -> HeldRules | None:
        kept = self._database.read(lambda connection: read_message(connection, _RULES, _Rules))
        return None if kept is None else HeldRules(kept.note, kept.version, kept.issued_at)

    def hold_rules(self, held: HeldRules) -> None:
        kept = _Rules(note=held.note, version=held.version, issued_at=held.issued_at)
        self._database.write(lambda connection: write_message(connection, _RULES, kept))

    def held_lease(self, staff_id: str) -> HeldLease | None:
        """None also for one that was changed or put in another's place."""
        kept = self._opened(_LEASE, staff_id, _Lease)
        if kept is None:
            return None
        told = (kept.note, kept.municipality_name, kept.office, kept.second_factor)
        return HeldLease(*told, kept.count(), kept.failures, kept.counters)

    def hold_lease(self, staff_id: str, held: HeldLease) -> None:
        kept = _Lease(
            note=held.note,
            municipality_name=held.municipality_name,
            office=held.office,
            second_factor=held.second_factor,
            counters=held.counters,
            failures=held.failures,
            **_parts(held.count),
        )
        self._seal(_LEASE, staff_id, kept)

    def held_password(self, staff_id: str) -> HeldPassword | None:
        """None also for what was changed or put in another's place."""
        kept = self._opened(_PASSWORD, staff_id, _Password)
        return None if kept is None else HeldPassword(kept.count(), kept.failures)

    def hold_password(self, staff_id: str, held: HeldPassword) -> None:
        self._seal(_PASSWORD, staff_id, _Password(failures=held.failures, **_parts(held.count)))

    def has_work(self, staff_id: str) -> bool:
        columns = work_file.c
        mine = select(columns.file).where(columns.staff_id == staff_id, columns.aside_at.is_(None))
        return self._database.read(lambda connection: connection.execute(mine).first()) is not None

    def office_time(self) -> datetime | None:
        kept = self._database.read(lambda connection: read_message(connection, _HEARD, _Heard))
        return None if kept is None else kept.at

    def heard_time(self, at: datetime) -> None:
        def keep(connection: Connection) -> None:
            known = read_message(connection, _HEARD, _Heard)
            if known is None or known.at < at:
                write_message(connection, _HEARD, _Heard(at=at))

        self._database.write(keep)

    def close(self) -> None:
        """Forget the key."""
        self._key.wipe()

    def _opened(self, name: str, staff_id: str, kind: type[M]) -> M | None:
        sealed = self._database.read(lambda connection: read_memo(connection, name + staff_id))
        if sealed is None:
            return None
        try:
            return decode(open_sealed(self._key, sealed, (name, staff_id)), kind)
        except WrongKey:
            return None

    def _seal(self, name: str, staff_id: str, kept: Message) -> None:
        sealed = seal(self._key, encode(kept), (name, staff_id))
        self._database.write(lambda connection: write_memo(connection, name + staff_id, sealed))


def _parts(count: LeaseCount) -> dict[str, Any]:
    last = count.last
    parts = {"lasts_s": count.lasts_s, "used_s": count.used_s, "ended": count.ended}
    return parts | {"boot": last.boot, "since_boot_s": last.since_boot_s, "at": last.at}
