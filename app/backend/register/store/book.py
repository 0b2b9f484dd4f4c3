"""Reads and writes residents: sealed columns bound to their row and version, found by the keyed index."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, update

from app.backend.register.ports import Found, Look, Resident, Wanted
from app.backend.register.service.changing import ChangeUnit
from app.backend.register.store.certificates import StoredCopies
from app.backend.register.store.entries import StoredEntries
from app.backend.register.store.fees import StoredFees
from app.backend.register.store.history import StoredPast
from app.backend.register.store.measures import StoredMeasures
from app.backend.register.store.network import StoredNetwork
from app.backend.register.store.plans import StoredPlans
from app.backend.register.store.reading import Reader
from app.backend.register.store.recent import RecentSearches
from app.backend.register.store.rows import Entry, RowMaker
from app.backend.register.store.seals import StoredSeals
from app.backend.register.store.search import Index
from app.backend.register.store.staff import StaffPeople
from app.backend.register.store.stale import StaleTerms
from app.backend.register.store.tables import TABLES, household_table, person_table
from app.backend.register.store.telling import StoredLine
from app.domain.act import Act
from app.domain.call import Call
from app.domain.number import MyNumber
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.answers import Answers
from app.durable.cells import Cells
from app.durable.engine import Database
from app.durable.pen import Pen
from app.durable.worker import Joined
from app.wire.message import Message

T = TypeVar("T")
A = TypeVar("A", bound=Message)


class RegisterStore:
    """The register's book."""

    def __init__(self, database: Database, cells: Cells, pen: Pen, index_key: Secret) -> None:
        self._database = database
        self._cells = cells
        self._pen = pen
        self._key = index_key
        self._index = Index(index_key)
        self._looks = Joined(self._keep_all)

    def write(self, work: Callable[[ChangeUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[ChangeUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def keep(self, look: Look) -> None:
        self._looks.do(look)

    def _unit(self, connection: Connection) -> "_Unit":
        staff = StaffPeople(connection, self._cells, self._key)
        return _Unit(
            connection, self._cells, self._pen, self._index, staff, StoredPlans(connection, self._cells, self._key)
        )

    def _keep_all(self, looks: Sequence[Look]) -> None:
        self._database.write(lambda connection: self._write_looks(connection, looks))

    def _write_looks(self, connection: Connection, looks: Sequence[Look]) -> None:
        self._pen.note_all(connection, [look.act for look in looks])
        recent = RecentSearches(connection, self._cells)
        remembered = sorted((_who(look), place) for place, look in enumerate(looks) if look.recent is not None)
        for who, group in groupby(remembered, key=lambda one: one[0]):
            new = [one for _, place in group if (one := looks[place].recent) is not None]
            recent.add(who, new)


class _Unit:
    def __init__(
        self,
        connection: Connection,
        cells: Cells,
        pen: Pen,
        index: Index,
        staff: StaffPeople,
        plans: StoredPlans,
    ) -> None:
        self._connection = connection
        self.keep_staff_person, self.known = staff.keep, staff.known
        self._pen = pen
        self._index = index
        self._maker = RowMaker(cells, index)
        self._reader = Reader(connection, cells, staff)
        self.stale = StaleTerms(connection, self._reader, index)
        self.household, self.opened = self._reader.household, self._reader.opened
        self.recent = RecentSearches(connection, cells).of
        self._answers = Answers(TABLES.answers, cells)
        self.entries, self.past, self.plans = StoredEntries(connection, cells), StoredPast(connection, cells), plans
        self.measures = StoredMeasures(connection, cells)
        self.copies, self.seals = StoredCopies(connection, cells), StoredSeals(connection, cells)
        self.fees = StoredFees(connection)
        self.line = StoredLine(connection, cells)
        self.network = StoredNetwork(connection, cells, self._reader)

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._answers.once(self._connection, call, message, gives, work)

    def record(self, act: Act) -> str:
        return self._pen.write(self._connection, act).to_bytes().decode()

    def offer(self, wanted: Wanted, first: int, takes: Callable[[Sequence[Found]], int]) -> bool:
        named, is_cut = self._index.find(self._connection, wanted)
        numbers, count = [one for one in named if one not in wanted.known], first
        while numbers and count > 0:
            some, numbers = numbers[:count], numbers[count:]
            count = takes(self._reader.listed(wanted.municipality, some, whole=wanted.with_past_addresses))
        return is_cut or bool(numbers)

    def by_number(self, municipality: str, number: MyNumber) -> Found | None:
        return self._reader.by_token(municipality, self._index.number_token(municipality, number))

    def person(self, municipality: str, business_number: str) -> Found | None:
        found = self._reader.persons(municipality, [business_number])
        return found[0] if found else None

    def number(self, municipality: str, business_number: str) -> MyNumber | None:
        return self._reader.number_of(municipality, business_number)

    def put(self, resident: Resident, terms: Iterable[str]) -> int:
        insert_if_absent(self._connection, household_table, self._maker.household(resident))
        columns, who = person_table.c, (resident.municipality, resident.business_number)
        known = self._connection.execute(
            select(columns.version, columns.terms).where(*_mine(*who)).with_for_update()
        ).one_or_none()
        version, previous = (0, None) if known is None else (known.version, known.terms)
        entry = Entry(resident, self._index.tokens(resident.municipality, terms), version + 1)
        for table, rows in self._maker.rows(self._connection, [entry]).items():
            if table is person_table:
                self._put_person(rows[0], is_new=known is None)
            else:
                self._put_details(table, resident, rows)
        self._index.write(self._connection, who, entry.tokens, previous)
        return entry.version

    def _put_person(self, row: dict[str, Any], *, is_new: bool) -> None:
        mine = _mine(row["municipality"], row["business_number"])
        made = insert(person_table) if is_new else update(person_table).where(*mine)
        self._connection.execute(made.values(**row))

    def _put_details(self, table: Table, resident: Resident, rows: Sequence[dict[str, Any]]) -> None:
        columns = table.c
        self._connection.execute(
            delete(table).where(
                columns.municipality == resident.municipality, columns.business_number == resident.business_number
            )
        )
        if rows:
            self._connection.execute(insert(table), rows)


def _mine(municipality: str, business_number: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    columns = person_table.c
    return columns.municipality == municipality, columns.business_number == business_number


def _who(look: Look) -> tuple[str, str]:
    return look.act.municipality, look.act.staff_id
