"""The watch over the window's thread, tried in a run of its own: everything in it then goes past the watch."""

import subprocess
import sys
from pathlib import Path

from tests.support.source import ROOT

CASES = Path(__file__).with_name("turn_watch_cases.py")


def test_the_watch_tells_turns_that_are_too_long_or_wait_and_no_others():
    words = ["-m", "pytest", "--watch-turns", "-q", "-p", "no:cacheprovider", str(CASES)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=ROOT, timeout=150, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "6 passed" in done.stdout
    assert "1 failed" in done.stdout
    assert "test_this_one_fails_by_itself" in done.stdout
    assert "the window's thread was taken for too long" in done.stdout
