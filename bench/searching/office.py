"""A backend on a large city's register, made once and kept below build/cities for later runs."""

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from app.backend.staff.ports import StaffMember, Terminal
from app.domain.clock import SystemClock, SystemRandom
from app.domain.rights import Right
from app.domain.secret import secret
from app.server.wiring import open_backend
from app.settings import TlsPlace, server_settings
from app.standin.city.portions import CityPlan
from app.training.child import BackendProcess
from app.training.populate import Job, populate
from app.trust.authority import Authority, TerminalName
from app.trust.tls_key import TlsKey

HERE, SEED, DAY = "011002", 1, date(2026, 11, 20)
CLERKS, PASSWORD = 16, "bench-password"
CLOCK, RANDOM, ONE_DAY = SystemClock(), SystemRandom(), timedelta(days=1)
RIGHTS = ("register.search", "register.open", "number.search", "register.enter")
_MADE = "made.json"
_ROOT = Path(__file__).resolve().parents[2]
_CITIES = _ROOT / "build" / "cities"
_SHAPES = (
    "app/backend/register/migrations",
    "app/backend/register/store/rows.py",
    "app/domain/kana.py",
    "app/domain/search_terms.py",
    "app/standin/city",
    "resources/tables/variants.toml",
)
"""What a city's shape depends on: another content is another cache."""


@dataclass(frozen=True, slots=True)
class Office:
    """A running backend, and how to call it."""

    url: str
    tls: TlsPlace
    pid: int
    folder: Path
    clerks: tuple[str, ...]
    database: str


def kept(engine: str, residents: int) -> Path:
    """Where the city of that size is kept from run to run."""
    return _CITIES / f"{engine}-{residents}-{SEED}-{_schema()}"


def residents_of(folder: Path) -> int:
    """How many live in a city that is there."""
    return int(json.loads((folder / _MADE).read_text("utf-8"))["residents"])


@contextmanager
def office(engine: str, residents: int, folder: Path) -> Iterator[Office]:
    """The backend on its city; the city is made if it is not there (minutes, reported to standard error)."""
    ready = folder / "ready"
    if not ready.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with _database(engine, folder / "postgresql") as database:
        file = folder / "server.toml"
        if not ready.exists():
            _made(folder, file, database, residents)
            ready.touch()
        _settings(file, database)
        tls = TlsPlace(folder / "authority.pem", folder / "terminal.pem", folder / "terminal.key.pem")
        run = RANDOM.token(4).hex()
        terminal = f"bench-{run}"
        _certificates(folder, terminal)
        clerks = tuple(f"{run}{number:02}" for number in range(CLERKS))
        _enrolled(file, terminal, clerks)
        with BackendProcess(file, folder / "log") as process:
            yield Office(f"https://127.0.0.1:{process.port}", tls, process.pid, folder, clerks, database)


def plan(residents: int) -> CityPlan:
    """The city of that size."""
    return CityPlan(HERE, residents, SEED, DAY)


def _made(folder: Path, file: Path, database: str, residents: int) -> None:
    print(f"making a city of {residents:,}", file=sys.stderr)
    _certificates(folder, "none")
    _settings(file, database)
    begin = time.perf_counter()
    done = populate(Job(file, plan(residents)), os.cpu_count() or 1, CLOCK, RANDOM)
    said = asdict(done) | {"wall_s": round(time.perf_counter() - begin)}
    (folder / _MADE).write_text(json.dumps(said), "utf-8")
    print(f"made: {said}", file=sys.stderr)


def _settings(file: Path, database: str) -> None:
    file.write_text(
        f'folder = "."\nhost = "127.0.0.1"\nport = 0\ndatabase = "{database}"\nschema_prefix = "bench_"\n'
        f'municipalities = ["{HERE}"]\ntraining = true\nslices = ["staff", "register"]\n'
        "[second_factor]\nrequired = false\n"
        '[tls]\nauthority = "authority.pem"\ncertificate = "server.pem"\nkey = "server.key.pem"\n',
        "utf-8",
    )


def _certificates(folder: Path, terminal: str) -> None:
    """Certificates of this run: they last for days, a city for long."""
    authority = Authority.create("bench", CLOCK.now() - ONE_DAY, 30 * ONE_DAY)
    (folder / "authority.pem").write_bytes(authority.certificate_pem)
    for name in ("server", "terminal"):
        key = TlsKey.generate()
        (folder / f"{name}.key.pem").write_bytes(key.to_pem(None))
        request, since = key.request(), CLOCK.now() - ONE_DAY
        issued = (
            authority.issue_server(request, since, 9 * ONE_DAY)
            if name == "server"
            else authority.issue_terminal(request, TerminalName(HERE, terminal), since, 9 * ONE_DAY)
        )
        (folder / f"{name}.pem").write_bytes(issued)


def _enrolled(file: Path, terminal: str, clerks: Sequence[str]) -> None:
    """A terminal and clerks of one run: those of an earlier run may be bound to other certificates and signed in."""
    backend = open_backend(server_settings(file), CLOCK, RANDOM)
    try:
        if backend.staff is None:
            raise RuntimeError("no staff slice")
        backend.staff.enrol(Terminal(HERE, terminal, "1", CLOCK.now(), None))
        rights = tuple(Right(right) for right in RIGHTS)
        members = [
            StaffMember(HERE, "札幌市", "中央区役所", clerk, "計測", "住民", "", is_active=True) for clerk in clerks
        ]
        backend.staff.admit([(member, rights) for member in members], secret(PASSWORD), CLOCK.now())
    finally:
        backend.parts.close()


@contextmanager
def _database(engine: str, data: Path) -> Iterator[str]:
    """The setting that names the store; a PostgreSQL server of this run on the data that are kept."""
    if engine == "sqlcipher":
        yield "sqlcipher"
        return
    from bench.searching.postgres import served

    with served(data) as address:
        yield address


def _schema() -> str:
    """Twelve digits that name the shape of what is kept."""
    found = hashlib.sha256()
    for shape in _SHAPES:
        path = _ROOT / shape
        for file in sorted([path] if path.is_file() else path.rglob("*.*")):
            if file.suffix in {".py", ".toml"}:
                found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()[:12]
