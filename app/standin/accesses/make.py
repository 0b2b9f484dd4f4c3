"""Synthetic accesses from one seed: ordinary days with misuse of ten classes in between."""

from app.standin.accesses import held_out, misuse
from app.standin.accesses.book import Book, Made
from app.standin.accesses.office import Office, Size
from app.standin.accesses.routine import Routine


def make_accesses(seed: str, size: Size, each: int) -> Made:
    """``each`` incidents of every class. The same seed and size make the same accesses everywhere."""
    book = Book(Office(seed, size))
    Routine(book, f"{seed}/routine").write()
    misuse.lay_in(book, f"{seed}/misuse", each)
    held_out.lay_in(book, f"{seed}/held-out", each)
    return book.finish()
