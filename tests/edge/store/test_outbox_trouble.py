"""送信待ち in trouble (R-041, K-08): a month without the office, poison, a full disk, a clock that jumps."""

import errno
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from app.durable.outbox import CAP
from app.services.ports.memory import Standing
from app.services.ports.office import Carriage
from app.services.ports.seat import Session
from app.store.delivery import STUMBLES
from app.store.tables import OUTBOX
from app.wire.parcel import Parcel
from tests.edge.store.test_postbox import arrived, claim, drain, opening, put
from tests.support.counter_memory import CounterPc
from tests.support.powercut.catalogue import SCENARIOS
from tests.support.powercut.record import preloaded
from tests.support.source import ROOT

pytestmark = pytest.mark.keyring


def test_after_thirty_days_without_the_office_everything_arrives_once_and_in_order(pc: CounterPc) -> None:
    pc.at_work()
    pc.line.is_down = True
    sent: list[str] = []
    for day in range(30):
        visit = f"v{day // 3}"
        names = [f"i{day}-{number}" for number in range(4)]
        put(pc, *(claim(pc, name, visit) for name in names))
        sent += names
        for _ in range(2):
            pc.memory.postbox.turn()
            pc.clock.move(hours=12)
    waiting = pc.memory.postbox.waiting()
    assert [state.item_id for state in waiting] == sent
    assert all(state.standing is Standing.WAITING for state in waiting)
    assert max(state.next_at for state in waiting) <= pc.clock.now() + CAP
    pc.reopen()
    pc.line.is_down = False
    pc.at_work()
    drain(pc)
    assert sorted(arrived(pc)) == sorted(sent)
    for visit in {f"v{day // 3}" for day in range(30)}:
        mine = [key for key, _, message in pc.desk.arrived if message.visit_id == visit]
        assert mine == [name for name in sent if name in mine]
    assert pc.memory.postbox.waiting() == ()


def test_an_item_whose_content_is_damaged_is_laid_aside_and_the_others_arrive(pc: CounterPc) -> None:
    pc.at_work()
    put(pc, claim(pc, "bad", "v1"), opening(pc, "next", "v1"), claim(pc, "other", "v2"))
    damaged = update(OUTBOX).where(OUTBOX.c.item_id == "bad").values(body=b"\xff\x00 not a parcel")
    pc.memory.terminal.database.write(lambda connection: connection.execute(damaged))
    drain(pc)
    pc.clock.move(minutes=1)
    drain(pc)
    assert sorted(arrived(pc)) == ["next", "other"]
    (state,) = pc.memory.postbox.waiting()
    assert (state.item_id, state.standing, state.can_act) == ("bad", Standing.DEAD, "supervisor")


def test_an_item_that_the_program_stumbles_over_holds_up_nobody_and_is_left_for_the_supervisor_in_the_end(
    pc: CounterPc,
) -> None:
    pc.at_work()
    whole = pc.desk.carry

    def carry(session: Session, way: Carriage, parcel: Parcel) -> bytes:
        if way.key == "poison":
            raise ZeroDivisionError
        return whole(session, way, parcel)

    pc.desk.carry = carry
    put(pc, claim(pc, "poison", "v1"), claim(pc, "other", "v2"))
    for _ in range(STUMBLES):
        drain(pc)
        assert arrived(pc) == ["other"]
        pc.clock.move(minutes=16)
    (state,) = pc.memory.postbox.waiting()
    assert (state.item_id, state.standing, state.attempts) == ("poison", Standing.DEAD, STUMBLES)


@pytest.mark.parametrize(
    "jump", [timedelta(days=400), timedelta(days=-400)], ids=["forward and back", "back and forth"]
)
def test_a_clock_that_jumps_and_jumps_back_delays_nothing_and_sends_nothing_twice(
    pc: CounterPc, jump: timedelta
) -> None:
    pc.at_work()
    pc.line.is_down = True
    put(pc, claim(pc, "i1", "v1"), claim(pc, "i2", "v2"))
    pc.memory.postbox.turn()
    pc.clock.at += jump
    outbox, now = pc.memory.postbox._parts.outbox, pc.clock.now()
    pc.clock.move(minutes=20)
    pc.memory.terminal.database.write(
        lambda c: outbox.claim(c, pc.clock.now(), timedelta(seconds=60), 16)
    )  # and the program is killed with both in its hands
    assert pc.clock.now() > now
    pc.clock.at -= jump
    pc.reopen()
    pc.line.is_down = False
    pc.at_work()
    drain(pc)
    pc.clock.move(minutes=2)
    drain(pc)
    assert sorted(arrived(pc)) == ["i1", "i2"]
    assert pc.memory.postbox.waiting() == ()


FILLED = """
import json, sys
from pathlib import Path
from app.errors import DiskFault, DiskFull
from tests.support.powercut.catalogue import SCENARIOS
from tests.support.powercut.counter import MarkedDesk, a_claim
folder, full, given, error = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4]
counter = SCENARIOS["outbox"]().open(folder, given, MarkedDesk)
counter.at_work()
counter.line.is_down = True
kept, refused = [], []
for number in range(60):
    if number == 20:
        full.write_text(error)
    if number == 40:
        full.unlink()
    try:
        counter.write("application.handed_in", f"v{number}", a_claim(number))
        kept.append(number)
    except (DiskFull, DiskFault) as trouble:
        refused.append(trouble.code)
waiting = [state.subject for state in counter.memory.postbox.waiting()]
acts = [visit for kind, visit in counter.acts() if kind == "application.handed_in"]
counter.line.is_down = False
while counter.memory.postbox.turn():
    pass
arrived = [message.visit_id for _, _, message in counter.desk.arrived]
faults = [str(fault) for fault in counter.memory.journal.faults()]
counter.memory.close()
print(json.dumps({"kept": [f"v{n}" for n in kept], "refused": refused, "waiting": waiting, "acts": acts,
                  "arrived": arrived, "faults": faults}))
"""


@pytest.mark.fault
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errno.ENOSPC, "store.disk_full"),
        (errno.EROFS, "store.disk_fault"),
        (errno.EIO, "store.disk_fault"),
    ],
    ids=["full", "read-only", "broken"],
)
def test_on_a_disk_in_trouble_each_act_is_kept_whole_or_refused_and_work_goes_on_when_it_is_mended(
    keyring_home: dict[str, str], tmp_path: Path, error: int, told: str
) -> None:
    given, place = SCENARIOS["outbox"]().given(), tmp_path / "place"
    place.mkdir()
    full = tmp_path / "full"
    words = [sys.executable, "-c", FILLED, str(place), str(full), json.dumps(dict(given)), str(error)]
    env = {**os.environ, **preloaded(place, tmp_path / "record", full)}
    run = subprocess.run(words, env=env, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    said = json.loads(run.stdout)
    assert set(said["refused"]) == {told}
    assert said["kept"] == said["waiting"] == said["acts"] == said["arrived"]
    assert len(said["kept"]) + len(said["refused"]) == 60
    assert said["faults"] == []
