"""``python -m tests.support.powercut NAME FOLDER GIVEN [less]``: runs one workload, to be recorded by the shim."""

import json
import sys
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.pool import Pool

from tests.support.powercut.catalogue import SCENARIOS
from tests.support.powercut.record import Marks


def _promise_less(connection: object, _: object) -> None:
    """SQLite's usual setting with a WAL: a commit is acknowledged before it is on the disk."""
    connection.execute("PRAGMA synchronous = NORMAL")  # type: ignore[attr-defined]


name, folder, given, *less = sys.argv[1:]
if less:
    event.listen(Pool, "connect", _promise_less)
SCENARIOS[name]().record(Path(folder), json.loads(given), Marks(Path(folder)))
