"""The staff slice's tables and how they are read and written."""

from app.backend.staff.store.people import StaffStore
from app.backend.staff.store.tables import HISTORY, METADATA, TABLES

__all__ = ["HISTORY", "METADATA", "TABLES", "StaffStore"]
