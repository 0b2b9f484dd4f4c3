"""閲覧記録の開示 in the room of supervisors: prepared by one, approved by another, then saved as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from app.domain.clock import TOKYO
from app.domain.era import wareki_short
from app.errors import AppError
from app.services.disclose_accesses import EXTRACT, DiscloseAccesses
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.admin_acts import Door, Page
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.extract_disclosure import ExtractScreen, ExtractShown
from app.ui.window import Window
from app.wire.access_review import AccessExtract, ExtractLine, ExtractList, ExtractProposed, ProposeExtract

T = TypeVar("T")
TASK = "access_extracts"


@dataclass(frozen=True, slots=True)
class ExtractActs:
    """The use case; ``lane``: it asks the office. ``save``: title, name, content → where it was saved, or None."""

    press: Callable[[], Press]
    lane: Lane
    extracts: DiscloseAccesses
    save: Callable[[str, str, str], Path | None]


class ExtractReader:
    """Makes words of messages."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def rows(self, found: ExtractList, staff_id: str, made: AccessExtract | None = None) -> tuple[ExtractShown, ...]:
        """Lines of the list; ``made``: what this person has just approved, told in full."""
        return tuple(self._row(place, one, staff_id, made) for place, one in enumerate(found.rows))

    def lead(self, found: ExtractList) -> str:
        """How many there are, how many wait."""
        waiting = sum(not one.approved_by for one in found.rows)
        return self._kit.texts.extracts.lead(len(found.rows), waiting) if found.rows else ""

    def _row(self, place: int, one: ExtractLine, staff_id: str, made: AccessExtract | None) -> ExtractShown:
        words = self._kit.texts.extracts
        if one.approved_by:
            state, lines = words.approved, words.one_approved(one.approved_by)
            may = "save" if staff_id == one.approved_by or one.is_own else ""
        elif one.is_own:
            state, lines, may = words.waiting_own, words.one_own, ""
        else:
            state, lines, may = words.waiting, words.one_waiting, "approve"
        if made is not None and made.extract_id == one.extract_id:
            lines = self.told(made)
        return ExtractShown(
            place=place,
            state=state,
            state_kind="success" if one.approved_by else "warning",
            request=one.request,
            person=one.person,
            period=words.period_of(_day(one.since), _day(one.until)),
            by=words.by_of(one.proposed_by, _short(one.proposed_at)),
            head=words.one(one.request, one.person),
            lines=lines,
            may=may,
        )

    def told(self, made: AccessExtract) -> str:
        """What is told, and what is withheld on which ground, a line each."""
        words = self._kit.texts.extracts
        withheld = {name for one in made.grounds for name in one.fields}
        told = [name for name, _ in self._kit.messages.words("extract_field") if name not in withheld]
        lines = [words.told(len(made.rows), self._fields(told)) if made.rows else words.told_none]
        for ground in made.grounds:
            if ground.fields:
                lines.append(words.withheld(self._fields(ground.fields), ground.law, ground.text))
            if count := made.left_out.get(ground.ground):
                lines.append(words.left_out(count, ground.law, ground.text))
        return "\n".join(lines)

    def _fields(self, names: list[str] | tuple[str, ...]) -> str:
        word = self._kit.messages.word
        return self._kit.texts.extracts.between.join(word("extract_field", name) for name in names)


def _day(day: date) -> str:
    return wareki_short(day)


def _short(at: datetime) -> str:
    local = at.astimezone(TOKYO)
    return f"{local.month}/{local.day} {local:%H:%M}"


class ExtractFlow(QObject):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, window: Window, acts: ExtractActs) -> None:
        super().__init__(window)
        self._kit, self._acts, self._reader = kit, acts, ExtractReader(kit)
        self._errands = Errands(self)
        self._session: Session | None = None
        self._found: tuple[ExtractLine, ...] = ()
        self.screen = ExtractScreen(kit)
        self.screen.refresh_asked.connect(self.look)
        self.screen.propose_asked.connect(self._on_propose)
        self.screen.approve_asked.connect(self._on_approve)
        self.screen.save_asked.connect(self._on_save)

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
        self._ask(self._acts.extracts.shown, self._show)

    def _show(self, found: ExtractList, made: AccessExtract | None = None) -> None:
        session = self._session
        self._found = found.rows
        rows = self._reader.rows(found, "" if session is None else session.actor.staff_id, made)
        places = [place for place, one in enumerate(found.rows) if made and one.extract_id == made.extract_id]
        self.screen.show_extracts(rows, self._reader.lead(found), places[0] if places else 0)

    def _on_propose(self, request: str, person: str, since: date, until: date) -> None:
        asked = ProposeExtract(person=person, since=since, until=until, reason=request)
        words = self._kit.texts.extracts
        self.screen.show_working()

        def proposed(_: ExtractProposed) -> None:
            self.screen.empty_form()
            self._after((words.proposed_title, words.proposed_text))

        self._ask(lambda press, session: self._acts.extracts.propose(press, session, asked), proposed)

    def _on_approve(self, place: int) -> None:
        one, words = self._found[place], self._kit.texts.extracts
        self.screen.show_working()

        def approved(made: AccessExtract) -> None:
            self._after((words.approved_title, words.approved_text), made)

        self._ask(lambda press, session: self._acts.extracts.approve(press, session, one), approved)

    def _after(self, said: tuple[str, str], made: AccessExtract | None = None) -> None:
        """Show the list as it is now, and what was done."""

        def shown(found: ExtractList) -> None:
            self._show(found, made)
            self.screen.banner.show_text("success", *said)

        self._ask(self._acts.extracts.shown, shown)

    def _on_save(self, place: int) -> None:
        one = self._found[place]
        self.screen.show_working()
        self._ask(
            lambda press, session: self._acts.extracts.file(press, session, one), lambda file: self._save(one, file)
        )

    def _save(self, one: ExtractLine, file: str) -> None:
        words = self._kit.texts.extracts
        try:
            path = self._acts.save(words.save_title, words.file_name(one.request), file)
        except AppError as error:
            self._on_failed(error)
            return
        self.screen.show_idle()
        if path is not None:
            self.screen.banner.show_text("success", words.saved_title, words.saved_text(path.name))

    def _ask(self, work: Callable[[Press, Session], T], done: Callable[[T], None]) -> None:
        session = self._session
        if session is not None:
            press = self._acts.press()
            self._errands.run(self._acts.lane, lambda: work(press, session), done, self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self.screen.show_failed(self._kit.messages.of(error))


def extract_door(kit: Kit) -> Door:
    """The way to it in the room of supervisors."""
    words = kit.texts.extracts
    return Door(TASK, EXTRACT, kit.texts.access.group, words.door, words.door_text)


def extract_page(kit: Kit, window: Window, acts: ExtractActs) -> Page:
    """What lies behind that door."""
    flow = ExtractFlow(kit, window, acts)
    return Page(extract_door(kit), flow.screen, flow)
