"""What a slice offers over the network, as data: path, right, message types and what answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.domain.call import Call

Handler = Callable[[Call, Any], Any]
"""Takes the request's Call and its message, gives the answer or raises an AppError."""

BatchHandler = Callable[[Sequence[tuple[Call, Any]]], Sequence[Any]]
"""Takes what waits (1..64), gives one answer or AppError for each, in one transaction."""


class Caller(Enum):
    """Who may call an endpoint at all, before any right is looked at."""

    STAFF = "staff"
    """A signed-in member of staff at an enrolled terminal."""
    TERMINAL = "terminal"
    """An enrolled terminal without a session: sign-in only."""
    NEWCOMER = "newcomer"
    """A PC that is not enrolled yet, at the enrolment door only; the code in its message is all that it shows."""
    SLICE = "slice"
    """Another slice, named by its certificate; its message is signed besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One thing a slice does when asked with POST.

    ``act``: the right a member of staff needs to get past the door; the service asks again with procedure
    and item class. ``does`` answers one message, ``drains`` answers a list of them; exactly one is given.
    """

    path: str
    act: str
    takes: type[Any]
    gives: type[Any]
    caller: Caller = Caller.STAFF
    does: Handler | None = None
    drains: BatchHandler | None = None
