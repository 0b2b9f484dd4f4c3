"""The boundary's store."""

from app.backend.jukirelay.store.book import NetworkStore
from app.backend.jukirelay.store.tables import HISTORY, METADATA, TABLES

__all__ = ["HISTORY", "METADATA", "TABLES", "NetworkStore"]
