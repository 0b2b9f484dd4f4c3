"""Acts as log records and back: the one translation that journals and ledgers share."""

import json

from app.domain.act import Act, Detail
from app.domain.time_band import TimeBand
from app.errors import LedgerError
from app.trust.record import Record

_WRITER = json.JSONEncoder(ensure_ascii=False)


def record_of(act: Act, log: str, band: TimeBand | None = None) -> Record:
    """The record that ``log`` keeps of ``act``. Details travel as JSON scalars, so that they come back as they were."""
    details = {name: _written(value) for name, value in act.what}
    return Record(
        log=log,
        municipality=act.municipality,
        act=act.kind,
        staff_id=act.staff_id,
        terminal=act.terminal,
        at=act.at,
        trace=act.trace,
        case=act.visit,
        subject=act.about,
        details=details,
        band=band,
    )


def act_of_record(record: Record) -> Act:
    """The act that ``record`` was made of. Errors: LedgerError ``record_format`` when a detail is no act's."""
    what = [(name, _detail(value)) for name, value in sorted(record.details.items())]
    return Act(
        kind=record.act,
        at=record.at,
        municipality=record.municipality,
        staff_id=record.staff_id,
        terminal=record.terminal,
        trace=record.trace,
        visit=record.case,
        about=record.subject,
        what=tuple(what),
    )


def _written(value: Detail) -> str:
    return str(value) if type(value) is int else _WRITER.encode(value)


def _detail(text: str) -> Detail:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise LedgerError(kind="record_format", place=0) from error
    if value is not None and not isinstance(value, str | int):
        raise LedgerError(kind="record_format", place=0)
    return value
