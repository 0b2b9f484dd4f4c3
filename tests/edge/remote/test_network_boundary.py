"""K-02, R-087: over the line the counter learns when the resident network takes something and what still waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from app.domain.clock import SystemClock, SystemRandom
from app.domain.rights import Actor
from app.domain.secret import Secret
from app.errors import NotAllowed
from app.link.line import Line
from app.remote.jukirelay import HttpNetworkBoundary
from app.services.ports.network_boundary import NetworkBoundary
from app.services.ports.seat import Session, press
from tests.edge.remote.conftest import Office
from tests.support.backend import MIHON, PASSPHRASE

CLOCK = SystemClock()
SUPERVISOR, CLERK = "v6001", "k1001"


@dataclass
class Seat:
    """Somebody signed in, and the boundary as their counter has it."""

    boundary: NetworkBoundary
    session: Session

    def now(self):
        return press(CLOCK, SystemRandom())


def session_of(token: Secret, staff_id: str) -> Session:
    now = CLOCK.now()
    actor = Actor(MIHON, staff_id, "", "", "T-03", ())
    return Session(actor, "見本市", "", token, now, now + timedelta(hours=1), "none")


@pytest.fixture
def seat(office: Office, request: pytest.FixtureRequest) -> Iterator[Seat]:
    seated = office.backend.seat(request.param, "T-03")
    line = Line(f"https://127.0.0.1:{seated.port}", seated.tls, PASSPHRASE, timeout_s=20.0)
    assert seated.token is not None
    yield Seat(HttpNetworkBoundary(line), session_of(seated.token, request.param))
    line.close()


@pytest.mark.parametrize("seat", [SUPERVISOR], indirect=True)
def test_a_supervisor_sees_whether_it_is_open_what_waits_and_what_passed(seat: Seat) -> None:
    found = seat.boundary.forwarding(seat.now(), seat.session)
    assert (found.open_now, found.rows) == (True, ())
    assert seat.boundary.calendar(seat.now(), seat.session).opens == "00:00"
    today = date.fromordinal(CLOCK.now().toordinal())
    passed = seat.boundary.linkage(seat.now(), seat.session, (today - timedelta(days=1), today + timedelta(days=1)))
    assert "forwarding.viewed" in {row.kind for row in passed.rows}


@pytest.mark.parametrize("seat", [CLERK], indirect=True)
def test_who_has_no_right_is_told_what_is_told_of_things_that_there_are_not(seat: Seat) -> None:
    with pytest.raises(NotAllowed):
        seat.boundary.forwarding(seat.now(), seat.session)
    with pytest.raises(NotAllowed):
        seat.boundary.linkage(seat.now(), seat.session, (date(2026, 11, 1), date(2026, 11, 2)))
