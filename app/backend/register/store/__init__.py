"""The register's tables and how they are read and written."""

from app.backend.register.store.book import RegisterStore
from app.backend.register.store.tables import HISTORY, METADATA, TABLES

__all__ = ["HISTORY", "METADATA", "TABLES", "RegisterStore"]
