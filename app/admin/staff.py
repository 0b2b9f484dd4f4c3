"""madoguchi-admin staff add, list: who can sign in, with which roles; the first password comes from standard input."""

import argparse
import json
import sys
from pathlib import Path

from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.backend.staff.ports import StaffMember
from app.domain.clock import SystemClock, SystemRandom
from app.domain.rights import Right
from app.domain.secret import secret
from app.errors import BadSettings, DataFault
from app.server.registry import open_registry
from app.settings import server_settings
from app.standin.city.staff import load_roles


def register(commands: Commands) -> None:
    """Add ``staff`` and its sub-commands."""
    staff = commands.add_parser("staff", help="who can sign in").add_subparsers(required=True, metavar="COMMAND")
    add = staff.add_parser("add", help="enter somebody, or again with other roles; the password is read from a line")
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


def _rights(file: Path, wanted: list[str]) -> tuple[Right, ...]:
    """The rights of all ``wanted`` roles, each once. Errors: DataFault ``unknown_name`` for an unknown role."""
    roles = load_roles(file)
    for name in wanted:
        if name not in roles:
            raise DataFault(what="unknown_name", place=f"{file.name}: {name}")
    return tuple(dict.fromkeys(right for name in wanted for right in roles[name]))
