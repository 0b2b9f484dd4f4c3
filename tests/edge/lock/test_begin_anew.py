"""A program that begins anew hands on what it must through memory alone, and only once."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import os, sys
from app.desktop.process import handed_over, keep_private, start_anew
from app.domain.secret import secret
keep_private(os.environ)
got = handed_over(os.environ)
if got is None:
    start_anew({**os.environ, "ROUND": "2"}, secret("whose session it is"))
inherited = []
for name in os.listdir("/proc/self/fd"):
    try:
        inherited.append(os.readlink(f"/proc/self/fd/{name}"))
    except OSError:
        pass
print(os.getpid(), got.text(), "|", handed_over(os.environ), any("memfd" in one for one in inherited))
print([name for name in os.environ if "HANDED" in name])
"""


ASKING = "import os; from app.desktop.process import handed_over; print(handed_over(os.environ))"


def test_the_next_program_finds_it_once_under_the_same_number_and_nothing_stays_open() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    out, _ = run.communicate(timeout=60)
    assert run.returncode == 0
    assert out.splitlines() == [f"{run.pid} whose session it is | None False", "[]"]


def test_who_sets_the_variable_without_handing_anything_on_changes_nothing() -> None:
    for place in ("999", "x", "-1", ""):
        run = subprocess.run(
            [sys.executable, "-c", ASKING],
            capture_output=True, text=True, check=True, timeout=60,
            env={**os.environ, "PYTHONPATH": str(Path.cwd()), "MADOGUCHI_HANDED": place},
        )  # fmt: skip
        assert run.stdout.strip() == "None"
