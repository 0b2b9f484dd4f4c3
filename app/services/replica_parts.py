"""副本のファイル as a section has it: CSV by 宛名番号 becomes parts of lines, read anew each time, never held whole."""

import csv
import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.provision_rules import FLAG, NUMBER, InformationRule
from app.errors import Refused
from app.wire.replica_file import PART_ROWS

NUMBER_COLUMN, KIND_COLUMN = "business_number", "kind"
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ReplicaSource:
    """A file that can be sent. ``name`` is made of its content: the same file is the same, whatever it is called."""

    path: Path
    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]

    def parts(self) -> Iterator[str]:
        """Its parts: lines of JSON arrays of number, kind and values. Errors: Refused ``replica_file_unreadable``."""
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                rows = csv.reader(file)
                next(rows, None)
                while lines := [self._line(row) for row in itertools.islice(rows, PART_ROWS)]:
                    yield "\n".join(lines)
        except (OSError, UnicodeError, csv.Error) as error:
            raise Refused("replica_file_unreadable") from error

    def _line(self, row: Sequence[str]) -> str:
        """As it stands where it does not fit: the platform says why it takes no such row."""
        number, kind, values = "".join(row[:1]).strip(), "".join(row[1:2]).strip(), row[2:]
        kinds = itertools.chain(self.kinds, itertools.repeat(""))
        said = [_value(value.strip(), kind) for value, kind in zip(values, kinds, strict=False)]
        return json.dumps([number, kind, *said], ensure_ascii=False)


def open_replica_file(path: Path, rule: InformationRule) -> ReplicaSource:
    """Read the heading and name the file. Errors: Refused for one that can't be read, or has no such heading."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as raw:
            while block := raw.read(_BLOCK):
                digest.update(block)
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = [one.strip() for one in next(csv.reader(file), [])]
    except (OSError, UnicodeError, csv.Error) as error:
        raise Refused("replica_file_unreadable") from error
    columns = tuple(head[2:])
    if head[:2] != [NUMBER_COLUMN, KIND_COLUMN] or not columns or not set(columns) <= set(rule.items):
        raise Refused("replica_file_heading")
    return ReplicaSource(path, digest.hexdigest()[:32], columns, tuple(rule.items[name] for name in columns))


def _value(text: str, kind: str) -> str | int | bool | None:
    if not text:
        return None
    if kind == NUMBER:
        plain = text.replace(",", "")
        return int(plain) if plain.removeprefix("-").isascii() and plain.removeprefix("-").isdigit() else text
    if kind == FLAG:
        low = text.lower()
        return True if low in _YES else (False if low in _NO else text)
    return text
