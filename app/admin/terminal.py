"""madoguchi-admin terminal enrol, revoke: a counter PC becomes known to the office, known anew, or shut out."""

import argparse
import hashlib
import json
import ssl
from pathlib import Path

from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.domain.clock import SystemClock, SystemRandom
from app.errors import DataFault, PartMissing
from app.server.registry import open_registry
from app.settings import server_settings


def register(commands: Commands) -> None:
    """Add ``terminal`` and its sub-commands."""
    terminal = commands.add_parser("terminal", help="counter PCs").add_subparsers(required=True, metavar="COMMAND")
    enrol = terminal.add_parser(
        "enrol", help="make a terminal known; a known one begins a new journal under a new key, the old one is kept"
    )
    enrol.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the backend's settings, TOML")
    enrol.add_argument("--municipality", required=True, metavar="CODE", help="six digits")
    enrol.add_argument("--terminal", required=True, metavar="NAME", help="the name in the terminal's certificate")
    enrol.add_argument("--window", required=True, metavar="NUMBER", help="the counter window's number")
    enrol.add_argument(
        "--display-checked-by",
        required=True,
        metavar="STAFF_ID",
        help="who saw on the spot that the display can't be seen from the visitors' side",
    )
    enrol.add_argument(
        "--certificate", type=Path, metavar="FILE", help="the only certificate (PEM) to be let in; else the first one"
    )
    enrol.set_defaults(run=_enrol)
    revoke = terminal.add_parser("revoke", help="a lost or stolen PC is let in no more, from its next request on")
    revoke.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the backend's settings, TOML")
    revoke.add_argument("--municipality", required=True, metavar="CODE", help="six digits")
    revoke.add_argument("--terminal", required=True, metavar="NAME", help="the name in the terminal's certificate")
    revoke.set_defaults(run=_revoke)


def _enrol(asked: argparse.Namespace) -> int:
    certificate = "" if asked.certificate is None else _fingerprint(asked.certificate)
    where = (asked.municipality, asked.terminal, asked.window)
    with open_registry(server_settings(asked.settings), SystemClock(), SystemRandom()) as registry:
        closed = registry.enrol(*where, certificate, asked.display_checked_by[:32])
    print(json.dumps({"municipality": asked.municipality, "terminal": asked.terminal, "closed_records": closed}))
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
