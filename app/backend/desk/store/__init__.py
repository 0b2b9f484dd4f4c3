"""The desk's tables and how they are read and written."""

from app.backend.desk.store.book import DeskStore
from app.backend.desk.store.tables import HISTORY, METADATA, TABLES

__all__ = ["HISTORY", "METADATA", "TABLES", "DeskStore"]
