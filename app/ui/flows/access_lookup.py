"""Looking somebody up without a visit: no search before there is a reason, and the reason goes with each look."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.era import wareki
from app.errors import AppError
from app.services.find_person import FindPerson, Found, Nobody, Opened, Several, is_closed
from app.services.ports.seat import Press, Session, Visit
from app.ui.background import Lane
from app.ui.flows.register_search import asked_of, habits_shown
from app.ui.flows.visit_state import Errands, nothing
from app.ui.kit import Kit
from app.ui.screens.access_lookup import AccessLookupScreen, Line
from app.ui.screens.person import HitShown
from app.ui.screens.register_search import Entered
from app.wire.register import Hit, Record, SearchHabits


@dataclass(frozen=True, slots=True)
class LookupActs:
    """The use case; ``lane``: it asks the office."""

    press: Callable[[], Press]
    lane: Lane
    find_person: FindPerson


class AccessLookupFlow(QObject):
    """Works between ``begin`` and ``end``. ``left``: the clerk went back.

    ``whole``: everything about somebody is wanted; carries what it is for (a ``Visit``) and the 宛名番号.
    ``taken``: carries the ``Hit`` of somebody whose household was looked for, where it is ``for_household``.
    """

    left = Signal()
    whole = Signal(object, str)
    taken = Signal(object)

    def __init__(self, kit: Kit, acts: LookupActs, *, for_household: bool = False) -> None:
        reasons = kit.messages.words("lookup_reason")
        self.screen = AccessLookupScreen(kit, reasons, for_household=for_household)
        super().__init__(self.screen)
        self._kit, self._acts = kit, acts
        self._errands = Errands(self)
        self._session: Session | None = None
        self._reason = self._opened = ""
        self._hit: Hit | None = None
        self._for_household = for_household
        self.screen.whole_asked.connect(self._on_whole)
        self.screen.search_asked.connect(self._on_search)
        self.screen.open_asked.connect(self._on_open)
        self.screen.back_asked.connect(self._on_left)

    def begin(self, session: Session) -> None:
        """The screen is open."""
        self._session, self._reason, self._opened, self._hit = session, "", "", None
        self.screen.wipe()
        work = partial(self._acts.find_person.habits, self._acts.press(), session)
        self._errands.run(self._acts.lane, work, self._on_habits, nothing)

    def end(self) -> None:
        """Nothing of anybody stays."""
        self._errands.drop()
        self._session, self._reason, self._opened, self._hit = None, "", "", None
        self.screen.wipe()

    def _on_search(self, reason: str, entered: Entered) -> None:
        self._reason, self._opened = reason, ""
        self.screen.show_searching()
        asked = asked_of(entered)
        self._ask(lambda press, session, visit: self._acts.find_person.by_entry(press, session, visit, asked))

    def _on_open(self, business_number: str) -> None:
        self._ask(lambda press, session, visit: self._acts.find_person.open(press, session, visit, business_number))

    def _ask(self, work: Callable[[Press, Session, Visit], Found]) -> None:
        session = self._session
        if session is not None and self._reason:
            press = self._acts.press()
            visit = Visit("", "", press.at, self._reason)
            self._errands.run(self._acts.lane, partial(work, press, session, visit), self._on_found, self._on_failed)

    def _on_habits(self, habits: SearchHabits) -> None:
        if self._session is not None:
            self.screen.show_habits(habits_shown(self._kit, habits, self._session.office))

    def _on_whole(self) -> None:
        if self._for_household:
            if self._hit is not None:
                self.taken.emit(self._hit)
            return
        if self._opened and self._reason:
            self.whole.emit(Visit("", "", self._acts.press().at, self._reason), self._opened)

    def _on_found(self, found: Found) -> None:
        match found:
            case Opened(record=record):
                self._opened, self._hit = record.hit.business_number, record.hit
                self.screen.show_record(self._shown(record.hit), self._lines(record))
            case Several(hits, more):
                self.screen.show_hits([self._shown(one) for one in hits], more=more)
            case Nobody():
                self.screen.show_hits((), more=False)

    def _on_failed(self, error: AppError) -> None:
        self.screen.show_failed(self._kit.messages.of(error))

    def _on_left(self) -> None:
        self.end()
        self.left.emit()

    def _shown(self, hit: Hit) -> HitShown:
        return hit_shown(self._kit, hit)

    def _lines(self, record: Record) -> tuple[Line, ...]:
        hit, label, words = record.hit, partial(self._kit.messages.word, "basic"), self._kit.texts.person
        sex = self._kit.messages.word("sex", hit.sex)
        stated = (("name", hit.name), ("address", hit.address), ("birth", wareki(hit.birth)), ("sex", sex))
        household = (Line(words.household, f"{one.name}（{one.relation}）") for one in record.household)
        return (*(Line(label(name), value) for name, value in stated), Line(words.kana, hit.kana), *household)


def hit_shown(kit: Kit, hit: Hit) -> HitShown:
    """A line of the list, as text."""
    word, words = kit.messages.word, kit.texts.person
    marks = (
        words.restraint(word("restrained_act", mark.act), word("restraint_level", mark.level))
        for mark in hit.restraints
    )
    return HitShown(
        business_number=hit.business_number,
        name=hit.name,
        kana=hit.kana,
        birth=wareki(hit.birth),
        address=hit.address,
        resident=hit.resident,
        restraints="、".join(marks),
        closed=is_closed(hit),
    )
