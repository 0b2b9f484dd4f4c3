"""What the flows of the office's other rooms share: a session, errands, failures shown, a form that keeps itself."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.clock import business_date
from app.domain.rights import ANY, allowed
from app.errors import AppError
from app.services.entry_drafts import EntryDrafts
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.visit_state import Errands, nothing
from app.ui.kit import Kit
from app.ui.messages import Message
from app.wire.entry_draft import EntryDraft

T = TypeVar("T")
KEEP_AFTER_MS = 1000
"""As drafts of applications: on the disk at most 2 s after the last key."""


@dataclass(frozen=True, slots=True)
class OfficeMeans:
    """``office``: the lane to the office; ``store``: that of this PC. ``new_id`` makes the ids of what is entered."""

    press: Callable[[], Press]
    new_id: Callable[[], str]
    office: Lane
    store: Lane
    drafts: EntryDrafts


class Shows(Protocol):
    """A screen of such a room."""

    def show_working(self) -> None: ...
    def show_failed(self, message: Message) -> None: ...
    def wipe(self) -> None: ...


class Asks(Shows, Protocol):
    """A screen with a form that keeps itself."""

    def show_kept(self, text: str) -> None: ...


S = TypeVar("S", bound=Shows)
F = TypeVar("F", bound=Asks)


class OfficeFlow(QObject, Generic[S]):
    """Works between ``enter`` and ``end``; subclasses connect the screen."""

    def __init__(self, kit: Kit, screen: S, means: OfficeMeans) -> None:
        super().__init__()
        self._kit, self._means, self.screen = kit, means, screen
        self._errands = Errands(self)
        self._session: Session | None = None

    def enter(self, session: Session) -> None:
        """The screen is open for this session; whatever stood there is gone."""
        self._errands.drop()
        self._session = session
        self.screen.wipe()

    def end(self) -> None:
        """Nothing of anybody's stays."""
        self._errands.drop()
        self._session = None
        self.screen.wipe()

    def today(self) -> date:
        """The business day."""
        return business_date(self._kit.clock.now())

    def may(self, act: str) -> bool:
        """Whether who is here has the right to ``act``."""
        return self._session is not None and allowed(self._session.actor, act, ANY, ANY, day=self.today())

    def ask(self, work: Callable[[Press, Session], T], done: Callable[[T], None], press: Press | None = None) -> None:
        """Ask the office; a failure is shown. Nothing while nobody is here. ``press``: of a try before this one."""
        session = self._session
        if session is not None:
            at = press or self._means.press()
            self._errands.run(self._means.office, lambda: work(at, session), done, self.on_failed)

    def on_failed(self, error: AppError) -> None:
        """Why it did not come about."""
        self.screen.show_failed(self._kit.messages.of(error))


class TypedFlow(OfficeFlow[F]):
    """A form. What is typed is kept on this PC a second after the last key, at a lock and on going back.

    ``done`` carries a title and a sentence: the office has it. ``form`` names the form in drafts.
    """

    done = Signal(str, str)
    form = ""

    def __init__(self, kit: Kit, screen: F, means: OfficeMeans) -> None:
        super().__init__(kit, screen, means)
        self._values: dict[str, str] = {}
        self._about: dict[str, str] = {}
        self._draft_id = self._entry_id = ""
        self._press: Press | None = None
        owner: object = screen  # what comes back when the window is gone must not reach its parts
        self._owner: QObject = owner if isinstance(owner, QObject) else self
        self._timer = QTimer(self, interval=KEEP_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.keep)

    def start(self, session: Session, about: dict[str, str], values: dict[str, str]) -> None:
        """Open the form: with what was typed into it before and never sent, else with ``values``."""
        self.enter(session)
        self._about.update(about)
        self._fresh(values)
        self._means.store.run(
            partial(self._means.drafts.latest, self.form, dict(about)),
            owner=self._owner,
            done=partial(self._on_latest, session),
            failed=nothing,
        )

    def enter(self, session: Session) -> None:
        super().enter(session)
        self._values.clear()
        self._about.clear()
        self._press = None

    def end(self) -> None:
        self.keep_now()
        super().end()
        self._values.clear()
        self._about.clear()
        self._draft_id = ""

    def edit(self, name: str, value: str) -> None:
        """A field has been changed."""
        self._values[name] = value
        self.changed()

    def changed(self) -> None:
        """Something of the form has been changed: it is another content now."""
        self._press = None
        self._timer.start()

    def keep(self) -> None:
        """Keep what is typed on this PC now."""
        self._timer.stop()
        if self._session is None or not self._draft_id:
            return
        typed = EntryDraft(form=self.form, values=dict(self._values), about=dict(self._about))
        words = self._kit.texts.office
        self._means.store.run(
            partial(self._means.drafts.keep, self._means.press(), self._draft_id, typed),
            owner=self._owner,
            done=lambda _: self.screen.show_kept(words.kept if self._session is not None else ""),
            failed=self._on_not_kept,
        )

    def keep_now(self) -> None:
        """Keep what was typed since it was kept last, as before a lock."""
        if self._timer.isActive():
            self.keep()

    def pressed(self) -> Press:
        """One press for one content: what may have arrived although no answer came is not entered twice."""
        self._press = self._press or self._means.press()
        return self._press

    def sent(self, title: str, text: str) -> None:
        """The office has it: the draft goes, and so does who entered it."""
        self._forget_draft()
        self.done.emit(title, text)

    def empty(self, values: dict[str, str]) -> None:
        """Throw away what was typed, on purpose."""
        if self._session is not None:
            drop = partial(self._means.drafts.drop, self._means.press(), self._session, self._draft_id)
            self._means.store.run(drop, owner=self._owner, done=nothing, failed=nothing)
        self._timer.stop()
        self._fresh(values)
        self.screen.show_kept("")

    @abstractmethod
    def fill(self) -> None:
        """Show the form with ``_values``."""

    def _fresh(self, values: dict[str, str]) -> None:
        self._draft_id, self._entry_id, self._press = self._means.new_id(), self._means.new_id(), None
        self._values.clear()
        self._values.update(values)
        self.fill()

    def _on_latest(self, session: Session, found: tuple[str, EntryDraft] | None) -> None:
        if found is None or session is not self._session or found[1].about != self._about or self._timer.isActive():
            return
        self._draft_id, typed = found
        self._values.clear()
        self._values.update(typed.values)
        self.fill()
        self.screen.show_kept(self._kit.texts.office.resumed)

    def _forget_draft(self) -> None:
        self._timer.stop()
        gone, self._draft_id = self._draft_id, ""
        self._means.store.run(
            partial(self._means.drafts.done_with, gone), owner=self._owner, done=nothing, failed=nothing
        )

    def _on_not_kept(self, error: AppError) -> None:
        self.screen.show_kept("")
        self.on_failed(error)
