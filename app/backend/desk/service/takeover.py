"""引継ぎ: a supervisor takes a colleague's sealed draft over; both names are recorded, and the colleague is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from app.backend.desk.ports import DeskBook, DeskUnit, DraftCopy, TakeKey, Takeover
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import Conflict, NotAllowed, Refused, WrongKey
from app.trust.seal import receiver_of
from app.wire.message import Message, Nothing
from app.wire.takeover import (
    AskTakeKeys,
    AskTakenDrafts,
    AskWaitingDrafts,
    DraftTaken,
    OfferTakeKey,
    TakeDraft,
    TakeKeys,
    TakenDraft,
    TakenDrafts,
    WaitingDraft,
    WaitingDrafts,
)

A = TypeVar("A", bound=Message)

RIGHT = "draft.take"
KEEP = "draft.keep"
KEY_LIFE = timedelta(days=45)
"""How long a key that was offered is sealed to; whoever may take over offers it at each sign-in. Assumed."""
MOST_KEYS = 16
TOLD = timedelta(days=30)
"""How long somebody is told that a draft of theirs was taken over. Assumed."""


class TakeOver:
    """Who may take over is a right; whose drafts, the department decides."""

    def __init__(self, book: DeskBook) -> None:
        self._book = book

    def offer(self, call: Call, asked: OfferTakeKey) -> Nothing:
        """Under this key of the calling terminal the caller opens drafts from now on."""

        def keep(unit: DeskUnit) -> Nothing:
            actor = call.actor
            key = TakeKey(call.municipality, actor.staff_id, actor.terminal, actor.department, asked.box, call.at)
            unit.put_take_key(key)
            unit.record(act_of(call, "draft.take_key_offered", about=actor.terminal))
            return Nothing()

        return self._once(call, asked, Nothing, keep, (RIGHT, "draft.take_key", "", ""))

    def keys(self, call: Call, _: AskTakeKeys) -> TakeKeys:
        """The keys of those who may take over in the caller's department."""
        call.demand(KEEP)
        since = call.at - KEY_LIFE
        found = self._book.read(lambda unit: unit.take_keys(call.municipality, call.actor.department, since))
        return TakeKeys(boxes=tuple(dict.fromkeys(one.box for one in found))[:MOST_KEYS])

    def waiting(self, call: Call, _: AskWaitingDrafts) -> WaitingDrafts:
        """What lies sealed in the caller's department, but their own. Looking is recorded."""

        def look(unit: DeskUnit) -> WaitingDrafts:
            call.demand(RIGHT)
            found = unit.drafts_of(call.municipality, call.actor.department)
            names = unit.names(call.municipality)
            rows = tuple(_waiting(unit, one, names) for one in found if one.staff_id != call.actor.staff_id)
            unit.remember(call.actor)
            unit.record(act_of(call, "drafts.listed", drafts=len(rows)))
            return WaitingDrafts(rows=rows)

        return watched(self._book, call, ("drafts.list", "", ""), look)

    def take(self, call: Call, asked: TakeDraft) -> DraftTaken:
        """Make a draft the caller's.

        Errors: NotAllowed for one's own, another department's, or none; Conflict when it was saved again or taken
        since it was listed; Refused ``draft_not_for_you`` when it is not sealed to that key.
        """

        def take(unit: DeskUnit) -> DraftTaken:
            known = unit.draft(call.municipality, asked.draft_id)
            if known is None or known.department != call.actor.department or known.staff_id == call.actor.staff_id:
                raise NotAllowed
            if known.version != asked.version:
                raise Conflict(version=known.version)
            sealed = _for(known, asked.receiver)
            return self._taken(unit, call, known, sealed)

        place = (RIGHT, "draft.take", "", asked.draft_id)
        return self._once(call, asked, DraftTaken, take, place)

    def taken(self, call: Call, _: AskTakenDrafts) -> TakenDrafts:
        """Which of the caller's drafts somebody took over, and what became of them."""
        call.demand(KEEP)
        mine = call.municipality, call.actor.staff_id

        def look(unit: DeskUnit) -> TakenDrafts:
            names = unit.names(call.municipality)
            found = unit.taken_from(*mine, call.at - TOLD)
            return TakenDrafts(rows=tuple(_taken(unit, one, names) for one in found))

        return self._book.read(look)

    @staticmethod
    def _taken(unit: DeskUnit, call: Call, known: DraftCopy, sealed: bytes) -> DraftTaken:
        actor, author = call.actor, known.staff_id
        position = len(unit.takeovers(call.municipality, known.draft_id))
        taken = Takeover(
            municipality=call.municipality,
            draft_id=known.draft_id,
            position=position,
            procedure=known.procedure,
            author=author,
            taken_by=actor.staff_id,
            terminal=actor.terminal,
            taken_at=call.at,
        )
        unit.take_draft(replace(known, staff_id=actor.staff_id, terminal=actor.terminal), taken)
        names = {"author": author, "taken_by": actor.staff_id, "from_terminal": known.terminal}
        unit.record(act_of(call, "draft.taken", visit=known.visit_id, about=known.draft_id, **names))
        name = unit.names(call.municipality).get(author, "")
        return DraftTaken(draft_id=known.draft_id, staff_id=author, name=name, sealed=sealed, taken_at=call.at)

    def _once(
        self,
        call: Call,
        asked: Message,
        gives: type[A],
        work: Callable[[DeskUnit], A],
        place: tuple[str, str, str, str],
    ) -> A:
        right, *where = place

        def run(unit: DeskUnit) -> A:
            call.demand(right)

            def first() -> A:
                unit.remember(call.actor)
                return work(unit)

            return unit.once(call, asked, gives, first)

        return watched(self._book, call, (where[0], where[1], where[2]), run)


def owners_before(unit: DeskUnit, call: Call, draft_id: str, reached_at: datetime) -> tuple[str, ...]:
    """Staff ids of who had the draft before the caller, the first one first; empty where it was never taken over.

    What its former owner handed in before it was taken, and what arrives only now, counts.
    Errors: Refused ``draft_taken`` (``name``: whose it is now) for what was handed in after it had gone to another.
    """
    taken = unit.takeovers(call.municipality, draft_id)
    if not taken:
        return ()
    last, me = taken[-1], call.actor.staff_id
    if me == last.taken_by:
        return tuple(dict.fromkeys(one.author for one in taken if one.author != me))
    gone_at = next((one.taken_at for one in reversed(taken) if one.author == me), None)
    if gone_at is None or reached_at > gone_at:
        raise Refused("draft_taken", name=unit.names(call.municipality).get(last.taken_by, last.taken_by))
    return ()


def _for(draft: DraftCopy, receiver: str) -> bytes:
    for sealed in draft.for_takers:
        try:
            if receiver_of(sealed) == receiver:
                return sealed
        except WrongKey:
            continue
    raise Refused("draft_not_for_you")


def _receivers(draft: DraftCopy) -> tuple[str, ...]:
    found = []
    for sealed in draft.for_takers:
        try:
            found.append(receiver_of(sealed))
        except WrongKey:
            continue
    return tuple(found)


def _waiting(unit: DeskUnit, one: DraftCopy, names: dict[str, str]) -> WaitingDraft:
    visit = unit.visit(one.municipality, one.visit_id)
    before = unit.takeovers(one.municipality, one.draft_id)
    return WaitingDraft(
        draft_id=one.draft_id,
        version=one.version,
        visit_id=one.visit_id,
        procedure=one.procedure,
        ticket="" if visit is None else visit.ticket,
        staff_id=one.staff_id,
        name=names.get(one.staff_id, ""),
        terminal=one.terminal,
        saved_at=one.saved_at,
        receivers=_receivers(one),
        from_staff_id=before[0].author if before else "",
    )


def _taken(unit: DeskUnit, one: Takeover, names: dict[str, str]) -> TakenDraft:
    case = unit.case(one.municipality, one.draft_id)
    return TakenDraft(
        draft_id=one.draft_id,
        procedure=one.procedure,
        taken_by=one.taken_by,
        name=names.get(one.taken_by, ""),
        terminal=one.terminal,
        taken_at=one.taken_at,
        number="" if case is None else case.number,
    )
