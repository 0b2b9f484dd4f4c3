"""What a log remembers of one act: a canonical record, committed to with a salt, so that it can be deleted lawfully.

Entry of the log = format (1 byte, 1 = SHA-256, canonical JSON) ‖ SHA-256(salt ‖ record); the salt has 32 random bytes,
for a bare hash of what a person did could be guessed. Salt and record lie beside the log, never in it.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.domain.time_band import TimeBand
from app.errors import LedgerError

SALT_SIZE = 32
ENTRY_SIZE = 33
_PLAIN, _BANDED = 1, 2
"""Formats of a record: 2 has a time band besides. Both are read for ever."""
_text = json.encoder.encode_basestring
"""A text as JSON. The rest of a record is put together by hand, its keys in their order: a third of the time of the
library's encoder, measured; a test holds both to the same bytes."""
_ENTRY_FORMAT = b"\x01"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_TEXTS = (
    "log", "municipality", "act", "staff_id", "terminal", "trace", "procedure", "case", "subject", "reason"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One act: who did what, where, when (UTC), under which trace number, and why.

    ``log``: slice or ``terminal.<name>``. ``case``: the open matter that explains it; ``reason``: the code that does
    without one; ``subject``: a reference to the person, never a number or a name. ``details``: what the act adds.
    ``band``: what was known of time beside the clock of the device; None in records of format 1.
    """

    log: str
    municipality: str
    act: str
    staff_id: str
    terminal: str
    at: datetime
    trace: str
    procedure: str = ""
    case: str = ""
    subject: str = ""
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    band: TimeBand | None = None


def encode_record(record: Record) -> bytes:
    """The record as canonical JSON: sorted keys, no spaces, UTF-8; equal records give equal bytes."""
    details = ",".join(f"{_text(name)}:{_text(record.details[name])}" for name in sorted(record.details))
    band = "" if record.band is None else f'"band":{_band_written(record.band)},'
    return (
        f'{{"act":{_text(record.act)},"at":"{_written(record.at)}",{band}"case":{_text(record.case)},'
        f'"details":{{{details}}},"format":{_BANDED if band else _PLAIN},"log":{_text(record.log)},'
        f'"municipality":{_text(record.municipality)},"procedure":{_text(record.procedure)},'
        f'"reason":{_text(record.reason)},"staff_id":{_text(record.staff_id)},"subject":{_text(record.subject)},'
        f'"terminal":{_text(record.terminal)},"trace":{_text(record.trace)}}}'
    ).encode()


def decode_record(data: bytes) -> Record:
    """What ``encode_record`` was given. Errors: LedgerError ``record_format`` for any other bytes."""
    try:
        values = json.loads(data)
        record = _record(values)
        if encode_record(record) == data:
            return record
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
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _band_written(band: TimeBand) -> str:
    heard = "" if band.heard is None else _written(band.heard)
    kept_at, run = _written(band.kept_at), _text(band.run)
    return f'{{"heard":"{heard}","kept_at":"{kept_at}","monotonic_ms":{band.monotonic_ms},"run":{run}}}'


def _record(values: dict[str, Any]) -> Record:
    if values["format"] not in {_PLAIN, _BANDED}:
        raise LedgerError(kind="record_format", place=0)
    texts = {name: values[name] for name in _TEXTS}
    details = values["details"]
    if not all(isinstance(text, str) for text in (*texts.values(), *details.keys(), *details.values())):
        raise LedgerError(kind="record_format", place=0)
    band = _band(values["band"]) if values["format"] == _BANDED else None
    return Record(at=_instant(values["at"]), details=details, band=band, **texts)


def _band(values: dict[str, Any]) -> TimeBand:
    run, monotonic_ms, heard = values["run"], values["monotonic_ms"], values["heard"]
    if not isinstance(run, str) or type(monotonic_ms) is not int:
        raise LedgerError(kind="record_format", place=0)
    return TimeBand(_instant(values["kept_at"]), run, monotonic_ms, _instant(heard) if heard else None)


def _instant(text: str) -> datetime:
    if not _INSTANT.fullmatch(text):
        raise LedgerError(kind="record_format", place=0)
    return datetime.fromisoformat(text)
