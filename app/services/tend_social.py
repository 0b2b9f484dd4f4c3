"""社会保障宛名 as an office: two parties that are one, and what was passed on to receiving systems."""

from app.domain.act import Detail
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.ports.social_addresses import SocialOffice
from app.services.record_act import Doing, recorded
from app.wire.social_address_merge import AskMerges, DecideMerge, MergeRow, Merges, ProposeMerge
from app.wire.social_address_tax import AskSocialTransfers, SendAgain, TransferRows

MERGE, DECIDE, TEND = "social.merge", "social.merge_decide", "social.tend"
"""The acts rights are needed for; each right has to name the business."""


class TendSocial:
    """The use cases. Errors besides the office's: StoreError when the act can't be kept."""

    def __init__(self, desk: SocialOffice, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    def merges(self, press: Press, session: Session, purpose: str, *, decided: bool) -> Merges:
        """What waits for somebody, or was decided."""
        asked = AskMerges(purpose=purpose, decided=decided)
        return recorded(
            self._journal,
            (press, session),
            Doing("merges.shown", what={"purpose": purpose}),
            lambda: self._desk.merges(press, session, asked),
            lambda found: {"hits": len(found.rows)},
        )

    def propose(self, press: Press, session: Session, asked: ProposeMerge) -> MergeRow:
        """Ask that two become one, or two again. Errors: Refused ``not_one``, ``numbers_differ``, ``merge_waiting``."""
        what: dict[str, Detail] = {"purpose": asked.purpose, "into": asked.into, "reason": asked.reason}
        kind = "merge.undo_proposed" if asked.undo else "merge.proposed"
        doing = Doing(kind, about=asked.party, what=what)
        return recorded(self._journal, (press, session), doing, lambda: self._desk.propose(press, session, asked))

    def decide(self, press: Press, session: Session, asked: DecideMerge) -> MergeRow:
        """Another person decides. Errors: Refused ``merge_own_proposal``, ``merge_settled``; Conflict."""
        what: dict[str, Detail] = {"purpose": asked.purpose, "outcome": asked.outcome}
        doing = Doing("merge.decided", about=asked.merge_id, what=what)
        return recorded(self._journal, (press, session), doing, lambda: self._desk.decide(press, session, asked))

    def transfers(self, press: Press, session: Session, purpose: str, *, stopped: bool) -> TransferRows:
        """What was passed on, newest first, without amounts."""
        asked = AskSocialTransfers(purpose=purpose, stopped=stopped)
        doing = Doing("transfers.shown", what={"purpose": purpose})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.transfers(press, session, asked))

    def again(self, press: Press, session: Session, asked: SendAgain) -> None:
        """Have a system sent everything from a place on. Errors: Refused ``system_not_approved``; NotAllowed."""
        what: dict[str, Detail] = {"purpose": asked.purpose, "first": asked.from_sequence}
        doing = Doing("transfers.again", about=asked.system, what=what)
        recorded(self._journal, (press, session), doing, lambda: self._desk.again(press, session, asked))
