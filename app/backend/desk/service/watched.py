"""What is refused leaves its trace too: recorded by itself, before the refusal is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from app.backend.desk.ports import DeskBook, DeskUnit
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused

T = TypeVar("T")

Place = tuple[str, str, str]
"""Act that was tried, visit and application it was about ("" where not known)."""


def watched(book: DeskBook, call: Call, place: Place, work: Callable[[DeskUnit], T]) -> T:
    """Run ``work`` in one transaction. What it refuses is rolled back whole, kept as an act and raised again."""
    with refusals_kept(book, call, place):
        return book.write(work)


@contextmanager
def refusals_kept(book: DeskBook, call: Call, place: Place) -> Iterator[None]:
    """What is refused within is kept as an act and raised again."""
    try:
        yield
    except (NotAllowed, Refused, Conflict, NotUnderstood) as refusal:
        kind, visit, about = place
        reason = refusal.reason if isinstance(refusal, Refused) else refusal.code
        act = act_of(call, f"{kind}_refused", visit=visit, about=about, reason=reason)
        book.write(lambda unit: unit.record(act))
        raise
