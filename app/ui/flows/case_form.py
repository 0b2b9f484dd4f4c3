"""The form for one thing to be done with a case or the till: sent once for one content, then back."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal

from app.services.ports.book import CaseChange, FeeChange
from app.services.ports.seat import Press, Session
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screens.case_form import CaseAnswer, CaseAsk, CaseFormScreen
from app.wire.desk_fees import CloseTill

Change = CaseChange | FeeChange | CloseTill


@dataclass(frozen=True, slots=True)
class Asking:
    """One thing to be asked for.

    ``ask``: the form; ``change``: what is asked of the office for an answer, None where it can't be (then the form has
    said why); ``send``: sends it; ``said``: title and sentence once it is done, ``then`` what happens besides.
    """

    ask: CaseAsk
    change: Callable[[CaseAnswer], Change | None]
    send: Callable[[Press, Session, Change], object]
    said: tuple[str, str]
    then: Callable[[], None] | None = None


class CaseFormFlow(OfficeFlow[CaseFormScreen]):
    """``done`` carries title and sentence."""

    done = Signal(str, str)

    def __init__(self, kit: Kit, means: OfficeMeans) -> None:
        super().__init__(kit, CaseFormScreen(kit), means)
        self._asking: Asking | None = None
        self._sent: tuple[Change, Press] | None = None
        self.screen.done.connect(self._on_done)

    def begin(self, session: Session, asking: Asking) -> None:
        """Open the form."""
        self.enter(session)
        self._asking, self._sent = asking, None
        self.screen.show_ask(asking.ask)

    def end(self) -> None:
        super().end()
        self._asking = self._sent = None

    def refuse(self, message: Message) -> None:
        """The form can't be sent so."""
        self.screen.show_failed(message)

    def _on_done(self, answer: CaseAnswer) -> None:
        asking = self._asking
        change = None if asking is None else asking.change(answer)
        if asking is None or change is None:
            return
        before = self._sent
        press = before[1] if before is not None and before[0] == change else self._means.press()
        self._sent = (change, press)
        self.screen.show_working()
        self.ask(lambda at, session: asking.send(at, session, change), lambda _: self._on_kept(asking), press)

    def _on_kept(self, asking: Asking) -> None:
        self._sent = None
        self.done.emit(*asking.said)
        if asking.then is not None:
            asking.then()
