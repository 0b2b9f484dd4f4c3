"""A paper in the clerk's hands: what is on it, how it looks, what is wrong with it, and what the record says of it."""

from dataclasses import dataclass, field
from typing import Protocol

from app.domain.form import FormContent, PaperFault, Pressed


@dataclass(frozen=True, slots=True)
class PaperMark:
    """What the record says of a paper: which form, its own number, visit and matter, and whether it bears a 個人番号.

    ``asks_leave``: it is printed only while the office can be asked; ``is_single``: it is printed once, anew under
    another number only. ``kind``: under what the printer chosen for it is remembered, "" for the form.
    ``persons``: 宛名番号 of who stands on it, ``addressee`` whose it is: asked about at the moment of printing.
    """

    form: str
    number: str = ""
    visit: str = ""
    about: str = ""
    bears_number: bool = False
    asks_leave: bool = False
    is_single: bool = False
    kind: str = ""
    persons: tuple[str, ...] = ()
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """``pages`` as PNG, first page first; ``content`` is what is printed. Nothing of it lies in a file.

    ``post_to``: where it is posted, street first, () for what is handed over; ``names``: who stands on it.
    """

    title: str
    mark: PaperMark
    content: FormContent = field(repr=False)
    pages: tuple[bytes, ...] = field(repr=False)
    faults: tuple[PaperFault, ...] = ()
    post_to: tuple[str, ...] = field(default=(), repr=False)
    names: tuple[str, ...] = field(default=(), repr=False)


class PagePress(Protocol):
    """Sets forms. Errors of both: FormFault. Slow (some 0.1 s)."""

    def press(self, content: FormContent) -> bytes:
        """PDF/A-2b."""
        ...

    def press_checked(self, content: FormContent, dots_per_inch: float = ...) -> Pressed:
        """Pages to look at, and their faults."""
        ...


def set_paper(press: PagePress, title: str, content: FormContent, mark: PaperMark) -> Paper:
    """Set ``content`` in pages. Errors: FormFault."""
    made = press.press_checked(content)
    return Paper(title, mark, content, made.pages, made.faults)
