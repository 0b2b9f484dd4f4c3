"""What waits on this PC, for the status strip: things to send, drafts, answers that came later."""

from dataclasses import dataclass

from app.errors import LedgerError
from app.services.ports.memory import Arrived, DraftMark, OutgoingState, Postbox, WorkStore


@dataclass(frozen=True, slots=True)
class WorkStatus:
    """How this PC's work stands. ``drafts`` and ``arrived`` are empty while it is locked."""

    alarm: LedgerError | None
    waiting: tuple[OutgoingState, ...]
    drafts: tuple[DraftMark, ...]
    arrived: tuple[Arrived, ...]


def work_status(postbox: Postbox, work: WorkStore) -> WorkStatus:
    """The present state; quick, from this PC alone. Nothing of a resident is in it: no act."""
    if not work.is_open:
        return WorkStatus(postbox.alarm(), postbox.waiting(), (), ())
    return WorkStatus(postbox.alarm(), postbox.waiting(), work.drafts(), work.arrived())
