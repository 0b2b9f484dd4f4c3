"""The intermediary's tables and how they are read and written."""

from app.backend.intermediary.store.book import IntermediaryStore
from app.backend.intermediary.store.own import OwnStore, own_table
from app.backend.intermediary.store.tables import HISTORY, METADATA, TABLES

__all__ = ["HISTORY", "METADATA", "TABLES", "IntermediaryStore", "OwnStore", "own_table"]
