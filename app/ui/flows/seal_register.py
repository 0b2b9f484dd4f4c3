"""印鑑登録 at the window: what a person has, a new registration with its imprint, answers and ends."""

from functools import partial

from PySide6.QtCore import QObject

from app.domain.era import wareki
from app.errors import AppError
from app.services.tend_seals import Registered
from app.ui.flows.certificate_acts import CertificateActs, asker
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screens.seal_register import SealEntered, SealScreen, SealShown
from app.ui.widgets.chip import Kind
from app.wire.seal import AnswerLetter, CancelSeal, RegisterSeal, SealRow, Seals

_TONES: dict[str, Kind] = {"asked": "information", "active": "success", "cancelled": "quiet"}


class SealFlow(QObject):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: SealScreen, acts: CertificateActs) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._acts = kit, screen, acts
        self._errands = Errands(self)
        self._present: Present | None = None
        self._imprint = b""
        self._rows: tuple[SealRow, ...] = ()
        screen.imprint_asked.connect(self._on_imprint)
        screen.register_asked.connect(self._on_register)
        screen.answer_asked.connect(self._on_answer)
        screen.cancel_asked.connect(self._on_cancel)

    def begin(self, present: Present) -> None:
        """The person is known; the office says what is registered."""
        self._present, self._imprint = present, b""
        self._screen.wipe()
        self._screen.banner.show_text("information", self._kit.texts.seal.working)
        self._load("")

    def end(self) -> None:
        """The visit is over."""
        self._errands.drop()
        self._present, self._imprint, self._rows = None, b"", ()
        self._screen.wipe()

    def _load(self, said: str) -> None:
        present = self._present
        if present is None or present.hit is None:
            return
        work = partial(
            self._acts.seals.seals, self._acts.press(), present.session, present.visit, present.hit.business_number
        )
        self._errands.run(self._acts.lane, work, partial(self._on_seals, said), self._on_failed)

    def _on_seals(self, said: str, seals: Seals) -> None:
        present = self._present
        if present is None:
            return
        self._rows = seals.rows
        ways = tuple((name, title) for name, title, by in seals.ways if present.capacity.value in by)
        name, _ = asker(present)
        who = f"{name}（{self._kit.messages.word('capacity', present.capacity.value)}）"
        self._screen.show_person(who, (ways, seals.shapes, seals.reasons, seals.exemptions), seals.fee)
        self._screen.show_seals([self._shown(row) for row in seals.rows])
        if said:
            self._screen.banner.show_text("success", said)
        else:
            self._screen.banner.clear()

    def _on_imprint(self) -> None:
        if self._present is not None and (png := self._acts.pick()):
            self._imprint = png
            self._screen.show_imprint(png)

    def _on_register(self, entered: SealEntered) -> None:
        present = self._present
        if present is None or present.hit is None:
            return
        (name, number), press = asker(present), self._acts.press()
        asked = RegisterSeal(
            seal_id=press.key, business_number=present.hit.business_number, way=entered.way, text=entered.text,
            shape=entered.shape, imprint=self._imprint, capacity=present.capacity.value, presenter_name=name,
            evidence=present.evidence, presenter=number, guardianship=entered.guardianship,
            guarantor=entered.guarantor, guarantor_card=entered.guarantor_card, exemption=entered.exemption,
            visit_id=present.visit.visit_id,
        )  # fmt: skip
        work = partial(self._acts.seals.register, press, present.session, asked)
        self._errands.run(self._acts.lane, work, self._on_registered, self._on_failed)

    def _on_registered(self, done: Registered) -> None:
        words = self._kit.texts.seal
        self._imprint = b""
        self._screen.clear_entry()
        if done.letter is not None:
            self._load(words.done_asked)
            self._acts.show_paper(words.letter_paper, done.letter)
        else:
            self._load(words.done_registered(done.row.card))

    def _on_answer(self, seal_id: str, letter: str) -> None:
        present, row = self._present, self._row(seal_id)
        if present is None or row is None:
            return
        name, number = asker(present)
        asked = AnswerLetter(
            seal_id=seal_id, version=row.version, letter=letter, capacity=present.capacity.value, presenter_name=name,
            evidence=present.evidence, presenter=number, visit_id=present.visit.visit_id,
        )  # fmt: skip
        work = partial(self._acts.seals.answer, self._acts.press(), present.session, asked)
        words = self._kit.texts.seal
        self._errands.run(
            self._acts.lane, work, lambda done: self._load(words.done_registered(done.card)), self._on_failed
        )

    def _on_cancel(self, seal_id: str, reason: str) -> None:
        present, row = self._present, self._row(seal_id)
        if present is None or row is None:
            return
        name, number = asker(present)
        asked = CancelSeal(
            seal_id=seal_id, version=row.version, reason=reason, capacity=present.capacity.value, presenter_name=name,
            evidence=present.evidence, presenter=number, visit_id=present.visit.visit_id,
        )  # fmt: skip
        work = partial(self._acts.seals.cancel, self._acts.press(), present.session, asked)
        words = self._kit.texts.seal
        self._errands.run(self._acts.lane, work, lambda _: self._load(words.done_cancelled), self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self._screen.banner.show_message(self._kit.messages.of(error))

    def _row(self, seal_id: str) -> SealRow | None:
        return next((one for one in self._rows if one.seal_id == seal_id), None)

    def _shown(self, row: SealRow) -> SealShown:
        day = row.cancelled_on or row.registered_on
        return SealShown(
            seal_id=row.seal_id,
            state=self._kit.messages.word("seal_state", row.state),
            tone=_TONES[row.state],
            text=row.text,
            card=row.card,
            day="" if day is None else wareki(day),
            letter=row.letter,
            why=row.cancelled_why,
            may=row.may,
        )
