"""Who sits where and what one key press starts: the values every use case is handed."""

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.domain.clock import Clock, Random, new_id
from app.domain.rights import Actor
from app.domain.secret import Secret


@dataclass(frozen=True, slots=True)
class Press:
    """One key press: its trace number, the key against doing it twice, its instant (UTC).

    A flow makes it when the key goes down and hands in the same one again when it tries again.
    """

    trace: str
    key: str
    at: datetime


def press(clock: Clock, random: Random) -> Press:
    """A key is pressed now."""
    return Press(trace=new_id(clock, random), key=new_id(clock, random), at=clock.now())


@dataclass(frozen=True, slots=True)
class Seat:
    """A counter: an enrolled terminal of a municipality, and its window's number."""

    municipality: str
    terminal: str
    window: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another terminal where the same person is signed in. ``window``: that counter window's number."""

    terminal: str
    window: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A member of staff who is signed in here. ``elsewhere``: where the same person is signed in too.

    ``must_change``: the password was given by an administrator. While one of the two is so the office lets nothing
    through but what concerns the session itself.
    """

    actor: Actor
    municipality_name: str
    office: str
    token: Secret = field(repr=False)
    started_at: datetime
    expires_at: datetime
    second_factor: str
    elsewhere: tuple[Elsewhere, ...] = ()
    must_change: bool = False

    @property
    def is_held(self) -> bool:
        """Whether something has to be decided before work can begin."""
        return bool(self.elsewhere) or self.must_change

    def call(self, press: Press) -> Call:
        """The request that ``press`` starts."""
        return Call(self.actor, press.trace, press.key, press.at)

    def act(self, press: Press, kind: str, *, visit: str = "", about: str = "", **what: Detail) -> Act:
        """What this person does with ``press``, for the journal."""
        return act_of(self.call(press), kind, visit=visit, about=about, **what)


@dataclass(frozen=True, slots=True)
class Visit:
    """来庁: one person's visit at this counter. ``ticket``: 番号札, "" without one.

    ``reason``: a ``LookupReason`` where somebody is looked up without a visit; ``visit_id`` is "" then.
    """

    visit_id: str
    ticket: str
    opened_at: datetime
    reason: str = ""
