"""Confirming who stands here: by the chip of the card, or by eye; a card that goes wrong stops nothing."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.clock import business_date
from app.domain.era import wareki
from app.domain.person import Capacity
from app.domain.secret import Secret
from app.errors import AppError, CardRemoved, LastTry, NoCard, NoReader, ServiceDown, WhichReader, WrongCode
from app.services.card_port import (
    Blocked,
    CardExpiry,
    FaceReading,
    Insertion,
    KeyState,
    Progress,
    ReadersSeen,
    Stage,
    TriesLeft,
    Watch,
)
from app.services.confirm_person import CONFIRMED
from app.ui.background import Ticket
from app.ui.flows.visit_acts import VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screens.identify import CardShown, IdentifyScreen
from app.ui.screens.identify_eye import EyeScreen
from app.wire.desk import Evidence


class IdentifyFlow(QObject):
    """``confirmed``: the present visit's person is confirmed, its evidence and card are in ``Present``.

    Readers are watched from ``watch`` to ``unwatch``; what they say comes from another thread and is queued here.
    """

    confirmed = Signal()
    eye_opened = Signal()
    card_opened = Signal()
    readers_changed = Signal(object)
    _came = Signal(object, object)

    def __init__(self, kit: Kit, screens: tuple[IdentifyScreen, EyeScreen], lanes: VisitLanes, acts: VisitActs) -> None:
        screen, eye = screens
        super().__init__(screen)
        self._kit, self._screen, self._eye, self._lanes, self._acts = kit, screen, eye, lanes, acts
        self._errands = Errands(self)
        self._present: Present | None = None
        self._reading: FaceReading | None = None
        self._at: Insertion | None = None
        self._stop: Ticket | None = None
        self._last_try = False
        self._unwatch = acts.readers.watch(self.readers_changed.emit)
        self.readers_changed.connect(self._on_seen, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        screen.read_asked.connect(self._on_read)
        screen.cancel_asked.connect(self._on_cancel)
        screen.confirm_asked.connect(self._on_confirm)
        screen.by_eye_asked.connect(self._on_by_eye)
        eye.confirm_asked.connect(self._on_eye)
        eye.card_asked.connect(self.card_opened)

    def begin(self, present: Present) -> None:
        """A person has come: nothing is known yet."""
        self._present, self._reading, self._at, self._last_try = present, None, None, False
        self._screen.wipe()
        self._eye.wipe()
        self._on_seen(self._acts.readers.seen())

    def end(self) -> None:
        """The visit is over: answers still on their way are dropped, nothing stays on the screens."""
        self._on_cancel()
        self._errands.drop()
        self._present = self._reading = self._stop = None
        self._screen.wipe()
        self._eye.wipe()

    def close(self) -> None:
        """Watch the readers no more; the program ends."""
        self._unwatch()

    def card_at(self) -> Insertion | None:
        """The one card that lies on a reader now."""
        cards = self._acts.readers.seen().cards
        return cards[0] if len(cards) == 1 else None

    @Slot(object)
    def _on_seen(self, seen: ReadersSeen) -> None:
        if self._present is None:
            return
        words, show = self._kit.texts.identify, self._screen.show_reader
        if not seen.service_runs:
            show(words.reader_off, "error")
        elif not seen.readers:
            show(words.reader_none, "warning")
        elif any(reader.mute for reader in seen.readers):
            show(words.reader_mute, "warning")
        elif len(seen.cards) > 1:
            show(words.reader_several, "warning")
        elif seen.cards:
            show(words.reader_card, "success")
        else:
            show(words.reader_empty, "information")
        self._note_card(seen.cards[0] if len(seen.cards) == 1 else None)

    def _note_card(self, at: Insertion | None) -> None:
        if at == self._at:
            return
        self._at, self._last_try = at, False
        self._screen.show_tries(self._kit.texts.identify.tries_asking if at else "", "quiet")
        if at is not None and self._stop is None:
            self._ask_tries(at)

    def _ask_tries(self, at: Insertion) -> None:
        self._errands.run(
            self._lanes.reader, partial(self._acts.read_card.tries, at), self._on_tries, self._on_no_tries
        )

    def _on_tries(self, state: KeyState) -> None:
        if state.insertion != self._at:
            return
        words = self._kit.texts.identify
        match state.attributes_b:
            case TriesLeft(left):
                self._screen.show_tries(words.tries(left), "warning" if left <= 3 else "quiet")  # noqa: PLR2004 -- few
            case Blocked():
                self._screen.show_tries(words.tries_blocked, "error")
            case _:
                self._screen.show_tries(words.tries_unknown, "quiet")

    def _on_no_tries(self, _error: AppError) -> None:
        """Asking ahead is a courtesy: a card that is gone says so when it is read."""
        self._screen.show_tries(self._kit.texts.identify.tries_unknown if self._at else "", "quiet")

    def _on_read(self, code: Secret) -> None:
        if self._present is None or self._stop is not None:
            return
        at = self.card_at()
        if at is None:
            code.wipe()
            self._screen.banner.show_message(self._kit.messages.of(_no_card(self._acts.readers.seen())))
            return
        stop = Ticket()
        self._stop, confirmed = stop, self._last_try
        watch = Watch(cancelled=stop.is_cancelled, progress=partial(self._came.emit, stop))
        self._screen.show_progress(self._kit.texts.identify.progress_connecting)
        self._errands.run(
            self._lanes.reader,
            partial(_read, self._acts, at, code, (confirmed, watch)),
            self._on_reading,
            self._on_failed,
        )

    @Slot(object, object)
    def _on_progress(self, stop: Ticket, progress: Progress) -> None:
        if stop is not self._stop:
            return
        words = self._kit.texts.identify
        percent = 0 if not progress.total else min(100, 100 * progress.read // progress.total)
        text = {
            Stage.CONNECTING: words.progress_connecting,
            Stage.ATTRIBUTES: words.progress_attributes,
            Stage.FACE: words.progress_face(percent),
            Stage.NUMBER: words.progress_number,
            Stage.PROVING: words.progress_proving,
        }[progress.stage]
        self._screen.show_progress(text, progress.four)

    def _on_cancel(self) -> None:
        if self._stop is not None:
            self._stop.cancel()

    def _on_reading(self, reading: FaceReading) -> None:
        self._stop, self._last_try = None, False
        self._reading = reading
        words, expiry = self._kit.texts.identify, reading.expiry
        today = business_date(self._kit.clock.now())
        shown = CardShown(
            four=reading.four,
            photo=reading.photo.png if reading.photo else None,
            issuer=reading.proof.issuer,
            record=reading.proof.record,
            chip=reading.proof.chip,
            expiry=_expiry_text(expiry, words.expiry_unknown),
            expired=expiry is not None and expiry.passed(today),
        )
        self._screen.show_card(shown)
        if self._at is not None:
            self._ask_tries(self._at)

    def _on_failed(self, error: AppError) -> None:
        self._stop, self._reading = None, None
        self._screen.forget_card()
        if isinstance(error, LastTry):
            self._last_try = True
            self._screen.show_last_try()
            return
        self._last_try = False
        self._screen.banner.show_message(self._kit.messages.of(error))
        if isinstance(error, WrongCode):
            words = self._kit.texts.identify
            self._screen.show_tries(words.tries(error.left), "warning")
        elif self._at is not None and not isinstance(error, CardRemoved):
            self._ask_tries(self._at)
        self._screen.first_focus().setFocus()

    def _on_confirm(self, same_face: bool) -> None:  # noqa: FBT001 -- as the signal carries it
        present, reading = self._present, self._reading
        if present is None or reading is None:
            return
        present.capacity = _capacity(self._screen)
        press = self._acts.press()
        work = partial(
            self._acts.confirm_person.by_chip, press, present.session, present.visit, reading, same_face=same_face
        )
        self._errands.run(self._lanes.store, work, partial(self._on_evidence, reading), self._on_not_kept)

    def _on_by_eye(self) -> None:
        if self._present is not None:
            self._on_cancel()
            self._present.capacity = _capacity(self._screen)
            self._eye.show_name_asked(asked=self._present.capacity is not Capacity.SELF)
            self.eye_opened.emit()

    def _on_eye(self, kinds: tuple[str, ...], name: str) -> None:
        present = self._present
        if present is None:
            return
        if not self._acts.confirm_person.suffices(kinds):
            self._eye.show_not_enough()
            return
        present.presenter = name
        press = self._acts.press()
        work = partial(self._acts.confirm_person.by_eye, press, present.session, present.visit, kinds)
        self._errands.run(self._lanes.store, work, partial(self._on_evidence, None), self._on_not_kept)

    def _on_evidence(self, reading: FaceReading | None, evidence: Evidence) -> None:
        present = self._present
        if present is None:
            return
        present.evidence = (*present.evidence, evidence)
        if evidence.result != CONFIRMED:
            words = self._kit.texts.identify
            self._screen.banner.show_text(
                "error", words.not_confirmed_title, words.not_confirmed_text, words.not_confirmed_next
            )
            return
        if reading is not None:
            present.presenter, present.card = reading.four.name, reading.four
        self._reading = None
        self.confirmed.emit()

    def _on_not_kept(self, error: AppError) -> None:
        for screen in (self._screen, self._eye):
            screen.banner.show_message(self._kit.messages.of(error))


def _read(acts: VisitActs, at: Insertion, code: Secret, how: tuple[bool, Watch]) -> FaceReading:
    confirmed, watch = how
    try:
        return acts.read_card.by_code_b(at, code.text(), last_try_confirmed=confirmed, watch=watch)
    finally:
        code.wipe()


def _no_card(seen: ReadersSeen) -> AppError:
    if not seen.service_runs:
        return ServiceDown()
    if not seen.readers:
        return NoReader()
    if seen.cards:
        return WhichReader(names="、".join(card.reader for card in seen.cards))
    return NoCard()


def _capacity(screen: IdentifyScreen) -> Capacity:
    return Capacity(screen.capacity() or Capacity.SELF.value)


def _expiry_text(expiry: CardExpiry | None, unknown: str) -> str:
    return unknown if expiry is None else wareki(expiry.day)
