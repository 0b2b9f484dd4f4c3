"""A program that dies tells where, and writes nothing of what it held: no value on standard error, no core file."""

import json
import subprocess
import sys

import pytest

MARK = "標識秘子"
_START = "from app.log import to_stderr; to_stderr(); "
_DEATHS = {
    "in the main thread": f"raise ValueError({MARK!r})",
    "where nobody can hear it": f"""
class Gone:
    def __del__(self): raise ValueError({MARK!r})
Gone()
""",
    "in the event loop": f"""
import asyncio
async def work(): raise ValueError({MARK!r})
async def main():
    task = asyncio.create_task(work()); await asyncio.sleep(0); del task
asyncio.run(main())
""",
    "in a library's words": f"""
import logging
logging.getLogger("httpcore").error("%s could not be sent", {MARK!r})
logging.getLogger("other").error("{MARK} in the text\\n{MARK}" % ())
""".replace(f"{MARK} in the text", "a text"),
}


def died(code: str) -> str:
    """What a program said that started its log and then ran ``code``."""
    done = subprocess.run(
        [sys.executable, "-c", _START + code], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize("death", _DEATHS)
def test_a_crash_leaves_its_place_and_no_value(death: str) -> None:
    said = died(_DEATHS[death])
    assert MARK not in said
    assert json.dumps(MARK)[1:-1] not in said
    assert [json.loads(line)["level"] for line in said.splitlines()]


def test_the_place_of_a_crash_is_told() -> None:
    (line,) = died(_DEATHS["in the main thread"]).splitlines()
    assert json.loads(line)["error"] == "ValueError"
    assert json.loads(line)["trace_back"]


def test_no_core_file_is_written() -> None:
    code = "import resource, sys; sys.stderr.write(str(resource.getrlimit(resource.RLIMIT_CORE)))"
    assert died(code) == "(0, 0)"
