"""A real backend as a process of its own: training city, staff and terminals loaded, spoken to over mutual TLS."""

import atexit
import contextlib
import fcntl
import functools
import json
import shutil
import socket
import ssl
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.domain.clock import SystemClock, SystemRandom, new_id
from app.domain.secret import Secret
from app.durable.copies import put_back
from app.durable.engine import open_database
from app.link.line import Headers, Line
from app.server.backup import history_of
from app.server.keys import Keys
from app.server.parts import Parts
from app.server.wiring import Backend as Opened
from app.server.wiring import open_backend
from app.settings import TlsPlace, server_settings
from app.standin.city.values import City
from app.training import certificates
from app.training.child import BackendProcess
from app.training.home import Home
from app.training.setup import TrainingSetup
from app.trust.authority import TerminalName
from app.wire.message import Message, encode
from app.wire.staff import EndElsewhere, SignedIn, SignIn, Standing
from tests.support.cradle import ForkedBackend
from tests.support.weak import weaken

MIHON, TEHON = "991007", "992003"
"""The two municipalities of the training city."""

TERMINALS = (*((MIHON, f"T-0{place}", f"{place}") for place in (1, 2, 3, 9)), (TEHON, "T-01", "1"))
"""A window that is added takes T-01 or T-02 over: whoever was admitted there before is no more."""
PASSPHRASE = Secret(b"a passphrase of tests")
SIZE = 60
"""Residents of each municipality: enough for every persona of the city."""


@dataclass
class Seated:
    """Somebody signed in at a terminal. Requests go to ``port``, which may be changed when the backend moved."""

    tls: TlsPlace
    port: int
    token: Secret | None = None

    def ask(self, path: str, message: Message, gives: type, key: str = "") -> Message:
        """One request under a fresh trace number; ``key``: the same one again is the same request again."""
        line = Line(f"https://127.0.0.1:{self.port}", self.tls, PASSPHRASE, timeout_s=20.0)
        trace = new_id(SystemClock(), SystemRandom())
        try:
            return line.ask(path, message, gives, Headers(trace, key or trace, self.token))
        finally:
            line.close()

    def send(self, path: str, message: Message, key: str) -> ssl.SSLSocket:
        """Send a request and leave its answer unread on the connection that is given back."""
        context = ssl.create_default_context(cafile=str(self.tls.authority))
        context.load_cert_chain(str(self.tls.certificate), str(self.tls.key), PASSPHRASE.text())
        connection = context.wrap_socket(
            socket.create_connection(("127.0.0.1", self.port)), server_hostname="127.0.0.1"
        )
        body = encode(message)
        lines = [
            f"POST {path} HTTP/1.1",
            "host: 127.0.0.1",
            "content-type: application/json",
            f"content-length: {len(body)}",
            f"madoguchi-trace: {key}",
            f"madoguchi-key: {key}",
            f"authorization: Bearer {self.token.text() if self.token else ''}",
        ]
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return connection


class Backend:
    """One backend on one folder; it can be killed and started again."""

    def __init__(self, home: Home, setup: TrainingSetup, folder: Path, program: Sequence[str] = ()) -> None:
        self.home = home
        self.setup = setup
        self._folder = folder
        self._program = program
        self._process: BackendProcess | None = None

    @property
    def port(self) -> int:
        assert self._process is not None
        return self._process.port

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it was started and neither killed nor closed."""
        return self._process is not None

    @property
    def log(self) -> Path:
        return self._folder / "backend.log"

    def start(self) -> None:
        """Start the process and wait until it listens."""
        kind = BackendProcess if self._program else ForkedBackend
        self._process = kind(self.home.server_settings, self.log, program=self._program)

    def kill(self) -> None:
        """End it as a power cut would: nothing is finished, nothing is said."""
        assert self._process is not None
        self._process.kill()
        self._process.close()
        self._process = None

    def close(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None

    def city(self) -> City:
        return self.setup.city()

    def tls(self, municipality: str, terminal: str) -> TlsPlace:
        """Where a terminal's key, certificate and authority lie."""
        folder = self._folder / "terminals" / municipality / terminal
        return TlsPlace(folder / "authority.pem", folder / "terminal.pem", folder / "terminal.key.pem")

    def seat(self, staff_id: str, terminal: str = "T-01", municipality: str = MIHON) -> Seated:
        """Sign ``staff_id`` in at ``terminal`` with the training password; elsewhere that person's session ends."""
        seated = Seated(self.tls(municipality, terminal), self.port)
        password = self.setup.team().password.text()
        answer = seated.ask("/staff/v1/sign-in", SignIn(staff_id=staff_id, password=password), SignedIn)
        assert isinstance(answer, SignedIn)
        seated.token = Secret(answer.token.encode())
        if answer.elsewhere:
            seated.ask("/staff/v1/end-elsewhere", EndElsewhere(), Standing)
        return seated


def _nothing_more(_: Opened) -> None:
    return


def _install(folder: Path, database: str, size: int) -> None:
    """Authority, city, stores and terminals, as before a first start."""
    home = Home(folder / "home")
    setup = TrainingSetup(home, SystemClock(), SystemRandom(), size, has_cards=False)
    setup.prepare(database)
    password = setup.team().password
    _change(home, lambda opened: weaken(opened, (MIHON, TEHON), password))
    authority = certificates.load_authority(home.authority)
    for municipality, terminal, _ in TERMINALS:
        place = folder / "terminals" / municipality / terminal
        certificates.issue_terminal(authority, place, TerminalName(municipality, terminal), PASSPHRASE, SystemClock())
    setup.enrol(list(TERMINALS))


@functools.cache
def _installed(size: int, run: Path | None) -> Path:
    """One installation on SQLCipher for each run: all others are copies of it, keys included.

    ``run``: what the processes of a run share; the one that needs the installation first makes it.
    """
    if run is None:
        folder = Path(tempfile.mkdtemp(prefix="madoguchi-installed-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _install(folder, "sqlcipher", size)
        return folder
    folder, making = run / f"installed-{size}", run / f"installing-{size}"
    with (run / f"installed-{size}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(making, ignore_errors=True)
            _install(making, "sqlcipher", size)
            making.rename(folder)
    return folder


def _run_of(folder: Path) -> Path | None:
    """The folder of a run of several processes, of which each has one of its own in there."""
    own = [one for one in folder.parents if one.name.startswith("popen-gw")]
    return own[0].parent if own else None


def _to_postgres(home: Home, database: str) -> None:
    """Take the stores of an installation over to PostgreSQL, as a restore does."""
    text = home.server_settings.read_text("utf-8")
    here = server_settings(home.server_settings)
    keys, clock = Keys(here.folder / "keys", SystemRandom()), SystemClock()
    before, after = Parts(here, keys, clock), Parts(replace(here, database=database), keys, clock)
    for path in sorted(here.folder.glob("*.db")):
        with (
            contextlib.closing(open_database(before.address(path.stem))) as source,
            contextlib.closing(open_database(after.address(path.stem))) as target,
        ):
            put_back(source, history_of(path.stem), target)
        for left in here.folder.glob(f"{path.name}*"):
            left.unlink()
    written = text.replace('database = "sqlcipher"', f"database = {json.dumps(database)}")
    home.server_settings.write_text(written, "utf-8")


def _change(home: Home, before: Callable[[Opened], None]) -> None:
    opened = open_backend(server_settings(home.server_settings), SystemClock(), SystemRandom())
    try:
        before(opened)
    finally:
        opened.parts.close()


@contextlib.contextmanager
def backend(
    folder: Path,
    database: str = "sqlcipher",
    size: int = SIZE,
    before: Callable[[Opened], None] = _nothing_more,
    program: Sequence[str] = (),
    *,
    starts: bool = True,
) -> Iterator[Backend]:
    """A running backend in ``folder``. ``database``: "sqlcipher" or the address of an empty PostgreSQL database.

    ``before`` may change what is loaded, before the process starts; ``program``: the words that start the process;
    ``starts``: at once.
    """
    shutil.copytree(_installed(size, _run_of(folder)), folder, dirs_exist_ok=True)
    home = Home(folder / "home")
    if database != "sqlcipher":
        _to_postgres(home, database)
    setup = TrainingSetup(home, SystemClock(), SystemRandom(), size, has_cards=False)
    if before is not _nothing_more:
        _change(home, before)
    made = Backend(home, setup, folder, program)
    if starts:
        made.start()
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module", params=["sqlcipher", "postgresql"])
def running_backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend process for the tests of a module, once on each engine."""
    folder = tmp_path_factory.mktemp("backend")
    if request.param == "sqlcipher":
        with backend(folder) as made:
            yield made
        return
    server = request.getfixturevalue("postgres")
    database = server.fresh()
    with backend(folder, server.address(database)) as made:
        yield made
    server.drop(database)
