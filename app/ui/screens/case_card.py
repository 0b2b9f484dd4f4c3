"""一件の進み具合: the case as a track of steps, who has it since when and until when, and what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.steps import Step, StepNavigation
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.timeline import Happening, Timeline

_ON_A_LINE, _FACTS = 5, 3
_ROWS = 3
TAKE, ASSIGN, HAND_OVER, PAPERS, DELAY = "take", "assign", "hand_over", "papers", "delay"


@dataclass(frozen=True, slots=True)
class StageLine:
    """One step as text to show. ``may``: begin, finish, skip; ``letter``: the title of the paper it sends, or ""."""

    step: str
    title: str
    role: str
    state: str
    kind: Kind
    by: str
    since: str
    due: str
    due_kind: Kind
    result: str
    may: tuple[str, ...]
    letter: str


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case as text to show. ``facts``: label and value; ``may``: what this person may do with it."""

    name: str
    facts: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    stages: tuple[StageLine, ...]
    history: tuple[Happening, ...]
    may: tuple[str, ...]


class CaseCardScreen(Screen):
    """``act_asked`` carries take, assign, hand_over, papers or delay; ``stage_asked`` a step and what is done with it.

    ``letter_asked``: the letter of a step is wanted; ``open_asked``: the application itself.
    """

    act_asked = Signal(str)
    stage_asked = Signal(str, str)
    letter_asked = Signal(str)
    open_asked = Signal()
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.case_card
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._name = ResidentName(kit)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(0)
        self._tracks = (StepNavigation(kit), StepNavigation(kit))
        head = Card()
        head.column.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addWidget(self._name)
        line.addLayout(self._facts, 1)
        head.column.addLayout(line)
        for track in self._tracks:
            head.column.addWidget(track)
        self.body.addWidget(head)
        self._stages = self._make_table()
        self._stages.selected.connect(lambda _: self._offer())
        self._history = Timeline(kit, words.history)
        self.body.addLayout(self._make_middle(), 1)
        self._acts = {
            TAKE: Button(words.take),
            ASSIGN: Button(words.assign),
            HAND_OVER: Button(words.hand_over),
            PAPERS: Button(words.papers),
            DELAY: Button(words.delay),
        }
        for name, button in self._acts.items():
            button.clicked.connect(lambda _=False, name=name: self.act_asked.emit(name))
        self._whole, back = Button(words.open), Button(words.back)
        self._whole.clicked.connect(self.open_asked)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(*self._acts.values(), self._whole, back))
        self._may: tuple[str, ...] = ()
        self._offer()

    def first_focus(self) -> QWidget:
        return self._stages

    def show_working(self) -> None:
        """The office is asked."""
        self.banner.clear()

    def show_case(self, case: CaseShown) -> None:
        """How it stands now; the marked step stays marked."""
        before = self._stages.marked()
        self._name.show_name(case.name)
        self._show_facts(case.facts)
        for place, track in enumerate(self._tracks):
            first = place * _ON_A_LINE
            steps = case.steps[first : first + _ON_A_LINE]
            track.show_steps(steps, first + 1)
            track.setVisible(bool(steps))
        self._stages.show_empty_text(self._words.no_steps)
        self._stages.show_rows(case.stages)
        place = next((n for n, one in enumerate(case.stages) if before is not None and one.step == before.step), -1)
        due = next((n for n, one in enumerate(case.stages) if one.may), -1)
        if max(place, due) >= 0:
            self._stages.selectRow(place if place >= 0 else due)
            self._stages.scrollTo(self._stages.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._history.show_happenings(case.history)
        self._may = case.may
        self._offer()

    def show_failed(self, message: Message) -> None:
        """It could not be read or done."""
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_case(CaseShown("", (), (), (), (), ()))
        self._stages.show_empty_text(self._words.loading)

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for place, (label, value) in enumerate(facts):
            fact = Fact(label)
            fact.show_value(value)
            self._facts.addWidget(fact, place // _FACTS, place % _FACTS)

    def _offer(self) -> None:
        words, row = self._words, self._stages.marked()
        for name, button in self._acts.items():
            button.setVisible(name in self._may)
        may = () if row is None else row.may
        named = {"begin": words.begin, "finish": words.finish, "skip": words.skip}
        for name, button in self._stage_buttons.items():
            button.setVisible(name in may)
        self._letter.setVisible(row is not None and bool(row.letter))
        if row is not None and row.letter:
            self._letter.show_text(words.letter(row.letter))
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        main = next((one for one in ("finish", "begin") if one in may), "")
        if main:
            offers.append(Offer("commit", named[main], lambda: self._ask_stage(main)))
        self.offer(*offers)

    def _ask_stage(self, what: str) -> None:
        row = self._stages.marked()
        if row is not None and what in row.may:
            self.stage_asked.emit(row.step, what)

    def _ask_letter(self) -> None:
        row = self._stages.marked()
        if row is not None and row.letter:
            self.letter_asked.emit(row.step)

    def _make_middle(self) -> QHBoxLayout:
        words = self._words
        self._stage_buttons = {
            "begin": Button(words.begin, "primary"),
            "finish": Button(words.finish, "primary"),
            "skip": Button(words.skip),
        }
        for name, button in self._stage_buttons.items():
            button.clicked.connect(lambda _=False, name=name: self._ask_stage(name))
        self._letter = Button("")
        self._letter.clicked.connect(self._ask_letter)
        left, right = Card(words.stages), Card(words.history)
        for card in (left, right):
            card.column.setSpacing(6)
        left.add_filling(self._stages, self._stages.height_for(_ROWS))
        left.column.addLayout(in_line(*self._stage_buttons.values(), self._letter))
        right.add_filling(self._history, self.kit.look.px(120))
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(left, 3)
        column = QVBoxLayout()
        column.addWidget(right, 1)
        middle.addLayout(column, 2)
        return middle

    def _make_table(self) -> Table[StageLine]:
        words = self._words
        columns = (
            Column[StageLine](words.step, lambda row: row.title),
            Column[StageLine](words.state, lambda row: Cell(row.state, row.kind), 120),
            Column[StageLine](words.by, lambda row: row.by, 110),
            Column[StageLine](words.since, lambda row: row.since, 90),
            Column[StageLine](words.due, lambda row: Cell(row.due, row.due_kind) if row.due else "", 140),
            Column[StageLine](words.result, lambda row: row.result, 160),
        )
        return Table(self.kit, words.stages, columns, empty=words.loading)
