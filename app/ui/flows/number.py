"""Confirming a 個人番号 where the procedure uses one and the office lacks it; nothing stops the case."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.era import wareki
from app.domain.procedure import Procedure
from app.domain.secret import Secret
from app.errors import AppError, CodeBlocked, LastTry, NoNumberLeave, NotAllowed, PadFailed, PinNotTyped
from app.services.card_port import Blocked, Insertion, Key, KeyState, TriesLeft
from app.services.confirm_number import Asking, NumberConfirmed, Way, ways
from app.services.confirm_person import CONFIRMED
from app.services.find_person import Found, Nobody, Opened, Several
from app.services.ports.seat import Press
from app.services.search_network import FoundOutside, NetworkAnswer, NotSearched
from app.ui.flows.card_watch import CardWatch, show_standing, tries_words
from app.ui.flows.number_work import NumberWork
from app.ui.flows.pin_entry import PinFlow, PinKind, Wanted
from app.ui.flows.visit_acts import VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screens.number import NumberScreen

GIVEN, NONE_GIVEN, LINKED = "given", "declined", "linked"
"""What a case may know of a number; the values of ``Kind.MY_NUMBER``."""


class NumberFlow(QObject):
    """``opened``: the screen is needed; ``done``: the state of the number stands in ``Present``.

    ``noted`` carries a ``Message`` to show on the next screen.
    """

    opened = Signal()
    done = Signal()
    noted = Signal(object)

    def __init__(
        self,
        kit: Kit,
        screen: NumberScreen,
        hands: tuple[CardWatch, PinFlow],
        lanes: VisitLanes,
        acts: VisitActs,
    ) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lanes, self._acts = kit, screen, lanes, acts
        self._cards, self._pin = hands
        self._work = NumberWork(acts)
        self._errands = Errands(self)
        self._present: Present | None = None
        self._asking: Asking | None = None
        self._last_try = self._is_busy = False
        screen.confirm_asked.connect(self._on_confirm)
        screen.reader.chosen.connect(self._cards.choose)
        self._cards.stood.connect(partial(show_standing, screen.reader))
        self._cards.counted.connect(self._on_counted)

    def begin(self, present: Present, procedure: Procedure) -> None:
        """Ask only where it is needed: no screen without a number, or where it is linked already."""
        self._present, self._asking = present, Asking(procedure, present.hit, present.capacity, present.evidence)
        self._last_try = self._is_busy = False
        self._screen.wipe()
        offered = ways(self._asking, card=True)
        if not offered:
            self.done.emit()
        elif offered == (Way.LINKED,):
            self._confirm(partial(self._work.without, Way.LINKED))
        else:
            word = self._kit.messages.word
            missing = self._acts.confirm_number.missing(self._asking)
            if missing:
                offered = (Way.DECLINED,)
            self._screen.show_ways([(way.value, word("number_way", way.value)) for way in offered])
            if missing:
                self._say_missing([word("missing", one.value) for one in missing])
            self._on_counted(self._cards.state())
            self._cards.look()
            self.opened.emit()

    def _say_missing(self, missing: list[str]) -> None:
        words = self._kit.texts.number
        text = words.first_text(self._kit.texts.cards.between.join(missing))
        self._screen.banner.show_text("warning", words.first_title, text, words.first_next)

    def end(self) -> None:
        """The visit is over."""
        self._errands.drop()
        self._present = self._asking = None
        self._screen.wipe()

    def _on_counted(self, state: KeyState | None) -> None:
        if state is None:
            self._screen.show_tries({})
            return
        word = self._kit.messages.word
        told = ((Way.CODE_A, state.code_a), (Way.PIN, state.attributes_pin))
        self._screen.show_tries({
            way.value: tries_words(self._kit, word("number_way", way.value), tries) for way, tries in told
        })

    def _on_confirm(self, way: str, paper: str, entry: Secret) -> None:
        if self._is_busy or self._present is None:
            entry.wipe()
        elif way == Way.PAPER:
            self._confirm(partial(self._work.by_paper, paper, entry))
        elif way == Way.DECLINED:
            self._confirm(partial(self._work.without, Way.DECLINED))
        elif (at := self._cards.at()) is None:
            entry.wipe()
            self._on_failed(self._cards.why_none())
        elif way == Way.PIN:
            self._ask_pin(at)
        else:
            self._confirm(partial(self._work.by_card, Way(way), (at, self._last_try, entry)), on_reader=True)

    def _ask_pin(self, at: Insertion) -> None:
        """The resident enters it; what comes back goes to the card at once."""
        state = self._cards.state()
        tries = state.attributes_pin if state is not None else None
        if isinstance(tries, Blocked):
            self._on_failed(CodeBlocked(key=Key.ATTRIBUTES_PIN))
            return
        left = tries.left if isinstance(tries, TriesLeft) else None
        self._pin.ask(Wanted(PinKind.ATTRIBUTES, left, self._cards.has_pad(at), partial(self._on_pin, at)))

    def _on_pin(self, at: Insertion, entry: Secret | None, last_try: bool) -> None:  # noqa: FBT001 -- as PinFlow calls
        self._confirm(partial(self._work.by_card, Way.PIN, (at, last_try, entry)), on_reader=True)

    def _confirm(self, work: Callable[[Press, Present, Asking], NumberConfirmed], *, on_reader: bool = False) -> None:
        if self._present is None or self._asking is None:
            return
        self._is_busy = True
        self._screen.show_busy()
        lane = self._lanes.reader if on_reader else self._lanes.store
        self._errands.run(
            lane, partial(work, self._acts.press(), self._present, self._asking), self._on_confirmed, self._on_failed
        )

    def _on_confirmed(self, confirmed: NumberConfirmed) -> None:
        present, words = self._present, self._kit.texts.number
        self._pin.end()
        if present is None:
            return
        self._is_busy = self._last_try = False
        present.evidence = (*present.evidence, confirmed.evidence)
        if confirmed.image is not None:
            self._screen.show_image(confirmed.image.png)
        if confirmed.number is not None:
            self._is_busy = True
            search = partial(self._work.search, self._acts.press(), present, confirmed.number)
            self._errands.run(self._lanes.office, search, self._on_searched, self._on_not_searched)
        elif confirmed.way in {Way.LINKED, Way.DECLINED}:
            present.number_state = LINKED if confirmed.way is Way.LINKED else NONE_GIVEN
            self.done.emit()
        elif confirmed.evidence.result != CONFIRMED:
            self._say(words.not_confirmed_title, words.not_confirmed_text, words.not_confirmed_next)

    def _on_searched(self, found: Found) -> None:
        present, words = self._present, self._kit.texts.number
        if present is None:
            return
        self._is_busy = False
        if isinstance(found, Opened) and present.record is None:
            present.record = found.record
        elif not _is_same(found, present):
            self._say(words.other_person_title, words.other_person_text, words.other_person_next)
            return
        present.number_state = GIVEN
        if isinstance(found, Nobody):
            self._search_outside(present)
        else:
            self.done.emit()

    def _search_outside(self, present: Present) -> None:
        """Nobody in the register: the resident network is asked if law and right allow it, else it is told why."""
        asking, four = self._asking, present.card
        if asking is None:
            return
        press, search = self._acts.press(), self._acts.search_network
        barred = search.offered(present.session, asking.procedure, press)
        if barred is not None or four is None:
            self._on_outside(barred or FoundOutside((), more=False))
            return
        work = partial(search, press, present.session, present.visit, asking.procedure, four)
        self._errands.run(self._lanes.office, work, self._on_outside, self._on_not_searched)

    def _on_outside(self, answer: NetworkAnswer) -> None:
        words = self._kit.texts.number
        if isinstance(answer, NotSearched):
            why = self._kit.messages.word("network_withheld", answer.reason.value)
        else:
            why = self._listed(answer) if answer.people else words.network_none
        self.noted.emit(Message(words.nobody_title, f"{words.nobody_text}{why}", words.nobody_next, ""))
        self.done.emit()

    def _listed(self, answer: FoundOutside) -> str:
        """Each whom the network names, on a line of their own."""
        words, word = self._kit.texts.number, self._kit.messages.word
        people = [one.four for one in answer.people]
        lines = [
            words.network_person(four.name, wareki(four.birth), word("sex", four.sex.value), four.address)
            for four in people
        ]
        more = [words.network_more] if answer.more else []
        return "\n".join((words.network_found(len(people)), *lines, *more))

    def _on_not_searched(self, error: AppError) -> None:
        """The number was confirmed; that the register can't be asked now is said and stops nothing."""
        self._is_busy = False
        if self._present is not None:
            self._present.number_state = GIVEN
            self.noted.emit(self._kit.messages.of(error))
            self.done.emit()

    def _on_failed(self, error: AppError) -> None:
        self._is_busy = False
        message = self._kit.messages.of(error)
        self._pin.end()
        if isinstance(error, PadFailed | PinNotTyped):
            self._cards.distrust_pad()
        self._cards.count()
        if isinstance(error, LastTry):
            self._last_try = True
            self._screen.show_last_try(message.title, message.why, message.next)
            return
        self._last_try = False
        words = self._kit.texts.number
        if self._screen.way() == Way.CODE_A and isinstance(error, NoNumberLeave | NotAllowed):
            offline = isinstance(error, NoNumberLeave)
            self._screen.banner.show_text(
                "error",
                words.no_leave_title,
                words.no_leave_line if offline else words.no_leave_right,
                words.no_leave_next,
            )
        else:
            self._screen.banner.show_message(message)
        if self._asking is not None:
            self.opened.emit()
            self._screen.show_again()

    def _say(self, title: str, text: str, advice: str) -> None:
        self._screen.banner.show_text("error", title, text, advice)
        self._screen.show_again()


def _is_same(found: Found, present: Present) -> bool:
    """Whether the number belongs to who is open; a number that the register does not know contradicts nobody."""
    if isinstance(found, Nobody):
        return True
    hits = found.hits if isinstance(found, Several) else (found.record.hit,)
    return present.hit is not None and present.hit.business_number in {hit.business_number for hit in hits}
