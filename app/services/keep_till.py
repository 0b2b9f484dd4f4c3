"""手数料 at a counter: the till of this window, what is taken and voided, its daily closing."""

from app.domain.act import Detail
from app.services.ports.book import FeeChange, TillOffice
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.desk_fees import (
    CloseTill,
    ClosingDone,
    CorrectEntry,
    DecideVoid,
    FeeDone,
    SignClosing,
    TakeFee,
    Till,
    VoidFee,
)
from app.wire.message import Message

TAKE, VOID, CLOSE = "fee.take", "fee.void", "fee.close"
_KINDS: dict[type[Message], str] = {
    TakeFee: "fee.taken",
    VoidFee: "fee.void_asked",
    DecideVoid: "fee.voided",
    CorrectEntry: "fee.corrected",
}


class KeepTill:
    """The use cases of who takes money and of who counts it."""

    def __init__(self, office: TillOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def till(self, press: Press, session: Session, position: int = -1) -> Till:
        """What lies in it; ``position``: what lay in it at an earlier closing."""
        doing = Doing("till.shown")
        return recorded(self._journal, (press, session), doing, lambda: self._office.till(press, session, position))

    def change(self, press: Press, session: Session, asked: FeeChange) -> FeeDone:
        """Take a fee, ask for a void, decide it, or correct what is closed."""
        doing = Doing(_KINDS[type(asked)], about=asked.fee_id)
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.change_fee(press, session, asked), _taken
        )

    def close(self, press: Press, session: Session, asked: CloseTill | SignClosing) -> ClosingDone:
        """Count and sign, or sign as the second person."""
        kind = "till.counted" if isinstance(asked, CloseTill) else "till.closed"
        return recorded(
            self._journal, (press, session), Doing(kind), lambda: self._office.close_till(press, session, asked)
        )


def _taken(done: FeeDone) -> dict[str, Detail]:
    return {"number": done.number, "yen": done.yen}
