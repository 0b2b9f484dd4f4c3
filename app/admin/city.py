"""madoguchi-admin city: a large city into a training register, or two small ones as a file; always the same ones."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.domain.clock import SystemClock, SystemRandom, business_date
from app.errors import PartMissing
from app.settings import server_settings
from app.shipped import resource
from app.standin.city.file import to_json
from app.standin.city.make import CitySources, make_city
from app.standin.city.portions import CityPlan
from app.training.pieces import Job
from app.training.populate import populate

_SIZE = 1000
_PROCESSES = 2


def register(commands: Commands) -> None:
    """Add ``city`` and its sub-command."""
    city = commands.add_parser("city", help="invented residents for training: into a register, or as a file")
    city.add_argument("--residents", type=_at_least(1), metavar="N", help="how many live there")
    city.add_argument("--seed", type=int, default=1, metavar="S", help="another seed, another city (1)")
    city.add_argument(
        "--settings", type=Path, metavar="FILE", help="of the training backend, which must not be running"
    )
    city.add_argument("--municipality", metavar="CODE", help="whose register is filled; the first of the settings")
    city.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is as of (today)")
    city.add_argument("--processes", type=_at_least(1), default=_PROCESSES, metavar="N", help=f"({_PROCESSES})")
    city.add_argument(
        "--dues", type=Path, metavar="FILE", help="also write tax and benefits, a line of JSON for each person"
    )
    city.set_defaults(run=lambda asked: _populate(asked, city))
    make = city.add_subparsers(metavar="COMMAND").add_parser("make", help="two small cities with personas, as a file")
    make.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, another city (1)")
    make.add_argument("--size", type=_at_least(1), default=_SIZE, metavar="N", help=f"residents per city ({_SIZE})")
    make.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is as of (today)")
    make.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write, JSON")
    make.set_defaults(run=_make)


def _populate(asked: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if asked.residents is None or asked.settings is None:
        parser.error("--residents and --settings are needed")
    if not asked.settings.exists():
        raise PartMissing(what="file_missing", place=str(asked.settings))
    code = asked.municipality or server_settings(asked.settings).municipalities[0]
    plan = CityPlan(code, asked.residents, asked.seed, asked.day or _today())
    done = populate(Job(asked.settings, plan, asked.dues), asked.processes, SystemClock(), SystemRandom())
    told = {"municipality": code, "seed": plan.seed, "day": plan.day.isoformat()} | asdict(done)
    print(json.dumps(told | {"cpu_ms_per_resident": round(done.cpu_s / done.residents * 1000, 3)}))
    return DONE


def _make(asked: argparse.Namespace) -> int:
    city = make_city(asked.seed, asked.size, asked.day or _today(), CitySources.below(resource("training")))
    asked.out.write_text(to_json(city), encoding="utf-8")
    counts = {place.code: sum(one.is_resident for one in place.residents) for place in city.municipalities}
    print(json.dumps({"seed": city.seed, "day": city.day.isoformat(), "residents": counts}))
    return DONE


def _today() -> date:
    return business_date(SystemClock().now())


def _at_least(least: int) -> Callable[[str], int]:
    def number(word: str) -> int:
        if int(word) < least:
            raise argparse.ArgumentTypeError(word)
        return int(word)

    return number
