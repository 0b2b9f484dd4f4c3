"""Before a correction goes on: entries made here while somebody else changed the case are put together with theirs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clock import TOKYO
from app.domain.era import wareki_short
from app.domain.facts import scalar_of
from app.domain.merge import Difference, Place, Scalar
from app.domain.present import shown
from app.domain.procedure import Procedure
from app.errors import AppError
from app.services.correct_application import Apart, CorrectApplication
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.review_acts import ReviewBooks
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.merge import MergeRow, MergeScreen
from app.ui.window import Window
from app.wire.desk import ApplicationView
from app.wire.desk_marks import FieldMark
from app.wire.draft import Draft
from app.wire.facts import facts_from_wire


class MergeReader:
    """Makes rows of what differs."""

    def __init__(self, kit: Kit, books: ReviewBooks) -> None:
        self._kit, self._values = kit, books.form_words.values

    def rows(
        self, view: ApplicationView, procedure: Procedure, about: tuple[Apart, dict[Place, bool]]
    ) -> tuple[MergeRow, ...]:
        """One for each field; the fields that both changed come first."""
        apart, theirs_at = about
        marks = {one.path: one for one in view.marks}
        ordered = sorted(apart.found, key=lambda one: not one.is_conflict)
        return tuple(
            self._row(procedure, one, self._who(apart.draft, marks.get(str(one.place))), theirs_at) for one in ordered
        )

    def lead(self, view: ApplicationView, apart: Apart) -> str:
        """How many fields, and what was said when it was given back."""
        words, word = self._kit.texts.merge, self._kit.messages.word
        both = sum(one.is_conflict for one in apart.found)
        back = view.steps[-1] if view.steps else None
        said = "　".join(part for part in (word("return_reason", back.reason), back.note) if part) if back else ""
        lead = words.count(len(apart.found), both)
        return f"{lead}\n{words.returned(said, back.name)}" if back and said else lead

    def _who(self, draft: Draft, mark: FieldMark | None) -> str:
        """Who wrote the two versions, and when."""
        words, mine = self._kit.texts.merge, draft.saved_at.astimezone(TOKYO)
        said = words.mine_at(wareki_short(mine.date()), f"{mine:%H:%M}")
        if mark is None:
            return said
        there = mark.at.astimezone(TOKYO)
        return f"{said}　{words.theirs_at(mark.name, wareki_short(there.date()), f'{there:%H:%M}')}"

    def _row(self, procedure: Procedure, one: Difference, who: str, theirs_at: Mapping[Place, bool]) -> MergeRow:
        path = str(one.place)
        return MergeRow(
            path=path,
            label=self._label(procedure, one.place),
            base=self._text(procedure, one.place, one.base),
            mine=self._text(procedure, one.place, one.mine),
            theirs=self._text(procedure, one.place, one.theirs),
            who=who,
            takes_theirs=theirs_at.get(one.place, one.takes_theirs),
            is_conflict=one.is_conflict,
        )

    def _label(self, procedure: Procedure, place: Place) -> str:
        field, group = procedure.field(place.field), procedure.group(place.group)
        label = field.label if field else place.field
        return self._kit.texts.review.row(group.label, place.row + 1, label) if group else label

    def _text(self, procedure: Procedure, place: Place, value: Scalar) -> str:
        field = procedure.field(place.field)
        if field is None or value is None:
            return "" if value is None else str(value)
        facts = facts_from_wire(procedure, {place.field: value})
        return shown(field, scalar_of(facts, place.field), self._values)


@dataclass(frozen=True, slots=True)
class MergeActs:
    """The use case with the office's data. ``press`` makes the value of one key press."""

    press: Callable[[], Press]
    correct: CorrectApplication
    books: ReviewBooks


class MergeFlow(QObject):
    """``ready`` carries the application whose correction may go on; ``left``: given up."""

    ready = Signal(object)
    left = Signal()

    def __init__(self, kit: Kit, window: Window, lane: Lane, acts: MergeActs) -> None:
        super().__init__(window)
        self._window, self._lane = window, lane
        self._correct, self._books, self._press = acts.correct, acts.books, acts.press
        self._reader, self._errands = MergeReader(kit, self._books), Errands(self)
        self._kit = kit
        self._session: Session | None = None
        self._view: ApplicationView | None = None
        self._apart: Apart | None = None
        self._theirs_at: dict[Place, bool] = {}
        self.screen = MergeScreen(kit)
        self.screen.chosen.connect(self._on_chosen)
        self.screen.settled.connect(self._on_settled)
        self.screen.back_asked.connect(self.left)

    def begin(self, session: Session, view: ApplicationView) -> None:
        """Look whether something was entered here meanwhile; if not, go on at once."""
        self._session, self._view, self._theirs_at = session, view, {}
        work = partial(self._correct.apart, view)
        self._errands.run(self._lane, work, self._on_found, lambda _: self.ready.emit(view))

    def end(self) -> None:
        """Nothing stays."""
        self._errands.drop()
        self._session = self._view = self._apart = None
        self._theirs_at = {}
        self.screen.wipe()

    def _on_found(self, apart: Apart | None) -> None:
        if apart is None or self._view is None:
            self.ready.emit(self._view)
            return
        self._apart = apart
        self._window.open_screen(self.screen)
        self._show()

    def _show(self) -> None:
        view, apart = self._view, self._apart
        procedure = None if view is None else self._books.procedure(view.procedure)
        if view is not None and apart is not None and procedure is not None:
            rows = self._reader.rows(view, procedure, (apart, self._theirs_at))
            self.screen.show_apart(self._reader.lead(view, apart), rows)

    def _on_chosen(self, path: str) -> None:
        if self._apart is not None:
            for one in self._apart.found:
                if str(one.place) == path:
                    self._theirs_at[one.place] = not self._theirs_at.get(one.place, one.takes_theirs)
            self._show()

    def _on_settled(self) -> None:
        view, apart, session = self._view, self._apart, self._session
        procedure = None if view is None else self._books.procedure(view.procedure)
        if view is None or apart is None or session is None or procedure is None:
            return
        about = (procedure, apart, dict(self._theirs_at))
        work = partial(self._correct.settle, self._press(), session, view, about)
        self._errands.run(self._lane, work, lambda _: self.ready.emit(view), self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self.screen.banner.show_message(self._kit.messages.of(error))
