"""The ledger slice's tables and how they are read and written."""

from app.backend.ledger.store.alarms import AlarmStore
from app.backend.ledger.store.book import LedgerStore
from app.backend.ledger.store.tables import HISTORY, METADATA, TABLES
from app.backend.ledger.store.witness import stamps_of

__all__ = ["HISTORY", "METADATA", "TABLES", "AlarmStore", "LedgerStore", "stamps_of"]
