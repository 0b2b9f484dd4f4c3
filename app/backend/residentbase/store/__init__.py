"""Residentbase's tables and how they are read and written."""

from app.backend.residentbase.store.book import BaseStore
from app.backend.residentbase.store.tables import HISTORY, METADATA, TABLES

__all__ = ["HISTORY", "METADATA", "TABLES", "BaseStore"]
