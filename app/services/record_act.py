"""Journal first: an act is kept before its result is shown, a refused one too."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from app.domain.act import Detail
from app.errors import AppError
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session

T = TypeVar("T")


def _nothing(_: object) -> dict[str, Detail]:
    return {}


@dataclass(frozen=True, slots=True)
class Doing:
    """What is about to be done: the act's kind (``record.opened``) and what it is about."""

    kind: str
    visit: str = ""
    about: str = ""
    what: dict[str, Detail] = field(default_factory=dict)


def recorded(
    journal: Journal,
    by: tuple[Press, Session],
    doing: Doing,
    work: Callable[[], T],
    result: Callable[[T], dict[str, Detail]] = _nothing,
) -> T:
    """Do ``work``, keep the act with what ``result`` says of its outcome, then give the outcome.

    A refusal is kept as ``<kind>.refused`` with its code and raised again. Errors: those of ``work``; StoreError
    when the act can't be kept: then nothing is shown.
    """
    press, session = by
    try:
        outcome = work()
    except AppError as error:
        refused: dict[str, Detail] = {**doing.what, "code": error.code}
        journal.write(session.act(press, f"{doing.kind}.refused", visit=doing.visit, about=doing.about, **refused))
        raise
    said: dict[str, Detail] = {**doing.what, **result(outcome)}
    journal.write(session.act(press, doing.kind, visit=doing.visit, about=doing.about, **said))
    return outcome
