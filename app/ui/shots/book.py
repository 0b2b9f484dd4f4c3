"""Pictures of the reception book: lists, hand-overs, a long case, papers and letters, forms, the board, the post."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from msgspec import structs
from PySide6.QtWidgets import QWidget

from app.domain.procedure import Procedure
from app.domain.procedure_data import parse_procedure
from app.errors import Conflict, Refused
from app.ui.flows.book_receive import CHANNELS
from app.ui.flows.book_words import BookReader
from app.ui.flows.case_asks import CaseAsks
from app.ui.flows.case_words import BoardReader, CaseReader
from app.ui.resources import read_toml
from app.ui.screen import Screen
from app.ui.screens.book_handovers import HandoversScreen
from app.ui.screens.book_list import BookScreen
from app.ui.screens.book_receive import BookReceiveScreen
from app.ui.screens.case_board import CaseBoardScreen
from app.ui.screens.case_card import CaseCardScreen
from app.ui.screens.case_form import CaseFormScreen
from app.ui.screens.case_papers import CasePapersScreen
from app.ui.shots.stage import Shot, Stage, documents
from app.wire.desk_book import BookPage, BookRow, CaseCard, Colleague, HandoverMark
from app.wire.desk_case import Board, ClockMark, DueDay, DueRow, PaperMark, RequestMark, TrackMark

DAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in every state."""
    sample = _Sample.read(stage)
    return (
        Shot("85-book", lambda: _book(sample)),
        Shot("85-book-none", lambda: _book(sample, rows=0)),
        Shot("85-book-failed", lambda: _book(sample, failed=True)),
        Shot("85-book-handovers", lambda: _handovers(sample)),
        Shot("85-book-handovers-no-reason", lambda: _handovers(sample, refuses=True)),
        Shot("86-case", lambda: _case(sample)),
        Shot("86-case-refused", lambda: _case(sample, failed=True)),
        Shot("86-case-papers", lambda: _papers(sample)),
        Shot("86-case-papers-none", lambda: _papers(sample, some=False)),
        Shot("86-case-form-finish", lambda: _form(sample, "finish")),
        Shot("86-case-form-skip-no-reason", lambda: _form(sample, "skip")),
        Shot("86-case-form-request", lambda: _form(sample, "request")),
        Shot("87-board", lambda: _board(sample)),
        Shot("87-board-none", lambda: _board(sample, some=False)),
        Shot("88-receive", lambda: _receive(sample)),
        Shot("88-receive-missing", lambda: _receive(sample, missing=True)),
    )


@dataclass(frozen=True, slots=True)
class _Sample:
    """Invented people and words, on the shipped procedures."""

    stage: Stage
    words: dict[str, dict[str, str]]
    procedures: dict[str, Procedure]

    @classmethod
    def read(cls, stage: Stage) -> "_Sample":
        words = read_toml("text", "shots_book.toml")
        names = words["procedures"].values()
        found = {name: parse_procedure(read_toml("procedures", f"{name}.toml"), name) for name in names}
        return cls(stage, words, found)

    @property
    def long(self) -> str:
        """A procedure with a long case."""
        return self.words["procedures"]["long"]

    @property
    def short(self) -> str:
        """A procedure with a period that the law sets."""
        return self.words["procedures"]["short"]

    def row(self, number: int, **more: object) -> BookRow:
        """One application."""
        people = self.words["people"]
        row = BookRow(
            application_id=f"a{number}", number=f"2026-{number:06}", procedure=self.long, state="checked",
            resident_state="working", receipt_date=DAY - timedelta(days=12), applicant=people["first"],
            channel="visit", section=self.words["sections"]["own"], owner=people["me"], owner_name=people["name"],
            owner_since=AT - timedelta(days=9), step="survey", clock="standard_time",
            due_on=DAY + timedelta(days=50), papers_until=None, version=2,
        )  # fmt: skip
        return structs.replace(row, **more)

    def card(self) -> CaseCard:
        """A long case on its way: survey done, the doctor's opinion late, papers asked for."""
        people, notes = self.words["people"], self.words["notes"]

        def mark(step: str, standing: str, **more: object) -> TrackMark:
            given = TrackMark(
                step=step, standing=standing, owner="", by="", since=None, due_on=None, done_on=None, outcome="",
                note="", version=0,
            )  # fmt: skip
            return structs.replace(given, **more)

        done = {"by": people["other"], "version": 2}
        track = (
            mark("reception", "done", by=people["chief"], done_on=DAY - timedelta(days=12)),
            mark("reception_check", "done", by=people["other"], done_on=DAY - timedelta(days=11)),
            mark(
                "survey", "done", since=DAY - timedelta(days=10), done_on=DAY - timedelta(days=4), outcome="surveyed",
                note=notes["survey"], **done,
            ),
            mark(
                "doctor_opinion", "open", owner=people["me"], by=people["name"], since=DAY - timedelta(days=10),
                due_on=DAY + timedelta(days=3), version=1, may=("finish", "skip"),
            ),
            *(mark(one, "ahead") for one in ("first_judgement", "committee", "class", "plan", "examination")),
            mark("decision", "ahead"),
        )  # fmt: skip
        clock = ClockMark(
            clock="standard_time", started_on=DAY - timedelta(days=12), due_on=DAY + timedelta(days=48),
            delayed_to=None, delayed_name="", reason="", version=1, delay=False,
        )  # fmt: skip
        return CaseCard(
            row=self.row(31),
            visit_id="v1",
            track=track,
            clocks=(clock,),
            papers=self.papers(),
            requests=self.requests(),
            handovers=(self.handover("accepted"),),
            colleagues=(Colleague(staff_id="k7001", name=people["name"]),),
            sections=(self.words["sections"]["own"], self.words["sections"]["other"]),
            may=("take", "assign", "hand_over", "papers"),
        )

    def papers(self) -> tuple[PaperMark, ...]:
        """There, promised, missing, and one that the office named."""
        name = self.words["people"]["name"]
        promised = DAY + timedelta(days=5)
        return (
            PaperMark(paper="illness_proof", label="", state="present", promised_on=None, by=name, version=1),
            PaperMark(paper="plan_draft", label="", state="promised", promised_on=promised, by=name, version=1),
            PaperMark(
                paper="own", label=self.words["notes"]["own_paper"], state="missing", promised_on=None, by="", version=1
            ),
        )

    def requests(self) -> tuple[RequestMark, ...]:
        """One that has passed, one that waits."""
        people, notes = self.words["people"], self.words["notes"]
        first = RequestMark(
            position=0, sent_on=DAY - timedelta(days=30), due_on=DAY - timedelta(days=16), reminded_on=None,
            state="passed", closed_at=AT - timedelta(days=15), by=people["other"], papers=("plan_draft",), note="",
            version=2,
        )  # fmt: skip
        second = structs.replace(
            first, position=1, sent_on=DAY - timedelta(days=8), due_on=DAY + timedelta(days=6),
            reminded_on=DAY - timedelta(days=2), state="open", closed_at=None, papers=("plan_draft", "own"),
            note=notes["request"],
        )  # fmt: skip
        return (first, second)

    def handover(self, state: str, *may: str) -> HandoverMark:
        """On its way to this section, or answered."""
        people, notes, sections = self.words["people"], self.words["notes"], self.words["sections"]
        return HandoverMark(
            handover_id=state, application_id="a31", number="2026-000031", procedure=self.long,
            from_section=sections["other"], to_section=sections["own"], given_name=people["chief"],
            given_at=AT - timedelta(days=11), state=state, note=notes["handover"],
            answer=notes["declined"] if state == "declined" else "",
            taken_name="" if state == "waiting" else people["name"],
            taken_at=None if state == "waiting" else AT, version=1, may=may,
        )  # fmt: skip


def _shown(sample: _Sample, screen: Screen) -> QWidget:
    window = sample.stage.window(screen)
    window.show_visit(None)
    return window


def _book(sample: _Sample, *, rows: int = 6, failed: bool = False) -> QWidget:
    kit, people = sample.stage.kit, sample.words["people"]
    titles = tuple((name, one.short_title) for name, one in sample.procedures.items())
    screen = BookScreen(kit, kit.messages.words("book_state"), titles)
    window = _shown(sample, screen)
    lines = (
        sample.row(36, state="received", owner="", owner_name="", step="reception_check", applicant=people["second"]),
        sample.row(34, channel="post", state="returned", step="reception", applicant=people["third"]),
        sample.row(31),
        sample.row(28, papers_until=DAY + timedelta(days=6), owner="k7002", owner_name=people["other"]),
        sample.row(
            19, procedure=sample.short, applicant="", step="home_visit", due_on=DAY - timedelta(days=1), clock="notice"
        ),
        sample.row(12, state="approved", step="", due_on=None, resident_state="done"),
    )
    waiting = (sample.handover("waiting", "accepted", "declined"),)
    page = BookPage(rows=lines[:rows], handovers=waiting, colleagues=(), more=False)
    reader = BookReader(kit, sample.procedures)
    screen.show_rows(reader.lines(page, people["me"], DAY), reader.lead(page), reader.handovers_door(page))
    if failed:
        screen.show_failed(kit.messages.of(Conflict(version=2)))
    return window


def _handovers(sample: _Sample, *, refuses: bool = False) -> QWidget:
    kit = sample.stage.kit
    screen = HandoversScreen(kit)
    window = _shown(sample, screen)
    marks = (
        sample.handover("waiting", "accepted", "declined"),
        sample.handover("accepted"),
        sample.handover("declined"),
    )
    page = BookPage(rows=(), handovers=marks, colleagues=(), more=False)
    screen.show_rows(BookReader(kit, sample.procedures).handovers(page))
    if refuses:
        screen.do("return_case")
    return window


def _case(sample: _Sample, *, failed: bool = False) -> QWidget:
    kit = sample.stage.kit
    screen = CaseCardScreen(kit)
    window = _shown(sample, screen)
    screen.show_case(CaseReader(kit, sample.procedures).shown(sample.card(), DAY))
    if failed:
        screen.show_failed(kit.messages.of(Refused("step_not_yet")))
    return window


def _papers(sample: _Sample, *, some: bool = True) -> QWidget:
    kit = sample.stage.kit
    screen = CasePapersScreen(kit)
    window = _shown(sample, screen)
    card, reader = sample.card(), CaseReader(kit, sample.procedures)
    if not some:
        card = structs.replace(card, papers=(), requests=())
    screen.show_papers(reader.papers(card), reader.requests(card), may=True)
    return window


def _form(sample: _Sample, what: str) -> QWidget:
    kit, card = sample.stage.kit, sample.card()
    screen = CaseFormScreen(kit)
    window = _shown(sample, screen)
    asks = CaseAsks(kit, CaseReader(kit, sample.procedures), card, lambda *_: None, lambda: "h1")
    asking = asks.request(DAY, lambda: None) if what == "request" else asks.stage(card.track[3], what, DAY)
    screen.show_ask(asking.ask)
    if what == "skip":
        screen.do("commit")
    return window


def _board(sample: _Sample, *, some: bool = True) -> QWidget:
    kit, people, words = sample.stage.kit, sample.words["people"], sample.stage.kit.texts.case_board
    screen = CaseBoardScreen(kit)
    window = _shown(sample, screen)
    made = (
        (19, sample.short, "clock", "notice", -2, "", True),
        (22, sample.short, "clock", "notice", 0, people["other"], True),
        (31, sample.long, "step", "doctor_opinion", 3, people["name"], False),
        (31, sample.long, "papers", "1", 6, people["name"], False),
        (24, sample.short, "step", "home_visit", 6, people["other"], False),
        (36, sample.long, "clock", "standard_time", 21, "", False),
    )
    rows = tuple(
        DueRow(
            application_id=f"a{number}",
            number=f"2026-{number:06}",
            procedure=name,
            kind=kind,
            what=what,
            due_on=DAY + timedelta(days=days),
            owner="",
            owner_name=owner,
            delay=delay,
        )
        for number, name, kind, what, days, owner, delay in made
    )
    days = tuple(
        DueDay(day=DAY + timedelta(days=n), clocks=clocks, steps=steps, papers=papers)
        for n, clocks, steps, papers in ((-2, 1, 0, 0), (0, 1, 0, 0), (3, 0, 1, 0), (6, 0, 1, 1), (21, 1, 0, 0))
    )
    screen.show_owners((("all", words.everybody), ("me", words.mine)))
    board = Board(today=DAY, rows=rows if some else (), days=days if some else ())
    screen.show_board(BoardReader(kit, sample.procedures).shown(board))
    return window


def _receive(sample: _Sample, *, missing: bool = False) -> QWidget:
    kit = sample.stage.kit
    channels = tuple((one, kit.messages.word("channel", one)) for one in CHANNELS)
    kinds = tuple((one.id, one.label) for one in documents())
    screen = BookReceiveScreen(kit, channels, kinds, kinds)
    window = _shown(sample, screen)
    known = sample.procedures[sample.long]
    screen.show_procedures(((sample.long, known.short_title),), DAY)
    screen.show_procedure(tuple((one.id, one.label) for one in known.papers), asks_number=True)
    if missing:
        screen.do("commit")
    return window
