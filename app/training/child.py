"""The backend as a child process: started, waited for until it listens, ended with its parent."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from app.errors import ServerFault

GRACE_S = 10.0


class Begun(Protocol):
    """A process that began: what is asked of ``subprocess.Popen``."""

    @property
    def pid(self) -> int: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    def kill(self) -> None: ...
    def terminate(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


class BackendProcess:
    """One running backend. ``wait=False``: goes on at once, and ``port`` waits until the backend listens.

    ``program``: the words that start it; without, this very program starts as a backend.
    """

    def __init__(self, settings: Path, log: Path, *, wait: bool = True, program: Sequence[str] = ()) -> None:
        self._log = log.open("ab")
        self._process = self._begin([*(program or _program()), *_words(settings)], self._log)
        self._port: int | None = None
        if wait:
            self._port = self._wait()

    def _begin(self, words: Sequence[str], log: IO[bytes]) -> "Begun":
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL)

    @property
    def port(self) -> int:
        """Where it listens on the loopback address. Errors: ServerFault when it ended instead."""
        if self._port is None:
            self._port = self._wait()
        return self._port

    @property
    def pid(self) -> int:
        return self._process.pid

    def _wait(self) -> int:
        """Read the line in which the backend says that it is ready. Errors: ServerFault when it ends instead."""
        output = self._process.stdout
        line = b"" if output is None else output.readline()
        if not line:
            self.close()
            raise ServerFault(trace="start")
        return int(json.loads(line)["port"])

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Ask it to end; force it after the grace."""
        self._process.terminate()
        try:
            self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with suppress(OSError):
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _words(settings: Path) -> list[str]:
    """What the backend is told: also that it ends when this process is gone, however it went."""
    return ["--settings", str(settings), "--while-runs", str(os.getpid())]


def _program() -> list[str]:
    """How this very program starts as a backend: frozen, it is itself; else the interpreter with the module."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--backend"]
    return [sys.executable, "-m", "app.server"]
