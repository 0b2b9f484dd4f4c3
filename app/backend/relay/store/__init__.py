"""The relay's tables and how they are read and written."""

from app.backend.relay.store.book import HISTORY, METADATA, OUTBOX, TABLES, RelayStore, enquiry_table
from app.backend.relay.store.bulk import BulkStore, bulk_row_table, bulk_table
from app.backend.relay.store.expiry import run_table
from app.backend.relay.store.notices import NoticeStore, notice_table
from app.backend.relay.store.office import OfficeStore, paper_table, stop_table
from app.backend.relay.store.replicas import ReplicaStore, replica_table

__all__ = [
    "HISTORY",
    "METADATA",
    "OUTBOX",
    "TABLES",
    "BulkStore",
    "NoticeStore",
    "OfficeStore",
    "RelayStore",
    "ReplicaStore",
    "bulk_row_table",
    "bulk_table",
    "enquiry_table",
    "notice_table",
    "paper_table",
    "replica_table",
    "run_table",
    "stop_table",
]
