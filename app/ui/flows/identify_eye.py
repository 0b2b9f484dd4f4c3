"""Confirming who stands here without a chip: by documents that the clerk looks at, or not at all."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.person import Capacity
from app.errors import AppError
from app.services.confirm_person import CONFIRMED
from app.ui.flows.visit_acts import VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screens.identify_eye import EyeScreen
from app.wire.desk import Evidence


class EyeFlow(QObject):
    """``opened``: the screen is needed; ``confirmed``: the visit goes on, its evidence is in ``Present``."""

    opened = Signal(object)
    confirmed = Signal()

    def __init__(self, kit: Kit, screen: EyeScreen, lanes: VisitLanes, acts: VisitActs) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lanes, self._acts = kit, screen, lanes, acts
        self._errands = Errands(self)
        self._present: Present | None = None
        screen.confirm_asked.connect(self._on_shown)

    def begin(self, present: Present) -> None:
        """A person has come."""
        self.end()
        self._present = present

    def end(self) -> None:
        """The visit is over."""
        self._errands.drop()
        self._present = None
        self._screen.wipe()

    def show(self) -> None:
        """The clerk looks at documents."""
        if self._present is not None:
            self._screen.show_name_asked(asked=self._present.capacity is not Capacity.SELF)
            self.opened.emit(self._screen)

    def go_on_unconfirmed(self, *, by_questions: bool) -> None:
        """Nobody is confirmed: the visit goes on and that is kept; or questions are asked once a record is open."""
        present = self._present
        if present is None:
            return
        present.by_questions = by_questions
        if by_questions:
            self.confirmed.emit()
        else:
            self._keep(present, (), self._on_unconfirmed)

    def _on_shown(self, kinds: tuple[str, ...], name: str) -> None:
        present = self._present
        if present is None:
            return
        if not self._acts.confirm_person.suffices(kinds):
            self._screen.show_not_enough()
            return
        present.presenter, present.card_at = name, None
        self._keep(present, kinds, self._on_evidence)

    def _keep(self, present: Present, kinds: tuple[str, ...], kept: Callable[[Evidence], None]) -> None:
        press = self._acts.press()
        work = partial(self._acts.confirm_person.by_eye, press, present.session, present.visit, kinds)
        self._errands.run(self._lanes.store, work, kept, self._on_not_kept)

    def _on_evidence(self, evidence: Evidence) -> None:
        if self._present is not None and evidence.result == CONFIRMED:
            self._present.by_questions = False
            self._on_unconfirmed(evidence)

    def _on_unconfirmed(self, evidence: Evidence) -> None:
        if self._present is not None:
            self._present.evidence = (*self._present.evidence, evidence)
            self.confirmed.emit()

    def _on_not_kept(self, error: AppError) -> None:
        self._screen.banner.show_message(self._kit.messages.of(error))
