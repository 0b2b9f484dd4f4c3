"""madoguchi-admin terminal enrol: a counter PC becomes known to the office, or known anew after it lost its keys."""

import argparse
import json
from pathlib import Path

from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.domain.clock import SystemClock, SystemRandom
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
    enrol.set_defaults(run=_enrol)


def _enrol(asked: argparse.Namespace) -> int:
    with open_registry(server_settings(asked.settings), SystemClock(), SystemRandom()) as registry:
        closed = registry.enrol(asked.municipality, asked.terminal, asked.window)
    print(json.dumps({"municipality": asked.municipality, "terminal": asked.terminal, "closed_records": closed}))
    return DONE
