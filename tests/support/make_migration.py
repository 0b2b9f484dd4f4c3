"""Writes the next migration of a slice from its models: ``python -m tests.support.make_migration SLICE MESSAGE``."""

import importlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from app.domain.clock import SystemRandom
from app.domain.secret import Secret
from app.durable.address import SqlcipherFile
from app.durable.engine import open_database
from tests.support.migrations import write_migration

_OWN_TYPES = {r"app\.durable\.columns\.Instant\(\)": "sa.BigInteger()"}
"""Our column types, written as what they are kept as: a migration must mean the same when the type has changed."""


def main(words: list[str]) -> int:
    """Compare the models of a slice with its history, on an empty store, and write what is missing."""
    if len(words) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    store = importlib.import_module(f"app.backend.{words[0]}.store")
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(SqlcipherFile(Path(folder) / "models.db", Secret(SystemRandom().token(32))))
        try:
            path = Path(write_migration(database, store.HISTORY, store.METADATA, words[1]))
        finally:
            database.close()
    text = path.read_text("utf-8")
    for own, kept in _OWN_TYPES.items():
        text = re.sub(own, kept, text)
    path.write_text(re.sub(r" *# ### .* ###\n", "", text), "utf-8")
    for step in (["format"], ["check", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *step, "-q", path], check=True)
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
