"""madoguchi-admin terminal enrol, revoke: a counter PC becomes known to the office, known anew, or shut out."""

import argparse
import getpass
import hashlib
import json
import ssl
import sys
from functools import partial
from pathlib import Path

from app.admin.commands import Commands
from app.admin.enrol import Enrolling, enrol_here
from app.admin.outcome import DONE
from app.domain.clock import SystemClock, SystemRandom
from app.domain.secret import Secret
from app.errors import DataFault, PartMissing
from app.server.registry import open_registry
from app.settings import server_settings
from app.store.vault import Vault
from app.trust.authority import TerminalName


def register(commands: Commands) -> None:
    """Add ``terminal`` and its sub-commands."""
    terminal = commands.add_parser("terminal", help="counter PCs").add_subparsers(required=True, metavar="COMMAND")
    enrol = terminal.add_parser(
        "enrol",
        help="at the PC (--server): make its key, exchange the code for a certificate; at the backend (--settings): "
        "make an office's first terminal known, refused once two administrators could agree at one; a known one begins "
        "a new journal under a new key",
    )
    place = enrol.add_mutually_exclusive_group(required=True)
    place.add_argument("--server", metavar="URL", help="the office's enrolment door; the code is asked for, unseen")
    place.add_argument("--settings", type=Path, metavar="FILE", help="the backend's settings, TOML")
    enrol.add_argument("--municipality", required=True, metavar="CODE", help="six digits")
    enrol.add_argument("--terminal", required=True, metavar="NAME", help="the name in the terminal's certificate")
    enrol.add_argument(
        "--display-checked-by",
        required=True,
        metavar="STAFF_ID",
        help="who saw on the spot that the display can't be seen from the visitors' side",
    )
    here = enrol.add_argument_group("at the PC")
    here.add_argument("--ca", type=Path, metavar="FILE", help="who vouches for the office's server (PEM)")
    here.add_argument("--folder", type=Path, metavar="DIR", help="where key and certificates are kept")
    here.add_argument("--keyring", metavar="SERVICE", help="keyring_service of the counter's settings")
    there = enrol.add_argument_group("at the backend")
    there.add_argument("--window", metavar="NUMBER", help="the counter window's number")
    there.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE",
        help="the only certificate (PEM) to be let in; without, a code is printed where there is an enrolment door, "
        "and the first certificate to come is the one",
    )
    enrol.set_defaults(run=partial(_enrol, enrol))
    revoke = terminal.add_parser("revoke", help="a lost or stolen PC is let in no more, from its next request on")
    revoke.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the backend's settings, TOML")
    revoke.add_argument("--municipality", required=True, metavar="CODE", help="six digits")
    revoke.add_argument("--terminal", required=True, metavar="NAME", help="the name in the terminal's certificate")
    revoke.set_defaults(run=_revoke)


def _enrol(parser: argparse.ArgumentParser, asked: argparse.Namespace) -> int:
    needed = ("window",) if asked.server is None else ("ca", "folder", "keyring")
    missing = [f"--{name}" for name in needed if getattr(asked, name) is None]
    if missing:
        parser.error(f"missing: {', '.join(missing)}")
    return _make_known(asked) if asked.server is None else _enrol_here(asked)


def _enrol_here(asked: argparse.Namespace) -> int:
    name = TerminalName(asked.municipality, asked.terminal)
    where = Enrolling(asked.server, asked.ca, asked.folder, name, asked.display_checked_by)
    typed = getpass.getpass("enrolment code: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    random = SystemRandom()
    until = enrol_here(where, Secret(typed.encode()), Vault(asked.keyring, random), SystemClock(), random)
    print(json.dumps({"municipality": name.municipality, "terminal": name.terminal, "until": until.isoformat()}))
    return DONE


def _make_known(asked: argparse.Namespace) -> int:
    certificate = "" if asked.certificate is None else _fingerprint(asked.certificate)
    where = (asked.municipality, asked.terminal, asked.window)
    settings = server_settings(asked.settings)
    told: dict[str, object] = {"municipality": asked.municipality, "terminal": asked.terminal}
    with open_registry(settings, SystemClock(), SystemRandom()) as registry:
        told["closed_records"] = registry.enrol(*where, certificate, asked.display_checked_by[:32])
        if settings.enrolment is not None and not certificate:
            told["code"] = registry.enrolment_code(asked.municipality, asked.terminal)
    print(json.dumps(told))
    return DONE


def _revoke(asked: argparse.Namespace) -> int:
    with open_registry(server_settings(asked.settings), SystemClock(), SystemRandom()) as registry:
        registry.shut_out(asked.municipality, asked.terminal)
    print(json.dumps({"municipality": asked.municipality, "terminal": asked.terminal, "revoked": True}))
    return DONE


def _fingerprint(path: Path) -> str:
    """SHA-256 (hex) of a PEM certificate as TLS shows it. Errors: PartMissing, DataFault."""
    try:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(path.read_text("ascii"))).hexdigest()
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(path)) from error
    except ValueError as error:
        raise DataFault(what="not_pem", place=path.name) from error
