"""Checkpoints (C2SP tlog-checkpoint): origin, size and root of a log as a signed note."""

import re
from dataclasses import dataclass
from datetime import datetime

from app.errors import LedgerError
from app.trust.merkle import HASH_SIZE, Tree
from app.trust.note import TIMED, Note, NoteKey, cosign_note, from_base64, parse_note, sign_note, to_base64
from app.trust.sign import SigningKey, VerifyKey

WITNESS = "madoguchi/witness"
"""The name under which the ledger slice cosigns."""

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says about itself at one moment. ``origin``: which log; ``root``: over its first ``size`` leaves."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"


def origin_of(log: str, municipality: str) -> str:
    """The name of one log. ``log``: a slice, or ``terminal.<name>``."""
    return f"madoguchi/{log}/{municipality}"


def log_key(origin: str, key: VerifyKey) -> NoteKey:
    """The key that signs the checkpoints of ``origin``: its name is the origin itself."""
    return NoteKey(origin, key)


def sign_checkpoint(origin: str, tree: Tree, key: SigningKey, at: datetime | None = None) -> bytes:
    """The checkpoint of ``tree``, signed by its log. ``at``: the log signs besides what time it was."""
    text = Checkpoint(origin, tree.size, tree.root).text
    note = Note(text, (sign_note(text, origin, key),))
    return (note if at is None else note.with_signature(cosign_note(text, origin, key, at))).to_bytes()


def signed_at(data: bytes, key: NoteKey) -> datetime | None:
    """What time it was (UTC, whole seconds) by the log whose plain key is ``key``; None where it did not say so."""
    return parse_note(data).cosigned_at(NoteKey(key.name, key.key, TIMED)) if data else None


def read_checkpoint(note: Note) -> Checkpoint:
    """The three lines of a note, not yet believed. Errors: LedgerError ``checkpoint_format``."""
    lines = note.text.split("\n")
    if len(lines) != _LINES + 1 or not _SIZE.fullmatch(lines[1]):
        raise LedgerError(kind="checkpoint_format", place=lines[0])
    root = from_base64(lines[2])
    if not lines[0] or root is None or len(root) != HASH_SIZE:
        raise LedgerError(kind="checkpoint_format", place=lines[0])
    return Checkpoint(lines[0], int(lines[1]), root)


def open_checkpoint(data: bytes, key: NoteKey) -> Checkpoint:
    """The checkpoint in ``data``, once its log's signature is proved.

    Errors: LedgerError ``note_format``, ``checkpoint_format``, ``checkpoint_origin`` (another log),
    ``checkpoint_signature``.
    """
    note = parse_note(data)
    checkpoint = read_checkpoint(note)
    if checkpoint.origin != key.name:
        raise LedgerError(kind="checkpoint_origin", place=checkpoint.origin)
    if not note.signed_by(key):
        raise LedgerError(kind="checkpoint_signature", place=checkpoint.origin)
    return checkpoint


def open_own(data: bytes, key: NoteKey) -> tuple[Checkpoint, datetime | None]:
    """A log's own newest checkpoint, on which nobody else has a line, and what time it was by the log.

    Errors: as ``open_checkpoint``; ``checkpoint_signature`` also for any line that is not the log's own and true.
    """
    checkpoint, note = open_checkpoint(data, key), parse_note(data)
    timed = NoteKey(key.name, key.key, TIMED)
    own = {(key.name, key.short), (timed.name, timed.short)}
    lines, at = {(line.name, line.short) for line in note.signatures}, note.cosigned_at(timed)
    if not lines <= own or len(lines) != len(note.signatures) or (len(lines) == len(own) and at is None):
        raise LedgerError(kind="checkpoint_signature", place=checkpoint.origin)
    return checkpoint, at
