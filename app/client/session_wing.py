"""The session seen from the office: asked again and again whether it still stands, and who sits elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.client.counter import Counter
from app.client.door import Door
from app.errors import AppError, SessionEnded
from app.services.ports.seat import Elsewhere, Press, Session
from app.services.work_alone import NO_TOKEN
from app.ui.background import Lane
from app.ui.flows.threshold import ThresholdFlow, ended_message, moment
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.window import Window
from app.wire.takeover import TakenDraft

LOOK_MS = 10_000
"""How often the office is asked: the longest that a session which was ended elsewhere stays open here. Assumed."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What the wing shows on."""

    kit: Kit
    window: Window


class SessionWing(QObject):
    """On the window's thread, with a lane of its own. ``ended`` carries the ``SessionEnded``: sign out here too.

    ``lost``: drafts that lay here were taken over; the lists are to be read anew.
    """

    ended = Signal(object)
    lost = Signal()

    def __init__(self, counter: Counter, parts: Watched, press: Callable[[], Press]) -> None:
        super().__init__()
        self._counter, self._parts, self._press = counter, parts, press
        self._session: Session | None = None
        self._told: tuple[Elsewhere, ...] = ()
        self._is_looking = False
        self._lane = Lane("session")
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, session: Session) -> None:
        """Somebody works here now. What the last session ended with is said no more."""
        self._session, self._told = session, ()
        self._lane.run(partial(self._settle, session), owner=self, done=self._on_settled, failed=_nothing)
        self._timer.start()

    def end(self) -> None:
        """Nobody works here any more."""
        self._session = None
        self._timer.stop()

    def close(self, wait_s: float) -> None:
        """End the lane."""
        self.end()
        self._lane.close(wait_s)

    def look(self) -> None:
        """Ask the office; the timer does this, and whoever locks or unlocks."""
        session = self._session
        if session is None or self._is_looking or session.token.text() == NO_TOKEN:
            return
        self._is_looking = True
        work = partial(self._standing, session, locked=self._parts.window.is_locked())
        self._lane.run(work, owner=self, done=self._on_standing, failed=self._on_failed)

    def entrance(self) -> Message | None:
        """What the sign-in screen says of how the last session here ended."""
        told = self._counter.memory.ended.told()
        return None if told is None else ended_message(self._parts.kit, told)

    def _settle(self, session: Session) -> tuple[TakenDraft, ...]:
        self._counter.memory.ended.tell(None)
        if session.token.text() == NO_TOKEN:
            return ()
        self._counter.cases.take_over.settle(self._press(), session)
        return self._counter.cases.take_over.losses(self._press(), session)

    def _on_settled(self, taken: tuple[TakenDraft, ...]) -> None:
        window, words = self._parts.window, self._parts.kit.texts.section
        if self._session is None or not taken:
            return
        self.lost.emit()
        if window.current is not None and not window.is_locked():
            text = " ".join(self._lost(one) for one in taken)
            window.current.banner.show_text("error", words.lost_title(len(taken)), text, words.lost_next)

    def _lost(self, one: TakenDraft) -> str:
        words, procedure = self._parts.kit.texts.section, self._counter.procedures.get(one.procedure)
        title = one.procedure if procedure is None else procedure.short_title
        said = words.lost_text(one.name or one.taken_by, moment(one.taken_at), one.terminal, title)
        return said + (words.lost_handed_in(one.number) if one.number else "")

    def _standing(self, session: Session, *, locked: bool) -> tuple[Elsewhere, ...]:
        """Errors: SessionEnded, which is kept and recorded before it is shown."""
        press = self._press()
        try:
            found = self._counter.office.staff.standing(press, session, locked=locked)
        except SessionEnded as error:
            why, by, terminal = (str(error.data.get(name, "")) for name in ("why", "by", "terminal"))
            act = session.act(press, "session.ended_elsewhere", why=why, by=by, from_terminal=terminal)
            self._counter.memory.journal.write(act)
            self._counter.memory.ended.tell(error)
            raise
        if found and found != self._told:
            terminals = ",".join(one.terminal for one in found)
            self._counter.memory.journal.write(session.act(press, "session.seen_elsewhere", terminals=terminals))
        return found

    def _on_standing(self, found: tuple[Elsewhere, ...]) -> None:
        self._is_looking = False
        window, self._told = self._parts.window, found
        if self._session is None or window.is_locked() or not found or window.current is None:
            return
        words, one = self._parts.kit.texts.elsewhere, found[-1]
        where = words.where(one.terminal, one.window)
        text = words.told_text(moment(one.started_at))
        window.current.banner.show_text("error", words.told_title(where), text, words.told_next)

    def _on_failed(self, error: AppError) -> None:
        """A line that is down is looked at by others."""
        self._is_looking = False
        if self._session is not None and isinstance(error, SessionEnded):
            self.end()
            self.ended.emit(error)


def make_session_wings(
    counter: Counter, parts: tuple[Kit, Window], office: Lane, door: Door, press: Callable[[], Press]
) -> tuple[ThresholdFlow, SessionWing]:
    """What stands before work, and what watches the session during it. ``office``: the lane to the office."""
    return ThresholdFlow(*parts, office, door.threshold()), SessionWing(counter, Watched(*parts), press)


def _nothing(_: object) -> None:
    return
