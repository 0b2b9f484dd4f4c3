"""S07-0a, K-01, R-036: who may connect where; nothing on the network's side reaches the register or business systems.

The boundary and the city's own slices run as a process of their own; all is asked over mutual TLS.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.backend.register import store as register_store
from app.domain.clock import SystemClock, SystemRandom
from app.errors import AppError, NotAllowed, Unreachable
from app.link.letters import LetterLine
from app.link.line import Headers, Line
from app.server.exchange import ExchangeKeys
from app.server.jukirelay import LinePasswords, RegisterLinePart, Way, build_register_line, relay_rules
from app.server.keys import Keys
from app.server.parts import Parts
from app.server.register import RegisterPart, build_register
from app.server.wiring import open_backend
from app.settings import ServerSettings
from app.training.child import BackendProcess
from app.trust.authority import Authority
from app.wire.endpoint import Caller
from app.wire.jukinet import AskWideArea, WideAreaCopies, WideAreaRequest
from app.wire.message import Nothing
from tests.edge.backend.exchange.test_processes import HOUR, certificate, free_port, written
from tests.edge.backend.jukinet.world import HERE, THERE, settings_of
from tests.edge.backend.jukirelay.world import ADDRESS, Doing, fresh, resident
from tests.support.cradle import ForkedBackend
from tests.support.process import wait_for
from tests.support.slices import MovedClock

pytestmark = pytest.mark.timeout(180)
CLOCK = SystemClock()
WIDE_AREA, REGISTER = "/jukirelay/v1/wide-area", "/jukirelay/v1/register"
INSIDE = ("jukirelay", "addressee")
"""The boundary beside a slice of the city that the network must not reach."""


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Caller, str]]]:
    """Path → who may call it, of all slices there are."""
    folder = tmp_path_factory.mktemp("every")
    opened = open_backend(settings_of(folder, "sqlcipher"), MovedClock(), SystemRandom())
    yield {one.path: (one.caller, one.act) for one in opened.endpoints}
    opened.parts.close()


def test_the_network_s_side_may_call_one_endpoint_and_the_boundary_none_of_the_city_s(
    every: dict[str, tuple[Caller, str]],
) -> None:
    of: dict[str, set[str]] = {}
    for path, (caller, act) in every.items():
        if caller is Caller.SLICE:
            of.setdefault(act.removeprefix("slice."), set()).add(path)
    assert of["jukinet"] == {WIDE_AREA}
    assert all(path.startswith("/jukinet/") for path in of["jukirelay"])
    to_boundary = {path: act for path, (caller, act) in every.items() if path.startswith("/jukirelay/")
                   and caller is Caller.SLICE}  # fmt: skip
    assert to_boundary == {WIDE_AREA: "slice.jukinet", REGISTER: "slice.register"}
    by_network = {path for name in ("jukinet", "jukirelay") for path in of[name]}
    assert not any(path.startswith(("/register/", "/addressee/", "/relay/", "/desk/")) for path in by_network)


@dataclass
class City:
    """The boundary as a process; the register is in this one and dials out. No communication server is there."""

    process: BackendProcess
    settings: ServerSettings
    file: Path
    authority: Authority
    keys: ExchangeKeys
    register: RegisterPart
    side: RegisterLinePart
    clock: SystemClock

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.settings.port}"

    def line(self, folder: Path, *slices: str) -> Line:
        return Line(self.url, certificate(self.authority, folder, fresh("peer"), slices), None)

    def moves(self, one, to: str) -> None:
        doing = Doing()
        doing.clock, doing.register = _Today(), self.register
        doing.moves(one, to)

    def copy(self, folder: Path, code: str):
        line, post = self.line(folder, "jukinet"), self.keys.post("jukinet")
        request = WideAreaRequest(request_id=fresh("w"), asked_by=THERE, asked_of=HERE, resident_code=code)
        letter = post.write(f"jukinet@{HERE}", "juki-wide-area/1", AskWideArea(municipality=HERE, requests=(request,)))
        try:
            answer = LetterLine(line, WIDE_AREA).ask(letter)
        finally:
            line.close()
        return post.read(answer, "juki-wide-area-copies/1", WideAreaCopies, "jukirelay").copies[0]


class _Today:
    """What the register's people go by."""

    def now(self):
        return CLOCK.now()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    home, inside = tmp_path_factory.mktemp("boundary"), tmp_path_factory.mktemp("register")
    authority = Authority.create("test", CLOCK.now() - HOUR, 48 * HOUR)
    given = replace(settings_of(home, "sqlcipher"), port=free_port(), slices=INSIDE, municipalities=(HERE,))
    given = replace(given, tls=certificate(authority, home, "boundary", ("jukirelay", "relay")))
    own = replace(settings_of(inside, "sqlcipher"), municipalities=(HERE,), slices=("register",))
    ExchangeKeys(given, Keys(home / "keys", SystemRandom()))
    shutil.copytree(home / "keys", inside / "keys")
    file = written(given, "boundary")
    parts = Parts(own, Keys(inside / "keys", SystemRandom()), CLOCK)
    register_slice = parts.slice("register", register_store.TABLES, register_store.HISTORY)
    register = build_register(register_slice, CLOCK, is_training=True)
    line = Line(f"https://127.0.0.1:{given.port}", certificate(authority, inside, "register", ("register",)), None)
    exchange = ExchangeKeys(own, Keys(inside / "keys", SystemRandom()))
    passwords = LinePasswords(inside / "keys")
    passwords.settle(HERE, _first_password(given))
    book = register_store.RegisterStore(
        register_slice.database, register_slice.cells, register_slice.pen, register_slice.index_key
    )
    way = Way(exchange.post("register"), LetterLine(line, REGISTER), passwords, (HERE,))
    side = build_register_line(parts, book, register.changes.announcements, way, (CLOCK, SystemRandom()))
    made = City(ForkedBackend(file, home / "boundary.log"), given, file, authority, exchange, register, side, CLOCK)
    try:
        yield made
    finally:
        made.process.close()
        line.close()
        parts.close()


def _first_password(given: ServerSettings) -> str:
    """What an administrator is shown once when the register is entered as a system."""
    from app.backend.jukirelay.service.systems import SystemService
    from app.backend.jukirelay.store import HISTORY, TABLES, NetworkStore
    from app.server.jukirelay import OF_MACHINES

    parts = Parts(given, Keys(given.folder / "keys", SystemRandom()), CLOCK)
    try:
        own = parts.slice("jukirelay", TABLES, HISTORY)
        book = NetworkStore(own.database, own.cells, own.answers, (own.pen, own.book), own.index_key, None)
        rules = relay_rules(is_training=True)
        return SystemService(book, CLOCK, SystemRandom(), rules, OF_MACHINES).provide(HERE, "register")
    finally:
        parts.close()


def test_a_certificate_of_the_network_s_side_is_refused_at_every_endpoint_but_its_own(
    city: City, every: dict[str, tuple[Caller, str]], tmp_path: Path
) -> None:
    line = city.line(tmp_path, "jukinet")
    told = {}
    for path in sorted(every):
        if path == WIDE_AREA:
            continue
        with pytest.raises(NotAllowed) as refused:
            line.ask(path, Nothing(), Nothing, Headers(trace="t", key="k"))
        told[path] = refused.value.code
    line.close()
    assert set(told.values()) == {"office.not_allowed"}
    assert city.copy(tmp_path, "00000000000").reason in {"not_now", "not_issued"}


@pytest.mark.parametrize("speaks_for", ["jukirelay", "relay", "register"])
def test_nobody_else_asks_for_wide_area_copies_and_only_the_register_tells_changes(
    city: City, tmp_path: Path, speaks_for: str
) -> None:
    line, post = city.line(tmp_path, speaks_for), city.keys.post("register")
    letter = post.write(f"register@{HERE}", "any/1", Nothing())
    with pytest.raises(NotAllowed):
        LetterLine(line, WIDE_AREA).ask(letter)
    with pytest.raises(AppError) as told:
        LetterLine(line, REGISTER).ask(letter)
    assert isinstance(told.value, NotAllowed) == (speaks_for != "register")
    line.close()


@pytest.mark.fault
def test_the_register_dials_out_and_goes_on_where_it_was_when_the_boundary_was_killed(
    city: City, tmp_path: Path
) -> None:
    one = resident()
    city.register.service.load([one], CLOCK.now(), fresh("load"))

    def told() -> str:
        city.side.line.turn()
        return city.copy(tmp_path, one.resident_code).address

    wait_for(lambda: told() == ADDRESS, "the first load", 30)
    city.moves(one, "見本市東区1番")
    city.process.kill()
    city.process.close()
    city.side.line.turn()
    with pytest.raises(Unreachable):
        city.copy(tmp_path, one.resident_code)
    city.process = ForkedBackend(city.file, city.file.with_suffix(".log"))
    wait_for(lambda: told() == "見本市東区1番", "the move", 30)
