"""Who is let in, with the clock moved: sessions expire, terminals are revoked, a token belongs to one place."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.backend.staff.ports import StaffMember, Terminal
from app.backend.staff.service import StaffService
from app.domain.call import Call
from app.domain.clock import SystemRandom
from app.domain.counter_rules import CounterRules
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import NotAllowed, NotUnderstood, SessionEnded
from app.server.door import Door, Knock
from app.server.wiring import open_backend
from app.trust.authority import Authority, TerminalName
from app.trust.tls_key import TlsKey
from app.wire.counter_rules import ApproveRules, ProposeRules, row_of
from app.wire.endpoint import Caller, Endpoint
from app.wire.message import Nothing
from app.wire.staff import SignIn
from tests.edge.server.test_endpoints import settings
from tests.support.slices import MovedClock

HERE, PASSWORD = "991007", "はるのうみ-1"
QUEUE = Endpoint(path="/desk/v1/queue", act="application.read", takes=Nothing, gives=Nothing)
SIGN_IN = Endpoint(path="/staff/v1/sign-in", act="session.open", takes=Nothing, gives=Nothing, caller=Caller.TERMINAL)
PERMITS = Endpoint(path="/nws/v1/permits", act="slice.relay", takes=Nothing, gives=Nothing, caller=Caller.SLICE)


@dataclass
class House:
    """A staff slice on its own store, its door, and an authority for certificates."""

    door: Door
    staff: StaffService
    clock: MovedClock
    authority: Authority
    endpoints: dict[str, Endpoint]
    issued: dict[str, bytes] = field(default_factory=dict)

    def certificate(self, terminal: str) -> bytes:
        """The terminal's own, made once."""
        return self.issued.setdefault(terminal, self.another_certificate(terminal))

    def another_certificate(self, terminal: str) -> bytes:
        life = timedelta(days=1)
        key = TlsKey.generate()
        name = TerminalName(HERE, terminal)
        return der(self.authority.issue_terminal(key.request(), name, self.clock.now(), life))

    def slice_certificate(self, *names: str) -> bytes:
        key = TlsKey.generate()
        return der(self.authority.issue_slices(key.request(), names, self.clock.now(), timedelta(days=1)))

    def token(self, terminal: str = "T-01") -> str:
        at = Actor(HERE, "", "", "", terminal, ())
        asked = SignIn(staff_id="k1", password=PASSWORD)
        return self.staff.sign_in(Call(at, "trace", "key", self.clock.now()), asked).token

    def knock(self, terminal: str = "T-01", token: str = "", **changed: object) -> Knock:
        made = Knock(self.certificate(terminal), f"Bearer {token}", "trace", "key")
        return replace(made, **changed)  # type: ignore[arg-type]


def der(pem: bytes) -> bytes:
    import ssl

    return ssl.PEM_cert_to_DER_cert(pem.decode())


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    clock = MovedClock()
    opened = open_backend(replace(settings(folder), slices=("staff", "desk")), clock, SystemRandom())
    staff = opened.staff
    assert staff is not None
    member = StaffMember(HERE, "見本市", "中央区役所", "k1", "窓口　明子", "子ども家庭", "", is_active=True)
    staff.admit(((member, (Right("application.read"),)),), secret(PASSWORD), clock.now())
    for name, revoked in (("T-01", None), ("T-02", None), ("T-09", clock.now())):
        staff.enrol(Terminal(HERE, name, "1", clock.now(), revoked))

    authority = Authority.create("t", clock.now(), timedelta(days=2))
    yield House(Door(staff, staff.lets_in, clock), staff, clock, authority, {one.path: one for one in opened.endpoints})
    opened.parts.close()


def test_a_session_opens_the_door_until_it_expires(house: House) -> None:
    """S13-5, S04-4: who it is, of which department, with which rights comes from the staff system, at each request."""
    token = house.token()
    call = house.door.admit(house.knock(token=token), QUEUE)
    assert (call.actor.staff_id, call.actor.terminal, call.at) == ("k1", "T-01", house.clock.now())
    assert call.actor.department == "子ども家庭"
    assert {right.act for right in call.actor.rights} == {"application.read"}
    before = house.clock.at
    house.clock.at = before + timedelta(hours=10) - timedelta(microseconds=1)
    assert house.door.admit(house.knock(token=token), QUEUE).actor.staff_id == "k1"
    house.clock.at = before + timedelta(hours=10)
    with pytest.raises(SessionEnded):
        house.door.admit(house.knock(token=token), QUEUE)
    house.clock.at = before


def decided(house: House, version: int, lasts_s: int) -> None:
    """Two administrators agree how long sessions last."""
    for staff_id, name, asked in (
        ("a1", "propose", ProposeRules(version=version - 1, rules=row_of(CounterRules(session_s=lasts_s)))),
        ("a2", "approve", ApproveRules(version=version)),
    ):
        who = Actor(HERE, staff_id, "", "", "T-01", (Right("counter.rules"),))
        does = house.endpoints[f"/desk/v1/{name}-rules"].does
        assert does is not None
        does(Call(who, "trace", f"{staff_id}-{version}", house.clock.now()), asked)


def test_what_two_decided_of_sessions_at_the_desk_holds_at_the_door_for_open_ones_too(house: House) -> None:
    before, open_one = house.clock.at, house.token()
    decided(house, 1, 3600)
    for token in (open_one, ""):
        begun = token or house.token()
        house.clock.move(minutes=60, microseconds=-1)
        assert house.door.admit(house.knock(token=begun), QUEUE).actor.staff_id == "k1"
        house.clock.move(microseconds=1)
        with pytest.raises(SessionEnded) as ended:
            house.door.admit(house.knock(token=begun), QUEUE)
        assert ended.value.data["why"] == "time"
    decided(house, 2, CounterRules().session_s)
    house.clock.at = before


def test_a_token_opens_nothing_at_another_terminal(house: House) -> None:
    token = house.token("T-01")
    with pytest.raises(SessionEnded):
        house.door.admit(house.knock("T-02", token), QUEUE)


@pytest.mark.parametrize("terminal", ["T-09", "T-77"], ids=["revoked", "never enrolled"])
@pytest.mark.parametrize("endpoint", [SIGN_IN, QUEUE], ids=["sign-in", "queue"])
def test_a_terminal_that_is_not_enrolled_gets_nowhere(house: House, terminal: str, endpoint: Endpoint) -> None:
    with pytest.raises(NotAllowed):
        house.door.admit(house.knock(terminal, house.token()), endpoint)


def test_without_a_certificate_there_is_no_door(house: House) -> None:
    for endpoint in (SIGN_IN, QUEUE, PERMITS):
        with pytest.raises(NotAllowed):
            house.door.admit(house.knock(token=house.token(), peer_der=None), endpoint)


def test_slices_and_terminals_are_not_taken_for_each_other(house: House) -> None:
    """R-090, C-03: a terminal serves counter work alone; what other systems do is closed to it."""
    relay = house.slice_certificate("relay", "gateway")
    assert house.door.admit(house.knock(peer_der=relay), PERMITS).actor.staff_id == "slice:relay"
    with pytest.raises(NotAllowed):
        house.door.admit(house.knock(peer_der=house.slice_certificate("gateway")), PERMITS)
    with pytest.raises(NotAllowed):
        house.door.admit(house.knock(), PERMITS)
    for endpoint in (SIGN_IN, QUEUE):
        with pytest.raises(NotAllowed):
            house.door.admit(house.knock(token=house.token(), peer_der=relay), endpoint)


@pytest.mark.parametrize("changed", [{"key": ""}, {"trace": ""}, {"key": "k" * 65}, {"trace": "t" * 65}])
def test_each_request_says_its_trace_and_its_key(house: House, changed: dict[str, str]) -> None:
    with pytest.raises(NotUnderstood):
        house.door.admit(house.knock(token=house.token(), **changed), QUEUE)


def test_a_right_that_is_not_there_closes_the_door(house: House) -> None:
    decide = replace(QUEUE, act="application.decide")
    with pytest.raises(NotAllowed):
        house.door.admit(house.knock(token=house.token()), decide)
