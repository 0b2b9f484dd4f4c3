"""One training at a time on a folder; what a killed one left does not stand in the way."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.client.only_one import only_one
from app.errors import StoreBusy

HOLDING = """
import sys, time
from pathlib import Path
from app.client.only_one import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_who_comes_second_is_refused_until_the_first_is_gone_even_when_it_was_killed(tmp_path: Path) -> None:
    lock = tmp_path / "deep" / "training.lock"
    command = [sys.executable, "-c", HOLDING, str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        try:
            assert first.stdout is not None
            assert first.stdout.readline() == "held\n"
            with pytest.raises(StoreBusy), only_one(lock):
                pass
        finally:
            first.kill()
    with only_one(lock):
        assert lock.exists()
    with only_one(lock):
        assert lock.exists()
