"""閲覧記録の開示 at a counter: prepared by one, approved by another, saved as the file that is handed over."""

from typing import Protocol

from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.access_review import (
    AccessExtract,
    ExtractFile,
    ExtractLine,
    ExtractList,
    ExtractProposed,
    ProposeExtract,
)

EXTRACT = "access.extract"
"""The act a right is needed for."""


class ExtractOffice(Protocol):
    """The review slice. Errors as in ``app.services.ports.office``."""

    def extracts(self, press: Press, session: Session) -> ExtractList: ...
    def propose(self, press: Press, session: Session, asked: ProposeExtract) -> ExtractProposed:
        """Errors besides: Refused ``reason_missing``, ``wrong_period``."""
        ...

    def approve(self, press: Press, session: Session, extract_id: str) -> AccessExtract:
        """Errors besides: NotAllowed for who proposed it; Conflict when somebody was first."""
        ...

    def file(self, press: Press, session: Session, extract_id: str) -> ExtractFile:
        """Errors besides: NotAllowed for who neither proposed nor approved it."""
        ...


class DiscloseAccesses:
    """The use cases. Whose records they are about stands in the office's log, not in this PC's."""

    def __init__(self, office: ExtractOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def shown(self, press: Press, session: Session) -> ExtractList:
        """What waits for a second person, then what was approved."""
        return recorded(
            self._journal,
            (press, session),
            Doing("access_extracts.shown"),
            lambda: self._office.extracts(press, session),
            lambda found: {"extracts": len(found.rows)},
        )

    def propose(self, press: Press, session: Session, asked: ProposeExtract) -> ExtractProposed:
        """Prepare one; nothing is told before a second person's word."""
        doing = Doing("access_extracts.proposed", about=asked.person)
        return recorded(self._journal, (press, session), doing, lambda: self._office.propose(press, session, asked))

    def approve(self, press: Press, session: Session, one: ExtractLine) -> AccessExtract:
        """The second person's word; what is told, and what is withheld on which ground."""
        doing = Doing("access_extracts.approved", about=one.person, what={"extract": one.extract_id})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.approve(press, session, one.extract_id),
            lambda made: {"rows": len(made.rows)},
        )

    def file(self, press: Press, session: Session, one: ExtractLine) -> str:
        """The file as it was approved, to be saved by who asked for it."""
        doing = Doing("access_extracts.saved", about=one.person, what={"extract": one.extract_id})
        by = (press, session)
        return recorded(self._journal, by, doing, lambda: self._office.file(press, session, one.extract_id)).file
