"""How much a reader lets a card answer at once: found out with a file that needs no code, and remembered."""

from app.domain.card_pace import is_contactless

SHORT = 256
"""What every reader passes on (ISO 7816-4 short length, published)."""
LONG = 1022
"""With status word and frame this fits the smallest message of a reader that takes long ones at all (1,034 bytes, CCID
readers' own descriptions, published). No more: between two commands a use can be cancelled."""


class Reach:
    """One reader with one kind of card. Short until a long answer has come through."""

    def __init__(self, *, worth_trying: bool) -> None:
        self._worth_trying = worth_trying
        self._most = SHORT

    @property
    def most(self) -> int:
        """The most bytes to ask for at once."""
        return self._most

    def try_once(self) -> bool:
        """Whether to try a long answer now. Never twice: a reader that chokes on one is left alone from then on."""
        was, self._worth_trying = self._worth_trying, False
        return was

    def is_long(self) -> None:
        """A long answer has come through."""
        self._most = LONG

    def is_short(self) -> None:
        """A long answer was refused."""
        self._most = SHORT


class Reaches:
    """What is known of the readers, until the program ends.

    Contacts are not tried: their readers often take short commands only and some choke on others, and a long answer
    would take seconds there (card.md 1.4 and 9, published by readers' makers and users).
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], Reach] = {}

    def of(self, reader: str, atr: bytes) -> Reach:
        """What is known of this reader with cards of this kind."""
        contactless = is_contactless(atr)
        return self._known.setdefault((reader, contactless), Reach(worth_trying=contactless))
