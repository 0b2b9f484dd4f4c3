"""The signed list of an exported log's files, and how its sealed records lie in files."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.errors import LedgerError
from app.trust.note import Note, NoteKey, parse_note, sign_note
from app.trust.sign import SigningKey

MANIFEST, CHECKPOINT, COSIGNED, KEYS = "manifest", "checkpoint", "cosigned", "keys"
STAMPS, STAMPER = "stamps", "stamper.pem"
"""Checkpoints and their time stamps in turn, below the log; the stamper's authority, beside the keys."""
RESTORED, GUARDIANS = "restored", "guardians"
"""What a log declares of restores of itself, below the log; the signed lists of guardians, beside the keys."""
_HEAD = "madoguchi-export/1"
_LINE = re.compile(r"([0-9a-f]{64}) (0|[1-9][0-9]*) (\S+)")
_DIGEST_SIZE = 32
_LENGTH_SIZE = 4
_NONE = bytes(_DIGEST_SIZE)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list says of one file."""

    digest: str
    size: int

    def matches(self, content: bytes) -> bool:
        """Whether ``content`` is what was listed."""
        return listed(content) == self


def listed(content: bytes) -> Listed:
    """The entry of the list for a file."""
    return Listed(hashlib.sha256(content).hexdigest(), len(content))


def sign_manifest(origin: str, files: Mapping[str, Listed], key: SigningKey) -> bytes:
    """The list of ``files`` (path → entry), signed by the log."""
    lines = [_HEAD, origin, *(f"{file.digest} {file.size} {path}" for path, file in sorted(files.items()))]
    text = "\n".join(lines) + "\n"
    return Note(text, (sign_note(text, origin, key),)).to_bytes()


def open_manifest(data: bytes, key: NoteKey) -> dict[str, Listed]:
    """The list, once its signature is proved.

    Errors: LedgerError ``note_format``, ``manifest_format``, ``manifest_signature``.
    """
    note = parse_note(data)
    lines = note.text.removesuffix("\n").split("\n")
    found = [_LINE.fullmatch(line) for line in lines[2:]]
    if lines[:2] != [_HEAD, key.name] or not all(found):
        raise LedgerError(kind="manifest_format", place=MANIFEST)
    if not note.signed_by(key):
        raise LedgerError(kind="manifest_signature", place=MANIFEST)
    return {line[3]: Listed(line[1], int(line[2])) for line in found if line}


def record_path(bundle: str) -> str:
    """Where the sealed records beside an entry bundle lie. ``bundle``: the bundle's own path."""
    return bundle.replace("tile/entries/", "records/", 1)


def join_records(records: Sequence[bytes | None]) -> bytes:
    """Sealed records one after the other: digest (32 bytes), length (4), content; zeros for a deleted one."""
    return b"".join(
        _NONE + bytes(_LENGTH_SIZE)
        if sealed is None
        else hashlib.sha256(sealed).digest() + len(sealed).to_bytes(_LENGTH_SIZE, "big") + sealed
        for sealed in records
    )


def changed_records(data: bytes, count: int) -> list[int]:
    """Which of ``count`` records in ``data`` are not what their digest says; all from where the file breaks off."""
    wrong: list[int] = []
    sha256, offset, end = hashlib.sha256, 0, len(data)
    for number in range(count):
        start = offset + _DIGEST_SIZE + _LENGTH_SIZE
        stop = start + int.from_bytes(data[start - _LENGTH_SIZE : start], "big")
        if end < start or end < stop:
            return [*wrong, *range(number, count)]
        expected = sha256(data[start:stop]).digest() if stop > start else _NONE
        if data[offset : offset + _DIGEST_SIZE] != expected:
            wrong.append(number)
        offset = stop
    return wrong
