"""The staff slice over the line."""

from app.domain.rights import Actor, Right
from app.domain.secret import Secret, secret
from app.link.line import Headers, Line
from app.services.ports.office import Shown
from app.services.ports.seat import Elsewhere, Press, Seat, Session
from app.services.ports.staff_card import CardAsked
from app.wire.message import Nothing
from app.wire.staff import (
    AskChangeKey,
    AskKey,
    AskStanding,
    AskUnlockKey,
    ChangePassword,
    EndElsewhere,
    KeyAsked,
    OtherSession,
    Reauthenticate,
    SignedIn,
    SignIn,
    SignOut,
    Standing,
)

SIGN_OUT_S = 0.8
"""How long a silence of the office is borne at signing out: nobody waits for its answer. Assumed."""


class HttpStaff:
    """See ``StaffOffice``."""

    def __init__(self, line: Line, seat: Seat) -> None:
        self._line = line
        self._seat = seat

    def ask_key(self, press: Press, staff_id: str) -> CardAsked | None:
        way = Headers(press.trace, f"{press.key}-ask")
        return _asked(self._line.ask("/staff/v1/ask-key", AskKey(staff_id=staff_id), KeyAsked, way))

    def ask_unlock_key(self, press: Press, session: Session) -> CardAsked | None:
        way = Headers(press.trace, f"{press.key}-ask", session.token)
        return _asked(self._line.ask("/staff/v1/ask-unlock-key", AskUnlockKey(), KeyAsked, way))

    def sign_in(self, press: Press, staff_id: str, shown: Shown) -> Session:
        asked = SignIn(
            staff_id=staff_id,
            password=shown.password.text(),
            asked=shown.asked,
            assertion=shown.assertion,
            one_time_pass="" if shown.one_time_pass is None else shown.one_time_pass.text(),
        )
        answer = self._line.ask("/staff/v1/sign-in", asked, SignedIn, Headers(press.trace, press.key))
        return _session(answer, self._seat)

    def unlock(self, press: Press, session: Session, shown: Shown) -> None:
        asked = Reauthenticate(password=shown.password.text(), asked=shown.asked, assertion=shown.assertion)
        self._line.ask("/staff/v1/unlock", asked, Nothing, headers(press, session))

    def standing(self, press: Press, session: Session, *, locked: bool) -> tuple[Elsewhere, ...]:
        told = self._line.ask("/staff/v1/standing", AskStanding(locked=locked), Standing, headers(press, session))
        return tuple(map(elsewhere_of, told.elsewhere))

    def end_elsewhere(self, press: Press, session: Session) -> tuple[Elsewhere, ...]:
        ended = self._line.ask("/staff/v1/end-elsewhere", EndElsewhere(), Standing, headers(press, session))
        return tuple(map(elsewhere_of, ended.elsewhere))

    def ask_change_key(self, press: Press, session: Session) -> CardAsked | None:
        way = Headers(press.trace, f"{press.key}-ask", session.token)
        return _asked(self._line.ask("/staff/v1/ask-change-key", AskChangeKey(), KeyAsked, way))

    def change_password(self, press: Press, session: Session, shown: Shown, new: Secret) -> None:
        asked = ChangePassword(
            password=shown.password.text(),
            new_password=new.text(),
            asked=shown.asked,
            assertion=shown.assertion,
        )
        self._line.ask("/staff/v1/change-password", asked, Nothing, headers(press, session))

    def sign_out(self, press: Press, session: Session) -> None:
        asked = SignOut(token=session.token.text())
        self._line.ask("/staff/v1/sign-out", asked, Nothing, headers(press, session), SIGN_OUT_S)


def headers(press: Press, session: Session) -> Headers:
    """What goes with a request that a key press started."""
    return Headers(press.trace, press.key, session.token)


def _asked(answer: KeyAsked) -> CardAsked | None:
    return CardAsked(answer.asked, answer.options) if answer.options else None


def elsewhere_of(row: OtherSession) -> Elsewhere:
    """Another terminal of the same person."""
    return Elsewhere(row.terminal, row.window, row.started_at)


def _session(answer: SignedIn, seat: Seat) -> Session:
    rights = tuple(Right(row.act, row.procedure, row.item_class, row.since, row.until) for row in answer.rights)
    return Session(
        actor=Actor(
            municipality=answer.municipality,
            staff_id=answer.staff_id,
            name=answer.name,
            department=answer.department,
            terminal=seat.terminal,
            rights=rights,
        ),
        municipality_name=answer.municipality_name,
        office=answer.office,
        token=secret(answer.token),
        started_at=answer.started_at,
        expires_at=answer.expires_at,
        second_factor=answer.second_factor,
        elsewhere=tuple(map(elsewhere_of, answer.elsewhere)),
        must_change=answer.must_change,
    )
