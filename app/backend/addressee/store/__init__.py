"""The addressee slice's store."""

from app.backend.addressee.store.book import AddresseeStore
from app.backend.addressee.store.tables import HISTORY, METADATA, TABLES

__all__ = ["HISTORY", "METADATA", "TABLES", "AddresseeStore"]
