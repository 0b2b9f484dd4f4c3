"""What has not arrived at the office is looked after: tried at once, tried again, or closed with its reason."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from app.services.ports.memory import Kind, OutgoingState, Standing
from app.services.ports.seat import Press, Session
from app.services.tend_outgoing import REASONS, TendOutgoing, may_tend
from app.ui.background import Lane
from app.ui.flows.visit_state import Errands, nothing
from app.ui.flows.waiting import moment
from app.ui.kit import Kit
from app.ui.screens.outgoing import ItemShown, OutgoingScreen

_LOOK_MS = 2_000
"""How often the open list is read anew: items leave it by themselves. Assumed."""


@dataclass(frozen=True, slots=True)
class OutgoingActs:
    """The use case and what makes a key press."""

    press: Callable[[], Press]
    tend: TendOutgoing


def item_shown(kit: Kit, one: OutgoingState, *, may_act: bool) -> ItemShown:
    """The item in words."""
    words, word = kit.texts.outgoing, kit.messages.word
    dead, now = one.standing is Standing.DEAD, kit.clock.now()
    message = kit.messages.of_code(one.cause)
    own = word("outgoing_why", one.cause)
    told = f"{Kind(one.kind).value}.{one.standing.value}" if one.kind is Kind.HAND_IN else "other"
    return ItemShown(
        item_id=one.item_id,
        what=word("outgoing_kind", Kind(one.kind).value),
        state=word("outgoing_cause", one.cause),
        laid_at=moment(one.created_at, now),
        tries=words.times(one.attempts),
        next_try=words.none if dead else words.at_once if one.next_at <= now else moment(one.next_at, now),
        who=word("who_can_act", one.can_act),
        why=own if own != one.cause else words.on_its_way if message is None else message.why,
        advice=words.nothing_to_do if message is None else message.next,
        tell=word("outgoing_tell", told),
        given_up=dead,
        may_act=may_act,
    )


class OutgoingFlow(QObject):
    """Works between ``begin`` and ``end``. ``left``: back to where the person came from."""

    left = Signal()

    def __init__(self, kit: Kit, store: Lane, acts: OutgoingActs) -> None:
        self.screen = OutgoingScreen(kit, [(reason, kit.messages.word("laid_aside", reason)) for reason in REASONS])
        super().__init__(self.screen)
        self._kit, self._words, self._store, self._acts = kit, kit.texts.outgoing, store, acts
        self._errands = Errands(self)
        self._session: Session | None = None
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self.look)
        screen = self.screen
        screen.refresh_asked.connect(self.look)
        screen.hurry_asked.connect(self._on_hurry)
        screen.again_asked.connect(self._on_again)
        screen.aside_asked.connect(self._on_aside)
        screen.back_asked.connect(self._on_back)

    def begin(self, session: Session) -> None:
        """The screen is open for this person."""
        self._session = session
        self.screen.wipe()
        self._clock.start()
        self.look()

    def end(self) -> None:
        """Nobody looks any more."""
        self._session = None
        self._clock.stop()
        self._errands.drop()
        self.screen.wipe()

    def look(self) -> None:
        """Show how things stand now."""
        if self._session is not None:
            self._errands.run(self._store, self._acts.tend.look, self._show, self._on_failed)

    def _show(self, states: tuple[OutgoingState, ...]) -> None:
        if self._session is not None:
            session = self._session
            self.screen.show_items([item_shown(self._kit, one, may_act=may_tend(session, one)) for one in states])

    def _on_hurry(self) -> None:
        self._errands.run(self._store, self._acts.tend.hurry, nothing, self._on_failed)
        self.screen.banner.show_text("information", self._words.hurried)
        self.look()

    def _on_again(self, item_id: str) -> None:
        if self._session is not None:
            work = partial(self._acts.tend.send_again, self._acts.press(), self._session, item_id)
            self._errands.run(self._store, work, lambda _: self._on_done(self._words.sent_again), self._on_failed)

    def _on_aside(self, item_id: str, reason: str) -> None:
        if self._session is not None:
            work = partial(self._acts.tend.lay_aside, self._acts.press(), self._session, item_id, reason)
            self._errands.run(self._store, work, lambda _: self._on_done(self._words.laid_aside), self._on_failed)

    def _on_done(self, told: str) -> None:
        self.screen.banner.show_text("success", told)
        self.look()

    def _on_back(self) -> None:
        self.end()
        self.left.emit()

    def _on_failed(self, error: AppError) -> None:
        self.screen.banner.show_message(self._kit.messages.of(error))
