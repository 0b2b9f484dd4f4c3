"""Pictures of the logs' alarms: some that wait, one taken note of, a lawful restore; nothing at all; a missing note."""

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from app.ui.flows.ledger_alarms import AlarmReader
from app.ui.screens.ledger_alarms import LedgerAlarmsScreen
from app.ui.shots.stage import Shot, Stage
from app.wire.ledger_alarms import AlarmList, AlarmView, NoteRow, OutsideWitness

_AT = datetime(2026, 11, 20, 1, 12, tzinfo=UTC)
_THERE, _ELSEWHERE = "992003", "990001"


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every state."""
    return (
        Shot("78-ledger-alarms", lambda: _screen(stage)),
        Shot("78-ledger-alarms-none", lambda: _screen(stage, rows=0)),
        Shot("78-ledger-alarms-no-note", lambda: _screen(stage, missing=True)),
    )


def _found(stage: Stage, rows: int) -> AlarmList:
    sample = stage.sample["admin"]
    note = NoteRow(staff_id=sample["staff_id"], staff_name=sample["name"], note=sample["reason"], at=_AT)
    made = (
        ("desk", "shown_rolled_back", _THERE, ()),
        ("register", "seen_log_forked", "T-03", ()),
        (f"{_THERE}/relay", "restored_guardians", "", (note,)),
        ("desk", "restored", "", ()),
        ("guardians", "seen_guardians_changed", "T-03", ()),
    )
    views = tuple(
        AlarmView(log=log, kind=kind, size=4127, at=_AT - timedelta(hours=7 * place), found_by=by, notes=notes)
        for place, (log, kind, by, notes) in enumerate(made)
    )
    witnesses = (
        OutsideWitness(municipality=_THERE, at=_AT, behind=0),
        OutsideWitness(municipality=_ELSEWHERE, at=None, behind=11),
    )
    return AlarmList(rows=views[:rows], witnesses=witnesses, logs=11)


def _screen(stage: Stage, *, rows: int = 5, missing: bool = False) -> QWidget:
    kit = stage.kit
    screen, reader = LedgerAlarmsScreen(kit), AlarmReader(kit, {_THERE: stage.sample["place"]["other"]})
    window = stage.window(screen)
    window.show_visit(None)
    found = _found(stage, rows)
    screen.show_alarms(reader.rows(found), reader.lead(found), reader.witnesses(found))
    if missing:
        screen.do("commit")
    return window
