"""台帳の警報 at a counter: what did not hold, and that a supervisor took note of it."""

from typing import Protocol

from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.ledger_alarms import AlarmList, AlarmNoted, AlarmView

REVIEW = "ledger.review"
"""The act a right is needed for."""


class AlarmOffice(Protocol):
    """The ledger slice. Errors as in ``app.services.ports.office``."""

    def alarms(self, press: Press, session: Session) -> AlarmList: ...
    def note(self, press: Press, session: Session, alarm: AlarmView, note: str) -> AlarmNoted:
        """Errors besides: Conflict; Refused ``finding_missing``."""
        ...


class LedgerAlarms:
    """The use cases of a supervisor."""

    def __init__(self, office: AlarmOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def shown(self, press: Press, session: Session) -> AlarmList:
        """Everything that did not hold, the newest first."""
        return recorded(
            self._journal,
            (press, session),
            Doing("ledger_alarms.shown"),
            lambda: self._office.alarms(press, session),
            lambda found: {"alarms": len(found.rows)},
        )

    def note(self, press: Press, session: Session, alarm: AlarmView, note: str) -> AlarmNoted:
        """Keep that this person took note of it, and what they found."""
        doing = Doing("ledger_alarms.noted", about=alarm.log, what={"fault": alarm.kind, "size": alarm.size})
        return recorded(self._journal, (press, session), doing, lambda: self._office.note(press, session, alarm, note))
