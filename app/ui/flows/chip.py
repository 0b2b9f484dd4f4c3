"""Confirming who stands here by a chip that a PIN, a password or a number opens."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.secret import Secret, secret
from app.errors import AppError, CardRemoved, LastTry, PadFailed, PinNotTyped
from app.services.card_port import Blocked, Insertion, Key, Progress, Stage, Tries, TriesLeft, Watch
from app.services.card_refusals import blocked
from app.services.confirm_person import CONFIRMED
from app.ui.background import Ticket
from app.ui.flows.card_watch import CardWatch, show_standing, tries_words
from app.ui.flows.chip_ways import ChipSeen, ChipWay, Use, stated
from app.ui.flows.pin_entry import PinFlow, PinKind, Wanted
from app.ui.flows.visit_acts import VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screens.identify_chip import ChipScreen
from app.wire.desk import Evidence


class ChipFlow(QObject):
    """``confirmed`` carries the ``ChipSeen`` that confirmed the person; its evidence is in ``Present`` already."""

    confirmed = Signal(object)
    _came = Signal(object, object)

    def __init__(
        self,
        kit: Kit,
        screen: ChipScreen,
        hands: tuple[CardWatch, PinFlow],
        lanes: VisitLanes,
        acts: VisitActs,
    ) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lanes, self._acts = kit, screen, lanes, acts
        self._cards, self._pin = hands
        self._errands = Errands(self)
        self._present: Present | None = None
        self._way: ChipWay | None = None
        self._tries: Mapping[PinKind, Tries] | None = None
        self._seen: ChipSeen | None = None
        self._stop: Ticket | None = None
        self._came.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        self._cards.stood.connect(partial(show_standing, screen.reader))
        self._cards.moved.connect(self._on_moved)
        screen.reader.chosen.connect(self._cards.choose)
        self._pin.cancelled.connect(self._on_cancel)
        screen.start_asked.connect(self._on_start)
        screen.cancel_asked.connect(self._on_cancel)
        screen.confirm_asked.connect(self._on_confirm)

    def begin(self, present: Present, way: ChipWay) -> None:
        """Go this way."""
        self.end()
        self._present, self._way = present, way
        word = self._kit.messages.word
        self._screen.show_way(
            word("confirm_way", way.id),
            word("confirm_way_needs", way.id),
            way.questions,
            number=way.by_number,
            photo=way.has_photo,
        )
        self._cards.look()
        self._count()

    def end(self) -> None:
        """The visit is over, or another way is chosen."""
        self._on_cancel()
        self._errands.drop()
        self._present = self._way = self._seen = self._stop = None
        self._tries = None
        self._screen.wipe()

    def _on_moved(self, at: Insertion | None) -> None:
        if self._way is None:
            return
        self._tries = None
        self._screen.show_tries(())
        if at is not None and self._seen is not None and self._seen.insertion != at:
            words = self._kit.texts.identify
            self._seen = None
            self._screen.show_idle()
            self._screen.banner.show_text(
                "warning", words.other_card_title, words.other_card_text, words.other_card_next
            )
            self._screen.first_focus().setFocus()
        self._count()

    def _count(self) -> None:
        at, way = self._cards.at(), self._way
        if at is not None and way is not None and way.pins and self._stop is None:
            self._errands.run(self._lanes.reader, partial(way.tries, at), self._on_counted, lambda _: None)

    def _on_counted(self, tries: Mapping[PinKind, Tries]) -> None:
        if self._way is None:
            return
        self._tries = tries
        word = self._kit.messages.word
        self._screen.show_tries([
            tries_words(self._kit, word("pin_name", pin.value), tries.get(pin)) for pin in self._pins()
        ])

    def _on_start(self, number: str) -> None:
        if self._present is None or self._way is None or self._stop is not None:
            return
        at = self._cards.at()
        if at is None:
            self._on_failed(self._cards.why_none())
        elif self._way.by_number:
            self._read(at, [secret(number)], last_try=False)
        else:
            self._ask(at, [], last_try=False)

    def _ask(self, at: Insertion, entries: list[Secret | None], *, last_try: bool) -> None:
        """Have the next PIN entered; with the last one the card is read."""
        pins = self._pins()
        if len(entries) == len(pins):
            self._read(at, entries, last_try=last_try)
            return
        kind = pins[len(entries)]
        tries = (self._tries or {}).get(kind)
        if isinstance(tries, Blocked):
            _wipe(entries)
            self._on_failed(blocked(Key(kind.value)))
            return
        left = tries.left if isinstance(tries, TriesLeft) else None

        def entered(entry: Secret | None, last: bool) -> None:  # noqa: FBT001 -- as PinFlow calls
            self._ask(at, [*entries, entry], last_try=last_try or last)

        self._pin.ask(Wanted(kind, left, self._cards.has_pad(at), entered))

    def _pins(self) -> tuple[PinKind, ...]:
        """Those that this card wants: a card that was asked and named none wants none."""
        if self._way is None or self._tries == {}:
            return ()
        return self._way.pins

    def _read(self, at: Insertion, entries: list[Secret | None], *, last_try: bool) -> None:
        present, way = self._present, self._way
        if present is None or way is None:
            _wipe(entries)
            return
        stop = Ticket()
        self._stop = stop
        watch = Watch(cancelled=stop.is_cancelled, progress=partial(self._came.emit, stop))
        use = Use(at, self._acts.press(), present.session, present.visit.visit_id, last_try, watch)
        self._screen.show_begun(self._kit.texts.chip_way.progress)
        self._errands.run(self._lanes.reader, partial(_read, way, use, entries), self._on_seen, self._on_failed)

    @Slot(object, object)
    def _on_progress(self, stop: Ticket, progress: Progress) -> None:
        if stop is not self._stop:
            return
        words = self._kit.texts.chip_way
        steps = {Stage.PIN_PAD: words.progress_pad, Stage.CERTIFICATE: words.progress_certificate}
        text = steps.get(progress.stage, words.progress)
        self._screen.show_step(text, stated(progress.four) if progress.four is not None else None)

    def _on_cancel(self) -> None:
        if self._stop is not None:
            self._stop.cancel()

    def _on_seen(self, seen: ChipSeen) -> None:
        self._stop, self._seen = None, seen
        self._pin.end()
        self._screen.show_proof(seen.shown)
        self._count()

    def _on_failed(self, error: AppError) -> None:
        self._stop = self._seen = None
        self._pin.end()
        self._screen.show_idle()
        if isinstance(error, PadFailed | PinNotTyped):
            self._cards.distrust_pad()
        if isinstance(error, LastTry):
            self._tries = None
        self._screen.banner.show_message(self._kit.messages.of(error))
        if not isinstance(error, CardRemoved):
            self._count()
        self._screen.first_focus().setFocus()

    def _on_confirm(self, same_face: bool) -> None:  # noqa: FBT001 -- as the signal carries it
        present, seen = self._present, self._seen
        if present is None or seen is None:
            return
        confirm = self._acts.confirm_person.by_check
        work = partial(confirm, self._acts.press(), present.session, present.visit, seen.check, same_face=same_face)
        self._errands.run(self._lanes.store, work, partial(self._on_evidence, seen), self._on_failed)

    def _on_evidence(self, seen: ChipSeen, evidence: Evidence) -> None:
        present = self._present
        if present is None:
            return
        present.evidence = (*present.evidence, evidence)
        if evidence.result == CONFIRMED:
            self.confirmed.emit(seen)
            return
        words = self._kit.texts.chip_way
        self._screen.banner.show_text(
            "error", words.not_confirmed_title, words.not_confirmed_text, words.not_confirmed_next
        )


def _read(way: ChipWay, use: Use, entries: list[Secret | None]) -> ChipSeen:
    try:
        return way.read(use, entries)
    finally:
        _wipe(entries)


def _wipe(entries: list[Secret | None]) -> None:
    for entry in entries:
        if entry is not None:
            entry.wipe()
