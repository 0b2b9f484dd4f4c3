"""Programs started for a test: waited for, ended, never left behind."""

import contextlib
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest


def program(*names: str) -> str:
    """The path of the first of these programs that is installed; skips the test when none is."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    pytest.skip(f"no program {' or '.join(names)}")


def wait_for(condition: Callable[[], object], what: str, timeout_s: float = 30.0) -> None:
    """Return as soon as ``condition()`` is true; fail with ``what`` after ``timeout_s``."""
    end = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {timeout_s} s for {what}")
        time.sleep(0.01)


@contextlib.contextmanager
def running(
    command: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None, end: int = signal.SIGTERM
) -> Iterator[subprocess.Popen[bytes]]:
    """``command`` as a child, its output in ``log``; ended by the signal ``end``, killed after 10 s."""
    with log.open("ab") as out:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.send_signal(end)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(10)
