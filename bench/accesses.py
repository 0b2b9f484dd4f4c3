"""Figures of the access review on synthetic accesses: what is explained, what is found, how long it takes."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.access_review import Reviewed, review
from app.domain.access_rules import AccessRules, load_access_rules
from app.standin.accesses.book import Made
from app.standin.accesses.held_out import KINDS as HELD_OUT
from app.standin.accesses.make import make_accesses
from app.standin.accesses.office import Size

RULES = Path(__file__).resolve().parents[1] / "resources" / "tables" / "access_review.toml"
LARGE = Size(staff=250, days=125, visits=5)
SEEDS = ("review-1",)


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


def recalls(made: Made, reviewed: Reviewed) -> tuple[Recall, ...]:
    """Per class; an incident is found when an access of it stands in a finding of the queue."""
    queued = {ref for one in reviewed.findings for ref in one.refs}
    kinds = dict.fromkeys(one.kind for one in made.incidents)
    return tuple(_recall(made, kind, queued) for kind in kinds)


def _recall(made: Made, kind: str, queued: set[str]) -> Recall:
    mine = [one for one in made.incidents if one.kind == kind]
    hits = [len(queued.intersection(one.refs)) for one in mine]
    return Recall(kind, len(mine), sum(map(bool, hits)), sum(len(one.refs) for one in mine), sum(hits))


def missed(made: Made, reviewed: Reviewed) -> Iterator[tuple[str, str]]:
    """Class and cover of every incident that the queue does not hold."""
    queued = {ref for one in reviewed.findings for ref in one.refs}
    return ((one.kind, one.cover) for one in made.incidents if queued.isdisjoint(one.refs))


def main(seeds: tuple[str, ...] = SEEDS, size: Size = LARGE, each: int = 12) -> int:
    """Print the figures; 1 when a goal is missed."""
    rules = load_access_rules(RULES)
    return max(_one(seed, size, each, rules) for seed in seeds)


def _one(seed: str, size: Size, each: int, rules: AccessRules) -> int:
    made = make_accesses(seed, size, each)
    begun = time.perf_counter()
    reviewed = review(made.watched, rules)
    took = time.perf_counter() - begun
    total = reviewed.total
    explained, by_reason = reviewed.explained / total, reviewed.why.get("reason", 0) / total
    queue = len(reviewed.findings) / total
    inside = len({ref for one in reviewed.findings for ref in one.refs}) / total
    print(f"SYNTHETIC accesses, seed {seed}: {total:,} of {size.staff} staff over {size.days} working days")
    print(f"  review                          {took:8.2f} s   ({took / total * 1_000_000:.2f} s per 1,000,000)")
    print(f"  explained without a person      {explained:8.2%}   goal >= 97 %")
    print(f"  of it by a typed reason         {by_reason:8.2%}   goal <=  5 %")
    print(f"  findings in the queue           {queue:8.3%}   goal <= 0.1 % ({len(reviewed.findings)})")
    print(f"  accesses inside those findings  {inside:8.3%}")
    found = recalls(made, reviewed)
    for one in found:
        note = "held out" if one.kind in HELD_OUT else ""
        print(
            f"  {one.kind:18} {one.found:3} of {one.incidents:3} incidents {one.share:8.2f}"
            f"   {one.accesses_found:5} of {one.accesses:5} accesses   {note}"
        )
    known = [one for one in found if one.kind not in HELD_OUT]
    recall = sum(one.found for one in known) / sum(one.incidents for one in known)
    held = [one for one in found if one.kind in HELD_OUT]
    outside = sum(one.found for one in held) / sum(one.incidents for one in held)
    print(f"  recall, known classes           {recall:8.2f}   goal >= 0.95")
    print(f"  recall, held-out classes        {outside:8.2f}   goal >= 0.80")
    good = explained >= 0.97 and by_reason <= 0.05 and queue <= 0.001 and recall >= 0.95 and outside >= 0.8
    return 0 if good and took / total * 1_000_000 <= 5 else 1


if __name__ == "__main__":
    sys.exit(main())
