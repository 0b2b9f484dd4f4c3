"""What waits on this PC, for the status strip: things to send, drafts, answers that came later."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.errors import LedgerError
from app.services.ports.memory import Arrived, DraftMark, OutgoingState, Postbox, WorkStore


@dataclass(frozen=True, slots=True)
class WorkStatus:
    """How this PC's work stands. ``drafts`` and ``arrived`` are empty while it is locked.

    ``certificate_until``: how long the PC's certificate holds, None where nobody said.
    """

    alarm: LedgerError | None
    waiting: tuple[OutgoingState, ...]
    drafts: tuple[DraftMark, ...]
    arrived: tuple[Arrived, ...]
    certificate_until: datetime | None = None


def work_status(postbox: Postbox, work: WorkStore, certificate_until: datetime | None = None) -> WorkStatus:
    """The present state; quick, from this PC alone. Nothing of a resident is in it: no act.

    A draft whose hand-in was closed without having arrived can be handed in again from now on.
    """
    waiting = postbox.waiting()  # first: what is neither here nor among the answers read after it was laid aside
    if not work.is_open:
        return WorkStatus(postbox.alarm(), waiting, (), (), certificate_until)
    arrived = work.arrived()
    under_way = {state.item_id for state in waiting} | {one.item_id for one in arrived}
    drafts = tuple(_mark(work, mark, under_way=mark.item_id in under_way) for mark in work.drafts())
    return WorkStatus(postbox.alarm(), waiting, drafts, arrived, certificate_until)


def _mark(work: WorkStore, mark: DraftMark, *, under_way: bool) -> DraftMark:
    if under_way or not mark.handed_in:
        return mark
    work.handed_in(mark.draft_id, "")
    return replace(mark, item_id="")
