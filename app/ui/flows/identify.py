"""Confirming who stands here: by the chip of the card, or by eye; a card that goes wrong stops nothing."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from app.domain.card_pace import estimate_s
from app.domain.clock import business_date
from app.domain.era import wareki
from app.domain.person import Capacity
from app.domain.secret import Secret
from app.domain.verdict import NotChecked
from app.errors import AppError, CardRemoved, LastTry, WrongCode
from app.services.card_port import (
    CardExpiry,
    FaceReading,
    Insertion,
    KeyState,
    Progress,
    ReaderSeen,
    Stage,
    TriesLeft,
    Watch,
)
from app.services.confirm_person import CONFIRMED
from app.ui.background import Ticket
from app.ui.flows.card_watch import CardWatch, show_standing, tries_words
from app.ui.flows.chip_ways import stated
from app.ui.flows.visit_acts import VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screens.identify import IdentifyScreen
from app.ui.widgets.chip import Kind
from app.ui.widgets.proof_panel import Expiry, ProofShown
from app.wire.desk import Evidence


class IdentifyFlow(QObject):
    """``confirmed``: the present visit's person is confirmed, its evidence and card are in ``Present``."""

    confirmed = Signal()
    eye_asked = Signal()
    ways_asked = Signal()
    _came = Signal(object, object)

    def __init__(
        self,
        kit: Kit,
        screen: IdentifyScreen,
        cards: CardWatch,
        lanes: VisitLanes,
        acts: VisitActs,
    ) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lanes, self._acts = kit, screen, lanes, acts
        self._cards = cards
        self._errands = Errands(self)
        self._present: Present | None = None
        self._reading: FaceReading | None = None
        self._stop: Ticket | None = None
        self._last_try = False
        self._came.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        cards.stood.connect(partial(show_standing, screen.reader))
        cards.moved.connect(self._on_moved)
        cards.counted.connect(self._on_counted)
        cards.asking.connect(lambda: screen.show_tries(kit.texts.identify.tries_asking, "quiet"))
        screen.reader.chosen.connect(cards.choose)
        screen.read_asked.connect(self._on_read)
        screen.cancel_asked.connect(self._on_cancel)
        screen.confirm_asked.connect(self._on_confirm)
        screen.by_eye_asked.connect(partial(self._leave, self.eye_asked))
        screen.ways_asked.connect(partial(self._leave, self.ways_asked))

    def begin(self, present: Present) -> None:
        """A person has come: nothing is known yet."""
        self._present, self._reading, self._last_try = present, None, False
        self._screen.wipe()
        self._cards.begin()

    def end(self) -> None:
        """The visit is over: answers still on their way are dropped, nothing stays on the screens."""
        self._on_cancel()
        self._errands.drop()
        self._cards.end()
        self._present = self._reading = self._stop = None
        self._screen.wipe()

    def _on_moved(self, at: Insertion | None) -> None:
        """Another card lies there, or none: what another one stated is gone from the screen."""
        self._last_try = False
        reading = self._reading
        if at is not None and reading is not None and reading.insertion != at:
            words = self._kit.texts.identify
            self._reading = None
            self._screen.forget_card()
            self._screen.banner.show_text(
                "warning", words.other_card_title, words.other_card_text, words.other_card_next
            )
            self._screen.first_focus().setFocus()

    def _on_counted(self, state: KeyState | None) -> None:
        if state is not None:
            self._screen.show_tries(*self._tries(state))
        else:
            self._screen.show_tries("", "quiet")

    def _on_read(self, code: Secret) -> None:
        if self._present is None or self._stop is not None:
            return
        at = self._cards.at()
        if at is None:
            code.wipe()
            self._screen.banner.show_message(self._kit.messages.of(self._cards.why_none()))
            return
        stop = Ticket()
        self._stop, confirmed = stop, self._last_try
        watch = Watch(cancelled=stop.is_cancelled, progress=partial(self._came.emit, stop))
        self._screen.show_begun(self._estimate(at))
        self._screen.show_progress(self._kit.texts.identify.progress_connecting)
        self._errands.run(
            self._lanes.reader,
            partial(_read, self._acts, at, code, (confirmed, watch)),
            self._on_reading,
            self._on_failed,
        )

    def _estimate(self, at: Insertion) -> float:
        readers = self._acts.readers.seen().readers
        reader = next((one for one in readers if one.insertion == at), ReaderSeen(at.reader))
        return estimate_s(reader.atr)

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
        self._screen.show_progress(text, stated(progress.four) if progress.four is not None else None)

    def _on_cancel(self) -> None:
        if self._stop is not None:
            self._stop.cancel()

    def _on_reading(self, reading: FaceReading) -> None:
        self._stop, self._last_try = None, False
        self._reading = reading
        self._screen.show_card(self._shown(reading))
        self._cards.count()

    def _shown(self, reading: FaceReading) -> ProofShown:
        proof, expiry = reading.proof, reading.expiry
        verdicts = (
            ("issuer", proof.issuer),
            ("record", proof.record),
            ("chip", proof.chip),
            ("revocation", NotChecked("revocation_not_asked")),
        )
        photo = reading.photo.png if reading.photo else None
        return ProofShown(stated(reading.four), photo, verdicts, self._expiry(expiry))

    def _expiry(self, expiry: CardExpiry | None) -> Expiry:
        if expiry is None:
            return Expiry(self._kit.texts.proof.expiry_unknown)
        return Expiry(wareki(expiry.day), passed=expiry.passed(business_date(self._kit.clock.now())))

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
            name = self._kit.texts.identify.code
            self._screen.show_tries(tries_words(self._kit, name, TriesLeft(error.left))[0], "warning")
        elif not isinstance(error, CardRemoved):
            self._cards.count()
        self._screen.first_focus().setFocus()

    def _tries(self, state: KeyState) -> tuple[str, Kind]:
        return tries_words(self._kit, self._kit.texts.identify.code, state.code_b)

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

    def _leave(self, asked: SignalInstance) -> None:
        """The clerk goes another way."""
        if self._present is not None:
            self._on_cancel()
            self._present.capacity = _capacity(self._screen)
            asked.emit()

    def _on_evidence(self, reading: FaceReading, evidence: Evidence) -> None:
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
        present.by_questions = False
        present.presenter, present.card, present.card_at = reading.four.name, reading.four, reading.insertion
        self._reading = None
        self.confirmed.emit()

    def _on_not_kept(self, error: AppError) -> None:
        self._screen.banner.show_message(self._kit.messages.of(error))


def _read(acts: VisitActs, at: Insertion, code: Secret, how: tuple[bool, Watch]) -> FaceReading:
    confirmed, watch = how
    try:
        return acts.read_card.by_code_b(at, code.text(), last_try_confirmed=confirmed, watch=watch)
    finally:
        code.wipe()


def _capacity(screen: IdentifyScreen) -> Capacity:
    return Capacity(screen.capacity() or Capacity.SELF.value)
