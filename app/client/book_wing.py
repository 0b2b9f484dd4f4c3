"""The reception book and the till in the window: their room behind the door of the office's other work."""

from app.client.counter import Counter, issuer, shipped_documents, words
from app.remote.book import HttpBook, HttpTill
from app.services.keep_till import KeepTill
from app.services.show_case_letter import ShowCaseLetter, parse_case_letter_words
from app.services.tend_book import TendBook
from app.shipped import read_toml
from app.ui.background import Lane
from app.ui.flows.book_room import BookBooks, BookRoom
from app.ui.flows.case_card import CaseActs
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.print_paper import PrintDesk
from app.ui.kit import Kit
from app.ui.window import Window


def book_room(
    counter: Counter, face: tuple[Kit, Window], means: OfficeMeans, paper: Lane, printing: PrintDesk
) -> BookRoom:
    """The room with its screens; nobody is in it yet. ``paper``: the lane that sets letters."""
    journal, settings = counter.memory.journal, counter.settings
    letters = ShowCaseLetter(
        journal,
        counter.press,
        (parse_case_letter_words(read_toml("text", "case_letters.toml")), words(settings)),
        issuer(settings),
        counter.office.counters.rules,
    )
    acts = CaseActs(TendBook(HttpBook(counter.office.line), journal), letters, printing.show, paper)
    till = KeepTill(HttpTill(counter.office.line), journal)
    return BookRoom(face, means, acts, till, BookBooks(counter.procedures, shipped_documents()))
