"""Messages about bulk enquiries (一括照会): files of a business system in, an outcome for each row out."""

from datetime import datetime

from app.wire.message import Message


class LossMark(Message, frozen=True):
    """What a conversion lost; see ``app.domain.conversion.losses``."""

    row: int
    field: str
    kind: str
    what: str
    became: str


class HandInBulk(Message, frozen=True):
    """One part of a file, in order: a file of its own by ``layout``, at most 5,000 rows.

    ``part`` counts from 1; with ``is_last`` the enquiries begin. ``outcomes``: the layout that outcomes are given in.
    """

    batch_id: str
    procedure: str
    layout: str
    outcomes: str
    part: int
    is_last: bool
    body: bytes


class BulkTaken(Message, frozen=True):
    """``rows`` of this part, ``rejected`` of them; ``losses``: the first 200 of ``lossy`` steps. ``proof``: receipt."""

    batch_id: str
    rows: int
    rejected: int
    lossy: int
    losses: tuple[LossMark, ...]
    proof: str


class AskBulk(Message, frozen=True):
    """Ask how a file stands."""

    batch_id: str


class BulkState(Message, frozen=True):
    """``state``: taken (parts are missing), running or done. ``counts``: state of rows → how many."""

    batch_id: str
    procedure: str
    state: str
    parts: int
    rows: int
    counts: dict[str, int]
    laid_at: datetime
    changed_at: datetime


class AskBulkOutcomes(Message, frozen=True):
    """Ask for the outcomes of rows from ``first`` (1) on, at most ``limit`` (1 to 1,000)."""

    batch_id: str
    first: int = 1
    limit: int = 1000


class BulkOutcomes(Message, frozen=True):
    """A file in the layout of outcomes. ``rows`` in it; ``next``: the first row of the next part, 0 for none."""

    batch_id: str
    layout: str
    body: bytes
    rows: int
    next: int
    lossy: int
    losses: tuple[LossMark, ...]


class ConvertFile(Message, frozen=True):
    """Ask for a file in another layout of the same use."""

    source: str
    target: str
    body: bytes


class Converted(Message, frozen=True):
    """``faults``: rows that could not be taken apart, as in "3:wrong_cells". ``losses``: the first 200 of ``lossy``."""

    body: bytes
    rows: int
    faults: tuple[str, ...]
    lossy: int
    losses: tuple[LossMark, ...]
