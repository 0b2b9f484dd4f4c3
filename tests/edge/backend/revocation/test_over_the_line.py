"""A counter asks the running backend over mutual TLS: about a certificate, and for leave to take a number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from app.backend.staff.ports import StaffMember
from app.domain.clock import SystemClock, SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import NotAllowed, Unreachable
from app.link.line import Headers, Line
from app.remote.desk import HttpLeave
from app.remote.revocation import HttpRevocation
from app.remote.staff import headers
from app.server.registry import open_registry
from app.services.ports.seat import Press, Session, press
from app.services.ports.validity import RevocationAnswer
from app.settings import TlsPlace, server_settings
from app.shipped import resource
from app.standin.cards.jpki_authority import TrainingJpki
from app.standin.jpki.answers import StatusAnswers
from app.standin.jpki.register import Register, Revoked
from app.standin.jpki.server import StatusServer
from app.training import certificates
from app.trust.authority import TerminalName
from app.wire.desk import OpenVisit
from app.wire.message import Nothing
from app.wire.staff import SignedIn, SignIn
from tests.support.backend import MIHON, PASSPHRASE
from tests.support.cradle import ForkedBackend
from tests.support.status import Authority, Leaf

CLOCK = SystemClock()
NOW = CLOCK.now()
SERIAL = 0x6B21_D0FF_A3
CLAIM = "child_allowance_claim"


RIGHTS = {
    "k1001": (Right("visit.open"), Right("person.confirm"), Right("number.confirm", CLAIM)),
    "g2001": (Right("visit.open"), Right("person.confirm")),
    "d5001": (Right("application.decide"),),
}
PASSWORD = secret("tadashii-aikotoba-27")
SETTINGS = """
folder = "backend"
host = "127.0.0.1"
port = 0
database = "sqlcipher"
schema_prefix = "x_"
slices = ["staff", "desk", "revocation"]
municipalities = ["991007"]
training = true

[tls]
authority = "authority/authority.pem"
certificate = "authority/server.pem"
key = "authority/server.key.pem"

[second_factor]
required = false

[revocation]
first = "responder"
responder = "{responder}"
lists = [{lists}]
"""


@dataclass
class World:
    """The running backend in ``folder``, the authority that it asks, and one line from a counter."""

    folder: Path
    tls: TlsPlace
    authority: Authority
    line: Line

    def session(self, staff_id: str) -> Session:
        asked = SignIn(staff_id=staff_id, password=PASSWORD.text())
        told = self.line.ask("/staff/v1/sign-in", asked, SignedIn, Headers("trace", staff_id))
        actor = Actor(MIHON, staff_id, told.name, told.department, "T-01", RIGHTS[staff_id])
        times = (told.started_at, told.expires_at)
        return Session(actor, told.municipality_name, told.office, secret(told.token), *times, told.second_factor)

    def press(self) -> Press:
        return press(CLOCK, SystemRandom())

    def check(self, session: Session, certificate: bytes) -> RevocationAnswer:
        return HttpRevocation(self.line).check(self.press(), session, "v1", certificate)

    def leaf(self, serial: int) -> Leaf:
        return Leaf(serial, NOW - timedelta(days=9), NOW + timedelta(days=9))


def furnish(folder: Path, server: StatusServer, lists: list[str]) -> TlsPlace:
    """An office with three people and one terminal; where the terminal's key lies. ``lists``: of which authorities."""
    places = ", ".join(f'"{server.list_of(name)}"' for name in lists)
    folder.joinpath("server.toml").write_text(SETTINGS.format(responder=server.responder, lists=places), "utf-8")
    vouches = certificates.make_authority(folder / "authority", CLOCK)
    certificates.issue_server(vouches, folder / "authority", CLOCK)
    certificates.issue_terminal(vouches, folder / "terminal", TerminalName(MIHON, "T-01"), PASSPHRASE, CLOCK)
    with open_registry(server_settings(folder / "server.toml"), CLOCK, SystemRandom()) as registry:
        registry.enrol(MIHON, "T-01", "1")
        for staff_id, rights in RIGHTS.items():
            member = StaffMember(MIHON, "見本市", "中央区役所", staff_id, "職員", "窓口", "", is_active=True)
            registry.admit(member, PASSWORD, rights)
    terminal = folder / "terminal"
    return TlsPlace(terminal / "authority.pem", terminal / "terminal.pem", terminal / "terminal.key.pem")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    jpki = TrainingJpki.load(resource("training", "card", "jpki")).authority("user_authentication", "2")
    authority = Authority(2, Register("user-2", jpki.certificate, jpki.key))
    folder = tmp_path_factory.mktemp("revocation")
    with StatusServer(lambda: StatusAnswers([authority.register], CLOCK)) as server:
        tls = furnish(folder, server, [authority.register.name])
        with ForkedBackend(folder / "server.toml", folder / "backend.log") as process:
            line = Line(f"https://127.0.0.1:{process.port}", tls, PASSPHRASE)
            yield World(folder, tls, authority, line)
            line.close()


def test_the_counter_hears_good_revoked_and_unknown_and_the_log_says_no_number(world: World) -> None:
    clerk = world.session("k1001")
    certificate = world.leaf(SERIAL).made_by(world.authority)
    good = world.check(clerk, certificate)
    assert (good.verdict, good.source) == (Verified(), "ocsp")
    assert good.as_of is not None
    assert abs(good.as_of - CLOCK.now()) < timedelta(minutes=1)
    since = (NOW - timedelta(hours=1)).replace(microsecond=0)
    world.authority.register.revoke(SERIAL, Revoked(since, x509.ReasonFlags.superseded))
    revoked = world.check(clerk, certificate)
    assert (revoked.verdict, revoked.since, revoked.reason) == (Failed("certificate_revoked"), since, "superseded")
    unknown = world.check(clerk, world.leaf(5).signed_by(world.authority))
    assert unknown.verdict == NotChecked("revocation_unknown")
    log = (world.folder / "backend.log").read_bytes()
    assert b"/revocation/v1/check" in log
    for mark in (str(SERIAL), f"{SERIAL:x}", f"{SERIAL:X}"):
        assert mark.encode() not in log
    files = list(world.folder.glob("backend/revocation.db*"))
    assert files
    assert not any(SERIAL.to_bytes(5, "big") in file.read_bytes() for file in files)


def test_who_does_not_confirm_persons_learns_nothing(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.check(world.session("d5001"), world.leaf(1).made_by(world.authority))


def test_leave_for_a_number_is_asked_over_the_line_and_offline_there_is_none(world: World) -> None:
    clerk, leave = world.session("k1001"), HttpLeave(world.line)
    with pytest.raises(NotAllowed):
        leave.ask(world.press(), clerk, "v7", CLAIM)
    opened = OpenVisit(visit_id="v7", ticket="7", opened_at=datetime.now(UTC))
    assert world.line.ask("/desk/v1/open-visit", opened, Nothing, headers(world.press(), clerk)) == Nothing()
    leave.ask(world.press(), clerk, "v7", CLAIM)
    with pytest.raises(NotAllowed):
        leave.ask(world.press(), world.session("g2001"), "v7", CLAIM)
    away = Line("https://127.0.0.1:9", world.tls, PASSPHRASE)
    with pytest.raises(Unreachable):
        HttpLeave(away).ask(world.press(), clerk, "v7", CLAIM)
    with pytest.raises(Unreachable):
        HttpRevocation(away).check(world.press(), clerk, "v7", b"")
    away.close()
