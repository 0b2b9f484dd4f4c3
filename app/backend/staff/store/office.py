"""The tables of departments, their rights, posts, and of changes that wait for a second administrator."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
)

from app.backend.staff.ports import Change
from app.backend.staff.store.tables import METADATA
from app.domain.rights import Department, Post, Right
from app.durable.absent import insert_if_absent
from app.durable.columns import Instant

MOST_CHANGES = 500

department_table = Table(
    "department",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("name", String(64), primary_key=True),
)
section_table = Table(
    "department_section",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("department", String(64), primary_key=True),
    Column("section", String(64), primary_key=True),
)
right_table = Table(
    "department_right",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("department", String(64), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("act", String(64), nullable=False),
    Column("procedure", String(64), nullable=False),
    Column("item_class", String(64), nullable=False),
    Column("since", Date),
    Column("until", Date),
)
post_table = Table(
    "post",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("staff_id", String(32), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("department", String(64), nullable=False),
    Column("since", Date),
    Column("until", Date),
)
change_table = Table(
    "change",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("change_id", String(32), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("base", LargeBinary(32), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("proposed_by", String(32), nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("decided_by", String(32), nullable=False),
    Column("decided_at", Instant),
    Column("decision_reason", String(200), nullable=False, server_default=""),
    Index("ix_change_proposed", "municipality", "proposed_at"),
)


class OfficeTables:
    """See ``OfficeUnit``."""

    _connection: Connection

    def departments(self, municipality: str) -> tuple[Department, ...]:
        columns, of = department_table.c, section_table.c
        names = self._connection.execute(
            select(columns.name).where(columns.municipality == municipality).order_by(columns.name)
        ).scalars()
        query = select(of.department, of.section).where(of.municipality == municipality).order_by(of.section)
        sections: dict[str, list[str]] = {}
        for row in self._connection.execute(query):
            sections.setdefault(row.department, []).append(row.section)
        rights = self._rights(municipality)
        return tuple(Department(name, tuple(sections.get(name, ())), rights.get(name, ())) for name in names)

    def has_department(self, municipality: str, name: str) -> bool:
        columns = department_table.c
        query = select(columns.name).where(columns.municipality == municipality, columns.name == name)
        return self._connection.execute(query).scalar_one_or_none() is not None

    def put_department(self, municipality: str, department: Department) -> None:
        key = {"municipality": municipality, "department": department.name}
        insert_if_absent(self._connection, department_table, {"municipality": municipality, "name": department.name})
        self._replace(section_table, key, [{"section": section} for section in department.sections])
        rows = [{name: getattr(right, name) for name in Right.__slots__} for right in department.rights]
        self._replace(right_table, key, [{"position": at, **row} for at, row in enumerate(rows)])

    def know_department(self, municipality: str, name: str) -> None:
        if insert_if_absent(self._connection, department_table, {"municipality": municipality, "name": name}):
            self._connection.execute(
                insert(section_table).values(municipality=municipality, department=name, section=name)
            )

    def posts(self, municipality: str, staff_id: str) -> tuple[Post, ...]:
        columns = post_table.c
        query = select(post_table).where(columns.municipality == municipality, columns.staff_id == staff_id)
        rows = self._connection.execute(query.order_by(columns.position))
        return tuple(Post(row.department, row.since, row.until) for row in rows)

    def all_posts(self, municipality: str) -> Mapping[str, tuple[Post, ...]]:
        columns = post_table.c
        query = select(post_table).where(columns.municipality == municipality)
        found: dict[str, list[Post]] = {}
        for row in self._connection.execute(query.order_by(columns.staff_id, columns.position)):
            found.setdefault(row.staff_id, []).append(Post(row.department, row.since, row.until))
        return {staff_id: tuple(posts) for staff_id, posts in found.items()}

    def put_posts(self, municipality: str, staff_id: str, posts: tuple[Post, ...]) -> None:
        key = {"municipality": municipality, "staff_id": staff_id}
        rows = [{name: getattr(post, name) for name in Post.__slots__} for post in posts]
        self._replace(post_table, key, [{"position": at, **row} for at, row in enumerate(rows)])

    def changes(self, municipality: str) -> tuple[Change, ...]:
        columns = change_table.c
        query = select(change_table).where(columns.municipality == municipality)
        query = query.order_by(columns.proposed_at.desc(), columns.change_id).limit(MOST_CHANGES)
        return tuple(Change(**row._mapping) for row in self._connection.execute(query))  # noqa: SLF001 -- SQLAlchemy's public name

    def change(self, municipality: str, change_id: str) -> Change | None:
        columns = change_table.c
        query = select(change_table).where(columns.municipality == municipality, columns.change_id == change_id)
        row = self._connection.execute(query.with_for_update()).one_or_none()
        return None if row is None else Change(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it

    def put_change(self, change: Change) -> None:
        key = {"municipality": change.municipality, "change_id": change.change_id}
        row = {name: getattr(change, name) for name in Change.__slots__ if name not in key}
        self._replace(change_table, key, [row])

    def _rights(self, municipality: str) -> dict[str, tuple[Right, ...]]:
        columns = right_table.c
        query = select(right_table).where(columns.municipality == municipality)
        found: dict[str, list[Right]] = {}
        for row in self._connection.execute(query.order_by(columns.department, columns.position)):
            right = Right(row.act, row.procedure, row.item_class, row.since, row.until)
            found.setdefault(row.department, []).append(right)
        return {name: tuple(rights) for name, rights in found.items()}

    def _replace(self, table: Table, key: dict[str, str], rows: list[dict[str, Any]]) -> None:
        """Have exactly ``rows`` under ``key``."""
        self._connection.execute(delete(table).where(*(table.c[name] == value for name, value in key.items())))
        if rows:
            self._connection.execute(insert(table), [{**key, **row} for row in rows])
