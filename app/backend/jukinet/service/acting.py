"""What all use cases share: ids that are demanded, acts of the slice itself, the way of errors to a counter."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from app.backend.jukinet.ports import NetworkBook
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.errors import AppError, NotUnderstood, Refused, Unreachable

SLICE = "slice:jukinet"
_ID_LENGTH = 64


def demand_id(given: str) -> str:
    """Errors: NotUnderstood for an identifier that a caller can't have made."""
    if not given or len(given) > _ID_LENGTH or not given.replace("-", "").isalnum() or not given.isascii():
        raise NotUnderstood(what="id")
    return given


def own_act(kind: str, at: datetime, municipality: str, about: str, **what: Detail) -> Act:
    """An act of the slice itself; ``about``: an identifier that is no number of a person."""
    return Act(
        kind=kind,
        at=at,
        municipality=municipality,
        staff_id=SLICE,
        terminal="",
        trace=f"{kind}:{about}"[:_ID_LENGTH],
        about=about,
        what=tuple(sorted(what.items())),
    )


@contextmanager
def failures_kept(book: NetworkBook, call: Call, kind: str, visit: str = "") -> Iterator[None]:
    """Record as ``<kind>_refused`` what fails within; a network that does not answer is Refused ``network_away``."""
    try:
        yield
    except AppError as error:
        told = Refused("network_away") if isinstance(error, Unreachable) else error
        code = told.reason if isinstance(told, Refused) else told.code
        book.write(lambda unit: unit.record([act_of(call, f"{kind}_refused", visit=visit, code=code)]))
        raise told from error
