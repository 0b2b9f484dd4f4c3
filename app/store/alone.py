"""What a terminal keeps of its office's statements: the rules, each person's lease and how much of it is used."""

from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.lease import Ending, LeaseCount, Reading
from app.errors import WrongKey
from app.services.ports.alone import HeldLease, HeldRules
from app.store.memos import read_memo, read_message, write_memo, write_message
from app.store.outbox import desk_key
from app.store.tables import work_file
from app.store.terminal import Terminal
from app.trust.seal import derive, open_sealed, seal
from app.trust.sign import VerifyKey
from app.wire.message import Message, decode, encode

_RULES, _LEASE, _HEARD = "counter_rules", "lease:", "office_time"


class _Rules(Message, frozen=True):
    note: str
    version: int
    issued_at: datetime


class _Heard(Message, frozen=True):
    at: datetime


class _Lease(Message, frozen=True):
    note: str
    municipality_name: str
    office: str
    second_factor: str
    lasts_s: float
    used_s: float
    boot: str
    since_boot_s: float
    at: datetime
    ended: Ending
    failures: int


class AloneBook:
    """See ``RulesMemory`` and ``LeaseMemory``. A lease is sealed to its person's name: none stands in for another."""

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
        sealed = self._database.read(lambda connection: read_memo(connection, _LEASE + staff_id))
        if sealed is None:
            return None
        try:
            kept = decode(open_sealed(self._key, sealed, (_LEASE, staff_id)), _Lease)
        except WrongKey:
            return None
        count = LeaseCount(kept.lasts_s, kept.used_s, Reading(kept.boot, kept.since_boot_s, kept.at), kept.ended)
        return HeldLease(kept.note, kept.municipality_name, kept.office, kept.second_factor, count, kept.failures)

    def hold_lease(self, staff_id: str, held: HeldLease) -> None:
        count = held.count
        kept = _Lease(
            note=held.note,
            municipality_name=held.municipality_name,
            office=held.office,
            second_factor=held.second_factor,
            lasts_s=count.lasts_s,
            used_s=count.used_s,
            boot=count.last.boot,
            since_boot_s=count.last.since_boot_s,
            at=count.last.at,
            ended=count.ended,
            failures=held.failures,
        )
        sealed = seal(self._key, encode(kept), (_LEASE, staff_id))
        self._database.write(lambda connection: write_memo(connection, _LEASE + staff_id, sealed))

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
