"""What the desk needs kept beside visits, cases and journals, in one name."""

from typing import Protocol

from app.backend.desk.ports.book import BookUnit
from app.backend.desk.ports.fees import FeeUnit
from app.backend.desk.ports.filings import FilingUnit
from app.backend.desk.ports.review import ReviewUnit


class BesideUnit(FilingUnit, ReviewUnit, BookUnit, FeeUnit, Protocol):
    """Filings, review, the reception book and the till."""
