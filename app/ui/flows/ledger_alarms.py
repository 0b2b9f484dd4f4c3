"""台帳の警報 in the room of supervisors: what did not hold, in plain words, and taking note of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject

from app.domain.clock import TOKYO
from app.errors import AppError
from app.services.ledger_alarms import REVIEW, LedgerAlarms
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.admin_acts import Door, Page, moment
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.ledger_alarms import AlarmShown, LedgerAlarmsScreen
from app.ui.window import Window
from app.wire.ledger_alarms import AlarmList, AlarmNoted, AlarmView, NoteRow

T = TypeVar("T")
TASK = "ledger_alarms"
FOLLOWED = "restored"
"""What is no fault: a lawful restore that was followed."""
_TOLD_BY, _LOG = ("seen_", "shown_"), "log_"


@dataclass(frozen=True, slots=True)
class LedgerAlarmActs:
    """The use case; ``lane``: it asks the office. ``municipalities``: code → name."""

    press: Callable[[], Press]
    lane: Lane
    alarms: LedgerAlarms
    municipalities: Mapping[str, str]


class AlarmReader:
    """Makes words of messages."""

    def __init__(self, kit: Kit, municipalities: Mapping[str, str]) -> None:
        self._kit, self._names = kit, municipalities

    def rows(self, found: AlarmList) -> tuple[AlarmShown, ...]:
        """Lines of the list."""
        return tuple(self._row(place, one) for place, one in enumerate(found.rows))

    def lead(self, found: AlarmList) -> str:
        """How much there is, and how much of it waits."""
        words = self._kit.texts.ledger_alarms
        if not found.rows:
            return words.calm(found.logs)
        waiting = sum(not one.notes and kind_of(one.kind) != FOLLOWED for one in found.rows)
        return words.lead(len(found.rows), waiting)

    def witnesses(self, found: AlarmList) -> str:
        """How far the witnesses outside are."""
        words = self._kit.texts.ledger_alarms
        return words.between.join(
            words.witness_never(self._name(one.municipality))
            if one.at is None
            else words.witness(self._name(one.municipality), moment(one.at), one.behind)
            for one in found.witnesses
        )

    def log(self, name: str) -> str:
        """A log in words; a counterpart's with its municipality."""
        place, _, log = name.rpartition("/")
        said = self._kit.messages.word("ledger_log", log)
        return self._kit.texts.ledger_alarms.log_there(self._name(place), said) if place else said

    def _row(self, place: int, one: AlarmView) -> AlarmShown:
        words, word, kind = self._kit.texts.ledger_alarms, self._kit.messages.word, self._known(one.kind)
        is_followed = kind == FOLLOWED
        state = words.followed if is_followed else words.noted if one.notes else words.waiting
        return AlarmShown(
            place=place,
            log=self.log(one.log),
            found=word("ledger_found", kind),
            by=self._by(one),
            since=_short(one.at),
            state=state,
            state_kind="information" if is_followed else "success" if one.notes else "error",
            why=word("ledger_why", kind),
            now=word("ledger_now", kind),
            notes=tuple(map(self._note, one.notes)),
        )

    def _known(self, kind: str) -> str:
        code = kind_of(kind)
        return code if code in dict(self._kit.messages.words("ledger_found")) else "other"

    def _by(self, one: AlarmView) -> str:
        words = self._kit.texts.ledger_alarms
        if not one.found_by:
            return words.by_office
        if one.kind.startswith("shown_"):
            return words.by_counterpart(self._name(one.found_by))
        return words.by_terminal(one.found_by)

    def _note(self, note: NoteRow) -> str:
        return self._kit.texts.ledger_alarms.noted_by(note.staff_name, moment(note.at), note.note)

    def _name(self, code: str) -> str:
        return self._names.get(code, code)


def _short(at: datetime) -> str:
    local = at.astimezone(TOKYO)
    return f"{local.month}/{local.day} {local:%H:%M}"


def kind_of(kind: str) -> str:
    """What was found, whoever told it."""
    for told_by in _TOLD_BY:
        kind = kind.removeprefix(told_by)
    return kind.removeprefix(_LOG)


class LedgerAlarmsFlow(QObject):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, window: Window, acts: LedgerAlarmActs) -> None:
        super().__init__(window)
        self._kit, self._acts, self._reader = kit, acts, AlarmReader(kit, acts.municipalities)
        self._errands = Errands(self)
        self._session: Session | None = None
        self._found: tuple[AlarmView, ...] = ()
        self.screen = LedgerAlarmsScreen(kit)
        self.screen.refresh_asked.connect(self.look)
        self.screen.note_asked.connect(self._on_note)

    def begin(self, session: Session) -> None:
        """The list is open."""
        self._session = session
        self.screen.wipe()
        self.look()

    def end(self) -> None:
        """Nothing of anybody's stays."""
        self._errands.drop()
        self._session, self._found = None, ()
        self.screen.wipe()

    def look(self) -> None:
        """Read again."""
        self.screen.show_working()
        self._ask(self._acts.alarms.shown, self._show)

    def _show(self, found: AlarmList) -> None:
        self._found = found.rows
        reader = self._reader
        self.screen.show_alarms(reader.rows(found), reader.lead(found), reader.witnesses(found))

    def _on_note(self, place: int, note: str) -> None:
        alarm = self._found[place]
        self.screen.show_working()

        def noted(_: AlarmNoted) -> None:
            self._ask(self._acts.alarms.shown, shown)

        def shown(found: AlarmList) -> None:
            self._show(found)
            words = self._kit.texts.ledger_alarms
            self.screen.banner.show_text("success", words.done_title, words.done_text(self._reader.log(alarm.log)))

        self._ask(lambda press, session: self._acts.alarms.note(press, session, alarm, note), noted)

    def _ask(self, work: Callable[[Press, Session], T], done: Callable[[T], None]) -> None:
        session = self._session
        if session is not None:
            press = self._acts.press()
            self._errands.run(self._acts.lane, lambda: work(press, session), done, self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self.screen.show_failed(self._kit.messages.of(error))


def ledger_alarms_door(kit: Kit) -> Door:
    """The way to it in the room of supervisors."""
    words = kit.texts.ledger_alarms
    return Door(TASK, REVIEW, kit.texts.access.group, words.door, words.door_text)


def ledger_alarms_page(kit: Kit, window: Window, acts: LedgerAlarmActs) -> Page:
    """What lies behind that door."""
    flow = LedgerAlarmsFlow(kit, window, acts)
    return Page(ledger_alarms_door(kit), flow.screen, flow)
