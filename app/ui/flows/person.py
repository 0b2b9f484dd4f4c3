"""Finding the person in the register: by the card at once, else by what is typed, or going on without the register."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.era import wareki
from app.domain.person import Capacity
from app.errors import AppError, Refused
from app.services.find_person import Found, Nobody, Opened, Several, is_closed
from app.ui.flows.register_search import asked_of, habits_shown
from app.ui.flows.visit_acts import VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present, nothing
from app.ui.kit import Kit
from app.ui.restrained import show_restrained
from app.ui.screens.person import HitShown, PersonScreen, PersonShown, SideBySide
from app.ui.screens.register_search import Entered
from app.ui.widgets.characters import Pair
from app.wire.register import Hit, Member, SearchHabits


class PersonFlow(QObject):
    """``found``: the person is in ``Present`` (record, or what was typed of somebody who is not in the register).

    ``whole``: everything about the person that is open is wanted; carries what it is for and the 宛名番号.
    ``release``: somebody restrained is to be let through by another person; carries what for and the ``Hit``.
    """

    found = Signal()
    whole = Signal(object, str)
    release = Signal(object, object)

    def __init__(self, kit: Kit, screen: PersonScreen, lanes: VisitLanes, acts: VisitActs) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lanes, self._acts = kit, screen, lanes, acts
        self._errands = Errands(self)
        self._present: Present | None = None
        self._opened: Opened | None = None
        self._hits: tuple[Hit, ...] = ()
        screen.release_asked.connect(self._on_release)
        screen.search_asked.connect(self._on_search)
        screen.open_asked.connect(self._on_open)
        screen.use_asked.connect(self._on_use)
        screen.register_asked.connect(self._on_whole)
        screen.not_resident_asked.connect(self._on_not_resident)

    def begin(self, present: Present) -> None:
        """The person is confirmed; whoever stands here for himself and showed a card is searched at once."""
        self._present, self._opened = present, None
        self._screen.wipe()
        if present.card is not None and present.capacity is Capacity.SELF:
            self._screen.show_searching()
            press = self._acts.press()
            self._ask(partial(self._acts.find_person.by_card, press, present.session, present.visit, present.card))
        habits = partial(self._acts.find_person.habits, self._acts.press(), present.session)
        self._errands.run(self._lanes.office, habits, self._on_habits, nothing)

    def end(self) -> None:
        """The visit is over."""
        self._errands.drop()
        self._present = self._opened = None
        self._hits = ()
        self._screen.wipe()

    def _on_habits(self, habits: SearchHabits) -> None:
        if self._present is not None:
            self._screen.more.show_habits(habits_shown(self._kit, habits, self._present.session.office))

    def _on_whole(self) -> None:
        if self._present is not None and self._opened is not None:
            self.whole.emit(self._present.visit, self._opened.record.hit.business_number)

    def _on_release(self, business_number: str) -> None:
        hit = next((one for one in self._hits if one.business_number == business_number), None)
        if self._present is not None and hit is not None:
            self.release.emit(self._present.visit, hit)

    def _on_search(self, entered: Entered) -> None:
        present = self._present
        if present is None:
            return
        self._screen.show_searching()
        press, asked = self._acts.press(), asked_of(entered)
        self._ask(partial(self._acts.find_person.by_entry, press, present.session, present.visit, asked))

    def _on_open(self, business_number: str) -> None:
        present = self._present
        if present is None:
            return
        card = present.card if present.capacity is Capacity.SELF else None
        press = self._acts.press()
        self._ask(partial(self._acts.find_person.open, press, present.session, present.visit, business_number, card))

    def _ask(self, work: "partial[Found] | partial[Opened]") -> None:
        self._errands.run(self._lanes.office, work, self._on_found, self._on_failed)

    def _on_found(self, found: Found) -> None:
        match found:
            case Opened():
                self._opened = found
                self._screen.banner.clear()
                self._screen.show_person(self._shown(found))
                words = self._kit.texts.person
                if found.differs:
                    self._screen.banner.show_text("warning", words.differs_title, words.differs_text)
            case Several(hits, more):
                self._hits = hits
                self._screen.show_hits([self._hit(one) for one in hits], more=more)
            case Nobody():
                self._screen.show_hits((), more=False)

    def _on_failed(self, error: AppError) -> None:
        if isinstance(error, Refused) and error.reason == "restrained":
            show_restrained(self._screen, there=True)
        self._screen.show_failed(self._kit.messages.of(error))

    def _on_use(self) -> None:
        if self._present is not None and self._opened is not None:
            self._present.record, self._present.typed = self._opened.record, {}
            self.found.emit()

    def _on_not_resident(self, entered: Entered) -> None:
        present = self._present
        if present is None:
            return
        card = present.card if present.capacity is Capacity.SELF else None
        if not entered.name and card is None:
            self._screen.show_name_missing()
            return
        typed: dict[str, str | date] = {}
        for path, value in (("name", entered.name), ("kana", entered.kana), ("birth", entered.birth)):
            if value:
                typed[f"card.{path}"] = value
                typed[f"register.{path}"] = value
        present.record, present.typed = None, typed
        self.found.emit()

    def _hit(self, hit: Hit) -> HitShown:
        word, words = self._kit.messages.word, self._kit.texts.person
        marks = [
            words.restraint(word("restrained_act", mark.act), word("restraint_level", mark.level))
            for mark in hit.restraints
        ]
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

    def _shown(self, opened: Opened) -> PersonShown:
        record = opened.record
        household = tuple((one.name, _relation(one)) for one in record.household)
        is_held = bool(record.hit.restraints)
        characters = self._characters(opened)
        return PersonShown(self._rows(opened), record.hit.number_linked, household, characters, restrained=is_held)

    def _characters(self, opened: Opened) -> tuple[Pair, ...]:
        """The characters behind each difference of name and address."""
        word = self._kit.messages.word
        return tuple(
            Pair(word("basic", row.field), one.left, one.right, word("why_different", one.why.value))
            for row in opened.rows
            if row.differs
            for one in row.characters
        )

    def _rows(self, opened: Opened) -> tuple[SideBySide, ...]:
        hit, label = opened.record.hit, partial(self._kit.messages.word, "basic")
        if opened.rows:
            return tuple(
                SideBySide(
                    label(row.field),
                    self._value(row.field, row.card),
                    self._value(row.field, row.register),
                    row.agreement,
                )
                for row in opened.rows
            )
        stated = (("name", hit.name), ("address", hit.address), ("birth", hit.birth.isoformat()), ("sex", hit.sex))
        return tuple(SideBySide(label(name), "", self._value(name, value), None) for name, value in stated)

    def _value(self, name: str, value: str) -> str:
        if name == "birth":
            return wareki(date.fromisoformat(value))
        return self._kit.messages.word("sex", value) if name == "sex" else value


def _relation(member: Member) -> str:
    return f"{member.relation}　{wareki(member.birth)}"
