"""madoguchi-admin city make: the training city as a file, the same for the same seed, size and day."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.domain.clock import SystemClock, business_date
from app.shipped import resource
from app.standin.city.file import to_json
from app.standin.city.make import CitySources, make_city

_SIZE = 1000


def register(commands: Commands) -> None:
    """Add ``city`` and its sub-commands."""
    city = commands.add_parser("city", help="the training city").add_subparsers(required=True, metavar="COMMAND")
    make = city.add_parser("make", help="invent residents, households, tax data and personas, always the same ones")
    make.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, another city (1)")
    make.add_argument("--size", type=_at_least(1), default=_SIZE, metavar="N", help=f"residents per city ({_SIZE})")
    make.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is as of (today)")
    make.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write, JSON")
    make.set_defaults(run=_make)


def _make(asked: argparse.Namespace) -> int:
    day = asked.day or business_date(SystemClock().now())
    city = make_city(asked.seed, asked.size, day, CitySources.below(resource("training")))
    asked.out.write_text(to_json(city), encoding="utf-8")
    counts = {place.code: sum(one.is_resident for one in place.residents) for place in city.municipalities}
    print(json.dumps({"seed": city.seed, "day": city.day.isoformat(), "residents": counts}))
    return DONE


def _at_least(least: int) -> Callable[[str], int]:
    def number(word: str) -> int:
        if int(word) < least:
            raise argparse.ArgumentTypeError(word)
        return int(word)

    return number
