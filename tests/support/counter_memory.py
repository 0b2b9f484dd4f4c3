"""A counter's memory on real files under a real keyring, with an office in memory at the other end."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.act import Act
from app.domain.clock import SystemRandom
from app.domain.secret import Secret, secret
from app.errors import KeyringLocked
from app.services.ports.office import Shown
from app.services.ports.seat import Press, Seat, Session, press
from app.store.memory import Memory, Place, open_memory
from app.store.vault import Vault
from app.trust.passwords import Strength
from app.trust.seal import BoxKey
from tests.fakes.office import FakeDesk, FakeRegister, FakeStaff, Line
from tests.support.keyring_session import unlock_again
from tests.support.slices import KITA, MovedClock

WEAK = Strength(memory_kib=64, passes=1, lanes=1)
"""Quick, for tests of other things than the cost of a guess."""
PASSWORDS = {"c001": "はるのうみ-1", "c002": "なつのやま-2"}


@dataclass
class CounterPc:
    """One counter: reopened with ``reopen`` as after a restart."""

    folder: Path
    service: str
    seat: Seat
    clock: MovedClock
    line: Line
    staff: FakeStaff
    register: FakeRegister
    desk: FakeDesk
    recovery: BoxKey
    memory: Memory

    def reopen(self) -> Memory:
        self.memory.close()
        self.memory = self.open()
        return self.memory

    def open(self) -> Memory:
        place = Place(self.folder, self.seat, self.recovery.public, WEAK)
        random = SystemRandom()
        return open_memory(place, Vault(self.service, random), self.desk, self.clock, random)

    def press(self) -> Press:
        return press(self.clock, SystemRandom())

    def session(self, staff_id: str = "c001") -> Session:
        """Signed in at the office; nothing of this PC is touched."""
        return self.staff.sign_in(self.press(), staff_id, Shown(self.password(staff_id)))

    def at_work(self, staff_id: str = "c001") -> Session:
        """Signed in, the work open, the postbox serving; deliveries happen only by ``turn``."""
        session = self.session(staff_id)
        self.memory.work.open(staff_id, self.password(staff_id), None)
        self.memory.postbox.serve(session)
        return session

    def password(self, staff_id: str) -> Secret:
        return secret(self.staff.passwords[staff_id])

    def act(self, kind: str = "visit.opened", visit: str = "v1") -> Act:
        return Act(kind, self.clock.now(), self.seat.municipality, "c001", self.seat.terminal, "t1", visit=visit)

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


PcMaker = Callable[[], CounterPc]


@pytest.fixture
def make_pc(keyring_home: dict[str, str], tmp_path: Path) -> Iterator[PcMaker]:
    """Makes counters, each with files and keyring entries of its own."""
    made: list[CounterPc] = []

    def make() -> CounterPc:
        clock, line = MovedClock(), Line()
        seat = Seat(KITA, f"kita-{len(made) + 1}", "3")
        folder = tmp_path / seat.terminal
        service = f"madoguchi-test-{secrets.token_hex(6)}"
        desk = FakeDesk(line, seat.municipality, clock)
        staff = FakeStaff(line, seat, clock, dict(PASSWORDS))
        recovery = BoxKey.generate()
        place = Place(folder, seat, recovery.public, WEAK)
        random = SystemRandom()
        try:
            memory = open_memory(place, Vault(service, random), desk, clock, random)
        except KeyringLocked:
            assert unlock_again(keyring_home)
            memory = open_memory(place, Vault(service, random), desk, clock, random)
        register = FakeRegister(line, [], {})
        made.append(CounterPc(folder, service, seat, clock, line, staff, register, desk, recovery, memory))
        return made[-1]

    yield make
    for pc in made:
        pc.memory.close()


@pytest.fixture
def pc(make_pc: PcMaker) -> CounterPc:
    """One counter."""
    return make_pc()
