"""Pictures of extracts for disclosure: one to approve, one approved with what is withheld, none, a form unfilled."""

from datetime import UTC, date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from app.domain.disclosure import load_disclosure
from app.shipped import resource
from app.ui.flows.extract_disclosure import ExtractReader
from app.ui.screens.extract_disclosure import ExtractScreen
from app.ui.shots.stage import Shot, Stage
from app.wire.access_review import AccessExtract, ExtractLine, ExtractList, ExtractRow, GroundRow

_AT = datetime(2026, 11, 20, 1, 12, tzinfo=UTC)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every state."""
    return (
        Shot("79-extracts", lambda: _screen(stage)),
        Shot("79-extracts-approved", lambda: _screen(stage, approved=True)),
        Shot("79-extracts-none", lambda: _screen(stage, rows=0)),
        Shot("79-extracts-not-filled", lambda: _screen(stage, rows=0, missing=True)),
    )


def _found(stage: Stage, *, rows: int, approved: bool) -> ExtractList:
    staff, sample = stage.sample["admin"], stage.sample["extracts"]
    made = (
        (staff["administrator"], "", False),
        (staff["staff_id"], "", True),
        (staff["approver"], staff["staff_id"], False),
    )
    if approved:
        made = ((staff["administrator"], staff["staff_id"], False), *made[1:])
    views = tuple(
        ExtractLine(
            extract_id=f"x{place}",
            person=sample["person"],
            since=date(2026, 4, 1),
            until=date(2026, 11, 19),
            request=sample["request"],
            proposed_by=by,
            proposed_at=_AT - timedelta(hours=5 * place),
            is_own=is_own,
            approved_by=approver,
            approved_at=_AT if approver else None,
        )
        for place, (by, approver, is_own) in enumerate(made)
    )
    return ExtractList(rows=views[:rows])


def _made() -> AccessExtract:
    rules = load_disclosure(resource("tables", "disclosure.toml"))
    row = ExtractRow(at=_AT, way="opened", procedure="", reason="", withheld=tuple(rules.fields))
    grounds = tuple(
        GroundRow(
            ground=one.id, law=one.law, text=one.text, fields=tuple(f for f, of in rules.fields.items() if of == one.id)
        )
        for one in rules.grounds.values()
    )
    return AccessExtract(
        extract_id="x0", person="", rows=(row,) * 14, left_out={"under_review": 2}, proof="", grounds=grounds[:2]
    )


def _screen(stage: Stage, *, rows: int = 3, approved: bool = False, missing: bool = False) -> QWidget:
    kit = stage.kit
    screen, reader = ExtractScreen(kit), ExtractReader(kit)
    window = stage.window(screen)
    window.show_visit(None)
    found = _found(stage, rows=rows, approved=approved)
    shown = reader.rows(found, stage.sample["admin"]["staff_id"], _made() if approved else None)
    screen.show_extracts(shown, reader.lead(found))
    if missing:
        screen.do("records")
    return window
