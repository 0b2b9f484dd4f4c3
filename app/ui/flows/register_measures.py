"""What restrains whom, in words: the list, of everybody or of one person."""

from PySide6.QtCore import Signal

from app.services.tend_restraints import RELEASE, SEE, SET
from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.flows.register_record import acts_said
from app.ui.flows.register_words import RegisterReader
from app.ui.kit import Kit
from app.ui.screens.register_measures import MeasureLine, RegisterMeasuresScreen
from app.ui.widgets.chip import Kind
from app.wire.register import Record
from app.wire.register_restraint import MeasureRow, Measures

STATES: dict[str, Kind] = {"provisional": "warning", "active": "error", "ended": "quiet", "refused": "quiet"}


class MeasuresFlow(RegisterFlow[RegisterMeasuresScreen]):
    """``opened`` carries a measure's id; ``request_asked`` and ``release_asked`` the ``Record`` they are about."""

    opened = Signal(str)
    request_asked = Signal(object)
    release_asked = Signal(object)

    def __init__(self, kit: Kit, screen: RegisterMeasuresScreen, acts: RegisterActs) -> None:
        super().__init__(kit, screen, acts)
        self._record: Record | None = None
        screen.refresh_asked.connect(self.look)
        screen.opened.connect(self.opened)
        screen.request_asked.connect(lambda: self.request_asked.emit(self._record))
        screen.release_asked.connect(lambda: self.release_asked.emit(self._record))

    def begin(self, occasion: Occasion, record: Record | None = None) -> None:
        """Open the list: of this person, or of everybody."""
        self.enter(occasion)
        self._record = record
        is_one = record is not None
        self.screen.show_whom("" if record is None else record.hit.name)
        self.screen.show_offered(sees=self.may(SEE), sets=is_one and self.may(SET), releases=self.may(RELEASE))
        self.look()

    def end(self) -> None:
        super().end()
        self._record = None

    def look(self) -> None:
        """Read it (again)."""
        person = "" if self._record is None else self._record.hit.business_number
        if self.may(SEE):
            self.screen.show_working()
            self.ask(lambda press, it: self._acts.restraints.listed(press, it.session, person), self._on_rows)

    def _on_rows(self, found: Measures) -> None:
        words = self._kit.texts.register_measures
        count = words.more if found.more else words.count
        none = words.none if self._record is None else words.none_of
        self.screen.show_lines([line_of(self._kit, self._reader(), one) for one in found.rows],
                               count(len(found.rows)), none)  # fmt: skip

    def _reader(self) -> RegisterReader:
        return RegisterReader(self._kit, self._acts.rules)


def line_of(kit: Kit, reader: RegisterReader, row: MeasureRow) -> MeasureLine:
    """A measure as a line."""
    words, word = kit.texts.register_measures, kit.messages.word
    until = words.no_end if row.until is None else reader.day(row.until)
    alert = word("measure_alert", row.alert) if row.alert else ""
    return MeasureLine(
        measure_id=row.measure_id,
        kind=word("measure_kind", row.kind),
        people=reader.named([one or "―" for one in row.names] or list(row.persons)),
        state=word("measure_waits", row.waits_for) if row.waits_for else word("measure_state", row.state),
        state_kind="information" if row.waits_for else STATES.get(row.state, "quiet"),
        acts=acts_said(kit, [(one.act, one.level) for one in row.acts]),
        until=words.until_renew(until, alert) if alert else until,
        until_kind="warning" if alert else None,
        complete=row.complete,
    )
