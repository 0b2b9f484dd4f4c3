"""代替文字: glyphs a certificate could not carry and replaced, with marks; compared so that they can't disagree."""

from dataclasses import dataclass
from itertools import accumulate

from app.domain.address import compare_addresses, fold_address
from app.domain.names import Agreement, NameFolder, is_selector

GAP = "〓"
"""Stands for a replaced glyph in a comparison; names.py takes it for whatever stands on the other side."""
_MARKS = frozenset("01")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """代替文字つき文字列: a text and, for each of its code points, whether it stands for another glyph.

    ``marks_fit`` False: the marks that came along do not fit the text's length; then none is set, so that a comparison
    is strict, and a person has to look.
    """

    text: str
    replaced: tuple[bool, ...]
    marks_fit: bool = True

    @classmethod
    def of(cls, text: str, marks: str) -> "MarkedText":
        """From the certificate's two fields; ``marks`` holds one ``0`` or ``1`` for each character.

        Source: card.md 6.2, published by three readers. None says what one character is where a variation selector
        follows or a character lies beyond U+FFFF: code points, then written characters, then UTF-16 units are tried
        (assumed), and the first that fits in length is taken.
        """
        for widths in (_points(text), _written(text), _units(text)):
            if sum(widths) == len(marks) and set(marks) <= _MARKS:
                return cls(text, _spread(widths, marks))
        return cls(text, (False,) * len(text), marks_fit=False)

    @property
    def has_replaced(self) -> bool:
        """Whether any glyph was replaced."""
        return any(self.replaced)

    @property
    def gapped(self) -> str:
        """The text with a 〓 in the place of each replaced glyph; a variation selector goes with its character."""
        shown: list[str] = []
        gap = False
        for character, replaced in zip(self.text, self.replaced, strict=True):
            if not (gap and is_selector(character)):
                gap = replaced
                shown.append(GAP if gap else character)
        return "".join(shown)


def compare_marked_names(marked: MarkedText, other: str, folder: NameFolder) -> Agreement:
    """How a certificate's name agrees with another writing; SHRUNK where only replaced glyphs may differ."""
    return folder.compare(marked.gapped, other)


def compare_marked_addresses(marked: MarkedText, other: str, folder: NameFolder) -> Agreement:
    """As ``compare_marked_names``; another notation of the same place agrees too."""
    found = compare_addresses(marked.gapped, other, folder)
    if found is not Agreement.DIFFERENT or not marked.has_replaced:
        return found
    left, right = fold_address(marked.gapped, folder), fold_address(other, folder)
    same = len(left) == len(right) and all(a in {GAP, b} for a, b in zip(left, right, strict=True))
    return Agreement.SHRUNK if same else Agreement.DIFFERENT


def _points(text: str) -> list[int]:
    return [1] * len(text)


def _written(text: str) -> list[int]:
    """Marks for each code point where a selector has none of its own."""
    return [0 if is_selector(character) else 1 for character in text]


def _units(text: str) -> list[int]:
    return [1 + (ord(character) > 0xFFFF) for character in text]  # noqa: PLR2004


def _spread(widths: list[int], marks: str) -> tuple[bool, ...]:
    """The marks of each code point; one without a mark of its own goes with the one before it."""
    ends = list(accumulate(widths))
    spread: list[bool] = []
    for width, end in zip(widths, ends, strict=True):
        own = "1" in marks[end - width : end]
        spread.append(own if width else bool(spread and spread[-1]))
    return tuple(spread)
