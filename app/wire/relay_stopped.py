"""Messages about enquiries that were given up: which they are, sending one again, closing one with its reason."""

from datetime import datetime

from app.wire.message import Message


class AskStopped(Message, frozen=True):
    """Ask for all enquiries of the municipality that were given up."""


class StoppedEnquiry(Message, frozen=True):
    """One enquiry that nothing happens with by itself. Nothing in it names the person it is about.

    ``cause``: the code of what it was given up for. ``staff_id``: who made it. What can't be read any more has
    ``enquiry_id``, ``laid_at``, ``attempts`` and ``cause`` only.
    """

    enquiry_id: str
    laid_at: datetime
    attempts: int
    cause: str
    visit_id: str = ""
    procedure: str = ""
    enquiry: str = ""
    path: str = ""
    provider: str = ""
    provider_name: str = ""
    staff_id: str = ""


class StoppedEnquiries(Message, frozen=True):
    """All of them, the oldest first."""

    rows: tuple[StoppedEnquiry, ...]


class SendAgain(Message, frozen=True):
    """What stood in its way has been mended: try it once more, from the beginning."""

    enquiry_id: str


class CloseStopped(Message, frozen=True):
    """Nobody sends it any more. ``reason``: asked_by_letter, documents_asked, not_needed or test."""

    enquiry_id: str
    reason: str


class StoppedSettled(Message, frozen=True):
    """It is kept. ``proof``: the receipt of its record."""

    proof: str
