"""Pictures of the diagnosis: while it looks, with what is wrong, and with nothing wrong."""

from PySide6.QtWidgets import QWidget

from app.services.diagnose import Diagnose, Finding, State
from app.ui.background import Lane
from app.ui.flows.diagnostics import DiagnosticsActs, DiagnosticsFlow
from app.ui.shots.stage import Shot, Stage

_WELL = (
    Finding("readers", figures={"readers": 2.0}),
    Finding("printers", figures={"printers": 1.0, "ready": 1.0}),
    Finding("disk", figures={"free_mb": 81_200.0}),
    Finding("keyring"),
    Finding("certificate", figures={"days_left": 210.0}),
    Finding("outbox", figures={"waiting": 0.0, "stopped": 0.0, "oldest_s": 0.0}),
    Finding("network", figures={"took_s": 0.08}),
    Finding("clock", figures={"apart_s": 0.2, "took_s": 0.08}),
    Finding("office_log"),
)
_WRONG = (
    Finding("readers", State.UNWELL, "no_reader", {"readers": 0.0}),
    Finding("printers", State.WARNED, "printer_stopped", {"printers": 2.0, "ready": 1.0}),
    Finding("disk", figures={"free_mb": 81_200.0}),
    Finding("keyring"),
    Finding("certificate", State.WARNED, "certificate_ends", {"days_left": 6.0}),
    Finding("outbox", State.UNWELL, "outbox_stopped", {"waiting": 3.0, "stopped": 1.0, "oldest_s": 5400.0}),
    Finding("network", State.UNWELL, "office.unreachable"),
    Finding("clock", State.UNKNOWN, "office_unreachable"),
    Finding("slices", State.UNKNOWN, "office_unreachable"),
)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """The diagnosis in its states."""
    return (
        Shot("10-diagnostics", lambda: _found(stage, _WRONG)),
        Shot("10-diagnostics-well", lambda: _found(stage, _WELL)),
        Shot("10-diagnostics-looking", lambda: _found(stage, _WELL[:3], is_done=False)),
    )


def _found(stage: Stage, findings: tuple[Finding, ...], *, is_done: bool = True) -> QWidget:
    lane = Lane("diagnostics")
    acts = DiagnosticsActs(Diagnose({}), "", lambda *_: None, lambda *_: None)
    flow = DiagnosticsFlow(stage.kit, lane, acts)
    window = stage.bare_window(flow.screen)
    flow.show_found(findings, is_done=is_done)
    lane.close()
    return window
