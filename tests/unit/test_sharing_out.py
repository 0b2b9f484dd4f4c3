"""A process of the tests that dies takes its one test along, and the run still comes to its end."""

import subprocess
import sys
from pathlib import Path

_CONFTEST = "from tests.support.sharing_out import scheduler as pytest_xdist_make_scheduler\n"
_DEADLY = "import os, signal\ndef test_dies(): os.kill(os.getpid(), signal.SIGKILL)\ndef test_behind_it(): pass\n"
_SHORT = "import time\ndef test_alone(): time.sleep(0.2)\n"
_FILES = 12
"""More than the processes have begun when one dies, so that who replaces it is given a file with one test in it."""


def test_a_run_ends_and_tells_of_the_one_test_that_a_process_died_of(tmp_path: Path):
    (tmp_path / "conftest.py").write_text(_CONFTEST)
    (tmp_path / "test_a_deadly.py").write_text(_DEADLY)
    for number in range(_FILES):
        (tmp_path / f"test_b_{number}.py").write_text(_SHORT)
    words = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-p", "no:cacheprovider", "-c", "/dev/null"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *words, "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert f"1 failed, {_FILES + 1} passed" in run.stdout, run.stdout
    assert run.stdout.count("replacing crashed worker") == 1
    assert "crashed while running 'test_a_deadly.py::test_dies'" in run.stdout
