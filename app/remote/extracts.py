"""Extracts of who looked at a person, over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.access_review import (
    AccessExtract,
    ApproveExtract,
    AskExtractFile,
    AskExtracts,
    ExtractFile,
    ExtractList,
    ExtractProposed,
    ProposeExtract,
)


class HttpExtracts:
    """See ``ExtractOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def extracts(self, press: Press, session: Session) -> ExtractList:
        return self._line.ask("/review/v1/extracts", AskExtracts(), ExtractList, headers(press, session))

    def propose(self, press: Press, session: Session, asked: ProposeExtract) -> ExtractProposed:
        return self._line.ask("/review/v1/propose-extract", asked, ExtractProposed, headers(press, session))

    def approve(self, press: Press, session: Session, extract_id: str) -> AccessExtract:
        asked = ApproveExtract(extract_id=extract_id)
        return self._line.ask("/review/v1/approve-extract", asked, AccessExtract, headers(press, session))

    def file(self, press: Press, session: Session, extract_id: str) -> ExtractFile:
        asked = AskExtractFile(extract_id=extract_id)
        return self._line.ask("/review/v1/extract-file", asked, ExtractFile, headers(press, session))
