"""The socialaddress slice's tables and book."""

from app.backend.socialaddress.store.book import SocialAddressStore
from app.backend.socialaddress.store.tables import HISTORY, METADATA, TABLES

__all__ = ["HISTORY", "METADATA", "TABLES", "SocialAddressStore"]
