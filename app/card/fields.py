"""Small values as both applications of the card write them."""

from datetime import date

from app.domain.person import Sex
from app.errors import BadCardData


def card_date(raw: bytes, what: str) -> date:
    """YYYYMMDD in ASCII, Gregorian. Errors: BadCardData."""
    try:
        text = raw.decode("ascii")
        if len(text) != 8 or not text.isdigit():  # noqa: PLR2004
            raise BadCardData(what=what)
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise BadCardData(what=what) from None


def card_sex(raw: bytes) -> Sex:
    """One ASCII digit; a code no source knows is "unknown". Source: card.md 3.2, sources differ."""
    try:
        return Sex(raw.decode("ascii"))
    except ValueError:
        return Sex.UNKNOWN
