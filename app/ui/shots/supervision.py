"""Pictures of what supervisors read: counters now, the office's numbers in their views, who decides for whom."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.delegation import parse_delegation
from app.domain.procedure_data import parse_procedure
from app.ui.flows.counter_now import CounterNowReader
from app.ui.flows.deputies import DeputiesReader
from app.ui.flows.numbers import NumbersReader
from app.ui.resources import read_toml
from app.ui.screens.counter_now import CounterNowScreen
from app.ui.screens.deputies import DeputiesScreen
from app.ui.screens.numbers import NumbersScreen
from app.ui.shots.stage import Shot, Stage
from app.wire.desk_counts import (
    AlertNumbers,
    AlertsCounted,
    CounterNow,
    CounterSaid,
    CountersNow,
    Fault,
    Numbers,
    PeriodNumbers,
    ReturnNumbers,
    Spread,
    StepNumbers,
)
from app.wire.desk_review import DelegationShown, DeputyRow, LevelRow, RuleRow

_SECTION = "p"
_NONE = Spread(count=2, p50=None, p90=None)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every state."""
    views = ("office", "visit", "keys", "returns", "periods")
    return (
        Shot("80-counter-now", lambda: _counters(stage)),
        Shot("80-counter-now-none", lambda: _counters(stage, empty=True)),
        *(Shot(f"81-numbers-{view}", partial(_numbers, stage, view)) for view in views),
        Shot("81-numbers-none", lambda: _numbers(stage, "office", empty=True)),
        Shot("82-alerts", lambda: _alerts(stage)),
        Shot("83-deputies", lambda: _deputies(stage)),
        Shot("83-deputies-missing", lambda: _deputies(stage, missing=True)),
    )


def _names() -> tuple[str, str]:
    """A procedure that pays, and one that the table of decisions names."""
    rules = read_toml("tables", "delegation.toml")["rule"]
    return read_toml("text", "shots_review.toml")["procedure"], next(
        one["procedures"][0] for one in rules if "procedures" in one
    )


def _counters(stage: Stage, *, empty: bool = False) -> QWidget:
    kit, name = stage.kit, stage.sample["admin"]["name"]
    now = kit.clock.now().astimezone(UTC)

    def counter(at: int, state: str, minutes: int, **more: object) -> CounterNow:
        since = now - timedelta(minutes=minutes)
        said = CounterSaid(window=str(at), state=state, since=since, **more)  # type: ignore[arg-type]
        told = now - timedelta(minutes=minutes) if state == "search" else now
        silent = state == "search"
        by = "" if state == "closed" else name
        return CounterNow(terminal=f"T-{at:03d}", name=by, told_at=told, is_silent=silent, said=said)

    faults = (Fault(part="printer", code="media-empty"), Fault(part="reader", code="card.no_reader"))
    rows = (
        counter(1, "form", 12, held=1),
        counter(2, "waiting", 3),
        counter(3, "identity", 4, outgoing=3, dead=1, faults=faults[:1]),
        counter(4, "search", 7),
        counter(5, "locked", 25, faults=faults[1:]),
        counter(6, "closed", 90),
    )
    found = CountersNow(counters=() if empty else rows, cases=0 if empty else 14, oldest=now - timedelta(hours=26))
    screen, reader = CounterNowScreen(kit), CounterNowReader(kit)
    window = stage.window(screen)
    window.show_visit(None)
    screen.show_counters(reader.lead(found, None if empty else 2), reader.rows(found), reader.read_at())
    return window


def _found(claim: str, aid: str) -> Numbers:
    def step(name: str, unit: str, low: int, high: int, procedure: str = claim) -> StepNumbers:
        return StepNumbers(procedure=procedure, step=name, unit=unit, spread=Spread(count=120, p50=low, p90=high))

    first = date(2026, 10, 26)
    return Numbers(
        steps=(
            step("visit", "seconds", 640, 1380),
            step("identity", "seconds", 55, 140),
            step("form", "seconds", 310, 720),
            step("check", "seconds", 70, 190),
            step("form", "keys", 48, 96),
            step("identity", "keys", 11, 19),
            step("reception_check", "minutes", 14, 47),
            step("examination", "minutes", 1560, 4400),
            step("decision", "minutes", 380, 1900),
            step("reception_check", "minutes", 9, 31, aid),
            StepNumbers(procedure=aid, step="decision", unit="minutes", spread=_NONE),
        ),
        returns=(
            ReturnNumbers(procedure=claim, reason="paper_missing", count=14),
            ReturnNumbers(procedure=claim, reason="entry_wrong", count=9),
            ReturnNumbers(procedure=aid, reason="identity_unclear", count=2),
        ),
        periods=tuple(
            PeriodNumbers(
                first=first + timedelta(weeks=at),
                procedure=claim,
                received=30 + 4 * at,
                decided=28 - 3 * at,
                returned=4 + at,
                minutes=Spread(count=28, p50=2900 - 200 * at, p90=6100 - 150 * at),
            )
            for at in range(4)
        ),
    )


def _screen(stage: Stage, view: str) -> tuple[QWidget, NumbersScreen, NumbersReader]:
    kit = stage.kit
    names = {name: f"{name}.toml" for name in _names()}
    read = {name: parse_procedure(read_toml("procedures", file), file) for name, file in names.items()}
    words = kit.messages.words
    screen, reader = NumbersScreen(kit, words("numbers_view"), words("numbers_span")), NumbersReader(kit, read)
    screen.choose(view, "month")
    screen.show_procedures([(name, reader.name(name)) for name in read])
    window = stage.window(screen)
    window.show_visit(None)
    return window, screen, reader


def _numbers(stage: Stage, view: str, *, empty: bool = False) -> QWidget:
    window, screen, reader = _screen(stage, view)
    found = Numbers(steps=(), returns=(), periods=()) if empty else _found(*_names())
    screen.show_numbers(reader.view(view, found, ""))
    return window


def _alerts(stage: Stage) -> QWidget:
    window, screen, reader = _screen(stage, "alerts")
    counts = {"confirm": (140, 92, 44, 4), "block": (31, 0, 27, 4), "restraint": (6, 0, 0, 6)}
    rows = tuple(
        AlertNumbers(
            month=date(2026, 11, 1),
            kind=kind,
            shown=shown,
            overridden=over,
            heeded=heeded,
            handed_over=handed,
            to_review=2 * over > shown,
        )
        for kind, (shown, over, heeded, handed) in counts.items()
    )
    screen.show_numbers(reader.alerts(AlertsCounted(rows=rows)))
    return window


def _deputies(stage: Stage, *, missing: bool = False) -> QWidget:
    kit = stage.kit
    aid = _names()[1]
    read = {aid: parse_procedure(read_toml("procedures", f"{aid}.toml"), aid)}
    table, name = parse_delegation(read_toml("tables", "delegation.toml"), {aid}), stage.sample["admin"]["name"]
    states = ("proposed", "in_force", "over", "ended")
    rows = tuple(
        DeputyRow(
            deputy_id=f"d{at}",
            version=1,
            level="director",
            department=_SECTION,
            staff_id="a4001",
            name=name,
            since=date(2026, 11, 20) - timedelta(days=20 * at),
            until=date(2026, 11, 27) - timedelta(days=20 * at),
            state=state,
            proposed_by=name,
            proposed_at=datetime(2026, 11, 20, tzinfo=UTC),
            approved_by="" if at == 0 else name,
        )
        for at, state in enumerate(states)
    )
    found = DelegationShown(
        levels=tuple(LevelRow(id=one.id, title=one.title, act=one.act) for one in table.levels),
        rules=tuple(
            RuleRow(procedures=one.procedures, outcomes=one.outcomes, from_yen=one.from_yen, level=one.level)
            for one in table.rules
        ),
        deputies=rows,
        batch=table.batch,
        most_days=table.deputy_days,
    )
    reader = DeputiesReader(kit, read)
    screen = DeputiesScreen(kit, reader.days())
    window = stage.window(screen)
    window.show_visit(None)
    screen.show_delegation(
        reader.rules(found), reader.rows(found, _SECTION), [(one.id, one.title) for one in found.levels]
    )
    if missing:
        screen.do("commit")
    return window
