"""不開示: which fields and rows of access records are withheld from an extract, and on which legal ground, as data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.tables import Table
from app.errors import DataFault, PartMissing

FIELDS = frozenset({"at", "way", "procedure", "reason", "staff_name", "staff_id", "terminal"})
"""What an access record could tell; each is told or withheld, none is forgotten."""
STATES = frozenset({"not_looked", "to_be_asked", "misuse_reported"})
"""States of the review in which a row may be withheld; what was found justified or never stood out is told."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal ground of not telling. ``text``: the reason in the words of the notice to whoever asked."""

    id: str
    law: str
    text: str


@dataclass(frozen=True, slots=True)
class RowRule:
    """Rows of one state are withheld on ``ground``. ``is_counted``: how many there are is told."""

    ground: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """``fields``: withheld field → ground; ``rows``: state of the review → rule. ``version`` stands in each record."""

    version: int
    grounds: Mapping[str, Ground]
    told: tuple[str, ...]
    fields: Mapping[str, str]
    rows: Mapping[str, RowRule]


def load_disclosure(path: Path) -> DisclosureRules:
    """Read the file. Errors: PartMissing without it, DataFault with the place of what is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFault(what="not_toml", place=path.name) from error
    return _parsed(Table(raw, path.name))


def _parsed(table: Table) -> DisclosureRules:
    grounds = {one.id: one for one in map(_ground, table.tables("ground"))}
    fields = {row.text("what"): row.text("ground") for row in table.tables("field")}
    rows = {row.text("state"): RowRule(row.text("ground"), row.flag("counted")) for row in table.tables("row")}
    told = table.texts("told")
    for named in (*fields.values(), *(rule.ground for rule in rows.values())):
        if named not in grounds:
            raise table.fault("unknown_ground", named)
    if {*told, *fields} != FIELDS or set(told) & fields.keys():
        raise table.fault("fields_differ", "told")
    if rows.keys() != STATES:
        raise table.fault("states_differ", "row")
    return table.finish(DisclosureRules(table.count("version"), grounds, told, fields, rows))


def _ground(row: Table) -> Ground:
    return row.finish(Ground(row.text("id"), row.text("law"), row.text("text")))
