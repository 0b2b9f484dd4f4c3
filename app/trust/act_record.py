"""Acts as log records and back: the one translation that journals and ledgers share."""

import json

from app.domain.act import Act, Detail
from app.trust.record import Record


def record_of(act: Act, log: str) -> Record:
    """The record that ``log`` keeps of ``act``. Details travel as JSON scalars, so that they come back as they were."""
    details = {name: json.dumps(value, ensure_ascii=False) for name, value in act.what}
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
    )


def act_of_record(record: Record) -> Act:
    """The act that ``record`` was made of."""
    what: list[tuple[str, Detail]] = [(name, json.loads(value)) for name, value in sorted(record.details.items())]
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
