"""madoguchi-admin guardian make, office: three administrators' keys, any two of which open what is kept for a loss."""

import argparse
import json
import sys
from pathlib import Path

from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.domain.clock import SystemRandom
from app.domain.secret import Secret
from app.durable.files import write_new
from app.errors import BadSettings, PartMissing
from app.trust.guardians import make_guardian, open_guardian, read_guardian, share
from app.trust.passwords import SALT_SIZE
from app.trust.seal import BoxKey

OFFICE = "office recovery"
"""What the shares of the office's recovery key are called."""


def register(commands: Commands) -> None:
    """Add ``guardian`` and its sub-commands."""
    guardian = commands.add_parser("guardian", help="who opens what is kept for a loss").add_subparsers(
        required=True, metavar="COMMAND"
    )
    make = guardian.add_parser("make", help="a key for one administrator, under a password read from a line")
    make.add_argument("name", metavar="NAME", help="the administrator's staff id")
    make.add_argument("file", type=Path, metavar="FILE", help="where the key goes; to be kept apart from the others")
    make.add_argument("--password-stdin", action="store_true", required=True, help="take the password from there")
    make.set_defaults(run=_make)
    office = guardian.add_parser("office", help="make the office's recovery key, for any two of three guardians")
    office.add_argument("shares", type=Path, metavar="SHARES", help="where the sealed key goes")
    office.add_argument("files", type=Path, nargs=3, metavar="FILE", help="the guardians' files")
    office.set_defaults(run=_office)


def read_guardian_key(path: Path) -> tuple[str, BoxKey]:
    """A guardian's name and key, by the password in the next line of standard input. Errors: WrongKey, PartMissing."""
    return open_guardian(content(path), line())


def line() -> Secret:
    """The next line of standard input. Errors: BadSettings for an empty one."""
    typed = sys.stdin.readline().rstrip("\n")
    if not typed:
        raise BadSettings(name="password")
    return Secret(typed.encode())


def content(path: Path) -> bytes:
    """A file's content. Errors: PartMissing."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(path)) from error


def _make(asked: argparse.Namespace) -> int:
    guardian, file = make_guardian(asked.name, line(), SystemRandom().token(SALT_SIZE))
    _write(asked.file, file)
    print(json.dumps({"guardian": guardian.name, "public": guardian.public.hex()}))
    return DONE


def _office(asked: argparse.Namespace) -> int:
    guardians = [read_guardian(content(path)) for path in asked.files]
    recovery = BoxKey.generate()
    _write(asked.shares, share(recovery.to_bytes(), OFFICE, guardians))
    print(json.dumps({"recovery": recovery.public.hex(), "guardians": [each.name for each in guardians]}))
    return DONE


def _write(path: Path, made: bytes) -> None:
    try:
        write_new(path, made)
    except OSError as error:
        raise PartMissing(what="not_empty", place=str(path)) from error
