"""Who answered whom at the edge of mutual TLS while a test ran; a row of the exchange counts by nothing else.

A test marked ``seed`` with such a row fails unless the row's owner answered a caller with a certificate meanwhile; one
marked ``twin`` fails unless the owner refused one. See ``rows.OWNERS``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from tests.seed_matrix.rows import OWNERS

OK, REFUSED = range(200, 300), range(400, 500)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as it left. ``caller``: digest of the certificate that the caller showed, "" for none."""

    engine: str
    path: str
    status: int
    caller: str


@dataclass
class Witness:
    """Everything that left the edges of this test process, in order."""

    seen: list[Answered] = field(default_factory=list)


_WITNESS = pytest.StashKey[Witness]()


def lacking(marks: Sequence[tuple[str, str]], engine: str, seen: Sequence[Answered]) -> list[tuple[str, str]]:
    """Rows that were marked and not shown. ``marks``: kind and row."""
    return [
        (kind, row)
        for kind, row in marks
        if not any(
            one.caller
            and one.engine == engine
            and one.path.startswith(OWNERS[row])
            and one.status in (OK if kind == "seed" else REFUSED)
            for one in seen
        )
    ]


@pytest.fixture(scope="session")
def witness(pytestconfig: pytest.Config) -> Witness:
    return pytestconfig.stash.setdefault(_WITNESS, Witness())


@pytest.fixture(autouse=True)
def _the_owner_answered_over_mutual_tls(request: pytest.FixtureRequest) -> Iterator[None]:
    marks = [
        (mark.name, row)
        for mark in request.node.iter_markers()
        if mark.name in {"seed", "twin"}
        for row in mark.args
        if row in OWNERS
    ]
    if not marks:
        yield
        return
    kept = request.config.stash.setdefault(_WITNESS, Witness())
    begin = len(kept.seen)
    yield
    spec = getattr(request.node, "callspec", None)
    engine = "" if spec is None else next((one for one in spec.params.values() if one in ENGINES), "")
    missed = lacking(marks, engine, kept.seen[begin:])
    assert not missed, f"not shown over mutual TLS on {engine or 'any engine'}: {missed}"


ENGINES = ("sqlcipher", "postgresql")
