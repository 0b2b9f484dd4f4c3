"""One person's record before who looks: opened for a visit or a reason; from here to history, changes, restraints."""

from functools import partial

from PySide6.QtCore import Signal, SignalInstance

from app.services.change_register import ENTER
from app.services.decide_register import DECIDE
from app.services.find_person import Opened
from app.services.look_back import HISTORY
from app.services.tend_restraints import RELEASE, SEE, SET
from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.flows.register_words import RegisterReader
from app.ui.flows.visit_state import nothing
from app.ui.kit import Kit
from app.ui.screens.register_record import ItemShown, MemberShown, RecordOffers, RecordShown, RegisterRecordScreen
from app.ui.widgets.chip import Kind
from app.wire.register import FormerAddress, Record
from app.wire.register_change import Entries


class RecordFlow(RegisterFlow[RegisterRecordScreen]):
    """``history_asked``, ``enter_asked``, ``measures_asked`` carry the ``Record``; ``member_asked`` a 宛名番号."""

    history_asked = Signal(object)
    enter_asked = Signal(object)
    measures_asked = Signal(object)
    member_asked = Signal(str)

    def __init__(self, kit: Kit, screen: RegisterRecordScreen, acts: RegisterActs) -> None:
        super().__init__(kit, screen, acts)
        self._number = self._procedure = ""
        self._record: Record | None = None
        self._waiting = 0
        screen.refresh_asked.connect(self.look)
        screen.member_asked.connect(self.member_asked)
        screen.items_asked.connect(self._on_items)
        screen.history_asked.connect(lambda: self._go(self.history_asked))
        screen.enter_asked.connect(lambda: self._go(self.enter_asked))
        screen.measures_asked.connect(lambda: self._go(self.measures_asked))

    def begin(self, occasion: Occasion, business_number: str) -> None:
        """Open this person's record."""
        self.enter(occasion)
        self._number, self._procedure, self._record, self._waiting = business_number, "", None, 0
        self.look()

    def end(self) -> None:
        super().end()
        self._number = self._procedure = ""
        self._record = None

    def shows(self, business_number: str) -> bool:
        """Whether this person's record is open."""
        return self._record is not None and self._number == business_number

    def look(self) -> None:
        """Read it (again)."""
        number, procedure, find = self._number, self._procedure, self._acts.find_person
        self.screen.show_working()
        if procedure:
            self.ask(lambda press, it: find.with_items(press, it.session, it.visit, number, procedure), self._on_record)
        else:
            self.ask(lambda press, it: find.open(press, it.session, it.visit, number), self._on_opened)

    def _on_opened(self, opened: Opened) -> None:
        self._on_record(opened.record)

    def _on_record(self, record: Record) -> None:
        is_first, self._record = self._record is None, record
        if is_first:
            self.screen.show_offered(self._offers())
        self.screen.show_record(self._shown(record))
        self._look_for_waiting()

    def _look_for_waiting(self) -> None:
        """Whether something provisional waits; who may not know is not told, and not asked about."""
        occasion, number, acts = self._occasion, self._number, self._acts
        if occasion is None:
            return
        if self.may(DECIDE):
            work = partial(acts.decide.waiting, acts.press(), occasion.session, decided=False, person=number)
        elif self.may(ENTER):
            work = partial(acts.change.own, acts.press(), occasion.session, decided=False, person=number)
        else:
            return
        self._errands.run(acts.office, work, self._on_waiting, nothing)

    def _on_waiting(self, found: Entries) -> None:
        self._waiting = len(found.rows)
        if self._record is not None and self._waiting:
            self.screen.show_chips(self._shown(self._record).chips)

    def _on_items(self, procedure: str) -> None:
        self._procedure = procedure
        self.look()

    def _go(self, on: SignalInstance) -> None:
        if self._record is not None:
            on.emit(self._record)

    def _offers(self) -> RecordOffers:
        occasion = self._occasion
        shows = () if occasion is None else occasion.may_show(self._acts.procedures, self.today())
        return RecordOffers(
            history=self.may(HISTORY),
            enter=self.may(ENTER),
            measures=any(map(self.may, (SEE, SET, RELEASE))),
            show_for=shows,
        )

    def _shown(self, record: Record) -> RecordShown:
        hit, reader = record.hit, self._reader()
        household = tuple(
            MemberShown(one.business_number, one.name, one.relation, reader.day(one.birth)) for one in record.household
        )
        return RecordShown(
            name=hit.name,
            kana=hit.kana,
            chips=self._chips(record),
            items=(*self._items(record), *self._guarded(record), *map(self._january, record.first_january)),
            household=household,
            alert=self._alert(record),
        )

    def _reader(self) -> RegisterReader:
        return RegisterReader(self._kit, self._acts.rules, self._occasion.wards if self._occasion else ())

    def _chips(self, record: Record) -> tuple[tuple[str, Kind], ...]:
        words, reader = self._kit.texts.register_record, self._reader()
        found: list[tuple[str, Kind]] = []
        if record.hit.resident:
            found.append((words.chip_resident, "success"))
        else:
            found.append((words.chip_removed(reader.day(record.removed_on)), "quiet"))
        if record.planned_move_out_on is not None:
            found.append((words.chip_planned(reader.day(record.planned_move_out_on)), "information"))
        if self._waiting:
            found.append((words.chip_waiting(self._waiting), "warning"))
        return tuple(found)

    def _alert(self, record: Record) -> tuple[Kind, str, str] | None:
        words, marks = self._kit.texts.register_record, record.hit.restraints
        if not marks:
            return None
        is_error = any(one.level == "error" for one in marks)
        title = words.alert_title(acts_said(self._kit, [(one.act, one.level) for one in marks]))
        return ("error", title, words.alert_error) if is_error else ("warning", title, words.alert_confirm)

    def _items(self, record: Record) -> tuple[ItemShown, ...]:
        hit, reader = record.hit, self._reader()
        own = next((one for one in record.household if one.business_number == hit.business_number), None)
        stated = {
            "legal_kana": record.legal_kana,
            "birth": hit.birth.isoformat(),
            "birth_written": record.birth_written,
            "sex": hit.sex,
            "address": hit.address,
            "ward": record.ward,
            "relation": "" if own is None else own.relation,
            "household_number": hit.household_number,
            "moved_in_on": _iso(record.moved_in_on),
            "moved_from": record.moved_from,
            "planned_move_out_on": _iso(record.planned_move_out_on),
            "moved_to": record.moved_to,
            "removed_on": _iso(record.removed_on),
            "former_name": record.former_name,
            "former_name_kana": record.former_name_kana,
            "alias": record.alias,
            "alias_kana": record.alias_kana,
            "latin_name": record.latin_name,
            "kanji_name": record.kanji_name,
            "nationality": record.nationality,
        }
        always = frozenset({"legal_kana", "sex", "address", "relation"})
        words = self._kit.texts.register_record
        lines = [
            ItemShown(reader.item(name), reader.value(name, value))
            for name, value in stated.items()
            if value or name in always
        ]
        linked = words.linked if hit.number_linked else words.unlinked
        more = (ItemShown(words.business_number, hit.business_number), ItemShown(words.number_linked, linked))
        return (*lines, *more)

    def _guarded(self, record: Record) -> tuple[ItemShown, ...]:
        reader, words = self._reader(), self._kit.texts.register
        values = {"shown": None, "none": words.nothing, "masked": words.hidden}
        return tuple(
            ItemShown(reader.item(one.item_class), values[one.state] or one.value, one.state == "masked")
            for one in record.items
        )

    def _january(self, one: FormerAddress) -> ItemShown:
        words = self._kit.texts.register_record
        return ItemShown(words.former_january(str(one.year)), one.address or one.municipality_name or words.elsewhere)


def acts_said(kit: Kit, acts: list[tuple[str, str]]) -> str:
    """Which acts are restrained, and how."""
    word = kit.messages.word
    between = kit.texts.register.between
    return between.join(
        kit.texts.person.restraint(word("restrained_act", act), word("restraint_level", level)) for act, level in acts
    )


def _iso(day: object) -> str:
    return "" if day is None else str(day)
