"""What this PC remembers, as the use cases need it: journal, postbox, drafts, lock state."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.domain.act import Act
from app.domain.secret import Secret
from app.errors import AppError, LedgerError
from app.services.ports.seat import Session
from app.wire.desk import Receipt
from app.wire.draft import Draft
from app.wire.message import Message


class Kind(StrEnum):
    """What an item is: the name of its message; each has one receiver and one endpoint."""

    VISIT_OPENED = "OpenVisit"
    VISIT_CLOSED = "CloseVisit"
    DRAFT_COPY = "DraftCopy"
    HAND_IN = "HandIn"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something that must reach the office. ``item_id`` is also the key against doing it twice.

    ``author``: only in this person's session it is delivered. Items of one ``subject`` keep their order.
    """

    item_id: str
    author: str
    subject: str
    kind: Kind
    message: Message


class Journal(Protocol):
    """控え: what was done at this terminal."""

    def write(self, act: Act, *outgoing: Outgoing) -> None:
        """Keep ``act`` and lay down ``outgoing``, durably and together. Errors: DiskFull, StoreBusy."""
        ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """It arrived. ``answer`` is the message the office gave."""

    answer: Message


SENDING = "outbox.sending"
"""Cause: it is on its way, or behind another item of its visit."""
DELIVERED = "outbox.delivered"
"""Cause: it has arrived; its answer lies with the person's work."""


@dataclass(frozen=True, slots=True)
class Waits:
    """It lies here and will be sent by itself, once. ``cause``: a stable code (office.unreachable …)."""

    cause: str
    next_at: datetime


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """The office does not take it; it is closed and will not be sent again."""

    error: AppError


Outcome = Delivered | Waits | TurnedDown


class Standing(StrEnum):
    """How an item stands: on its way, or given up until somebody looks at it."""

    WAITING = "waiting"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class OutgoingState:
    """One item that has not arrived. ``subject``: its visit; ``cause``: stable code of the last failure, "" if none.

    ``can_act``: who can do something: "nobody" (time), "author" (sign in again), "supervisor" (look at it).
    """

    item_id: str
    kind: Kind
    author: str
    subject: str
    created_at: datetime
    standing: Standing
    attempts: int
    cause: str
    next_at: datetime
    can_act: str


class Postbox(Protocol):
    """送信待ち: things for the office, delivered once each."""

    def serve(self, session: Session | None) -> None:
        """From now on deliver in this session (None: nobody is signed in); what waits is tried at once."""
        ...

    def send(self, item_id: str, wait_s: float) -> Outcome:
        """Try an item that was laid down now and wait for its outcome, at most ``wait_s``; then it ``Waits``."""
        ...

    def settle(self, wait_s: float) -> None:
        """Deliver what this session's person has waiting, as far as it goes; ends at the first that waits."""
        ...

    def waiting(self) -> tuple[OutgoingState, ...]:
        """What has not arrived, oldest first."""
        ...

    def alarm(self) -> LedgerError | None:
        """What does not agree between this PC's journal and the desk; nothing is synchronised any more then."""
        ...


class Tending(Protocol):
    """What people do about things that have not arrived. Errors of all: DiskFull, StoreBusy."""

    def hurry(self) -> None:
        """Try everything that waits at once."""
        ...

    def send_again(self, item_id: str) -> bool:
        """Try a dead item from the beginning; False where it is not dead."""
        ...

    def lay_aside(self, item_id: str) -> bool:
        """Close a dead item without its having arrived; its content is forgotten. False where it is not dead."""
        ...


@dataclass(frozen=True, slots=True)
class DraftMark:
    """A draft in a list. ``item_id``: the hand-in it went out with, "" before and when that came back."""

    draft_id: str
    visit_id: str
    procedure: str
    saved_at: datetime
    item_id: str = ""

    @property
    def handed_in(self) -> bool:
        """Whether it is on its way."""
        return bool(self.item_id)


@dataclass(frozen=True, slots=True)
class Arrived:
    """The answer to a hand-in that was sent later."""

    item_id: str
    at: datetime
    receipt: Receipt


class WorkStore(Protocol):
    """手元の作業: the signed-in person's drafts and results; closed, nothing of it can be read.

    Errors of all but the first four while closed: WorkClosed.
    """

    def open(self, staff_id: str, password: Secret, former: Secret | None) -> None:
        """Open this person's store with the password (made at the first time).

        ``former``: the password before the last change, to carry the store over. Errors: PasswordChanged when the
        password does not open it and no ``former`` does; KeyringLocked, StoreBusy, DiskFull.
        """
        ...

    def set_aside(self, staff_id: str) -> None:
        """Begin anew: the old store stays sealed for the office's recovery key. For a forgotten former password."""
        ...

    def close(self) -> None:
        """Forget the key; nothing can be read until it is opened again."""
        ...

    @property
    def is_open(self) -> bool: ...

    def save(self, draft: Draft) -> None:
        """Keep this state of the draft, durably; replaces the earlier one."""
        ...

    def draft(self, draft_id: str) -> Draft:
        """The draft. Errors: NotAllowed when there is none."""
        ...

    def drafts(self) -> tuple[DraftMark, ...]:
        """All drafts, latest first."""
        ...

    def handed_in(self, draft_id: str, item_id: str) -> None:
        """The draft went out as this item; it stays until the answer is there."""
        ...

    def drop(self, draft_id: str) -> None:
        """Delete the draft."""
        ...

    def arrived(self) -> tuple[Arrived, ...]:
        """Answers to hand-ins that were sent later, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class LockState:
    """Who was working here and whether it is locked; survives the end of the program."""

    staff_id: str
    locked_at: datetime | None
    visit_id: str = ""
    draft_id: str = ""


class LockMemory(Protocol):
    """Remembers the lock across restarts."""

    def lock_state(self) -> LockState | None: ...
    def set_lock_state(self, state: LockState | None) -> None: ...


class CopySealer(Protocol):
    """Seals copies of drafts for take-over."""

    def sealed_copy(self, draft: Draft) -> bytes:
        """The draft, sealed to the office's recovery key; neither this PC nor the desk can open it."""
        ...

    def for_takers(self, draft: Draft) -> tuple[bytes, ...]:
        """The draft, sealed to each of those who may take it over; nobody else can open it."""
        ...
