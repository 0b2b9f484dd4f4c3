"""What the ledger slice does: witness logs, audit them, have them stamped."""

from app.backend.ledger.service.stamps import Stamping
from app.backend.ledger.service.witness import LOST, RESTORE, REVIEW, LedgerService

__all__ = ["LOST", "RESTORE", "REVIEW", "LedgerService", "Stamping"]
