"""A disk of the backend in trouble: what was acknowledged stands, what is refused says why, and it goes on after."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import DiskFault, DiskFull, ServerDisk
from app.server.door import refusal
from app.store.delivery import LATER
from app.wire.problem import decode_problem
from tests.support.powercut.record import preloaded
from tests.support.source import ROOT

RECEIVED = """
import json, sys
from pathlib import Path
from app.backend.desk import store
from app.errors import DiskFault, DiskFull
from tests.support.powercut.backend import _desk, _receive, parts_of, verify
folder, trouble, error = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
given, refused = {}, []
with parts_of(folder) as (parts, _):
    own = parts.slice("desk", store.TABLES, store.HISTORY)
    desk = _desk(own)
    for number in range(24):
        if number == 8:
            trouble.write_text(error)
        if number == 16:
            trouble.unlink()
        try:
            given[number] = _receive(desk, number).number
        except (DiskFull, DiskFault) as error_:
            refused.append(error_.code)
with parts_of(folder) as (parts, _):
    own = parts.slice("desk", store.TABLES, store.HISTORY)
    verify(own)
    desk = _desk(own)
    again = {number: _receive(desk, number).number for number in range(24)}
    verify(own)
print(json.dumps({"given": list(given.values()), "same": [again[n] == given[n] for n in given],
                  "refused": refused, "numbers": sorted(again.values())}))
"""


@pytest.mark.fault
@pytest.mark.parametrize(
    ("error", "code"),
    [(errno.ENOSPC, DiskFull.code), (errno.EROFS, DiskFault.code), (errno.EIO, DiskFault.code)],
    ids=["full", "read-only", "broken"],
)
def test_receipts_given_stand_and_the_others_are_given_once_when_the_disk_is_mended(
    tmp_path: Path, error: int, code: str
) -> None:
    place, trouble = tmp_path / "place", tmp_path / "trouble"
    place.mkdir()
    env = {**os.environ, **preloaded(place, tmp_path / "record", trouble)}
    words = [sys.executable, "-c", RECEIVED, str(place), str(trouble), str(error)]
    run = subprocess.run(words, env=env, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    said = json.loads(run.stdout)
    assert set(said["refused"]) == {code}
    assert len(said["given"]) + len(said["refused"]) == 24
    assert all(said["same"])
    assert [int(number[-6:]) for number in said["numbers"]] == list(range(1, 25))


@pytest.mark.parametrize("error", [DiskFull(), DiskFault(what="unreadable")])
def test_a_counter_hears_that_the_server_has_the_trouble_and_sends_again_later(error: DiskFull | DiskFault) -> None:
    status, body = refusal(error, "trace-1")
    heard = decode_problem(body)
    assert (status, type(heard), heard.data) == (507, ServerDisk, {"trace": "trace-1"})
    assert isinstance(heard, LATER)
