"""How well persons are found: 5,000 labelled queries, judged by the second source of tests/quality."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from tests.quality.measure import Tally, as_text, judged, register, residents, together, told
from tests.quality.queries import HELD_OUT, Asker
from tests.support.postgres import Cluster, cluster
from tests.support.stores import postgres_addresses, sqlcipher_addresses

_SIZE, _QUERIES = 2000, 5000
_SIZE_SMALL, _QUERIES_SMALL = 500, 504
_SEED = 2
_RECALL, _HELD_OUT, _PRECISION = 0.99, 0.80, 0.95


def quality(engine: str, *, small: bool) -> list[Figure]:
    """Recall of the stated rules and of the slip held out, precision of the first ten; each class to standard error."""
    size, count = (_SIZE_SMALL, _QUERIES_SMALL) if small else (_SIZE, _QUERIES)
    print(f"{count} labelled queries", file=sys.stderr)
    people = residents(size)
    queries = Asker(as_text(people), _SEED).queries(count)
    with TemporaryDirectory() as folder:
        if engine == "sqlcipher":
            with register(people, sqlcipher_addresses(Path(folder))("register")) as service:
                tallies = judged(service, queries)
        else:
            with cluster() as server, register(people, postgres_addresses(_address(server))("register")) as service:
                tallies = judged(service, queries)
    print(told(tallies), file=sys.stderr)
    return _figures(tallies, f"{count} queries, {size} residents", engine)


def _address(server: Cluster) -> str:
    return server.address(server.fresh())


def _figures(tallies: dict[str, Tally], scale: str, engine: str) -> list[Figure]:
    stated = together(tally for kind, tally in tallies.items() if kind != HELD_OUT)
    rows = (
        ("recall", stated.recall, _RECALL),
        ("recall_held_out", tallies[HELD_OUT].recall, _HELD_OUT),
        ("precision_at_10", together(tallies.values()).precision, _PRECISION),
    )
    return [
        Figure(name, value, "share", goal=goal, sense="value>=goal", scale=scale, engine=engine)
        for name, value, goal in rows
    ]
