"""本人確認情報整合 and what still goes out: start, look, propose how a difference is worked off, decide."""

from app.services.ports.memory import Journal
from app.services.ports.network_desk import NetworkUpkeep
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.jukinet_counter import (
    Comparison,
    DecideResolution,
    DifferenceRow,
    NetworkBacklog,
    ProposeResolution,
    StartComparison,
)

STATE, COMPARE, APPROVE = "network.state", "network.compare", "network.approve"
"""The acts that rights are needed for."""


class KeepLevelsSame:
    """The use cases. Errors: those of ``NetworkUpkeep``."""

    def __init__(self, upkeep: NetworkUpkeep, journal: Journal) -> None:
        self._upkeep, self._journal = upkeep, journal

    def backlog(self, press: Press, session: Session) -> NetworkBacklog:
        """What still goes out. Nothing of a resident is in it: no act of this PC."""
        return self._upkeep.backlog(press, session)

    def compare(self, press: Press, session: Session, asked: StartComparison) -> Comparison:
        """Begin one. Errors besides: Conflict while another one of this level runs."""
        doing = Doing("network.compare", "", asked.comparison_id, {"level": asked.level, "sample": asked.sample})
        return recorded(self._journal, (press, session), doing, lambda: self._upkeep.compare(press, session, asked))

    def progress(self, press: Press, session: Session, *, decides: bool) -> Comparison:
        """How far the newest one is: looked at again and again, the first look is the act."""
        return self._upkeep.comparison(press, session, open_only=True, decides=decides)

    def comparison(self, press: Press, session: Session, *, open_only: bool, decides: bool) -> Comparison:
        """The newest one with its differences."""
        return recorded(
            self._journal,
            (press, session),
            Doing("network.differences"),
            lambda: self._upkeep.comparison(press, session, open_only=open_only, decides=decides),
            lambda found: {"differences": len(found.differences)},
        )

    def propose(self, press: Press, session: Session, asked: ProposeResolution) -> DifferenceRow:
        """How one is to be worked off. Errors besides: Refused ``difference_kind``; Conflict."""
        doing = Doing("network.propose", "", asked.difference_id, {"resolution": asked.resolution})
        return recorded(self._journal, (press, session), doing, lambda: self._upkeep.propose(press, session, asked))

    def decide(self, press: Press, session: Session, asked: DecideResolution) -> DifferenceRow:
        """Another person's word. Errors besides: NotAllowed for who proposed it; Refused ``difference_gone``."""
        doing = Doing("network.decide", "", asked.difference_id, {"outcome": asked.outcome})
        return recorded(self._journal, (press, session), doing, lambda: self._upkeep.decide(press, session, asked))
