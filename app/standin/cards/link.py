"""A virtual card at the end of a link: each answer takes the time that frames on the air or contacts would take."""

from time import monotonic, sleep

from app.domain.card_pace import Pace, is_contactless
from app.standin.cards.virtual import VirtualCard

ATR_TYPE_B = bytes.fromhex("3B888001000005E0B381A1007F")
"""What a reader makes up for a My Number card in its field (PC/SC part 3; card.md 1.1, published)."""
_SIGN = 0x2A
_SLICE_S = 0.01
_MOST_DEBT_S = 0.005


class LinkedCard:
    """A ``VirtualCard`` whose answers come no earlier than the link lets them, from the arrival of the command on.

    What the card computes in Python meanwhile is part of that time, not added to it; where it takes longer than the
    link, the answer is late. An answer given late because this process woke late shortens the next, at most by 5 ms: so
    the sum over a conversation is right, and no time of the reader's side is hidden. What lies between this process
    and the program (socket, pcscd) comes on top, as a reader and its driver do. ``signing_s``: the card's own time for
    a signature. Taken off within an answer, the command was carried out all the same: the worse of both cases.
    """

    def __init__(self, card: VirtualCard, pace: Pace, *, contactless: bool, signing_s: float = 0.0) -> None:
        self._card = card
        self._pace = pace
        self._contactless = contactless
        self._signing_s = signing_s
        self._debt_s = 0.0
        self._pulled = False

    @property
    def atr(self) -> bytes:
        """The card's own, but in a field what the reader makes up."""
        own = self._card.atr
        return ATR_TYPE_B if self._contactless and not is_contactless(own) else own

    def insert(self) -> None:
        """Put on a reader."""
        self._pulled, self._debt_s = False, 0.0
        self._card.insert()

    def pull(self) -> None:
        """Take off the reader; an answer under way is lost."""
        self._pulled = True
        self._card.pull()

    def power_down(self) -> None:
        """No power."""
        self._card.power_down()

    def reset(self, kind: str = "reset") -> None:
        """Warm reset or power-up."""
        self._card.reset(kind)

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """One command, answered in the time of the link. Errors: ConnectionError when taken out."""
        arrived = monotonic()
        data, status = self._card.transmit(apdu)
        taken = self._pace.seconds(len(apdu), len(data) + 2)
        if len(apdu) > 1 and apdu[1] == _SIGN and data:
            taken += self._signing_s
        self._wait_until(arrived + taken - self._debt_s)
        return data, status

    def _wait_until(self, due: float) -> None:
        self._debt_s = 0.0
        while (left := due - monotonic()) > 0:
            sleep(min(left, _SLICE_S))
            if self._pulled:
                raise ConnectionError
            self._debt_s = min(max(monotonic() - due, 0.0), _MOST_DEBT_S)
