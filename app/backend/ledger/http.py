"""What the ledger slice offers over the network."""

from app.backend.ledger.service import REVIEW, Counters, LedgerService
from app.backend.ledger.service.alarms import Alarms
from app.backend.ledger.service.counterparts import Counterparts
from app.backend.ledger.service.terminals import MEET
from app.link.letters import letter_endpoint
from app.wire.endpoint import Endpoint
from app.wire.ledger import (
    AskAudit,
    AskGrowth,
    AskReceipt,
    AskWitnessed,
    Audited,
    Growth,
    MeetLogs,
    OfferedLogs,
    ReceiptVerdict,
    WitnessedLogs,
)
from app.wire.ledger_alarms import AlarmList, AlarmNoted, AskAlarms, NoteAlarm


def endpoints(service: LedgerService, counters: Counters) -> tuple[Endpoint, ...]:
    """Terminals meet the logs as witnesses; everything else asks for the right to review."""
    return (
        Endpoint(path="/ledger/v1/meet", act=MEET, takes=MeetLogs, gives=OfferedLogs, does=counters.meet),
        Endpoint(
            path="/ledger/v1/witnessed", act=REVIEW, takes=AskWitnessed, gives=WitnessedLogs, does=service.witnessed
        ),
        Endpoint(path="/ledger/v1/receipt", act=REVIEW, takes=AskReceipt, gives=ReceiptVerdict, does=service.check),
        Endpoint(path="/ledger/v1/audit", act=REVIEW, takes=AskAudit, gives=Audited, does=service.audit),
        Endpoint(path="/ledger/v1/growth", act=REVIEW, takes=AskGrowth, gives=Growth, does=service.growth),
    )


def alarm_endpoints(alarms: Alarms) -> tuple[Endpoint, ...]:
    """What did not hold, and taking note of it."""
    return (
        Endpoint(path="/ledger/v1/alarms", act=REVIEW, takes=AskAlarms, gives=AlarmList, does=alarms.shown),
        Endpoint(path="/ledger/v1/note-alarm", act=REVIEW, takes=NoteAlarm, gives=AlarmNoted, does=alarms.note),
    )


def counterpart_endpoints(seeing: Counterparts, path: str) -> tuple[Endpoint, ...]:
    """Where other institutions show their logs, each letter signed."""
    return (letter_endpoint(path, "ledger", seeing.see),)
