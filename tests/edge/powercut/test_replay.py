"""The recorder and the replayer themselves: what is written down, and what a cut can leave of it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.powercut.record import Event, preloaded, read
from tests.support.powercut.replay import SECTOR, Cut, cuts

PROGRAM = """
import os, sys
from pathlib import Path
folder = Path(sys.argv[1])
def sync(path):
    opened = os.open(path, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)
(folder / "old").write_bytes(b"kept")
sync(folder / "old"); sync(folder)
with open(folder / "old", "r+b", buffering=0) as file:
    file.write(b"X" * 2048)
os.rename(folder / "old", folder / "new")
(folder / "@acknowledged").write_text("said\\n")
Path(sys.argv[1] + ".elsewhere").write_bytes(b"not ours")
with open(folder / "new", "r+b", buffering=0) as file:
    os.pwritev(file.fileno(), [b"a", b"b"], 4096)
    os.ftruncate(file.fileno(), 4097)
    os.fsync(file.fileno())
sync(folder)
os.unlink(folder / "new")
"""


def record(tmp_path: Path) -> list[Event]:
    place = tmp_path / "place"
    place.mkdir()
    env = {**os.environ, **preloaded(place, tmp_path / "record")}
    subprocess.run([sys.executable, "-c", PROGRAM, str(place)], env=env, check=True)
    return read(tmp_path / "record")


def at(events: list[Event], op: str, which: int = 0) -> int:
    return [place for place, event in enumerate(events) if event.op == op][which]


def all_cuts(events: list[Event], place: int) -> list[Cut]:
    return [cut for seed in range(60) for cut in cuts(events[:place], 1, seed, begin=place)]


def test_writes_names_and_syncs_below_the_folder_are_written_down_in_order_and_nothing_else(tmp_path: Path) -> None:
    events = record(tmp_path)
    ops = "".join(event.op for event in events if event.op not in "OC")
    assert ops == "WSSWRKWTSSU"
    assert [event.path for event in events if event.op == "U"] == ["new"]
    assert not [event for event in events if b"not ours" in event.data]
    assert events[at(events, "K")].data == b"said\n"


def test_what_was_synced_is_there_after_every_cut_and_the_rest_is_kept_lost_or_torn(tmp_path: Path) -> None:
    events = record(tmp_path)
    left = {cut.files.get("old", cut.files.get("new", b"none")) for cut in all_cuts(events, at(events, "R") + 1)}
    whole = b"X" * 2048
    assert {b"kept", whole} <= left
    assert all(content[:4] in {b"kept", b"XXXX"} for content in left)
    torn = left - {b"kept", whole}
    assert torn
    sectors = {one[start : start + SECTOR].strip(b"\0") for one in torn for start in range(SECTOR, 2048, SECTOR)}
    assert sectors == {b"", b"X" * SECTOR}


def test_a_new_name_counts_once_its_folder_is_synced(tmp_path: Path) -> None:
    events = record(tmp_path)
    names = {tuple(cut.files) for cut in all_cuts(events, at(events, "R") + 1)}
    assert names == {("old",), ("new",)}
    after = {tuple(cut.files) for cut in all_cuts(events, at(events, "U"))}
    assert after == {("new",)}
    assert {tuple(cut.files) for cut in all_cuts(events, len(events))} == {("new",), ()}


def test_a_mark_counts_from_the_moment_it_was_made(tmp_path: Path) -> None:
    events = record(tmp_path)
    said = at(events, "K")
    assert {cut.said for cut in all_cuts(events, said)} == {()}
    assert {cut.said for cut in all_cuts(events, said + 1)} == {("said",)}
