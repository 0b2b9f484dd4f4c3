"""Inside, platform and the other municipality as three processes: mutual TLS, slice certificates, a kill in between."""

import contextlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.clock import SystemClock, business_date
from app.errors import NotAllowed
from app.link.letters import LetterLine
from app.link.line import Headers, Line
from app.server.exchange import Exchange
from app.server.exchange_data import Directory, write_directory
from app.server.exchange_load import LoadedYear, load_exchange
from app.settings import ServerSettings, TlsPlace
from app.training.child import BackendProcess
from app.trust.authority import Authority, TerminalName
from app.trust.tls_key import TlsKey
from app.wire.health import HealthState
from tests.edge.backend.exchange.world import HERE, MOVED, TAX, THERE, World, one, open_world, server_settings
from tests.support.cradle import ForkedBackend
from tests.support.process import wait_for

pytestmark = pytest.mark.timeout(120)
CLOCK = SystemClock()
TODAY = business_date(CLOCK.now())
NOW_YEAR = TODAY.year - 1 if TODAY.month <= 5 else TODAY.year
INSIDE = ("addressee", "relay", "socialaddress")
HOUR = timedelta(hours=1)


def certificate(authority: Authority, folder: Path, name: str, slices: tuple[str, ...]) -> TlsPlace:
    key = TlsKey.generate()
    (folder / f"{name}.key.pem").write_bytes(key.to_pem(None))
    (folder / f"{name}.pem").write_bytes(authority.issue_slices(key.request(), slices, CLOCK.now() - HOUR, 2 * HOUR))
    (folder / "authority.pem").write_bytes(authority.certificate_pem)
    return TlsPlace(folder / "authority.pem", folder / f"{name}.pem", folder / f"{name}.key.pem")


def written(settings: ServerSettings, name: str) -> Path:
    """``settings`` as a file for a process."""

    def table(values: dict[str, str]) -> str:
        return "{" + ", ".join(f'"{key}" = "{value}"' for key, value in values.items()) + "}"

    tls = settings.tls
    lines = [
        f'folder = "{settings.folder}"',
        'host = "127.0.0.1"',
        f"port = {settings.port}",
        f'database = "{settings.database}"',
        f'schema_prefix = "{settings.schema_prefix}"',
        f"slices = {list(settings.slices)}",
        f"municipalities = {list(settings.municipalities)}",
        f"peers = {table(settings.peers)}",
        f"institutions = {table(settings.institutions)}",
        "training = true",
        f'tls = {{authority = "{tls.authority}", certificate = "{tls.certificate}", key = "{tls.key}"}}',
    ]
    path = settings.folder / f"{name}.toml"
    path.write_text("\n".join(lines), "utf-8")
    return path


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@dataclass
class Three:
    """The three processes; the inside is this one and listens nowhere."""

    inside: World
    provider: Path
    provider_process: BackendProcess
    platform_url: str
    provider_url: str
    authority: Authority

    def start_provider(self) -> None:
        self.provider_process = ForkedBackend(self.provider, self.provider.with_suffix(".log"))

    def end_provider(self) -> None:
        self.provider_process.close()

    def asked(self):
        return self.inside.make(MOVED, tax_year=NOW_YEAR, requested_on=TODAY)

    def carried(self, accepted) -> None:
        def is_answered() -> bool:
            self.inside.carry()
            return self.inside.state(accepted).answer is not None

        wait_for(is_answered, "the answer", 30)


def load(exchange: Exchange) -> None:
    income = {"total_income": 3_456_789}
    there = LoadedYear(NOW_YEAR, THERE, "手本市", "value", income)
    load_exchange(exchange, HERE, TAX, [one(MOVED, 1, there)])
    other = LoadedYear(NOW_YEAR, THERE, "手本市", "value", {"total_income": 1})
    load_exchange(exchange, THERE, TAX, [one("000000000009901", 1, there), one(MOVED, 2, other)])


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Three]:
    home, far = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("far")
    authority = Authority.create("test", CLOCK.now() - HOUR, 48 * HOUR)
    everything = server_settings(home, "sqlcipher")
    with open_world(everything, CLOCK) as world:
        load(world.exchange)
        own = world.exchange.own
    shutil.copytree(home / "keys", far / "keys")
    shutil.move(home / "intermediary.db", far / "intermediary.db")
    shutil.copy(far / "intermediary.db", home / "intermediary.db")
    for folder in (home, far):
        write_directory(folder, Directory(own.verify, own.boxes))
    provider = replace(
        everything,
        folder=far,
        port=free_port(),
        slices=("intermediary",),
        municipalities=(THERE,),
        tls=certificate(authority, far, "provider", ("intermediary",)),
    )
    provider_url = f"https://127.0.0.1:{provider.port}"
    platform = replace(
        everything,
        slices=("intermediary", "nws"),
        municipalities=(HERE,),
        institutions={THERE: provider_url},
        tls=certificate(authority, home, "platform", ("intermediary", "nws")),
    )
    with contextlib.ExitStack() as stack:
        there = ForkedBackend(written(provider, "provider"), far / "provider.log")
        made = Three(None, far / "provider.toml", there, "", provider_url, authority)  # type: ignore[arg-type]
        stack.callback(made.end_provider)
        here = stack.enter_context(ForkedBackend(written(platform, "platform"), home / "platform.log"))
        made.platform_url = f"https://127.0.0.1:{here.port}"
        inside = replace(
            everything,
            slices=INSIDE,
            municipalities=(HERE,),
            peers={"intermediary": made.platform_url, "nws": made.platform_url},
            tls=certificate(authority, home, "inside", ("relay", "gateway")),
        )
        made.inside = stack.enter_context(open_world(inside, CLOCK))
        yield made


def test_an_enquiry_crosses_three_processes_and_comes_back_on_the_connection_opened_from_inside(three: Three) -> None:
    accepted = three.asked()
    three.carried(accepted)
    answer = three.inside.state(accepted).answer
    assert (answer.kind, answer.items, answer.provider_name) == ("value", {"income": 3_456_789}, "手本市")


@pytest.mark.fault
def test_the_other_municipality_killed_and_started_again_answers_once(three: Three) -> None:
    three.provider_process.kill()
    three.provider_process.close()
    accepted = three.asked()
    three.inside.carry()
    state = three.inside.state(accepted)
    assert (state.state, state.reason) == ("waiting", "office.unreachable")
    three.start_provider()
    three.carried(accepted)
    assert three.inside.state(accepted).answer.items == {"income": 3_456_789}


@pytest.mark.parametrize(
    ("speaks_for", "path"),
    [
        (("relay",), "/intermediary/v1/provisions"),
        (("relay",), "/nws/v1/permits"),
        (("intermediary",), "/nws/v1/acquisitions"),
        (("gateway",), "/intermediary/v1/enquiries"),
    ],
)
def test_a_slice_is_let_in_only_where_its_certificate_says_so(
    three: Three, tmp_path: Path, speaks_for: tuple[str, ...], path: str
) -> None:
    tls = certificate(three.authority, tmp_path, "caller", speaks_for)
    line = Line(three.platform_url, tls, None)
    letter = three.inside.exchange.accepting._post.write(f"relay@{HERE}", "any/1", first_message())
    with pytest.raises(NotAllowed):
        LetterLine(line, path).ask(letter)
    line.close()


def test_the_monitor_reads_how_a_running_process_stands_and_its_log_tells_the_trace(
    three: Three, tmp_path: Path
) -> None:
    """Asked over mutual TLS while a key file of the platform is away, and while nothing is wrong."""
    line = Line(three.platform_url, certificate(three.authority, tmp_path, "monitor", ("monitor",)), None)

    def asked(trace: str) -> dict[str, tuple[str, str]]:
        state = line.ask("/health/v1/state", first_message(), HealthState, Headers(trace, trace))
        assert state.is_well == all(part.state != "unwell" for part in state.parts)
        return {part.name: (part.state, part.reason) for part in state.parts}

    well = asked("monitor-1")
    assert set(well) == {"sign", "log", "core", "clock", "keys"}
    assert {state for name, (state, _) in well.items() if name != "keys"} == {"well"}
    assert well["keys"] == ("warned", "ends_soon"), "its certificate is one of hours"
    key = three.inside.settings.folder / "keys" / f"intermediary@{HERE}.sign.pem"
    key.rename(tmp_path / "away")
    try:
        assert asked("monitor-2")["sign"] == ("unwell", "key_missing")
    finally:
        (tmp_path / "away").rename(key)
    assert asked("monitor-3")["sign"] == ("well", "")
    line.close()
    log = [json.loads(one) for one in (three.inside.settings.folder / "platform.log").read_text("utf-8").splitlines()]
    told = [(one["text"], one.get("part")) for one in log if one.get("trace") == "monitor-2"]
    assert told == [("a part is not well", "sign"), ("a part is not well", "keys"), ("answered", None)]
    assert {one["path"] for one in log if one["text"] == "answered"} >= {"/intermediary/v1/enquiries"}
    assert all(one["trace"] for one in log if one["text"] in {"answered", "asked"})


def test_nobody_but_the_monitor_hears_how_a_process_stands(three: Three, tmp_path: Path) -> None:
    for names in (("relay",), ("intermediary", "nws")):
        line = Line(three.platform_url, certificate(three.authority, tmp_path, names[0], names), None)
        with pytest.raises(NotAllowed):
            line.ask("/health/v1/state", first_message(), HealthState, Headers("t", "k"))
        line.close()


def test_a_counter_s_terminal_is_no_slice(three: Three, tmp_path: Path) -> None:
    key = TlsKey.generate()
    name = TerminalName(HERE, "madoguchi-3")
    pem = three.authority.issue_terminal(key.request(), name, CLOCK.now() - HOUR, 2 * HOUR)
    (tmp_path / "t.pem").write_bytes(pem)
    (tmp_path / "t.key.pem").write_bytes(key.to_pem(None))
    tls = TlsPlace(three.inside.settings.tls.authority, tmp_path / "t.pem", tmp_path / "t.key.pem")
    line = Line(three.platform_url, tls, None)
    letter = three.inside.exchange.accepting._post.write(f"relay@{HERE}", "any/1", first_message())
    for path in ("/intermediary/v1/enquiries", "/nws/v1/permits"):
        with pytest.raises(NotAllowed):
            LetterLine(line, path).ask(letter)
    line.close()


def first_message():
    from app.wire.message import Nothing

    return Nothing()
