"""Commands of both programs out of a process that has imported them once: each runs in a copy of it, as if started.

What `python -m app.admin` and `python -m app.server` do after their imports is the same here, in a process of its own
with arguments, input, output and exit code; only the three seconds of importing are spared. That the programs start
by themselves is asked elsewhere (tests/edge/card/test_command.py, tests/edge/server/test_process.py).
"""

import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

ADMIN, SERVER = "app.admin", "app.server"
_LONGEST = 262_144
_PATIENCE_S = 90.0


class Commands:
    """The process and the line to it."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            words = [sys.executable, "-m", "tests.support.commands", str(theirs.fileno())]
            self._process = subprocess.Popen(words, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        self._line.settimeout(_PATIENCE_S)
        self._turn = threading.Lock()
        atexit.register(self.close)

    def run(self, program: str, words: Sequence[str], typed: str) -> subprocess.CompletedProcess[str]:
        asked = json.dumps([program, list(words), dict(os.environ), str(Path.cwd())]).encode()
        with tempfile.TemporaryFile() as entry, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
            entry.write(typed.encode())
            entry.seek(0)
            with self._turn:
                socket.send_fds(self._line, [asked], [entry.fileno(), out.fileno(), told.fileno()])
                code = int(self._line.recv(_LONGEST))
            texts = []
            for file in (out, told):
                file.seek(0)
                texts.append(file.read().decode())
        return subprocess.CompletedProcess([program, *words], code, *texts)

    def close(self) -> None:
        self._line.close()
        self._process.wait()


@cache
def _commands() -> Commands:
    """One for all tests of this process."""
    return Commands()


def command(program: str, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """``program`` (``ADMIN`` or ``SERVER``) with these words, ``typed`` on its standard input."""
    return _commands().run(program, words, typed)


def _serve(line: socket.socket) -> None:
    """One command after the other, each in a copy, until nobody asks any more."""
    from app.admin.__main__ import SUBJECTS
    from app.admin.__main__ import main as admin
    from app.server.__main__ import main as server

    for subject in SUBJECTS:
        import_module(f"app.admin.{subject}")
    mains = {ADMIN: admin, SERVER: server}
    gc.collect()
    gc.freeze()
    while True:
        asked, handles, _, _ = socket.recv_fds(line, _LONGEST, 3)
        if not asked:
            return
        program, words, env, folder = json.loads(asked)
        pid = os.fork()
        if pid == 0:
            line.close()
            for number, handle in enumerate(handles):
                os.dup2(handle, number)
                os.close(handle)
            os.environ.clear()
            os.environ.update(env)
            os.chdir(folder)
            raise SystemExit(mains[program](words))
        for handle in handles:
            os.close(handle)
        _, status = os.waitpid(pid, 0)
        line.send(str(os.waitstatus_to_exitcode(status)).encode())


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _serve(socket.socket(fileno=int(sys.argv[1])))
