"""Eight classes of what somebody with access to the rows can do; each function changes rows and says what it did."""

import copy
import random
from collections.abc import Callable

from tests.mutator.rows import Row, Rows

Mutate = Callable[[Rows, Rows | None, random.Random], str]


def edit(rows: Rows, _: Rows | None, chance: random.Random) -> str:
    """Change one value of one row."""
    table = chance.choice(("leaf", "leaf", "leaf", "leaf_node", "leaf_head"))
    row = chance.choice(rows[table])
    columns = {
        "leaf": ("entry", "sealed", "kind", "visit", "at", "erase"),
        "leaf_node": ("hash",),
        "leaf_head": ("size", "edge", "checkpoint"),
    }[table]
    column = chance.choice(columns)
    if column == "erase":
        row["sealed"] = None
    elif isinstance(row[column], int):
        row[column] += chance.choice((-1, 1)) * chance.randint(1, 10_000_000)
    elif isinstance(row[column], str):
        row[column] += "x"
    else:
        row[column] = _flipped(row[column], chance)
    return f"{table}.{column}"


def drop_middle(rows: Rows, _: Rows | None, chance: random.Random) -> str:
    """Take a row out; perhaps close the gap behind it."""
    leaves = rows["leaf"]
    place = chance.randrange(len(leaves) - 1)
    del leaves[place]
    if chance.random() < 0.5:
        return "gap"
    for row in leaves[place:]:
        row["position"] -= 1
    if chance.random() < 0.5:
        rows["leaf_head"][0]["size"] -= 1
    return "closed"


def drop_tail(rows: Rows, older: Rows | None, chance: random.Random) -> str:
    """Take the last rows out; perhaps with their hashes, perhaps under an older head that was truly signed."""
    size = chance.randrange(1, len(rows["leaf"]))
    head = chance.random()
    if older is not None and head < 0.5:
        size = len(older["leaf"])
        rows["leaf_head"] = copy.deepcopy(older["leaf_head"])
    elif head < 0.8:
        rows["leaf_head"][0]["size"] = size
    rows["leaf"] = rows["leaf"][:size]
    if chance.random() < 0.5:
        rows["leaf_node"] = [row for row in rows["leaf_node"] if (row["position"] + 1) << row["level"] <= size]
    return "tail"


def reorder(rows: Rows, _: Rows | None, chance: random.Random) -> str:
    """Let two rows change places."""
    one, other = chance.sample(rows["leaf"], 2)
    one["position"], other["position"] = other["position"], one["position"]
    rows["leaf"].sort(key=lambda row: row["position"])
    return "swapped"


def duplicate(rows: Rows, _: Rows | None, chance: random.Random) -> str:
    """Let a row stand twice: at the end, or in the place of another."""
    row = dict(chance.choice(rows["leaf"]))
    if chance.random() < 0.5:
        row["position"] = len(rows["leaf"])
        rows["leaf"].append(row)
        if chance.random() < 0.5:
            rows["leaf_head"][0]["size"] += 1
        return "appended"
    place = chance.choice([one["position"] for one in rows["leaf"] if one["position"] != row["position"]])
    rows["leaf"][place] = row | {"position": place}
    return "over another"


def roll_back(rows: Rows, older: Rows | None, _: random.Random) -> str:
    """Bring back all rows as they once were, truly signed."""
    _as_once(rows, older)
    return "as once"


def fork(rows: Rows, older: Rows | None, _: random.Random) -> str:
    """Bring back all rows as they once were; what the log writes next is another continuation, truly signed."""
    _as_once(rows, older)
    return "as once, to be continued"


def move_ciphertext(rows: Rows, _: Rows | None, chance: random.Random) -> str:
    """Put the sealed record of one row into another, or let two change theirs."""
    one, other = chance.sample([row for row in rows["leaf"] if row["sealed"] is not None], 2)
    taken = other["sealed"]
    other["sealed"] = one["sealed"]
    if chance.random() < 0.5:
        one["sealed"] = taken
    return "moved"


CLASSES: dict[str, Mutate] = {
    "edit": edit,
    "drop_middle": drop_middle,
    "drop_tail": drop_tail,
    "reorder": reorder,
    "duplicate": duplicate,
    "roll_back": roll_back,
    "fork": fork,
    "move_ciphertext": move_ciphertext,
}


def _as_once(rows: Rows, older: Rows | None) -> None:
    if older is None:
        raise ValueError("nothing older is kept")
    rows.clear()
    rows.update(copy.deepcopy(older))


def _flipped(value: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(value))
    changed = bytearray(value)
    changed[place] ^= 1 << chance.randrange(8)
    return bytes(changed)


__all__ = ["CLASSES", "Row", "Rows"]
