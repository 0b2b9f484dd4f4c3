"""手数料: taken or waived at a window under numbers without gaps; void only by two, closed days stay as they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.backend.desk.ports import DeskBook, DeskUnit
from app.backend.desk.ports.fees import KeptFee
from app.backend.desk.service.reception import business_year
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.application import SHORTEST_REASON
from app.domain.call import Call
from app.domain.fees import FeeTable
from app.domain.person import Capacity
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.desk_fees import CorrectEntry, DecideVoid, FeeDone, FeeKind, TakeFee, VoidFee

TAKE, VOID, CLOSE = "fee.take", "fee.void", "fee.close"
TAKEN, VOID_ASKED, IS_VOID = "taken", "void_asked", "void"
MOST_AT_ONCE, DEAREST = 99, 1_000_000
"""Copies of one fee, and yen of one correction. Assumed."""


@dataclass(frozen=True, slots=True)
class FeeBooks:
    """What is taken at the desk (``own``), and what kinds of the register are called (``titles``)."""

    own: FeeTable
    titles: Mapping[str, str]

    def kinds(self) -> tuple[FeeKind, ...]:
        """What can be taken at the desk."""
        return tuple(
            FeeKind(
                kind=kind,
                title=fee.title,
                yen=fee.yen,
                assumed=fee.assumed,
                exemptions=tuple((one.id, one.title) for one in self.own.offered(kind, Capacity.SELF)),
            )
            for kind, fee in self.own.amounts.items()
        )


class FeeDesk:
    """Money of one window: the terminal's own. Everybody's entries of that window are seen there."""

    def __init__(self, book: DeskBook, books: FeeBooks) -> None:
        self._book = book
        self._books = books

    def take(self, call: Call, asked: TakeFee) -> FeeDone:
        """Take a fee, or waive it on a ground.

        Errors: NotAllowed; Conflict; NotUnderstood; Refused ``no_exemption``.
        """
        call.demand(TAKE)
        if not 0 < asked.count <= MOST_AT_ONCE or asked.kind not in self._books.own.amounts:
            raise NotUnderstood(what="kind")

        def take(unit: DeskUnit) -> FeeDone:
            fee = self._books.own.fee(asked.kind, Capacity.SELF, asked.exemption)
            through = unit.hold_till(call.municipality, call.actor.terminal)
            kept = self._new(unit, call, asked.fee_id, (asked.kind, fee.yen * asked.count, through))
            return _kept(unit, call, replace(kept, exemption=fee.exemption, about=asked.about[:64]), "fee.taken")

        return self._once(call, asked, "fee.taken", take)

    def ask_void(self, call: Call, asked: VoidFee) -> FeeDone:
        """Ask that an entry of this window be void.

        Errors: NotAllowed; Conflict; Refused ``reason_missing``, ``fee_void``, ``till_closed`` for one that is closed
        already, ``till_counted`` for one that was counted and awaits the second person.
        """
        call.demand(TAKE)

        def ask(unit: DeskUnit) -> FeeDone:
            known = _open_entry(unit, call, asked.fee_id, asked.version)
            if known.state != TAKEN:
                raise Refused("fee_void")
            reason = _reasoned(asked.reason)
            me = call.actor
            changed = replace(
                known, state=VOID_ASKED, reason=reason, void_asked_by=me.staff_id, void_asked_name=me.name,
                version=known.version + 1,
            )  # fmt: skip
            return _kept(unit, call, changed, "fee.void_asked")

        return self._once(call, asked, "fee.void_asked", ask)

    def decide_void(self, call: Call, asked: DecideVoid) -> FeeDone:
        """The second person's word. Errors: NotAllowed; Conflict; Refused ``second_person``, ``till_closed``."""
        call.demand(VOID)

        def decide(unit: DeskUnit) -> FeeDone:
            known = _open_entry(unit, call, asked.fee_id, asked.version)
            if known.state != VOID_ASKED:
                raise Refused("fee_void")
            me, version = call.actor, known.version + 1
            if known.void_asked_by == me.staff_id:
                raise Refused("second_person")
            if not asked.agreed:
                stays = replace(known, state=TAKEN, void_asked_by="", void_asked_name="", reason="", version=version)
                return _kept(unit, call, stays, "fee.void_refused")
            gone = replace(
                known, state=IS_VOID, void_by=me.staff_id, void_name=me.name, void_at=call.at, version=version
            )
            return _kept(unit, call, gone, "fee.voided")

        return self._once(call, asked, "fee.voided", decide)

    def correct(self, call: Call, asked: CorrectEntry) -> FeeDone:
        """An entry of its own that puts a closed one right; what was closed stays as it is.

        Errors: NotAllowed; Conflict; NotUnderstood; Refused ``reason_missing``, ``till_open`` for an entry that is not
        closed yet.
        """
        call.demand(VOID)
        if not 0 < abs(asked.yen) <= DEAREST:
            raise NotUnderstood(what="yen")

        def correct(unit: DeskUnit) -> FeeDone:
            through = unit.hold_till(call.municipality, call.actor.terminal)
            known = unit.fee(call.municipality, asked.corrects)
            if known is None or known.terminal != call.actor.terminal:
                raise NotAllowed
            if not is_closed(known.taken_at, through):
                raise Refused("till_open")
            reason = _reasoned(asked.reason)
            kept = self._new(unit, call, asked.fee_id, (known.kind, asked.yen, through))
            kept = replace(kept, corrects=known.fee_id, about=known.number, reason=reason)
            return _kept(unit, call, kept, "fee.corrected")

        return self._once(call, asked, "fee.corrected", correct)

    def _new(self, unit: DeskUnit, call: Call, fee_id: str, what: tuple[str, int, datetime | None]) -> KeptFee:
        """What waited while the till was counted comes after that count, whenever it was asked."""
        year, me = business_year(call.day), call.actor
        kind, yen, through = what
        counted = max((one for one in (through, _counted(unit, call)) if one is not None), default=None)
        at = call.at if counted is None else max(call.at, counted + timedelta(microseconds=1))
        return KeptFee(
            municipality=call.municipality,
            fee_id=fee_id,
            version=1,
            terminal=me.terminal,
            number=f"R{year}-{unit.next_fee(call.municipality, year):06}",
            kind=kind,
            yen=yen,
            exemption="",
            about="",
            corrects="",
            state=TAKEN,
            taken_by=me.staff_id,
            taken_name=me.name,
            taken_at=at,
        )

    def _once(
        self,
        call: Call,
        asked: TakeFee | VoidFee | DecideVoid | CorrectEntry,
        kind: str,
        work: Callable[[DeskUnit], FeeDone],
    ) -> FeeDone:
        place = (kind, "", asked.fee_id)
        return watched(self._book, call, place, lambda unit: unit.once(call, asked, FeeDone, lambda: work(unit)))


def is_closed(at: datetime, through: datetime | None) -> bool:
    """Whether what happened ``at`` is in a closing already."""
    return through is not None and at <= through


def _open_entry(unit: DeskUnit, call: Call, fee_id: str, version: int) -> KeptFee:
    """An entry of this window that is not closed. Errors: NotAllowed; Conflict; Refused ``till_closed``."""
    through = unit.hold_till(call.municipality, call.actor.terminal)
    known = unit.fee(call.municipality, fee_id)
    if known is None or known.terminal != call.actor.terminal:
        raise NotAllowed
    if known.version != version:
        raise Conflict(version=known.version)
    if is_closed(known.taken_at, through):
        raise Refused("till_closed")
    if is_closed(known.taken_at, _counted(unit, call)):
        raise Refused("till_counted")
    return known


def _counted(unit: DeskUnit, call: Call) -> datetime | None:
    """Through when this window was counted last, be it signed by both or not."""
    return next((one.through for one in unit.closings(call.municipality, call.actor.terminal, 1)), None)


def _reasoned(reason: str) -> str:
    said = reason.strip()[:500]
    if len(said) < SHORTEST_REASON:
        raise Refused("reason_missing")
    return said


def _kept(unit: DeskUnit, call: Call, fee: KeptFee, kind: str) -> FeeDone:
    unit.keep_fee(fee)
    unit.remember(call.actor)
    act = act_of(
        call, kind, about=fee.fee_id, number=fee.number, fee=fee.kind, yen=fee.yen, exemption=fee.exemption,
        corrects=fee.corrects,
    )  # fmt: skip
    return FeeDone(fee_id=fee.fee_id, number=fee.number, yen=fee.yen, version=fee.version, proof=unit.record(act))
