"""期限の一覧 before a section: everybody's or one's own, with the way into the case."""

from PySide6.QtCore import Signal

from app.services.ports.seat import Session
from app.services.tend_book import TendBook
from app.ui.flows.case_words import BoardReader
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.kit import Kit
from app.ui.screens.case_board import CaseBoardScreen
from app.wire.desk_book import ANYBODY
from app.wire.desk_case import AskBoard, Board

ALL, ME = "all", "me"


class BoardFlow(OfficeFlow[CaseBoardScreen]):
    """``opened`` carries an application's id."""

    opened = Signal(str)

    def __init__(self, kit: Kit, means: OfficeMeans, case: TendBook, reader: BoardReader) -> None:
        super().__init__(kit, CaseBoardScreen(kit), means)
        self._case, self._reader, self._owner = case, reader, ALL
        self.screen.refresh_asked.connect(self.look)
        self.screen.owner_asked.connect(self._on_owner)
        self.screen.opened.connect(self.opened)

    def begin(self, session: Session) -> None:
        """Open the board with everybody's."""
        self.enter(session)
        words = self._kit.texts.case_board
        self._owner = ALL
        self.screen.show_owners(((ALL, words.everybody), (ME, words.mine)))
        self.look()

    def look(self) -> None:
        """Read it again."""
        self.screen.show_working()
        self.again()

    def again(self, *, done: bool = False) -> None:
        """Somebody comes back to it: it is read anew."""
        del done
        session = self._session
        owner = session.actor.staff_id if session is not None and self._owner == ME else ANYBODY
        asked = AskBoard(owner=owner)
        self.ask(lambda press, at: self._case.board(press, at, asked), self._on_board)

    def _on_owner(self, owner: str) -> None:
        self._owner = owner or ALL
        self.look()

    def _on_board(self, board: Board) -> None:
        self.screen.show_board(self._reader.shown(board))
