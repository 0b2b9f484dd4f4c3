"""A screen of its own for tests that need a window manager, real focus or the accessibility bus."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.process import program, running


@contextlib.contextmanager
def bare_screen(directory: Path, *, size: str = "1366x768") -> Iterator[str]:
    """Start an X server without a window manager; yield the value for ``DISPLAY``."""
    server = program("Xvfb")
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
    with (directory / "xvfb.log").open("ab") as log:
        child = subprocess.Popen(command, pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError((directory / "xvfb.log").read_text())
        yield f":{number}"
    finally:
        child.terminate()
        child.wait(10)


@contextlib.contextmanager
def screen(directory: Path, *, size: str = "1366x768") -> Iterator[str]:
    """Start an X server and a window manager; yield the value for ``DISPLAY``."""
    manager = program("openbox")
    with bare_screen(directory, size=size) as display:
        env = {**os.environ, "DISPLAY": display}
        with running([manager, "--sm-disable"], log=directory / "openbox.log", env=env):
            yield display


@pytest.fixture(scope="session")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The ``DISPLAY`` of a screen of 1366×768 with a window manager."""
    with screen(tmp_path_factory.mktemp("screen")) as name:
        yield name
