"""The tables of counter PCs and of the certificates they had before."""

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

from app.backend.staff.ports import EnrolmentCode, Terminal
from app.backend.staff.store.tables import METADATA
from app.durable.absent import insert_if_absent
from app.durable.columns import Instant

terminal_table = Table(
    "terminal",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("counter_window", String(16), nullable=False),
    Column("enrolled_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("certificate", String(64), nullable=False, server_default=""),
    Column("display_checked_by", String(32), nullable=False, server_default=""),
)
given_up_table = Table(
    "given_up_certificate",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(40), primary_key=True),
    Column("certificate", String(64), primary_key=True),
)
code_table = Table(
    "enrolment_code",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(40), primary_key=True),
    Column("digest", LargeBinary(32), nullable=False),
    Column("issued_by", String(32), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("public_key", LargeBinary(32), nullable=False),
    Column("chain", Text, nullable=False),
)


class TerminalTables:
    """See ``TerminalUnit``."""

    _connection: Connection

    def terminal(self, municipality: str, terminal: str) -> Terminal | None:
        columns = terminal_table.c
        mine = columns.municipality == municipality, columns.terminal == terminal
        row = self._connection.execute(select(terminal_table).where(*mine)).one_or_none()
        return None if row is None else _terminal(row)

    def terminals(self, municipality: str) -> tuple[Terminal, ...]:
        columns = terminal_table.c
        query = select(terminal_table).where(columns.municipality == municipality).order_by(columns.terminal)
        return tuple(_terminal(row) for row in self._connection.execute(query))

    def put_terminal(self, terminal: Terminal) -> None:
        columns = terminal_table.c
        mine = columns.municipality == terminal.municipality, columns.terminal == terminal.terminal
        row = self._connection.execute(select(terminal_table).where(*mine).with_for_update()).one_or_none()
        if row is not None and row.certificate not in {"", terminal.certificate}:
            key = {"municipality": terminal.municipality, "terminal": terminal.terminal}
            insert_if_absent(self._connection, given_up_table, {**key, "certificate": row.certificate})
        self._connection.execute(delete(terminal_table).where(*mine))
        values = {name: getattr(terminal, name) for name in Terminal.__slots__ if name != "window"}
        version = 1 if row is None else row.version + 1
        self._connection.execute(
            insert(terminal_table).values(**values, counter_window=terminal.window, version=version)
        )

    def is_given_up(self, municipality: str, terminal: str, certificate: str) -> bool:
        columns = given_up_table.c
        query = select(columns.certificate).where(
            columns.municipality == municipality,
            columns.terminal == terminal,
            columns.certificate == certificate,
        )
        return self._connection.execute(query).scalar_one_or_none() is not None

    def enrolment_code(self, municipality: str, terminal: str) -> EnrolmentCode | None:
        query = select(code_table).where(*_coded(municipality, terminal)).with_for_update()
        row = self._connection.execute(query).one_or_none()
        return None if row is None else EnrolmentCode(**{name: getattr(row, name) for name in EnrolmentCode.__slots__})

    def put_enrolment_code(self, code: EnrolmentCode) -> None:
        self.drop_enrolment_code(code.municipality, code.terminal)
        values = {name: getattr(code, name) for name in EnrolmentCode.__slots__}
        self._connection.execute(insert(code_table).values(**values))

    def drop_enrolment_code(self, municipality: str, terminal: str) -> None:
        self._connection.execute(delete(code_table).where(*_coded(municipality, terminal)))


def _coded(municipality: str, terminal: str) -> tuple[ColumnElement[bool], ...]:
    return code_table.c.municipality == municipality, code_table.c.terminal == terminal


def _terminal(row: Row[tuple[object, ...]]) -> Terminal:
    known = {name: getattr(row, name) for name in Terminal.__slots__ if name != "window"}
    return Terminal(**known, window=row.counter_window)
