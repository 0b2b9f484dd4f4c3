"""Sessions of others and sealed drafts over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.message import Nothing
from app.wire.staff import AskSeats, EndSession, SeatRow, Seats
from app.wire.takeover import (
    AskTakeKeys,
    AskTakenDrafts,
    AskWaitingDrafts,
    DraftTaken,
    OfferTakeKey,
    TakeDraft,
    TakeKeys,
    TakenDraft,
    TakenDrafts,
    WaitingDraft,
    WaitingDrafts,
)


class HttpSeats:
    """See ``Seats``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def seats(self, press: Press, session: Session) -> tuple[SeatRow, ...]:
        return self._line.ask("/staff/v1/seats", AskSeats(), Seats, headers(press, session)).rows

    def end(self, press: Press, session: Session, name: str) -> None:
        self._line.ask("/staff/v1/end-session", EndSession(session=name), Nothing, headers(press, session))


class HttpTakeOver:
    """See ``TakeOverDesk``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def offer(self, press: Press, session: Session, box: bytes) -> None:
        self._line.ask("/desk/v1/offer-take-key", OfferTakeKey(box=box), Nothing, headers(press, session))

    def keys(self, press: Press, session: Session) -> tuple[bytes, ...]:
        return self._line.ask("/desk/v1/take-keys", AskTakeKeys(), TakeKeys, headers(press, session)).boxes

    def waiting(self, press: Press, session: Session) -> tuple[WaitingDraft, ...]:
        found = self._line.ask("/desk/v1/waiting-drafts", AskWaitingDrafts(), WaitingDrafts, headers(press, session))
        return found.rows

    def take(self, press: Press, session: Session, draft: WaitingDraft, receiver: str) -> DraftTaken:
        asked = TakeDraft(draft_id=draft.draft_id, version=draft.version, receiver=receiver)
        return self._line.ask("/desk/v1/take-draft", asked, DraftTaken, headers(press, session))

    def taken(self, press: Press, session: Session) -> tuple[TakenDraft, ...]:
        return self._line.ask("/desk/v1/taken-drafts", AskTakenDrafts(), TakenDrafts, headers(press, session)).rows
