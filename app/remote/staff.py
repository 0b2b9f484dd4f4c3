"""The staff slice over the line."""

from app.domain.rights import Actor, Right
from app.domain.secret import Secret, secret
from app.link.line import Headers, Line
from app.services.ports.seat import Press, Seat, Session
from app.wire.message import Nothing
from app.wire.staff import Reauthenticate, SignedIn, SignIn, SignOut

SIGN_OUT_S = 0.8
"""How long a silence of the office is borne at signing out: nobody waits for its answer. Assumed."""


class HttpStaff:
    """See ``StaffOffice``."""

    def __init__(self, line: Line, seat: Seat) -> None:
        self._line = line
        self._seat = seat

    def sign_in(self, press: Press, staff_id: str, password: Secret) -> Session:
        asked = SignIn(staff_id=staff_id, password=password.text())
        answer = self._line.ask("/staff/v1/sign-in", asked, SignedIn, Headers(press.trace, press.key))
        return _session(answer, self._seat)

    def unlock(self, press: Press, session: Session, password: Secret) -> None:
        asked = Reauthenticate(password=password.text())
        self._line.ask("/staff/v1/unlock", asked, Nothing, headers(press, session))

    def sign_out(self, press: Press, session: Session) -> None:
        asked = SignOut(token=session.token.text())
        self._line.ask("/staff/v1/sign-out", asked, Nothing, headers(press, session), SIGN_OUT_S)


def headers(press: Press, session: Session) -> Headers:
    """What goes with a request that a key press started."""
    return Headers(press.trace, press.key, session.token)


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
        elsewhere=tuple(part for part in answer.elsewhere.split(",") if part),
    )
