"""What madoguchi-server does besides serving: backup, verify, restore, rotate, guardians, openapi. Answers are JSON."""

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from app.domain.clock import Clock, Random, SystemClock, SystemRandom
from app.domain.secret import Secret
from app.durable.set_back import UNKNOWN
from app.errors import PartMissing
from app.server.backup import back_up, check_backup
from app.server.daily import keep_daily
from app.server.guardians import appoint
from app.server.keys import Keys
from app.server.openapi import write
from app.server.restore import restore
from app.server.rotate import rotate, rotate_codes, rotate_exchange
from app.server.wiring import open_backend
from app.settings import FEWEST, KEEP, BackupPlace, ServerSettings
from app.trust.guardians import open_guardian, read_guardian
from app.trust.seal import BoxKey

Command = Callable[[ServerSettings, argparse.Namespace], dict[str, object]]


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Let ``parser`` take one of the commands, or none: then it serves."""
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, (said, run) in COMMANDS.items():
        one = commands.add_parser(name, help=said)
        one.add_argument("--settings", type=Path, required=True, help="a TOML file")
        one.set_defaults(run=run)
        if name in {"backup", "verify", "restore", "openapi"}:
            one.add_argument("folder", type=Path, metavar="DIR")
        if name == "backup":
            one.add_argument("--daily", action="store_true", help="one a day, the newest checked, old ones deleted")
            one.add_argument("--keep", type=int, default=KEEP, help=f"how many of --daily stay (usually {KEEP})")
        if name == "restore":
            one.add_argument("--guardian", type=Path, action="append", required=True, help="a guardian's file; twice")
        if name == "guardians":
            one.add_argument("files", type=Path, nargs=3, metavar="FILE", help="the guardians' files")
            by = "a former guardian's file; twice, where there were others before"
            one.add_argument("--by", type=Path, action="append", default=[], help=by)


def _backup(settings: ServerSettings, asked: argparse.Namespace) -> dict[str, object]:
    if asked.daily:
        return _daily(settings, BackupPlace(asked.folder, max(asked.keep, FEWEST)))
    place, said = back_up(settings, asked.folder, *_ports())
    return {"backup": str(place), "stores": said.stores, "logs": said.logs}


def _daily(settings: ServerSettings, place: BackupPlace) -> dict[str, object]:
    done = keep_daily(settings, place, *_ports())
    kept: dict[str, object] = {"kept": done.kept, "deleted": done.deleted, "same_disk": done.same_disk}
    return {"backup": str(done.newest.place), "made": done.made, "at": done.newest.at.isoformat(), **kept}


def _verify(settings: ServerSettings, asked: argparse.Namespace) -> dict[str, object]:
    clock, random = _ports()
    said = check_backup(asked.folder, Keys(settings.folder / "keys", random), clock)
    return {"ok": True, "at": said.at.isoformat(), "stores": said.stores, "logs": said.logs}


def _restore(settings: ServerSettings, asked: argparse.Namespace) -> dict[str, object]:
    backs = restore(settings, asked.folder, [_guardian(path) for path in asked.guardian], *_ports())
    told = [{"log": one.origin, "kept": one.kept, "lost": None if one.lost == UNKNOWN else one.lost} for one in backs]
    return {"restored": str(asked.folder), "declared": told}


def _rotate(settings: ServerSettings, _: argparse.Namespace) -> dict[str, object]:
    done = rotate(settings, *_ports())
    return {"version": done.version, "rewrapped": dict(done.rewrapped)}


def _rotate_signing(settings: ServerSettings, _: argparse.Namespace) -> dict[str, object]:
    return {"planned": dict(rotate_exchange(settings, *_ports()))}


def _rotate_codes(settings: ServerSettings, _: argparse.Namespace) -> dict[str, object]:
    return {"begun": dict(rotate_codes(settings, *_ports()))}


def _guardians(settings: ServerSettings, asked: argparse.Namespace) -> dict[str, object]:
    guardians = [read_guardian(_content(path)) for path in asked.files]
    roster = appoint(settings, guardians, [_guardian(path) for path in asked.by], *_ports())
    return {"guardians": [each.name for each in guardians], "list": roster.number, "digest": roster.digest}


def _openapi(settings: ServerSettings, asked: argparse.Namespace) -> dict[str, object]:
    backend = open_backend(settings, *_ports())
    try:
        return {"written": [str(path) for path in write([*backend.endpoints, *backend.enrolment], asked.folder)]}
    finally:
        backend.parts.close()


def _guardian(path: Path) -> tuple[str, BoxKey]:
    """A guardian's key, by the password that they type; without a terminal, one line of standard input."""
    prompt = f"{path.name}: "
    typed = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    return open_guardian(_content(path), Secret(typed.encode()))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(path)) from error


def _ports() -> tuple[Clock, Random]:
    return SystemClock(), SystemRandom()


COMMANDS: Mapping[str, tuple[str, Command]] = {
    "backup": ("write a backup of all stores into a new folder below DIR", _backup),
    "verify": ("check a backup without restoring it", _verify),
    "restore": ("put a backup in the place of the stores, declared by two guardians", _restore),
    "rotate": ("wrap all data keys under a new key", _rotate),
    "rotate-signing": ("plan the next version of the exchange's signing keys", _rotate_signing),
    "rotate-codes": ("begin another version of the key that codes are made with", _rotate_codes),
    "guardians": ("let any two of three administrators open the master key and declare restores", _guardians),
    "openapi": ("write what each slice offers as OpenAPI documents into DIR", _openapi),
}


def answer(settings: ServerSettings, asked: argparse.Namespace) -> None:
    """Run the command that was asked for and print its answer."""
    print(json.dumps(asked.run(settings, asked)))
