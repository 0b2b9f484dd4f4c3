"""The counter's process keeps its memory to itself: tried by a program of the same user."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.process import program

PROGRAM = """
import sys
if "private" in sys.argv:
    from app.desktop.process import keep_private
    import os
    keep_private(os.environ)
import os, resource
print(os.getpid(), os.environ.get("PYTHONMALLOC"), resource.getrlimit(resource.RLIMIT_CORE)[1], flush=True)
sys.stdin.readline()
os.abort()
"""
READER = "import sys; open(f'/proc/{sys.argv[1]}/mem', 'rb').close()"


def started(*words: str) -> subprocess.Popen[str]:
    """With ``private`` as the counter is started."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONMALLOC"}
    return subprocess.Popen(
        [*plainly(), sys.executable, "-c", PROGRAM, *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**env, "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip


def told(child: subprocess.Popen[str]) -> list[str]:
    assert child.stdout is not None
    return child.stdout.readline().split()


def ended(child: subprocess.Popen[str]) -> int:
    child.communicate("\n", timeout=20)
    return child.returncode


def read_by_same_user(pid: str) -> int:
    command = [*plainly(), sys.executable, "-c", READER, pid]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False, timeout=20).returncode


def plainly() -> list[str]:
    """Run as an ordinary user: where there is one, the administrator's right to read everybody is given up."""
    if os.geteuid() != 0:
        return []
    return [program("setpriv"), "--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace"]


def test_another_program_of_the_same_user_reads_no_memory_of_it_and_no_core_is_written() -> None:
    child = started("private")
    pid, allocator, cores = told(child)
    assert (allocator, cores) == ("malloc", "0")
    assert read_by_same_user(pid) != 0
    assert int(pid) == child.pid
    assert ended(child) == -signal.SIGABRT


def test_an_ordinary_program_is_read_by_the_same_user() -> None:
    child = started()
    pid, allocator, _ = told(child)
    assert allocator == "None"
    assert read_by_same_user(pid) == 0
    child.kill()
    child.communicate(timeout=20)
