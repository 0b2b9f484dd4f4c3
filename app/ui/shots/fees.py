"""Pictures of the till: fees taken, waived, void; a closing to be counted, one that waits for its second person."""

from datetime import UTC, date, datetime, timedelta

from msgspec import structs
from PySide6.QtWidgets import QWidget

from app.domain.fees import parse_fees
from app.errors import Refused
from app.ui.flows.fees_till import TillAsks
from app.ui.flows.fees_words import TillReader
from app.ui.resources import read_toml
from app.ui.screens.case_form import CaseFormScreen
from app.ui.screens.fees_closing import FeesClosingScreen
from app.ui.screens.fees_till import FeesTillScreen
from app.ui.shots.stage import Shot, Stage
from app.wire.desk_fees import ClosingRow, FeeKind, FeeRow, SumRow, Till

AT = datetime(2026, 11, 20, 6, 12, tzinfo=UTC)
CARD, COPY = "card_reissue", "residence_copy"


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in every state."""
    words = read_toml("text", "shots_book.toml")
    return (
        Shot("89-till", lambda: _till(stage, words)),
        Shot("89-till-none", lambda: _till(stage, words, rows=0)),
        Shot("89-till-no-kind", lambda: _till(stage, words, missing=True)),
        Shot("89-till-void", lambda: _form(stage, words, "void")),
        Shot("89-closing", lambda: _closing(stage, words)),
        Shot("89-closing-waits", lambda: _closing(stage, words, waits=True)),
        Shot("89-closing-count", lambda: _form(stage, words, "count")),
    )


def _sample(words: dict[str, dict[str, str]], *, waits: bool = False) -> Till:
    people, notes = words["people"], words["notes"]
    fees = parse_fees(read_toml("tables", "desk_fees.toml"))
    kinds = tuple(
        FeeKind(
            kind=kind,
            title=fee.title,
            yen=fee.yen,
            assumed=fee.assumed,
            exemptions=tuple((one.id, one.title) for one in fees.exemptions if kind in one.kinds),
        )
        for kind, fee in fees.amounts.items()
    )
    first = FeeRow(
        fee_id="f1", source="desk", number="R2026-000123", kind=CARD, yen=800, exemption="", about="2026-000031",
        corrects="", state="taken", taken_name=people["name"], taken_at=AT, asked_by="", void_name="", reason="",
        version=1, may=("void",),
    )  # fmt: skip
    rows = (
        first,
        structs.replace(first, fee_id="f2", number="R2026-000122", yen=0, exemption="welfare", about=""),
        structs.replace(
            first, fee_id="f3", number="R2026-000121", state="void_asked", asked_by=people["other"],
            reason=notes["void"], may=("decide_void",),
        ),
        structs.replace(
            first, fee_id="", source="register", number="20261120-T01-00012", kind=COPY, yen=350, about="",
            taken_name="", may=(),
        ),
    )  # fmt: skip
    sums = (SumRow(kind=CARD, count=3, free=1, yen=1600), SumRow(kind=COPY, count=12, free=2, yen=3500))
    closed = ClosingRow(
        position=4, day=date(2026, 11, 19), since=AT - timedelta(days=2), through=AT - timedelta(days=1), total=8250,
        counted=8150, reason=notes["difference"], sums=sums, signed_name=people["name"], signed_at=AT,
        second_name=people["chief"], second_at=AT, version=2,
    )  # fmt: skip
    waiting = structs.replace(
        closed, position=5, day=date(2026, 11, 20), through=AT, total=5100, counted=5100, reason="", second_name="",
        second_at=None, version=1, may=("sign",),
    )  # fmt: skip
    titles = {kind: fee.title for kind, fee in fees.amounts.items()}
    titles[COPY] = next(one["title"] for one in read_toml("tables", "certificates.toml")["kind"] if one["id"] == COPY)
    return Till(
        terminal="T-01", since=closed.through, rows=rows, sums=sums, total=5100,
        closings=(waiting, closed) if waits else (closed,), kinds=kinds, titles=titles,
    )  # fmt: skip


def _till(stage: Stage, words: dict[str, dict[str, str]], *, rows: int = 4, missing: bool = False) -> QWidget:
    kit = stage.kit
    screen, reader, till = FeesTillScreen(kit), TillReader(kit), _sample(words)
    window = stage.window(screen)
    window.show_visit(None)
    screen.show_kinds(tuple((one.kind, one.title) for one in till.kinds))
    lead = kit.texts.fees_till.lead(reader.money(till.total if rows else 0))
    screen.show_till(reader.rows(structs.replace(till, rows=till.rows[:rows])), lead, "", takes=True)
    if missing:
        screen.do("commit")
    return window


def _closing(stage: Stage, words: dict[str, dict[str, str]], *, waits: bool = False) -> QWidget:
    kit = stage.kit
    screen, reader, till = FeesClosingScreen(kit), TillReader(kit), _sample(words, waits=waits)
    window = stage.window(screen)
    window.show_visit(None)
    note = kit.texts.fees_closing.waiting_note if waits else ""
    screen.show_past(reader.closings(till))
    screen.show_sums(reader.sums(till), kit.texts.fees_closing.sum(reader.money(till.total)), note, may_count=not waits)
    if waits:
        screen.show_failed(kit.messages.of(Refused("second_person")))
    return window


def _form(stage: Stage, words: dict[str, dict[str, str]], what: str) -> QWidget:
    kit = stage.kit
    screen, till = CaseFormScreen(kit), _sample(words)
    window = stage.window(screen)
    window.show_visit(None)
    asks = TillAsks(kit, TillReader(kit), till, lambda *_: None)
    screen.show_ask((asks.void(till.rows[0]) if what == "void" else asks.count()).ask)
    return window
