"""Replica files as plain values: how far one has come, and which of its rows were not registered."""

from dataclasses import dataclass
from datetime import datetime

from app.backend.intermediary.ports.kept import Value

COMING, DONE, BROKEN, WITHDRAWN = "coming", "done", "broken", "withdrawn"
"""States of a file: parts are missing; all are in; they are not what was announced; its rows were deleted again."""


@dataclass(frozen=True, slots=True)
class ReplicaFile:
    """One file of rows of one kind of information and year. ``digest``: SHA-256 chained over its parts in order.

    ``next_part``: the one that is awaited, from 0. ``changed``, ``unchanged``, ``rejected``: rows, so far.
    """

    municipality: str
    file_id: str
    digest: bytes
    information: str
    tax_year: int
    columns: tuple[str, ...]
    rows: int
    parts: int
    chain: bytes
    begun_at: datetime
    changed_at: datetime
    next_part: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    state: str = COMING


@dataclass(frozen=True, slots=True)
class FileRow:
    """One good row of a file."""

    addressee_number: str
    kind: str
    items: dict[str, Value]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row that was not registered. ``line``: from 1, over all parts; ``text``: as it stood in the file."""

    line: int
    reason: str
    text: str
