"""What a window that begins anew while it is locked hands to the next: whose session it is, and since when it waits."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.rights import Actor, Right
from app.domain.secret import Secret, secret, taken
from app.errors import NotUnderstood
from app.services.ports.seat import Elsewhere, Session
from app.ui.screens.locked import LockReason
from app.wire.message import Message, decode, encode


class _Right(Message, frozen=True):
    act: str
    procedure: str
    item_class: str
    since: date | None
    until: date | None


class _Elsewhere(Message, frozen=True):
    terminal: str
    window: str
    started_at: datetime


class _Handed(Message, frozen=True):
    municipality: str
    staff_id: str
    name: str
    department: str
    terminal: str
    rights: tuple[_Right, ...]
    municipality_name: str
    office: str
    token: str
    started_at: datetime
    expires_at: datetime
    second_factor: str
    elsewhere: tuple[_Elsewhere, ...]
    must_change: bool
    reason: str
    locked_s: float
    display: bool


@dataclass(frozen=True, slots=True)
class Handover:
    """A locked window. ``locked_s``: since when, by the clock that stands still for nobody (s).

    ``display``: whether the resident's display stood open. No key and nothing of a resident is among it.
    """

    session: Session
    reason: LockReason
    locked_s: float
    display: bool

    def to_secret(self) -> Secret:
        """For the next program of this PC, through memory only."""
        session, actor = self.session, self.session.actor
        rights = tuple(
            _Right(act=one.act, procedure=one.procedure, item_class=one.item_class, since=one.since, until=one.until)
            for one in actor.rights
        )
        elsewhere = tuple(
            _Elsewhere(terminal=one.terminal, window=one.window, started_at=one.started_at) for one in session.elsewhere
        )
        return taken(
            encode(
                _Handed(
                    municipality=actor.municipality,
                    staff_id=actor.staff_id,
                    name=actor.name,
                    department=actor.department,
                    terminal=actor.terminal,
                    rights=rights,
                    municipality_name=session.municipality_name,
                    office=session.office,
                    token=session.token.text(),
                    started_at=session.started_at,
                    expires_at=session.expires_at,
                    second_factor=session.second_factor,
                    elsewhere=elsewhere,
                    must_change=session.must_change,
                    reason=self.reason.value,
                    locked_s=self.locked_s,
                    display=self.display,
                )
            )
        )


def handover(handed: Secret | None) -> Handover | None:
    """What was handed on; None for nothing, and for what is no handover: then somebody signs in anew."""
    if handed is None:
        return None
    try:
        with handed.lent() as raw:
            told = decode(bytes(raw), _Handed)
        reason = LockReason(told.reason)
    except (NotUnderstood, ValueError):
        return None
    finally:
        handed.wipe()
    rights = tuple(Right(one.act, one.procedure, one.item_class, one.since, one.until) for one in told.rights)
    session = Session(
        actor=Actor(told.municipality, told.staff_id, told.name, told.department, told.terminal, rights),
        municipality_name=told.municipality_name,
        office=told.office,
        token=secret(told.token),
        started_at=told.started_at,
        expires_at=told.expires_at,
        second_factor=told.second_factor,
        elsewhere=tuple(Elsewhere(one.terminal, one.window, one.started_at) for one in told.elsewhere),
        must_change=told.must_change,
    )
    return Handover(session, reason, told.locked_s, told.display)
