"""madoguchi-admin staff add, list, schedule: who can sign in, with which roles; transfers of many from a file."""

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.admin.transfers import Line, read_transfers
from app.backend.staff.ports import StaffMember
from app.domain.clock import SystemClock, SystemRandom
from app.domain.rights import Post, Right
from app.domain.secret import secret
from app.errors import BadSettings, DataFault, Refused
from app.server.registry import Planned, Registry, open_registry
from app.settings import server_settings
from app.standin.city.staff import load_roles
from app.wire.staff_change import ProposeChange, ScheduleChange


def register(commands: Commands) -> None:
    """Add ``staff`` and its sub-commands."""
    staff = commands.add_parser("staff", help="who can sign in").add_subparsers(required=True, metavar="COMMAND")
    add = staff.add_parser(
        "add", help="set an office up: enter its first administrators; refused once two could agree to the rest"
    )
    add.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the backend's settings, TOML")
    for name, told in _WORDS.items():
        add.add_argument(f"--{name}", required=True, help=told)
    add.add_argument("--roles", type=Path, required=True, metavar="FILE", help="what each role may do, TOML")
    add.add_argument("--role", action="append", required=True, metavar="ID", help="a role; may be given several times")
    add.add_argument("--password-stdin", action="store_true", required=True, help="take the first password from there")
    add.set_defaults(run=_add)
    listing = staff.add_parser("list", help="everybody, without passwords")
    listing.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the backend's settings, TOML")
    listing.set_defaults(run=_list)
    schedule = staff.add_parser(
        "schedule", help="transfers from a TOML or CSV file: shows what would change, or proposes it to another one"
    )
    schedule.add_argument("file", type=Path, metavar="FILE", help="staff, from, to, on, until, roles")
    schedule.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the backend's settings, TOML")
    schedule.add_argument("--municipality", required=True, metavar="CODE", help="six digits")
    schedule.add_argument("--roles", type=Path, required=True, metavar="FILE", help="what each role may do, TOML")
    schedule.add_argument(
        "--propose-as", metavar="STAFF_ID", default="", help="who proposes it all; the password is asked for, unseen"
    )
    schedule.add_argument("--reason", metavar="TEXT", default="", help="why, for the one who decides")
    schedule.set_defaults(run=_schedule)


_WORDS = {
    "municipality": "six digits",
    "municipality-name": "as screens and papers write it",
    "office": "the ward office's name",
    "department": "the section",
    "staff-id": "what is typed at signing in",
    "name": "the person's name",
}


def _add(asked: argparse.Namespace) -> int:
    rights = _rights(asked.roles, asked.role)
    password = sys.stdin.readline().rstrip("\n")
    if not password:
        raise BadSettings(name="password")
    member = StaffMember(
        municipality=asked.municipality,
        municipality_name=asked.municipality_name,
        office=asked.office,
        staff_id=asked.staff_id,
        name=asked.name,
        department=asked.department,
        password_hash="",
        is_active=True,
        must_change=True,
    )
    with open_registry(server_settings(asked.settings), SystemClock(), SystemRandom()) as registry:
        registry.admit(member, secret(password), rights)
    print(json.dumps({"municipality": asked.municipality, "staff_id": asked.staff_id, "rights": len(rights)}))
    return DONE


def _list(asked: argparse.Namespace) -> int:
    with open_registry(server_settings(asked.settings), SystemClock(), SystemRandom()) as registry:
        for one in registry.members():
            told = {
                "municipality": one.municipality,
                "staff_id": one.staff_id,
                "name": one.name,
                "department": one.department,
                "office": one.office,
                "active": one.is_active,
            }
            print(json.dumps(told, ensure_ascii=False))
    return DONE


def _schedule(asked: argparse.Namespace) -> int:
    lines = read_transfers(asked.file, load_roles(asked.roles))
    with open_registry(server_settings(asked.settings), SystemClock(), SystemRandom()) as registry:
        for line in lines:
            print(json.dumps(_told(line, _planned(registry, asked.municipality, line)), ensure_ascii=False))
        if not asked.propose_as:
            return DONE
        change = ScheduleChange(transfers=tuple(line.transfer for line in lines))
        wish = ProposeChange(change=change, reason=asked.reason)
        row = registry.propose(asked.municipality, asked.propose_as, secret(_typed()), wish)
    print(json.dumps({"change": row.change_id, "expires_at": row.expires_at.isoformat()}))
    return DONE


def _typed() -> str:
    return getpass.getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _planned(registry: Registry, municipality: str, line: Line) -> Planned:
    """Errors: DataFault with file and line for what the office would refuse."""
    try:
        return registry.planned(municipality, line.transfer)
    except Refused as refused:
        raise DataFault(what=refused.reason, place=line.place) from refused


def _told(line: Line, planned: Planned) -> dict[str, object]:
    """What would change for one person; a right is told as act, procedure, item class and last day."""

    def posts(held: Sequence[Post]) -> list[list[str]]:
        return [[one.department, _end(one.since), _end(one.until)] for one in held]

    def rights(held: Sequence[Right]) -> set[tuple[str, ...]]:
        return {(one.act, one.procedure, one.item_class, _end(one.since), _end(one.until)) for one in held}

    before, after = rights(planned.rights), rights(planned.rights_after)
    return {
        "place": line.place,
        "staff_id": line.transfer.staff_id,
        "posts": posts(planned.posts),
        "posts_after": posts(planned.posts_after),
        "rights_off": sorted(before - after),
        "rights_on": sorted(after - before),
    }


def _end(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _rights(file: Path, wanted: list[str]) -> tuple[Right, ...]:
    """The rights of all ``wanted`` roles, each once. Errors: DataFault ``unknown_name`` for an unknown role."""
    roles = load_roles(file)
    for name in wanted:
        if name not in roles:
            raise DataFault(what="unknown_name", place=f"{file.name}: {name}")
    return tuple(dict.fromkeys(right for name in wanted for right in roles[name]))
