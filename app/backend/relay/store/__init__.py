"""The relay's tables and how they are read and written."""

from app.backend.relay.store.book import HISTORY, METADATA, OUTBOX, TABLES, RelayStore, enquiry_table
from app.backend.relay.store.replicas import ReplicaStore, replica_table

__all__ = ["HISTORY", "METADATA", "OUTBOX", "TABLES", "RelayStore", "ReplicaStore", "enquiry_table", "replica_table"]
