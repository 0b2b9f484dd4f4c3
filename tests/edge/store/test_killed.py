"""A counter that is killed: each acknowledged act and draft is there afterwards; nothing was readable on the disk."""

import base64
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.clock import SystemClock, SystemRandom
from app.domain.secret import secret
from app.services.ports.seat import Seat
from app.store.memory import Place, open_memory
from app.store.vault import Vault
from app.trust.seal import BoxKey
from app.wire import desk
from app.wire.draft import Draft
from tests.fakes.office import FakeDesk, Line
from tests.support.counter_memory import PASSWORDS, WEAK, CounterPc
from tests.support.crashes import Counted
from tests.support.slices import KITA

pytestmark = [pytest.mark.keyring, pytest.mark.fault]

NAME = "漏洩見本　花子"
KILLS = 5
_CLOCK = SystemClock()

WRITER = """
import sys
from pathlib import Path
from app.domain.act import Act
from app.domain.clock import SystemClock, SystemRandom
from app.domain.secret import secret
from app.services.ports.seat import Seat
from app.store.memory import Place, open_memory
from app.store.vault import Vault
from app.trust.passwords import Strength
from app.wire.draft import Draft
folder, service, terminal, municipality, recovery, password, first = sys.argv[1:]
clock, random = SystemClock(), SystemRandom()
place = Place(Path(folder), Seat(municipality, terminal, "3"), bytes.fromhex(recovery), Strength(64, 1, 1))
memory = open_memory(place, Vault(service, random), None, clock, random)
memory.work.open("c001", secret(password), None)
for number in range(int(first), 100000):
    memory.journal.write(Act("draft.copied", clock.now(), municipality, "c001", terminal, "t", visit=f"v{number}"))
    memory.work.save(Draft(draft_id="d1", visit_id="v1", procedure="p", procedure_version=1, saved_at=clock.now(),
                           facts={"claimant_name": "漏洩見本　花子", "n": number}))
    print(number, flush=True)
"""


def run_and_kill(place: Place, service: str, first: int) -> int:
    """Start the writer, kill it after a few writes without warning; the last number it acknowledged."""
    seat = place.seat
    words = [sys.executable, "-c", WRITER, str(place.folder), service, seat.terminal, seat.municipality]
    words += [place.recovery.hex(), PASSWORDS["c001"], str(first)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        last = first - 1
        for _ in range(7):
            last = int(child.stdout.readline())
        child.send_signal(signal.SIGKILL)
        rest = [int(line) for line in child.stdout.read().split("\n") if line.strip()]
    return max([last, *rest])


def kill_counter(folder: Path, service: str, times: int) -> Counted:
    """Kill a writing counter ``times`` times; after each, what it acknowledged is looked for."""
    place = Place(folder, Seat(KITA, "kita-1", "3"), BoxKey.generate().public, WEAK)
    counted, last = Counted(), -1
    for _ in range(times):
        first, last = last + 1, run_and_kill(place, service, last + 1)
        counted.kills += 1
        counted.acknowledged += last - first + 1
        counted.before = counted.acknowledged
        memory = open_memory(
            place, Vault(service, SystemRandom()), FakeDesk(Line(), KITA, _CLOCK), _CLOCK, SystemRandom()
        )
        try:
            acts = memory.journal.size
            memory.work.open("c001", secret(PASSWORDS["c001"]), None)
            kept = memory.work.draft("d1").facts["n"]
            assert isinstance(kept, int)
            counted.lost += max(last + 1 - acts, 0) + max(last - kept, 0)
            counted.twice += max(acts - (last + 2), 0) + max(kept - (last + 1), 0)
            counted.faults += [str(fault) for fault in memory.journal.faults()]
            last = acts - 1
        finally:
            memory.close()
    return counted


@pytest.mark.usefixtures("keyring_home")
def test_no_acknowledged_act_or_draft_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    """R-041: each act that was told to be kept is there, once."""
    counted = kill_counter(tmp_path / "counter", f"madoguchi-test-{tmp_path.name}", KILLS)
    assert (counted.kills, counted.lost, counted.twice, counted.faults) == (KILLS, 0, 0, [])
    assert counted.acknowledged >= KILLS * 7


def forms_of(text: str) -> dict[str, bytes]:
    """How a marked text may lie on a disk in clear."""
    raw = text.encode()
    return {
        "utf-8": raw,
        "utf-16": text.encode("utf-16-le"),
        "shift_jis": text.encode("shift_jis"),
        "hex": raw.hex().encode(),
        "base64": base64.b64encode(raw)[:-2],
        "escaped": text.encode("unicode_escape"),
    }


def test_nothing_of_a_resident_or_clerk_can_be_read_in_the_files(pc: CounterPc) -> None:
    from app.services.ports.memory import Kind, Outgoing

    session = pc.at_work()
    person = desk.PersonMark(business_number="ROSETSU-1", name=NAME)
    saved = Draft(
        draft_id="d1", visit_id="v1", procedure="p", procedure_version=1, saved_at=pc.clock.now(), facts={"n": NAME}
    )
    pc.memory.work.save(saved)
    claim = desk.HandIn(
        application_id="a1",
        visit_id="v1",
        procedure="p",
        roles=desk.RolesMark(presenter=person, capacity="self", applicant=person),
        facts={"claimant_name": NAME},
        evidence=(),
        reached_at=pc.clock.now(),
    )
    copy = desk.DraftCopy(
        draft_id="d1", visit_id="v1", sealed=pc.memory.copies.sealed_copy(saved), saved_at=pc.clock.now()
    )
    author = session.actor.staff_id
    items = (
        Outgoing("i1", author, "v1", Kind.DRAFT_COPY, copy),
        Outgoing("i2", author, "v1", Kind.HAND_IN, claim),
    )
    pc.memory.journal.write(pc.act(), *items)
    files = pc.files()
    assert {path.suffix for path in files} >= {".db", ".db-wal"}
    assert len(files) >= 4
    secrets = {**forms_of(NAME), "password": PASSWORDS["c001"].encode(), "token": session.token.reveal()}
    held = pc.memory.work._open
    assert held is not None
    secrets |= {"work key": held.key.reveal(), "work key in hex": held.key.reveal().hex().encode()}
    for path in files:
        content = path.read_bytes()
        assert not content.startswith(b"SQLite format 3"), path.name
        for form, mark in secrets.items():
            assert mark not in content, f"{form} in {path.name}"
    planted = pc.folder / "planted"
    planted.write_bytes(b"x" + NAME.encode() + b"x")
    assert any(forms_of(NAME)["utf-8"] in path.read_bytes() for path in pc.files())


def test_in_terminal_db_even_with_its_key_no_name_can_be_read(pc: CounterPc, tmp_path: Path) -> None:
    from sqlalchemy import select

    from app.services.ports.memory import Kind, Outgoing
    from app.store.tables import TERMINAL

    session = pc.at_work()
    person = desk.PersonMark(business_number="1", name=NAME)
    claim = desk.HandIn(
        application_id="a1",
        visit_id="v1",
        procedure="p",
        roles=desk.RolesMark(presenter=person, capacity="self", applicant=person),
        facts={"claimant_name": NAME},
        evidence=(),
        reached_at=pc.clock.now(),
    )
    pc.memory.journal.write(pc.act(), Outgoing("i1", session.actor.staff_id, "v1", Kind.HAND_IN, claim))
    pc.memory.work.close()
    seen = b""
    for table in TERMINAL.sorted_tables:
        rows = pc.memory.terminal.database.read(lambda connection, table=table: connection.execute(select(table)).all())
        for row in rows:
            seen += b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    assert b"HandIn" in seen
    for form, mark in forms_of(NAME).items():
        assert mark not in seen, form
