"""Rules for counters: one row for each version, approved at most once."""

from typing import Any

from sqlalchemy import Row, select, update

from app.backend.desk.ports.rules import DecidedRules
from app.backend.desk.store.sealed import Sealed
from app.backend.desk.store.tables import rules_table
from app.domain.counter_rules import CounterRules
from app.durable.absent import insert_if_absent
from app.errors import Conflict

MOST_VERSIONS = 200
"""Versions in one list; the newest come first. Assumed."""
_WHO = ("municipality", "version", "proposed_by", "proposed_at", "approved_by", "approved_at")
_TIMES = ("lock_after_s", "sign_out_after_s", "lease_s", "password_after_s", "session_s")
SESSION_S = (
    "SELECT session_s FROM counter_rules WHERE municipality = ? AND approved_by <> '' ORDER BY version DESC LIMIT 1"
)
_WHAT = (*_TIMES, "second_factor", "older_copy_rule")


class Rules(Sealed):
    """The part of a unit that keeps the rules; nothing of a resident is in them, so nothing is sealed."""

    def rules(self, municipality: str) -> tuple[DecidedRules, ...]:
        columns = rules_table.c
        rows = self._connection.execute(
            select(rules_table)
            .where(columns.municipality == municipality)
            .order_by(columns.version.desc())
            .limit(MOST_VERSIONS)
        )
        return tuple(_decided(row) for row in rows)

    def rules_in_force(self, municipality: str) -> DecidedRules | None:
        columns = rules_table.c
        approved = columns.municipality == municipality, columns.approved_by != ""
        newest = select(rules_table).where(*approved).order_by(columns.version.desc()).limit(1)
        row = self._connection.execute(newest).one_or_none()
        return None if row is None else _decided(row)

    def add_rules(self, rules: DecidedRules) -> bool:
        what = {name: getattr(rules.rules, name) for name in _WHAT}
        row = {name: getattr(rules, name) for name in _WHO} | what
        return insert_if_absent(self._connection, rules_table, {**row, "staff_readers": [*rules.rules.staff_readers]})

    def approve_rules(self, rules: DecidedRules) -> None:
        columns = rules_table.c
        approving = (
            update(rules_table)
            .where(
                columns.municipality == rules.municipality,
                columns.version == rules.version,
                columns.approved_at.is_(None),
            )
            .values(approved_by=rules.approved_by, approved_at=rules.approved_at)
        )
        if self._connection.execute(approving).rowcount != 1:
            raise Conflict(version=rules.version)


def _decided(row: Row[Any]) -> DecidedRules:
    rules = CounterRules(**{name: getattr(row, name) for name in _WHAT}, staff_readers=tuple(row.staff_readers))
    return DecidedRules(**{name: getattr(row, name) for name in _WHO}, rules=rules)
