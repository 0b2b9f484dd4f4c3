"""Runs a program under the shim, and reads the record of what it did to its files."""

import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.support.process import program

SOURCE = Path(__file__).with_name("shim.c")
MARKS = "@acknowledged"
CREATED, EMPTIED, FOLDER = 1, 2, 4
_HEAD = struct.Struct("<cBHHIiQQ")


@dataclass(frozen=True, slots=True)
class Event:
    """``op``: O open, C close, W write, T truncate, S sync, U unlink, L link, M mkdir, R rename, K mark"""

    op: str
    flags: int
    process: int
    file: int
    offset: int
    size: int
    path: str
    other: str
    data: bytes


@cache
def shim() -> Path:
    """The preloaded library, compiled once for this test process."""
    made = Path(mkdtemp(prefix="madoguchi-cut-")) / "shim.so"
    command = [program("gcc"), "-std=gnu17", "-shared", "-fPIC", "-O1", str(SOURCE), "-o", str(made), "-ldl"]
    subprocess.run(command, check=True)
    return made


def preloaded(folder: Path, log: Path, full: Path | None = None) -> dict[str, str]:
    """Environment under which a program's work below ``folder`` is written to ``log``; ``full``: see shim.c."""
    found = {
        "LD_PRELOAD": str(shim()),
        "MADOGUCHI_CUT_FOLDER": str(folder.resolve()),
        "MADOGUCHI_CUT_LOG": str(log),
    }
    return found if full is None else found | {"MADOGUCHI_CUT_FULL": str(full)}


def run(module: str, words: Sequence[str], env: Mapping[str, str]) -> None:
    """Run a Python module as a program of its own to its end."""
    subprocess.run([sys.executable, "-m", module, *words], check=True, env=dict(env), timeout=1800)


def read(log: Path) -> list[Event]:
    """The record, in order."""
    return list(_events(log.read_bytes()))


def _events(raw: bytes) -> Iterator[Event]:
    at = 0
    while at < len(raw):
        op, flags, path, other, process, file, offset, size = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        first, second = raw[at : at + path].decode(), raw[at + path : at + path + other].decode()
        at += path + other
        data = raw[at : at + size] if op in b"WK" else b""
        at += len(data)
        yield Event(op.decode(), flags, process, file, offset, size, first, second, data)


class Marks:
    """What a workload says: written below its folder, so that the shim puts it among the writes, in order."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / MARKS).open("ab", buffering=0)

    def say(self, text: str) -> None:
        """Now, and not earlier, this was acknowledged."""
        self._file.write(text.encode() + b"\n")
