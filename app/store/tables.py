"""The tables of terminal.db and work.db."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table

from app.durable.cells import key_table
from app.durable.columns import Instant
from app.durable.leaves import leaf_tables
from app.durable.outbox import outbox_table

TERMINAL = MetaData()
TERMINAL_HISTORY = "app.store.migrations.terminal"

KEYS = key_table(TERMINAL)
LEAVES = leaf_tables(TERMINAL)
OUTBOX = outbox_table(TERMINAL)
outgoing = Table(
    "outgoing",
    TERMINAL,
    Column("item_id", String(64), primary_key=True),
    Column("author", String(32), nullable=False),
    Column("trace", String(64), nullable=False),
)
"""What is in clear about an item: who laid it down, under which trace number."""
delivered = Table(
    "delivered",
    TERMINAL,
    Column("item_id", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)
"""What the desk has taken, still sealed to it: sent again when the desk is restored from an older backup."""
memo = Table(
    "memo",
    TERMINAL,
    Column("name", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Single things by name: lock state, signing key, the desk's keys, how far the journal is synchronised."""
seen_checkpoint = Table(
    "seen_checkpoint",
    TERMINAL,
    Column("origin", String(128), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)
"""The last signed checkpoint of each log of the backend that this terminal has seen."""
work_file = Table(
    "work_file",
    TERMINAL,
    Column("file", String(64), primary_key=True),
    Column("staff_id", String(32), nullable=False, index=True),
    Column("box", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("aside_at", Instant),
)
"""One file of work for each clerk; ``box``: what its results are sealed to; ``aside_at``: left for recovery."""
work_slot = Table(
    "work_slot",
    TERMINAL,
    Column("file", String(64), primary_key=True),
    Column("holder", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("memory_kib", Integer, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("lanes", Integer, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)
"""The key of a file of work, wrapped for one holder.

"staff:<id>" by password, "office" by the recovery key, "card:<48 hex digits of its name>" by what the card keeps for
the salt (memory, passes and lanes are 0 then).
"""
arrived = Table(
    "arrived",
    TERMINAL,
    Column("item_id", String(64), primary_key=True),
    Column("file", String(64), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)
"""Answers that came while their asker's work may have been closed, sealed to it."""

WORK = MetaData()
WORK_HISTORY = "app.store.migrations.work"

own = Table(
    "own",
    WORK,
    Column("name", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""The private half of what results are sealed to."""
draft = Table(
    "draft",
    WORK,
    Column("draft_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("item_id", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""下書き: ``item_id`` of the hand-in it went out with, "" while it has not."""
result = Table(
    "result",
    WORK,
    Column("item_id", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
