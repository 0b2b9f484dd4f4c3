"""Look after what has not arrived: who may do what about an item, and the record of what was done."""

from app.errors import NotAllowed
from app.services.ports.memory import Journal, Kind, OutgoingState, Postbox, Standing, Tending
from app.services.ports.seat import Press, Session

TEND = "outgoing.tend"
REASONS = ("handed_in_again", "entered_by_hand", "not_needed", "test")
"""Why an item is closed without having arrived, as [word.laid_aside] says it. Assumed."""


def may_tend(session: Session, state: OutgoingState) -> bool:
    """A supervisor whatever has been given up; a clerk the own application that came back."""
    if state.standing is not Standing.DEAD:
        return False
    is_own = state.author == session.actor.staff_id and state.kind is Kind.HAND_IN
    return is_own or any(right.act == TEND for right in session.actor.rights)


class TendOutgoing:
    """The use case. Every act is in the journal before it is done; an item that has moved on is left alone.

    Errors of all: NotAllowed; DiskFull, StoreBusy.
    """

    def __init__(self, postbox: Postbox, tending: Tending, journal: Journal) -> None:
        self._postbox, self._tending, self._journal = postbox, tending, journal

    def look(self) -> tuple[OutgoingState, ...]:
        """What has not arrived, oldest first. Nothing of a resident is in it: no act."""
        return self._postbox.waiting()

    def hurry(self) -> None:
        """Try at once what waits for its time; what was given up stays as it is."""
        self._tending.hurry()

    def send_again(self, press: Press, session: Session, item_id: str) -> None:
        """Try what was given up once more: what stood in its way has been mended."""
        item = self._given_up(session, item_id)
        self._journal.write(session.act(press, "outgoing.sent_again", visit=item.subject, about=item_id))
        self._tending.send_again(item_id)

    def lay_aside(self, press: Press, session: Session, item_id: str, reason: str) -> None:
        """Close it without its having arrived; of an application the draft returns to who entered it.

        ``reason``: one of ``REASONS``.
        """
        if reason not in REASONS:
            raise NotAllowed
        item = self._given_up(session, item_id)
        act = session.act(press, "outgoing.laid_aside", visit=item.subject, about=item_id, outcome=reason)
        self._journal.write(act)
        self._tending.lay_aside(item_id)

    def _given_up(self, session: Session, item_id: str) -> OutgoingState:
        found = next((state for state in self._postbox.waiting() if state.item_id == item_id), None)
        if found is None or not may_tend(session, found):
            raise NotAllowed
        return found
