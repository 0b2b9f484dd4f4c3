"""Messages of taking over: who may open whose drafts, which wait at the desk, and who took one."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from app.wire.message import Message

BoxKeyBytes = Annotated[bytes, Meta(min_length=32, max_length=32)]
"""X25519, public half."""


class OfferTakeKey(Message, frozen=True):
    """Whoever may take drafts over says under which key of this terminal they can open them."""

    box: BoxKeyBytes


class AskTakeKeys(Message, frozen=True):
    """Under which keys drafts of this person's department are sealed besides the office's own."""


class TakeKeys(Message, frozen=True):
    """Public keys, the last offered first."""

    boxes: tuple[BoxKeyBytes, ...]


class AskWaitingDrafts(Message, frozen=True):
    """Copies of drafts of one's own department that are not handed in."""


class WaitingDraft(Message, frozen=True):
    """引継ぎ: a draft that lies sealed. Nothing of a resident is in it but the ticket.

    ``ticket``: 番号札, "" without one. ``receivers``: ids of the keys that open it. ``from_staff_id``: who had it
    before, "" where nobody took it over yet.
    """

    draft_id: str
    version: int
    visit_id: str
    procedure: str
    ticket: str
    staff_id: str
    name: str
    terminal: str
    saved_at: datetime
    receivers: tuple[str, ...]
    from_staff_id: str = ""


class WaitingDrafts(Message, frozen=True):
    """Drafts, the longest untouched first."""

    rows: tuple[WaitingDraft, ...]


class TakeDraft(Message, frozen=True):
    """Take a draft over as it was listed (``version``), sealed to the key with the id ``receiver``."""

    draft_id: str
    version: int
    receiver: str


class DraftTaken(Message, frozen=True):
    """The draft is the caller's from now on. ``sealed``: for the caller's key; ``staff_id``: whose it was."""

    draft_id: str
    staff_id: str
    name: str
    sealed: bytes
    taken_at: datetime


class AskTakenDrafts(Message, frozen=True):
    """Which of one's own drafts somebody took over."""


class TakenDraft(Message, frozen=True):
    """A draft that was one's own. ``number``: the receipt number once it was handed in, else ""."""

    draft_id: str
    procedure: str
    taken_by: str
    name: str
    terminal: str
    taken_at: datetime
    number: str = ""


class TakenDrafts(Message, frozen=True):
    """The last taken first."""

    rows: tuple[TakenDraft, ...]
