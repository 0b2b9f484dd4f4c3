"""The core's store."""

from app.backend.nws.store.book import CoreStore
from app.backend.nws.store.tables import HISTORY, METADATA, TABLES

__all__ = ["HISTORY", "METADATA", "TABLES", "CoreStore"]
