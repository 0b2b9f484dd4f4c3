"""Checking the readers in plain words: what stands in the way of reading a card, and what to do about it."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.services.card_values import Blocked, Tries, TriesLeft
from app.services.check_readers import CardAnswers, ReaderChecked, ReadersChecked
from app.ui.flows.card_watch import FEW
from app.ui.flows.visit_acts import VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.readers import ReaderShown, ReadersScreen
from app.ui.widgets.chip import Kind


class ReadersFlow(QObject):
    """Between two visits. ``left``: back to where the clerk came from."""

    left = Signal()

    def __init__(self, kit: Kit, screen: ReadersScreen, lanes: VisitLanes, acts: VisitActs) -> None:
        super().__init__(screen)
        self._kit, self._words, self._screen = kit, kit.texts.readers, screen
        self._lanes, self._acts = lanes, acts
        self._errands = Errands(self)
        self._is_open = False
        screen.check_asked.connect(self.look)
        screen.back_asked.connect(self._on_back)

    def begin(self) -> None:
        """The screen is open: look at once."""
        self._is_open = True
        self._screen.wipe()
        self.look()

    def end(self) -> None:
        """Nothing of any card stays."""
        self._is_open = False
        self._errands.drop()
        self._screen.wipe()

    def look(self) -> None:
        """Ask everything anew."""
        if self._is_open:
            self._screen.show_checking()
            self._errands.run(self._lanes.reader, self._acts.check_readers, self._on_checked, self._on_failed)

    def _on_back(self) -> None:
        self.end()
        self.left.emit()

    def _on_checked(self, found: ReadersChecked) -> None:
        if self._is_open:
            self._screen.show_checked(runs=found.service_runs, readers=[self._shown(one) for one in found.readers])

    def _on_failed(self, error: AppError) -> None:
        self._screen.banner.show_message(self._kit.messages.of(error))

    def _shown(self, one: ReaderChecked) -> ReaderShown:
        words = self._words
        shown = partial(ReaderShown, one.seen.name + (words.with_pad if one.seen.pin_pad else ""))
        if one.trouble is not None:
            message = self._kit.messages.of(one.trouble)
            return shown(message.title, "error", words.unread, message.next)
        if one.answers is None:
            if one.seen.mute:
                cards = self._kit.texts.cards
                return shown(cards.mute, "warning", words.unread, cards.mute_next)
            return shown(words.ready, "success", words.empty, words.put_card)
        if not any(keys is not None for keys in one.answers.applications.values()):
            cards = self._kit.texts.cards
            return shown(words.unknown, "warning", words.nothing_known, cards.unknown_next)
        card = self._card(one.answers)
        time_s = words.takes(max(1, round(one.reading_s)))
        return shown(words.answering, "success", card, time_s, self._answers(one.answers))

    def _card(self, answers: CardAnswers) -> str:
        """What lies there, told from what answers."""
        word = self._kit.messages.word
        if answers.token is not None:
            return word("token", answers.token.value)
        names = [name for name, keys in answers.applications.items() if keys is not None]
        return self._kit.texts.cards.between.join(word("card_application", name) for name in names)

    def _answers(self, answers: CardAnswers) -> tuple[tuple[str, str, Kind], ...]:
        word, words, rows = self._kit.messages.word, self._words, list[tuple[str, str, Kind]]()
        for name, keys in answers.applications.items():
            if keys is None:
                rows.append((word("card_application", name), words.no_answer, "quiet"))
            elif not keys:
                rows.append((word("card_application", name), words.uncounted, "success"))
            for key, tries in (keys or {}).items():
                text, kind = self._tries(tries)
                rows.append((word("card_application", name), f"{word('card_key', key.value)}　{text}", kind))
        if (there := answers.certificates) is not None:
            for purpose, is_there in (
                ("user_authentication", there.user_authentication),
                ("digital_signature", there.digital_signature),
            ):
                rows.append((word("certificate", purpose), words.there if is_there else words.absent, "quiet"))
        return tuple(rows)

    def _tries(self, tries: Tries) -> tuple[str, Kind]:
        words = self._kit.texts.ways
        match tries:
            case TriesLeft(left):
                return words.left(left), "warning" if left <= FEW else "success"
            case Blocked():
                return words.blocked, "error"
            case _:
                return self._words.uncounted, "quiet"
