"""The reception book and the till in the window: their room behind the door of the office's other work."""

from functools import partial

from app.client.counter import Counter, issuer, shipped_documents, words
from app.remote.book import HttpBook, HttpTill
from app.services.keep_till import KeepTill
from app.services.show_case_letter import ShowCaseLetter, parse_case_letter_words
from app.services.tend_book import TendBook
from app.shipped import read_toml
from app.ui.background import Lane
from app.ui.flows.book_room import BookBooks, BookRoom, book_doors, book_offers
from app.ui.flows.case_card import CaseActs
from app.ui.flows.late_room import Front, LateRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.print_paper import PrintDesk
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.window import Window


def book_room(
    counter: Counter, face: tuple[Kit, Window], means: OfficeMeans, paper: Lane, printing: PrintDesk
) -> tuple[LateRoom, Late[BookRoom]]:
    """The doors, and the room that is made when somebody goes in. ``paper``: the lane that sets letters."""
    kit, window = face
    front = Front(book_doors(kit), partial(book_offers, kit, counter.procedures))
    room = Late(window, lambda: _room(counter, face, means, (paper, printing)))
    return LateRoom(front, room), room


def _room(counter: Counter, face: tuple[Kit, Window], means: OfficeMeans, papers: tuple[Lane, PrintDesk]) -> BookRoom:
    journal, settings, (paper, printing) = counter.memory.journal, counter.settings, papers
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
