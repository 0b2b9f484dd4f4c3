"""What the ledger slice does: witness logs, audit them, have them stamped."""

from app.backend.ledger.service.stamps import Stamping
from app.backend.ledger.service.terminals import Counters, TerminalKeys
from app.backend.ledger.service.witness import LOST, RESTORE, REVIEW, LedgerService

__all__ = ["LOST", "RESTORE", "REVIEW", "Counters", "LedgerService", "Stamping", "TerminalKeys"]
