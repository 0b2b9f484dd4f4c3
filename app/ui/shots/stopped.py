"""Pictures of enquiries that were given up: some of each kind, one that can't be read, none, a missing reason."""

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from app.ui.flows.stopped_enquiries import StoppedReader
from app.ui.screens.stopped_enquiries import StoppedScreen
from app.ui.shots.stage import Shot, Stage
from app.wire.relay_stopped import StoppedEnquiries, StoppedEnquiry

_AT = datetime(2026, 11, 19, 6, 12, tzinfo=UTC)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every state."""
    return (
        Shot("79-stopped", lambda: _screen(stage)),
        Shot("79-stopped-none", lambda: _screen(stage, rows=0)),
        Shot("79-stopped-no-reason", lambda: _screen(stage, missing=True)),
    )


def _found(stage: Stage, rows: int) -> StoppedEnquiries:
    there, staff = stage.sample["place"]["other"], stage.sample["admin"]["staff_id"]
    made = (
        ("office.not_understood", 8, "tax", "nws", there),
        ("office.server_fault", 100, "tax", "nws", there),
        ("ledger.broken", 8, "tax", "own", ""),
        ("store.wrong_key", 1, "", "", ""),
    )
    views = tuple(
        StoppedEnquiry(
            enquiry_id=f"e{place}",
            laid_at=_AT + timedelta(minutes=47 * place),
            attempts=tries,
            cause=cause,
            visit_id=enquiry and "v1",
            procedure="p",
            enquiry=enquiry,
            path=path,
            provider_name=name,
            staff_id=staff if enquiry else "",
        )
        for place, (cause, tries, enquiry, path, name) in enumerate(made)
    )
    return StoppedEnquiries(rows=views[:rows])


def _screen(stage: Stage, *, rows: int = 4, missing: bool = False) -> QWidget:
    kit = stage.kit
    screen = StoppedScreen(kit, kit.messages.words("stopped_reason"))
    reader = StoppedReader(kit, {("p", "tax"): stage.sample["stopped"]["asked"]})
    window = stage.window(screen)
    window.show_visit(None)
    found = _found(stage, rows)
    screen.show_stopped(reader.rows(found), reader.lead(found))
    if missing:
        screen.do("return_case")
    return window
