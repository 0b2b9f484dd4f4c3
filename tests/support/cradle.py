"""A process that has imported the backend once: each backend of the tests is a copy of it that goes on by itself.

What `python -m app.server` does after its imports is the same here, in a process of its own that can be killed; only
the two seconds of importing are spared. Who tests the command itself starts the command.
"""

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO

from app.training.child import BackendProcess, Begun

_LONGEST = 65536


class Forked:
    """A copy of the cradle, as ``subprocess.Popen`` shows a process. Its exit code is not known: 0 once it ended."""

    def __init__(self, pid: int, stdout: IO[bytes]) -> None:
        self.pid = pid
        self.stdout: IO[bytes] | None = stdout
        try:
            self._handle: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._handle = None

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def wait(self, timeout: float | None = None) -> int:
        if self._handle is not None:
            ended, _, _ = select.select([self._handle], [], [], timeout)
            if not ended:
                raise subprocess.TimeoutExpired("backend", timeout or 0.0)
            os.close(self._handle)
            self._handle = None
        return 0

    def _signal(self, number: signal.Signals) -> None:
        if self._handle is not None:
            try:
                signal.pidfd_send_signal(self._handle, number)
            except ProcessLookupError:
                return


class Cradle:
    """The process and the line to it."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            words = [sys.executable, "-m", "tests.support.cradle", str(theirs.fileno())]
            self._process = subprocess.Popen(words, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        self._turn = threading.Lock()
        atexit.register(self.close)

    def start(self, words: Sequence[str], log: IO[bytes]) -> Begun:
        """A backend with these words behind the program's name; its standard output is a pipe."""
        read, write = os.pipe()
        with self._turn:  # two cities begin at the same time, and each has to hear of its own process
            try:
                socket.send_fds(self._line, [json.dumps(list(words)).encode()], [write, log.fileno()])
            finally:
                os.close(write)
            pid = int(self._line.recv(_LONGEST))
        return Forked(pid, os.fdopen(read, "rb"))

    def close(self) -> None:
        self._line.close()
        self._process.wait()


class ForkedBackend(BackendProcess):
    """A backend out of the cradle of this process."""

    def _begin(self, words: Sequence[str], log: IO[bytes]) -> Begun:
        with _MAKING:
            if not _CRADLES:
                _CRADLES.append(Cradle())
        return _CRADLES[0].start(words[words.index("--settings") :], log)


_CRADLES: list[Cradle] = []
_MAKING = threading.Lock()


def _rock(line: socket.socket) -> None:
    """Become one backend after the other, each in a copy, until nobody asks any more."""
    from app.server.__main__ import main

    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asked, handles, _, _ = socket.recv_fds(line, _LONGEST, 2)
        if not asked:
            return
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            line.close()
            for number, handle in enumerate(handles, 1):
                os.dup2(handle, number)
                os.close(handle)
            words = json.loads(asked)
            words[words.index("--while-runs") + 1] = str(os.getppid())  # the cradle, and not who asked it
            raise SystemExit(main(words))
        for handle in handles:
            os.close(handle)
        line.send(str(pid).encode())


if __name__ == "__main__":
    _rock(socket.socket(fileno=int(sys.argv[1])))
