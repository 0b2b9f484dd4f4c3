"""Messages by which two parties become one: found to be alike, proposed, decided by somebody else, undone."""

from datetime import datetime

from app.wire.message import Message


class AskMerges(Message, frozen=True):
    """What waits for somebody, or ``decided``: what does no more."""

    purpose: str
    decided: bool = False


class MergeStep(Message, frozen=True):
    """One step: who did what when, and why."""

    state: str
    by: str
    at: datetime
    reason: str


class MergeRow(Message, frozen=True):
    """Two parties. ``state``: alike, proposed, turned_down, merged, undoing or undone.

    ``signs``: what they have in common (my_number, corporate_number, name, kana, birth); ``may``: what this person
    may do now.
    """

    merge_id: str
    state: str
    party: str
    into: str
    party_name: str
    into_name: str
    signs: tuple[str, ...]
    steps: tuple[MergeStep, ...]
    may: tuple[str, ...]
    version: int


class Merges(Message, frozen=True):
    """Oldest first; ``more``: that the list was cut."""

    rows: tuple[MergeRow, ...]
    more: bool = False


class ProposeMerge(Message, frozen=True):
    """``party`` turned out to be ``into``; or (``undo``) two that were made one are two after all."""

    purpose: str
    party: str
    into: str
    reason: str
    undo: bool = False
    visit_id: str = ""


class DecideMerge(Message, frozen=True):
    """Somebody else decides what was proposed. ``outcome``: approved or turned_down; also of what was found alike."""

    purpose: str
    merge_id: str
    version: int
    outcome: str
    reason: str = ""
