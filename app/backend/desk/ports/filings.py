"""What the desk needs kept of changes that a decision has the resident register enter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.wire.desk_filing import DeskFiling


@dataclass(frozen=True, slots=True)
class KeptFiling:
    """A change that the register is to enter. ``state``: see ``wire.desk_filing``; ``attempts`` in vain so far."""

    municipality: str
    application_id: str
    version: int
    state: str
    cause: str
    entry_id: str
    changed_at: datetime
    attempts: int = 0
    filing: DeskFiling | None = None


class FilingUnit(Protocol):
    """What an approval has the register enter, until it is settled there."""

    def queue_filing(self, municipality: str, filing: DeskFiling, at: datetime) -> None:
        """Keep what is to be entered; an application has one."""
        ...

    def filing(self, municipality: str, application_id: str) -> KeptFiling | None:
        """How it stands, without its content."""
        ...

    def due_filings(self, now: datetime, lease: timedelta, limit: int) -> tuple[KeptFiling, ...]:
        """What is to be asked now, of one municipality, taken for the time of ``lease``."""
        ...

    def put_filing(self, kept: KeptFiling, next_at: datetime | None) -> None:
        """Keep the next version; ``next_at`` None: it is settled and its content is forgotten. Errors: Conflict."""
        ...
