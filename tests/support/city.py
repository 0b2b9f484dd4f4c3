"""Two municipalities, each a backend process with stores and keys of its own, speaking over mutual TLS."""

import contextlib
import json
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from app.client.counter import Counter, open_counter
from app.domain.clock import Clock, SystemClock, SystemRandom
from app.domain.secret import Secret
from app.services.card_port import CardReaders
from app.services.ports.staff_card import StaffCards
from app.settings import CounterSettings, counter_settings
from app.shipped import resource
from app.standin.authenticator.card import StaffCard
from app.standin.authenticator.kept import from_bytes
from app.standin.city.file import from_json
from app.standin.city.staff import load_team
from app.standin.city.values import City
from app.store.vault import Vault
from app.training import certificates
from app.training.child import BackendProcess
from app.training.home import Home
from app.training.setup import TrainingSetup
from app.trust.authority import Authority, TerminalName
from app.trust.passwords import ORDINARY, Strength
from app.trust.tls_key import TlsKey
from tests.support.cradle import ForkedBackend

HERE, THERE = "991007", "992003"
EVERYTHING = "w9001"
"""Somebody of the city here who has the rights to every step."""
WITH_CARD, STAFF_CARD = "y1001", "staff-card.json"
"""A clerk of the city here who has a staff card, and where the card lies in the cities' folder."""
SIZE = 60
"""Residents of each municipality: enough for every persona of the city."""
TERMINALS = tuple(f"T-{number:02}" for number in range(1, 61))
CITY_SLICES = (
    "staff",
    "register",
    "desk",
    "revocation",
    "addressee",
    "socialaddress",
    "intermediary",
    "relay",
    "ledger",
    "review",
)
"""What a municipality serves itself; the core is the network's."""
CLOCK = SystemClock()


class Office:
    """One municipality's backend: a process that can be killed and started again at the same address."""

    def __init__(self, code: str, folder: Path, port: int) -> None:
        self.code = code
        self.home = Home(folder / code)
        self.port = port
        self.log = self.home.root / "backend.log"
        self._process: BackendProcess | None = None

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        self._process = ForkedBackend(self.home.server_settings, self.log)

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self.close()

    def close(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None


@dataclass(frozen=True)
class CounterPlace:
    """Where a counter's settings lie, and what differs from them here: the office's port, the keyring."""

    path: Path
    url: str
    service: str

    def settings(self) -> CounterSettings:
        """What the counter is opened with."""
        return replace(counter_settings(self.path), office_url=self.url, keyring_service=self.service)


@dataclass
class TwoCities:
    """``here`` is the city whose counter is tested, on ``engine``; ``there`` serves the other one and the core."""

    engine: str
    here: Office
    there: Office
    city: City
    password: Secret
    numbers: Iterator[int]
    strength: Strength = ORDINARY

    def staff_card(self) -> StaffCard:
        """The card of the clerk who has one."""
        return from_bytes((self.here.home.root.parent / STAFF_CARD).read_bytes())

    def counter_place(self) -> "CounterPlace":
        """A new counter PC of the city here, with keyring entries of its own, not open yet."""
        terminal = TERMINALS[next(self.numbers)]
        service = f"madoguchi-test-{secrets.token_hex(6)}"
        setup = TrainingSetup(self.here.home, CLOCK, SystemRandom(), SIZE)
        path = setup.add_counter(TerminalName(HERE, terminal), terminal[2:], Vault(service, SystemRandom()))
        return CounterPlace(path, self.here.url, service)

    def counter(self, readers: CardReaders, clock: Clock = CLOCK, staff_cards: StaffCards | None = None) -> Counter:
        """A new counter PC of the city here, delivering by itself."""
        known, random = self.counter_place().settings(), SystemRandom()
        made = open_counter(known, readers, clock, random, staff_cards=staff_cards, strength=self.strength)
        made.memory.postbox.start()
        return made


@contextlib.contextmanager
def two_cities(folder: Path, engine: str, database: str, strength: Strength = ORDINARY) -> Iterator[TwoCities]:
    """Both offices running. ``database``: "sqlcipher" or the address of an empty database, for the city here.

    ``strength``: what a guess at anybody's password costs.
    """
    here, there = (Office(code, folder, _free_port()) for code in (HERE, THERE))
    authority = certificates.make_authority(folder / "authority", CLOCK)
    core = {"nws": there.url}
    _settle(here, authority, database, (CITY_SLICES, core, {THERE: there.url}))
    _settle(there, authority, "sqlcipher", ((*CITY_SLICES, "nws"), {}, {HERE: here.url}))
    terminals = json.dumps({HERE: TERMINALS, THERE: TERMINALS[:2]})
    cost = json.dumps([strength.memory_kib, strength.passes, strength.lanes])
    words = [sys.executable, "-m", "tests.support.city_load", str(folder), str(SIZE), terminals, cost]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    city = from_json(here.home.city.read_text(encoding="utf-8"))
    password = load_team(resource("training", "staff.toml")).password
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Office.start, (there, here)))
    try:
        yield TwoCities(engine, here, there, city, password, count(), strength)
    finally:
        here.close()
        there.close()


def _settle(
    office: Office,
    authority: Authority,
    database: str,
    network: tuple[tuple[str, ...], dict[str, str], dict[str, str]],
) -> None:
    """Certificates and settings of an office."""
    home, (slices, peers, institutions) = office.home, network
    home.root.mkdir(parents=True)
    certificates.write_private(home.authority / "authority.pem", authority.certificate_pem)
    certificates.write_private(home.authority / "authority.key.pem", authority.key_pem(None))
    key = TlsKey.generate()
    names = ("intermediary", "gateway", "ledger")
    pem = authority.issue_slices(key.request(), names, CLOCK.now(), certificates.CERTIFICATE_LIFE)
    certificates.write_private(home.authority / "server.pem", pem)
    certificates.write_private(home.authority / "server.key.pem", key.to_pem(None))
    lines = [
        'folder = "backend"',
        'host = "127.0.0.1"',
        f"port = {office.port}",
        f"database = {json.dumps(database)}",
        'schema_prefix = "madoguchi_"',
        f"slices = {json.dumps(slices)}",
        f"municipalities = {json.dumps([office.code])}",
        f"peers = {_table(peers)}",
        f"institutions = {_table(institutions)}",
        "training = true",
        "[tls]",
        'authority = "authority/authority.pem"',
        'certificate = "authority/server.pem"',
        'key = "authority/server.key.pem"',
        "[second_factor]",
        "required = false",
    ]
    home.server_settings.write_text("\n".join(lines) + "\n", encoding="utf-8")


def listener(port: int) -> int:
    """The process that listens on ``port`` of this machine, as the kernel says."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inodes = {line[9] for line in lines if line[1].endswith(f":{port:04X}") and line[3] == "0A"}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if any(
                f"socket:[{inode}]" == str(file.readlink()) for file in (process / "fd").iterdir() for inode in inodes
            ):
                return int(process.name)
    raise AssertionError(f"nobody listens on {port}")


def program_of(pid: int) -> list[str]:
    """The words that a process was started with."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")


def _table(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in values.items()) + "}"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
