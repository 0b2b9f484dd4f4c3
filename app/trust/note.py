"""Signed notes (C2SP signed-note): a text, an empty line, signature lines; Ed25519 and timed cosignatures.

Two signature types are known: 1 = Ed25519 over the text, 4 = Ed25519 cosignature over time and text (tlog-cosignature).
Lines of unknown keys are kept and never judged, so that keys can change and witnesses can be added.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from app.errors import LedgerError, WrongKey
from app.trust.sign import KEY_SIZE, SIGNATURE_SIZE, SigningKey, VerifyKey

PLAIN, TIMED = 1, 4
_NAME = re.compile(r"[^\s+]+")
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_HASH_SIZE = 4
_TIME_SIZE = 8


@dataclass(frozen=True, slots=True)
class NoteKey:
    """Who signs notes under ``name`` and how (``kind``: 1 plain, 4 timed)."""

    name: str
    key: VerifyKey
    kind: int = PLAIN

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or self.kind not in {PLAIN, TIMED}:
            raise WrongKey(what="note_key")

    @property
    def short(self) -> bytes:
        """The four bytes that name this key in a signature line."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key.raw).digest()[:_HASH_SIZE]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``name+hash+key``. Errors: WrongKey when a part is missing or does not belong to the others."""
        name, _, rest = text.partition("+")
        _, _, key = rest.partition("+")
        raw = from_base64(key)
        if raw is None or len(raw) != 1 + KEY_SIZE:
            raise WrongKey(what="note_key")
        made = cls(name, VerifyKey(raw[1:]), raw[0])
        if str(made) != text:
            raise WrongKey(what="note_key")
        return made

    def __str__(self) -> str:
        return f"{self.name}+{self.short.hex()}+{to_base64(bytes([self.kind]) + self.key.raw)}"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line."""

    name: str
    short: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"— {self.name} {to_base64(self.short + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, ending in a line feed, and who signed it."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def to_bytes(self) -> bytes:
        """As it travels and is kept."""
        return f"{self.text}\n{''.join(str(line) for line in self.signatures)}".encode()

    def with_signature(self, signature: NoteSignature) -> Self:
        """The note with one line more; a line by the same key is replaced."""
        others = tuple(line for line in self.signatures if (line.name, line.short) != (signature.name, signature.short))
        return replace(self, signatures=(*others, signature))

    def signed_by(self, key: NoteKey) -> bool:
        """Whether one of the lines is a true plain signature of ``key``."""
        message = self.text.encode()
        return any(key.key.verify(message, found) for found in self._of(key, PLAIN))

    def cosigned_at(self, key: NoteKey) -> datetime | None:
        """When ``key`` cosigned this text (UTC, whole seconds); None when it did not."""
        for found in self._of(key, TIMED):
            stamp, signature = found[:_TIME_SIZE], found[_TIME_SIZE:]
            seconds = int.from_bytes(stamp, "big")
            if len(signature) == SIGNATURE_SIZE and key.key.verify(_timed(self.text, seconds), signature):
                return _instant(seconds)
        return None

    def _of(self, key: NoteKey, kind: int) -> tuple[bytes, ...]:
        if key.kind != kind:
            return ()
        mine = (key.name, key.short)
        return tuple(line.signature for line in self.signatures if (line.name, line.short) == mine)


def sign_note(text: str, name: str, key: SigningKey) -> NoteSignature:
    """A plain signature line."""
    return NoteSignature(name, NoteKey(name, key.public).short, key.sign(text.encode()))


def cosign_note(text: str, name: str, key: SigningKey, at: datetime) -> NoteSignature:
    """A timed line: ``name`` saw this text at ``at`` and found it consistent with all it saw before."""
    seconds = int(at.timestamp())
    signature = seconds.to_bytes(_TIME_SIZE, "big") + key.sign(_timed(text, seconds))
    return NoteSignature(name, NoteKey(name, key.public, TIMED).short, signature)


def parse_note(data: bytes) -> Note:
    """Read a note. Errors: LedgerError ``note_format`` for anything that would be written differently."""
    try:
        text, _, tail = data.decode().rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise LedgerError(kind="note_format", place=error.start) from error
    note = Note(text + "\n", tuple(_line(line) for line in tail.splitlines()))
    if not text or not tail or note.to_bytes() != data:
        raise LedgerError(kind="note_format", place=0)
    return note


def to_base64(data: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes | None:
    """The bytes of exactly the text that ``to_base64`` writes; None for any other."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if to_base64(data) == text else None


def _line(line: str) -> NoteSignature:
    found = _LINE.fullmatch(line)
    raw = from_base64(found[2]) if found else None
    if found is None or raw is None or len(raw) <= _HASH_SIZE:
        raise LedgerError(kind="note_format", place=0)
    return NoteSignature(found[1], raw[:_HASH_SIZE], raw[_HASH_SIZE:])


def _timed(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _instant(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
