"""The reception book and the till put together on the desk's store."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.backend.desk.ports import DeskBook
from app.backend.desk.ports.fees import IssuedFees
from app.backend.desk.service.board import DueBoard
from app.backend.desk.service.book import Book
from app.backend.desk.service.clocks import Delays
from app.backend.desk.service.closing import TillDesk
from app.backend.desk.service.fees import FeeBooks, FeeDesk
from app.backend.desk.service.handing import Handing
from app.backend.desk.service.papers import PaperDesk
from app.backend.desk.service.shelf import Shelf
from app.backend.desk.service.track import Track
from app.domain.procedure import Procedure


@dataclass(frozen=True, slots=True)
class BookRoom:
    """The use cases, by what they are about."""

    book: Book
    handing: Handing
    track: Track
    papers: PaperDesk
    delays: Delays
    board: DueBoard
    fees: FeeDesk
    till: TillDesk


def book_room(book: DeskBook, procedures: Mapping[str, Procedure], fees: FeeBooks, issued: IssuedFees) -> BookRoom:
    """``procedures``: id → procedure; ``issued``: what the register took at a window."""
    shelf = Shelf(procedures)
    handing = Handing(book, shelf)
    return BookRoom(
        book=Book(book, shelf, handing),
        handing=handing,
        track=Track(book, shelf),
        papers=PaperDesk(book, shelf),
        delays=Delays(book, shelf),
        board=DueBoard(book, shelf),
        fees=FeeDesk(book, fees),
        till=TillDesk(book, fees, issued),
    )
