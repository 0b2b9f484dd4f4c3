"""What the ledger slice does: witness logs, audit them, have them stamped, show what did not hold."""

from app.backend.ledger.service.alarms import Alarms
from app.backend.ledger.service.stamps import Stamping
from app.backend.ledger.service.terminals import Counters, TerminalKeys
from app.backend.ledger.service.witness import LOST, RESTORE, REVIEW, LedgerService

__all__ = ["LOST", "RESTORE", "REVIEW", "Alarms", "Counters", "LedgerService", "Stamping", "TerminalKeys"]
