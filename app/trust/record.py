"""What a log remembers of one act: a canonical record, committed to with a salt, so that it can be deleted lawfully.

Entry of the log = format (1 byte, 1 = SHA-256, canonical JSON) ‖ SHA-256(salt ‖ record); the salt has 32 random bytes,
for a bare hash of what a person did could be guessed. Salt and record lie beside the log, never in it.
"""

import hashlib
import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.domain.act import Act
from app.errors import LedgerError

SALT_SIZE = 32
ENTRY_SIZE = 33
_FORMAT = 1
_ENTRY_FORMAT = b"\x01"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_TEXTS = ("kind", "municipality", "staff_id", "terminal", "trace", "visit", "about")


@dataclass(frozen=True, slots=True)
class Logged:
    """An act and the log that holds it: a slice, or ``terminal.<name>``."""

    log: str
    act: Act


def encode_act(log: str, act: Act) -> bytes:
    """The act as canonical JSON: sorted keys, no spaces, UTF-8; equal acts give equal bytes."""
    values: dict[str, object] = {name: getattr(act, name) for name in _TEXTS}
    values |= {"format": _FORMAT, "log": log, "at": _written(act.at), "what": act.detail()}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def decode_act(data: bytes) -> Logged:
    """What ``encode_act`` was given. Errors: LedgerError ``record_format`` for any other bytes."""
    try:
        logged = _logged(json.loads(data))
        if encode_act(logged.log, logged.act) == data:
            return logged
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LedgerError(kind="record_format", place=0) from error
    raise LedgerError(kind="record_format", place=0)


def new_salt() -> bytes:
    """32 bytes from the operating system's random source."""
    return os.urandom(SALT_SIZE)


def entry_of(salt: bytes, record: bytes) -> bytes:
    """What stands in the log for ``record``: 33 bytes."""
    if len(salt) != SALT_SIZE:
        raise LedgerError(kind="salt_size", place=0)
    return _ENTRY_FORMAT + hashlib.sha256(salt + record).digest()


def stands_for(entry: bytes, salt: bytes, record: bytes) -> bool:
    """Whether ``entry`` was made of this salt and record."""
    return len(salt) == SALT_SIZE and entry == entry_of(salt, record)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _logged(values: dict[str, Any]) -> Logged:
    texts = {name: values[name] for name in _TEXTS}
    what: dict[str, Any] = values["what"]
    whole = all(isinstance(text, str) for text in (*texts.values(), values["log"]))
    plain = all(detail is None or isinstance(detail, str | int) for detail in what.values())
    if values["format"] != _FORMAT or not _INSTANT.fullmatch(values["at"]) or not whole or not plain:
        raise LedgerError(kind="record_format", place=0)
    at = datetime.fromisoformat(values["at"])
    return Logged(values["log"], Act(at=at, what=tuple(sorted(what.items())), **texts))
