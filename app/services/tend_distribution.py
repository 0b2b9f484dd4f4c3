"""個人基本: who looks after distribution: use applications by two people, receiving systems, what was passed on."""

from app.domain.act import Detail
from app.services.ports.distribution import DistributionOffice
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.resident_base_office import (
    ApplicationRow,
    Applications,
    AskLinkage,
    DecideUse,
    EndUse,
    Linkage,
    Systems,
    TurnSystem,
    UntoldChanges,
    UseApplication,
)

APPLY, DECIDE, READ, TEND = "distribution.apply", "distribution.decide", "distribution.read", "distribution.tend"
LOOK = "linkage.read"
"""The acts rights are needed for."""


class TendDistribution:
    """The use cases. Errors besides the office's: StoreError when the act can't be kept."""

    def __init__(self, office: DistributionOffice, journal: Journal) -> None:
        self._office, self._journal = office, journal

    def applications(self, press: Press, session: Session) -> Applications:
        """All use applications, newest first."""
        return recorded(
            self._journal,
            (press, session),
            Doing("uses.shown"),
            lambda: self._office.applications(press, session),
            lambda found: {"uses": len(found.rows)},
        )

    def apply(self, press: Press, session: Session, asked: UseApplication) -> ApplicationRow:
        """Enter one. Errors: Refused ``item_not_allowed``, ``bad_period``, ``purpose_missing``; Conflict."""
        doing = Doing("use.applied", about=asked.application_id, what={"system": asked.system})
        return recorded(self._journal, (press, session), doing, lambda: self._office.apply(press, session, asked))

    def decide(
        self, press: Press, session: Session, row: ApplicationRow, reason: str = "", *, approve: bool
    ) -> ApplicationRow:
        """Another person decides. Errors: Refused ``same_person``, ``not_waiting``, ``reason_missing``; Conflict."""
        asked = DecideUse(application_id=row.application_id, version=row.version, approve=approve, reason=reason)
        what: dict[str, Detail] = {"system": row.system, "outcome": "approved" if approve else "refused"}
        doing = Doing("use.decided", about=row.application_id, what=what)
        return recorded(self._journal, (press, session), doing, lambda: self._office.decide(press, session, asked))

    def end(self, press: Press, session: Session, row: ApplicationRow, reason: str) -> ApplicationRow:
        """Take it back while it waits, end it once it is approved. Errors: as ``decide``."""
        asked = EndUse(application_id=row.application_id, version=row.version, reason=reason)
        doing = Doing("use.end_asked", about=row.application_id, what={"system": row.system})
        return recorded(self._journal, (press, session), doing, lambda: self._office.end(press, session, asked))

    def systems(self, press: Press, session: Session) -> Systems:
        """How every receiving system stands."""
        return recorded(
            self._journal, (press, session), Doing("systems.shown"), lambda: self._office.systems(press, session)
        )

    def turn(self, press: Press, session: Session, asked: TurnSystem) -> Systems:
        """Suspend, resume, try or send again. Errors: Refused ``not_possible``, ``bad_range``, ``no_longer_kept``."""
        what: dict[str, Detail] = {"step": asked.act, **({"first": asked.first} if asked.first else {})}
        doing = Doing("system.turned", about=asked.system, what=what)
        return recorded(self._journal, (press, session), doing, lambda: self._office.turn_system(press, session, asked))

    def linkage(self, press: Press, session: Session, asked: AskLinkage) -> Linkage:
        """情報連携記録. Errors: Refused ``reason_missing``, ``nothing_asked``, ``wrong_period``."""
        what: dict[str, Detail] = {"system": asked.system, "reason": asked.reason}
        return recorded(
            self._journal,
            (press, session),
            Doing("linkage.shown", about=asked.subject, what=what),
            lambda: self._office.linkage(press, session, asked),
            lambda found: {"records": len(found.rows)},
        )

    def untold(self, press: Press, session: Session) -> UntoldChanges:
        """Changes that the register could not tell."""
        return recorded(
            self._journal, (press, session), Doing("untold.shown"), lambda: self._office.untold(press, session)
        )

    def tell_again(self, press: Press, session: Session, position: int, subject: str) -> UntoldChanges:
        """Have one of them tried again. Errors: NotAllowed where it waits no more."""
        doing = Doing("untold.again", about=subject, what={"position": position})
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.tell_again(press, session, position)
        )
