"""Pictures of the access review: what stands out, nothing that does, one finding, an answer that lacks its grounds."""

from datetime import UTC, date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from app.ui.flows.access_words import AccessReader
from app.ui.screen import Screen
from app.ui.screens.access import AccessScreen
from app.ui.screens.access_finding import AccessFindingScreen
from app.ui.screens.access_lookup import AccessLookupScreen, Line
from app.ui.screens.person import HitShown
from app.ui.shots.stage import Shot, Stage
from app.ui.window import Window
from app.wire.access_review import DayCount, FindingRow, FindingView, LookRow, ReasonRow, ReviewQueue

_DAY = datetime(2026, 11, 20, 1, 12, tzinfo=UTC)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    return (
        Shot("75-access", lambda: _list(stage)),
        Shot("75-access-none", lambda: _list(stage, rows=0)),
        Shot("75-access-settled", lambda: _list(stage, settled=True)),
        Shot("77-access-lookup", lambda: _lookup(stage)),
        Shot("77-access-lookup-found", lambda: _lookup(stage, found=True)),
        Shot("77-access-lookup-household", lambda: _lookup(stage, found=True, for_household=True)),
        Shot("77-access-lookup-no-reason", lambda: _lookup(stage, missing=True)),
        Shot("76-access-finding", lambda: _finding(stage)),
        Shot("76-access-finding-no-grounds", lambda: _finding(stage, missing=True)),
    )


def _rows(stage: Stage, *, settled: bool) -> tuple[FindingRow, ...]:
    sample = stage.sample["admin"]
    made = (
        (130, (("mass", 70, 64), ("no_case", 60, 128)), "", 128, ""),
        (120, (("colleague", 60, 0), ("repeated", 60, 4)), "1000234", 9, "to_be_asked"),
        (95, (("guarded", 60, 0), ("surname", 20, 0), ("not_named", 25, 2)), "1000871", 2, ""),
        (70, (("under", 70, 5),), "", 84, ""),
        (60, (("out_of_hours", 60, 3),), "", 3, ""),
    )
    return tuple(
        FindingRow(
            finding_id=str(place),
            staff_id=sample["staff_id"],
            staff_name=sample["name"],
            person=person,
            score=score,
            reasons=tuple(ReasonRow(fact=fact, points=points, count=count) for fact, points, count in reasons),
            accesses=accesses,
            first_at=_DAY - timedelta(days=place * 3),
            last_at=_DAY - timedelta(days=place * 2),
            outcome=("justified" if place % 2 else "misuse_reported") if settled else outcome,
            note=sample["reason"],
            settled_by=sample["approver"],
            settled_at=_DAY,
        )
        for place, (score, reasons, person, accesses, outcome) in enumerate(made)
    )


def _queue(stage: Stage, *, rows: int, settled: bool) -> ReviewQueue:
    first = date(2026, 10, 24)
    days = [first + timedelta(days=n) for n in range(28)]
    odd = first + timedelta(days=20)
    counted = tuple(
        DayCount(day=day, by_matter=310 + 29 * (n % 5), by_reason=12 + n % 4, unexplained=44 if day == odd else 2)
        for n, day in enumerate(days)
        if day.weekday() < 5  # noqa: PLR2004
    )
    return ReviewQueue(
        rows=_rows(stage, settled=settled)[:rows],
        own=1 if rows else 0,
        total=21840,
        explained=21790 if rows else 21840,
        by_reason=870,
        why={},
        days=counted,
        rules=1,
        looked_back_days=92,
    )


def _list(stage: Stage, *, rows: int = 5, settled: bool = False) -> QWidget:
    screen, reader = AccessScreen(stage.kit), AccessReader(stage.kit)
    queue = _queue(stage, rows=rows, settled=settled)
    window = _window(stage, screen)
    screen.show_findings(reader.rows(queue), reader.figures(queue, settled=settled), settled=settled)
    return window


def _finding(stage: Stage, *, missing: bool = False) -> QWidget:
    kit = stage.kit
    screen = AccessFindingScreen(kit, kit.messages.words("access_outcome"))
    row = _rows(stage, settled=False)[1]
    looks = tuple(
        LookRow(
            at=_DAY + timedelta(minutes=minute),
            way=way,
            terminal="T-01",
            person=person,
            found=found,
            visit=visit,
            procedure="",
            reason=reason,
            why=why,
            near=near,
            is_part=is_part,
        )
        for minute, way, person, found, visit, reason, why, near, is_part in (
            (0, "search", "1000111", 1, "v-000412", "", "named", (), False),
            (1, "open", "1000111", 0, "v-000412", "", "named", (), False),
            (8, "search", "", 3, "v-000418", "", "errand", (), False),
            (9, "open", "1000234", 0, "v-000418", "", "errand", ("colleague",), True),
            (11, "open", "1000234", 0, "", "phone", "reason", ("colleague",), True),
            (17, "search", "1000560", 1, "v-000421", "", "named", (), False),
        )
    )
    window = _window(stage, screen)
    screen.show_finding(AccessReader(kit).whole(FindingView(row=row, looks=looks, is_cut=False)))
    if missing:
        screen.do("commit")
    return window


def _lookup(stage: Stage, *, found: bool = False, missing: bool = False, for_household: bool = False) -> QWidget:
    kit, sample = stage.kit, stage.sample["visit"]
    screen = AccessLookupScreen(kit, kit.messages.words("lookup_reason"), for_household=for_household)
    window = _window(stage, screen)
    screen.wipe()
    if found:
        hit = HitShown("1000234", sample["name"], "", sample["birth"], stage.sample["place"]["office"], True, "", False)  # noqa: FBT003
        basic = ("name", "address", "birth")
        values = (sample["name"], stage.sample["place"]["office"], sample["birth"])
        lines = [Line(kit.messages.word("basic", name), value) for name, value in zip(basic, values, strict=True)]
        screen.show_record(hit, lines)
    if missing:
        screen.do("search")
    return window


def _window(stage: Stage, screen: Screen) -> Window:
    window = stage.window(screen)
    window.show_visit(None)
    return window
