"""The staff of the training city with their rights, from resources/training/staff.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.rights import Right
from app.domain.roles import parse_roles, titled_role
from app.domain.secret import Secret, secret
from app.domain.tables import Table
from app.errors import DataFault, PartMissing


@dataclass(frozen=True, slots=True)
class TrainingStaff:
    """One member of staff. ``rights`` are those of all roles, each once."""

    staff_id: str
    name: str
    municipality: str
    department: str
    office: str
    roles: tuple[str, ...]
    titles: tuple[str, ...]
    rights: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class TrainingTeam:
    """Everybody, and the password and staff card's PIN that all of them have in training mode."""

    password: Secret
    card_pin: Secret
    staff: tuple[TrainingStaff, ...]

    def member(self, staff_id: str) -> TrainingStaff:
        """The one with that id; ``KeyError`` if there is none."""
        for one in self.staff:
            if one.staff_id == staff_id:
                return one
        raise KeyError(staff_id)


def load_team(path: Path) -> TrainingTeam:
    """Read the file. Errors: DataFault with the place of what is wrong, such as a role that is not defined."""
    table = Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    table.count("version")
    roles = dict(map(titled_role, table.tables("role")))
    staff = tuple(_member(one, roles) for one in table.tables("staff"))
    return table.finish(TrainingTeam(secret(table.text("password")), secret(table.text("card_pin")), staff))


def load_roles(path: Path) -> dict[str, tuple[Right, ...]]:
    """Role → its rights, from the ``role`` tables of a file. Errors: PartMissing without the file, DataFault."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(path)) from error
    except UnicodeDecodeError as error:
        raise DataFault(what="not_toml", place=path.name) from error
    return parse_roles(path.name, text)


def _member(table: Table, roles: Mapping[str, tuple[str, tuple[Right, ...]]]) -> TrainingStaff:
    names = table.texts("roles")
    for name in names:
        if name not in roles:
            raise table.fault("unknown_name", "roles")
    rights = dict.fromkeys(right for name in names for right in roles[name][1])
    member = TrainingStaff(
        staff_id=table.text("id"),
        name=table.text("name"),
        municipality=table.text("municipality"),
        department=table.text("department"),
        office=table.text("office"),
        roles=names,
        titles=tuple(roles[name][0] for name in names),
        rights=tuple(rights),
    )
    return table.finish(member)
