"""Figures of the access review, all on SYNTHETIC accesses: what is explained, what is found, how long it takes.

An incident is found when one of its accesses stands in a finding of the queue. The two classes ``held_out`` were laid
down before the rules and are no part of their making. The share in the queue counts findings, for a finding is what
somebody has to look at; the accesses inside them are told beside it and are several times as many. They can't come
below the share of the misuse that was laid in while it is found: that share, and how much else they hold, are told too.
No figure says anything about a real office.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.access_review import Reviewed, review
from app.domain.access_rules import AccessRules, load_access_rules
from app.standin.accesses.book import Made
from app.standin.accesses.held_out import KINDS as HELD_OUT
from app.standin.accesses.make import make_accesses
from app.standin.accesses.office import Size
from bench.figures import Figure

RULES = Path(__file__).resolve().parents[1] / "resources" / "tables" / "access_review.toml"
LARGE, MIDDLE = Size(staff=250, days=125, visits=7), Size(staff=120, days=70, visits=6)
TINY = Size(staff=60, days=60, visits=5, residents=10_000)
SEEDS = ("review-1", "review-2", "review-3")
EACH = 12
"""Incidents of every class for each seed."""
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Recall:
    """How many incidents of one class the queue holds, and how many of their accesses."""

    kind: str
    incidents: int
    found: int
    accesses: int
    accesses_found: int

    @property
    def share(self) -> float:
        return self.found / self.incidents if self.incidents else 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """One office reviewed. ``seconds`` of the review; ``bare``: of passing over the accesses with one look-up each.

    ``laid_in``: accesses of the incidents; ``others``: accesses in the queue that belong to none.
    """

    seed: str
    size: Size
    reviewed: Reviewed
    recalls: tuple[Recall, ...]
    missed: Counter[tuple[str, str]]
    seconds: float
    bare: float
    laid_in: int
    others: int


def recalls(made: Made, reviewed: Reviewed) -> tuple[Recall, ...]:
    """Per class; an incident is found when an access of it stands in a finding of the queue."""
    queued = {ref for one in reviewed.findings for ref in one.refs}
    kinds = dict.fromkeys(one.kind for one in made.incidents)
    return tuple(_recall(made, kind, queued) for kind in kinds)


def _recall(made: Made, kind: str, queued: set[str]) -> Recall:
    mine = [one for one in made.incidents if one.kind == kind]
    hits = [len(queued.intersection(one.refs)) for one in mine]
    return Recall(kind, len(mine), sum(map(bool, hits)), sum(len(one.refs) for one in mine), sum(hits))


def _missed(made: Made, reviewed: Reviewed) -> Iterator[tuple[str, str]]:
    """Class and cover of every incident that the queue does not hold."""
    queued = {ref for one in reviewed.findings for ref in one.refs}
    return ((one.kind, one.cover) for one in made.incidents if queued.isdisjoint(one.refs))


def run(seed: str, size: Size, rules: AccessRules) -> Run:
    """Make an office and review it."""
    made = make_accesses(seed, size, EACH)
    begun = time.perf_counter()
    known = sum(access.visit in made.watched.matters for access in made.watched.accesses)
    bare = time.perf_counter() - begun
    begun = time.perf_counter()
    reviewed = review(made.watched, rules)
    seconds = time.perf_counter() - begun
    if known > reviewed.total:
        raise ValueError(known)
    laid_in = {ref for each in made.incidents for ref in each.refs}
    others = {ref for each in reviewed.findings for ref in each.refs} - laid_in
    missed = Counter(_missed(made, reviewed))
    return Run(seed, size, reviewed, recalls(made, reviewed), missed, seconds, bare, len(laid_in), len(others))


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """One office of a million accesses for time and shares, two smaller ones besides for what is found."""
    rules = load_access_rules(RULES)
    sizes = (TINY,) if small else (LARGE, MIDDLE, MIDDLE)
    runs = [run(seed, size, rules) for seed, size in zip(SEEDS, sizes, strict=False)]
    for one in runs:
        _print(one)
    return [figure.row() for figure in (*_shares(runs[0], small=small), *_found(runs))]


def _shares(one: Run, *, small: bool) -> tuple[Figure, ...]:
    total, reviewed = one.reviewed.total, one.reviewed
    scale = f"{total} synthetic accesses, seed {one.seed}"
    inside = len({ref for each in reviewed.findings for ref in each.refs}) / total
    per_million, bare = MILLION / total * one.seconds, MILLION / total * one.bare
    queue = None if small else 0.001  # a small office has as many incidents in fewer accesses
    return (
        Figure("review of 1,000,000 accesses", per_million, "s", floor=bare, goal=5.0, scale=scale),
        Figure("explained without a person", reviewed.explained / total, "share", None, 0.97, "value>=goal", scale),
        Figure("explained by a typed reason", reviewed.why["reason"] / total, "share", goal=0.05, scale=scale),
        Figure("findings in the queue by accesses", len(reviewed.findings) / total, "share", goal=queue, scale=scale),
        Figure("accesses inside these findings", inside, "share", scale=scale),
        Figure("accesses of the misuse laid in", one.laid_in / total, "share", scale=scale),
        Figure("accesses inside these findings that are none", one.others / total, "share", scale=scale),
    )


def _found(runs: list[Run]) -> Iterator[Figure]:
    kinds = dict.fromkeys(each.kind for one in runs for each in one.recalls)
    scale = f"{EACH} incidents of each class for each of {len(runs)} seeds, synthetic"
    for group, goal in (("known", 0.95), ("held out", 0.8)):
        mine = [kind for kind in kinds if (kind in HELD_OUT) is (group == "held out")]
        yield Figure(f"recall, {group}", _share(runs, mine), "share", None, goal, "value>=goal", scale)
        for kind in mine:
            yield Figure(f"recall, {group}: {kind}", _share(runs, [kind]), "share", None, goal, "value>=goal", scale)


def _share(runs: list[Run], kinds: list[str]) -> float:
    rows = [each for one in runs for each in one.recalls if each.kind in kinds]
    return sum(each.found for each in rows) / sum(each.incidents for each in rows)


def _print(one: Run) -> None:
    say, total, reviewed = sys.stderr.write, one.reviewed.total, one.reviewed
    say(f"SYNTHETIC, seed {one.seed}: {total:,} accesses of {one.size.staff} staff on {one.size.days} working days\n")
    say(f"  reviewed in {one.seconds:.2f} s; explained {reviewed.explained / total:.2%}, ")
    say(f"by a typed reason {reviewed.why['reason'] / total:.2%}; {len(reviewed.findings)} findings ")
    say(f"({len(reviewed.findings) / total:.3%})\n")
    for each in one.recalls:
        note = "   held out" if each.kind in HELD_OUT else ""
        say(f"  {each.kind:18} {each.found:3} of {each.incidents:3} incidents, ")
        say(f"{each.accesses_found:5} of {each.accesses:5} accesses{note}\n")
    for (kind, cover), count in one.missed.items():
        say(f"  missed: {count} x {kind} behind {cover}\n")
