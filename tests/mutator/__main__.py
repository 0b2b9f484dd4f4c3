"""``python -m tests.mutator``: takes one JSON object a line on standard input, answers each with one line.

First ``{"engine": "sqlcipher", "path": …, "key": hex}`` or ``{"engine": "postgresql", "url": …, "schema": …}``; then
``{"do": "keep", "name": …}`` (remember all rows), ``{"do": "put", "name": …}`` (write remembered rows back) and
``{"do": "mutate", "class": …, "seed": …, "older": name of remembered rows}``.
"""

import json
import random
import sys
from typing import Any

from tests.mutator.classes import CLASSES, Rows
from tests.mutator.rows import Store, open_store


def main() -> int:
    """Until standard input ends."""
    store: Store | None = None
    kept: dict[str, Rows] = {}
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        if store is None:
            store = open_store(asked)
            said = "open"
        elif asked["do"] == "keep":
            kept[asked["name"]] = store.read()
            said = "kept"
        elif asked["do"] == "put":
            store.write(kept[asked["name"]])
            said = "put"
        else:
            rows = store.read()
            said = CLASSES[asked["class"]](rows, kept.get(asked.get("older", "")), random.Random(asked["seed"]))
            store.write(rows)
        sys.stdout.write(json.dumps({"said": said}) + "\n")
        sys.stdout.flush()
    if store is not None:
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
