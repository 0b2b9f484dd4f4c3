"""How a person's record and household came to be, newest first; and how the record stood on one day."""

from datetime import date
from functools import partial

from app.domain.era import wareki_short
from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.flows.register_words import RegisterReader, moment
from app.ui.kit import Kit
from app.ui.screens.register_history import VIEWS, PastShown, RegisterHistoryScreen
from app.ui.screens.register_shown import DeltaShown
from app.ui.widgets.timeline import Happening
from app.wire.register import Record
from app.wire.register_change import History, HistoryLine, HouseholdLine, HouseholdView, RemovedRecord

ALL, NAMES, ADDRESSES, HOUSEHOLDS, REMOVED = VIEWS
_OF = {
    NAMES: frozenset({
        "name", "kana", "legal_kana", "former_name", "former_name_kana", "alias", "alias_kana", "latin_name",
        "kanji_name",
    }),
    ADDRESSES: frozenset({
        "address", "ward", "moved_from", "moved_to", "moved_in_on", "planned_move_out_on", "removed_on",
    }),
}  # fmt: skip


class HistoryFlow(RegisterFlow[RegisterHistoryScreen]):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: RegisterHistoryScreen, acts: RegisterActs) -> None:
        super().__init__(kit, screen, acts)
        self._record: Record | None = None
        self._history: History | None = None
        self._household: HouseholdView | None = None
        self._view = ALL
        screen.refresh_asked.connect(self.look)
        screen.view_asked.connect(self._on_view)
        screen.day_asked.connect(self._on_day)

    def begin(self, occasion: Occasion, record: Record) -> None:
        """The history of whose record was opened."""
        self.enter(occasion)
        self._record, self._history, self._household, self._view = record, None, None, ALL
        self.look()

    def end(self) -> None:
        super().end()
        self._record = self._history = self._household = None

    def look(self) -> None:
        """Read it (again)."""
        record, look = self._record, self._acts.look_back
        if record is not None:
            self._household = None
            self.screen.show_working()
            number = record.hit.business_number
            self.ask(lambda press, it: look.person(press, it.session, it.visit, number), self._on_history)

    def _on_history(self, history: History) -> None:
        self._history = history
        self._show()

    def _on_view(self, view: str) -> None:
        if self._record is None or view == self._view:
            return
        self._view = view
        number = self._record.hit.household_number
        if view == HOUSEHOLDS and self._household is None and number:
            look = self._acts.look_back
            self.screen.show_working()
            self.ask(lambda press, it: look.household(press, it.session, it.visit, number), self._on_household)
        else:
            self._show()

    def _on_household(self, household: HouseholdView) -> None:
        self._household = household
        self._show()

    def _on_day(self, day: date) -> None:
        record, look = self._record, self._acts.look_back
        if record is not None:
            number = record.hit.business_number
            work = partial(self._on_then, day)
            self.ask(lambda press, it: look.person(press, it.session, it.visit, number, day), work)

    def _on_then(self, day: date, history: History) -> None:
        reader, words = self._reader(), self._kit.texts.register_history
        hidden = self._kit.texts.register.hidden
        rows = tuple(
            DeltaShown("", reader.item(one.item), *(2 * (hidden if one.masked else reader.value(one.item, one.value),)))
            for one in history.then
        )
        self.screen.show_day(rows, words.on_title(reader.day(day)))

    def _show(self) -> None:
        record, history = self._record, self._history
        if record is None or history is None:
            return
        words = self._kit.texts.register_history
        past = self._past(history)
        none = words.none_at_all if self._view == ALL else words.none
        self.screen.show_past(past, self._view, record.hit.name if past else none)

    def _past(self, history: History) -> tuple[PastShown, ...]:
        if self._view == HOUSEHOLDS:
            lines = self._household.lines if self._household is not None else ()
            return tuple(map(self._of_household, lines))
        if self._view == REMOVED:
            return tuple(map(self._of_removed, history.removed))
        wanted = _OF.get(self._view)
        found = ((line, [one for one in line.items if wanted is None or one.item in wanted]) for line in history.lines)
        return tuple(PastShown(self._happening(line), self._reader().deltas(items)) for line, items in found if items)

    def _happening(self, line: HistoryLine) -> Happening:
        words, reader = self._kit.texts.register_history, self._reader()
        reason = self._kit.messages.word("register_reason", line.reason)
        detail = words.entered(
            wareki_short(line.filed_day),
            line.entered_by,
            line.decided_by,
            moment(line.decided_at),
        )
        when = wareki_short(line.event_day) if line.event_day is not None else line.event_written
        return Happening(when or reader.day(None), "", words.titled(line.title, reason), detail)

    def _of_household(self, line: HouseholdLine) -> PastShown:
        words = self._kit.texts.register_history
        names = {one.business_number: one.name for one in (self._record.household if self._record else ())}
        before = {one.business_number: one.relation for one in line.before}
        after = {one.business_number: one.relation for one in line.after}
        rows = tuple(
            DeltaShown("", names.get(number, number), before.get(number, words.left), after.get(number, words.left))
            for number in dict.fromkeys((*before, *after))
        )
        day = self._reader().day(None) if line.event_day is None else wareki_short(line.event_day)
        return PastShown(Happening(day, "", line.title), rows)

    def _of_removed(self, one: RemovedRecord) -> PastShown:
        words, reader = self._kit.texts.register_history, self._reader()
        hidden = self._kit.texts.register.hidden
        rows = tuple(
            DeltaShown(
                "", reader.item(item.item), *(2 * (hidden if item.masked else reader.value(item.item, item.value),))
            )
            for item in one.items
        )
        title = words.removed_title(reader.kind(one.why))
        ward = words.removed_ward(reader.value("ward", one.ward)) if one.ward else ""
        return PastShown(Happening(wareki_short(one.day), "", title, ward, "quiet"), rows)

    def _reader(self) -> RegisterReader:
        return RegisterReader(self._kit, self._acts.rules, self._occasion.wards if self._occasion else ())
