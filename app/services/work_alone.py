"""Going on without the office: for a signed lease, bound to terminal and person, counted by clocks that don't stop."""

from dataclasses import replace
from datetime import timedelta

from app.domain.lease import Ending, LeaseCount
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import (
    Alone,
    CardNeedsOffice,
    LeaseClockBack,
    LeaseOver,
    LeaseTries,
    OfficeError,
    StatementAltered,
    StatementError,
    StatementOlder,
    StatementOthers,
    StatementUnsigned,
    UnknownHere,
)
from app.services.follow_rules import FollowRules, demand_own
from app.services.ports.alone import CounterOffice, HeldLease, LeaseMemory, Uptime
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.trust.statement import LEASE, signer_of, stated
from app.wire.counter_rules import StatedCards, StatedLease
from app.wire.message import decode

NO_TOKEN = "alone"  # noqa: S105 -- no password: it says that there is no token
"""What stands in a session of this PC alone in the token's place; the office would not take it."""
FREE_TRIES = 5
"""Refused tries in a row without the office; the fifth ends the lease. Assumed."""
_ENDED: dict[Ending, type[Alone]] = {
    Ending.OVER: LeaseOver,
    Ending.CLOCK_BACK: LeaseClockBack,
    Ending.TRIES: LeaseTries,
}


class WorkAlone:
    """The use case."""

    def __init__(
        self, office: CounterOffice, memory: LeaseMemory, uptime: Uptime, journal: Journal, rules: FollowRules
    ) -> None:
        self._office = office
        self._memory = memory
        self._uptime = uptime
        self._journal = journal
        self._rules = rules

    def settle(self, press: Press, session: Session) -> StatedCards | None:
        """The person was admitted by the office: the rules are asked for again, and a new lease."""
        self._rules.renew(press, session)
        return self.renew(press, session)

    def renew(self, press: Press, session: Session) -> StatedCards | None:
        """Ask for a lease, which begins now; the person's cards as it states them.

        One that can't be proved changes nothing; without a line nothing does: None.
        """
        try:
            note = self._office.lease(press, session)
            told = self._proved(note, session.actor.staff_id)
            self._demand_newer(told)
        except StatementError as error:
            self._journal.write(session.act(press, "lease.refused", code=error.code))
            return None
        except OfficeError:
            return None
        known = self._memory.held_lease(told.staff_id)
        lasts_s = min(told.lasts_s, self._rules.present().rules.lease_s)
        count = LeaseCount(lasts_s, 0.0, self._uptime.reading())
        held = HeldLease(note, session.municipality_name, session.office, session.second_factor, count)
        counters = () if known is None else known.counters
        self._memory.hold_lease(told.staff_id, replace(held, counters=counters))
        self._memory.heard_time(told.granted_at)
        return told.cards

    def left_s(self, staff_id: str) -> float | None:
        """What is left of this person's lease, counted and kept now; None without one."""
        held = self._counted(staff_id)
        return None if held is None else held.count.left_s

    def demand(self, staff_id: str) -> HeldLease:
        """The person's lease while it runs.

        Errors: UnknownHere without one or without work here; LeaseOver, LeaseClockBack, LeaseTries once it has ended.
        """
        held = self._counted(staff_id)
        if held is None or not self._memory.has_work(staff_id):
            raise UnknownHere
        if held.count.ended is not Ending.RUNS:
            raise _ENDED[held.count.ended]
        try:
            self._proved(held.note, staff_id)
        except StatementError as error:
            raise UnknownHere from error
        if held.count.left_s <= 0:
            raise LeaseOver
        return held

    def cards(self, staff_id: str) -> StatedCards:
        """The person's cards as the running lease states them. Errors: as ``demand``; CardNeedsOffice without any."""
        told = self._proved(self.demand(staff_id).note, staff_id).cards
        is_needed = told.needed or bool(told.cards) or self._rules.present().rules.second_factor
        if is_needed and not told.cards:
            raise CardNeedsOffice
        return StatedCards(rp_id=told.rp_id, needed=is_needed, cards=told.cards)

    def counters(self, staff_id: str) -> dict[str, int]:
        """What each of the person's cards last showed here, by its name."""
        held = self._memory.held_lease(staff_id)
        return {} if held is None else dict(held.counters)

    def showed(self, staff_id: str, key: str, counter: int) -> None:
        """A card showed this counter without the office."""
        held = self._memory.held_lease(staff_id)
        if held is not None:
            counters = tuple((dict(held.counters) | {key: counter}).items())
            self._memory.hold_lease(staff_id, replace(held, counters=counters))

    def failed(self, staff_id: str) -> None:
        """What was given without the office was refused."""
        held = self._memory.held_lease(staff_id)
        if held is None:
            return
        failures = held.failures + 1
        count = replace(held.count, ended=Ending.TRIES) if failures >= FREE_TRIES else held.count
        self._memory.hold_lease(staff_id, replace(held, failures=failures, count=count))

    def proved(self, staff_id: str) -> None:
        """What was given without the office was right."""
        held = self._memory.held_lease(staff_id)
        if held is not None and held.failures:
            self._memory.hold_lease(staff_id, replace(held, failures=0))

    def session(self, press: Press, staff_id: str) -> Session:
        """A session of this PC alone: the rights as of the grant, no token that the office would take.

        Errors: as ``demand``.
        """
        held = self.demand(staff_id)
        told = self._proved(held.note, staff_id)
        rights = tuple(Right(row.act, row.procedure, row.item_class, row.since, row.until) for row in told.rights)
        return Session(
            actor=Actor(told.municipality, staff_id, told.name, told.department, told.terminal, rights),
            municipality_name=held.municipality_name,
            office=held.office,
            token=secret(NO_TOKEN),
            started_at=press.at,
            expires_at=press.at + timedelta(seconds=held.count.left_s),
            second_factor=held.second_factor,
        )

    def _counted(self, staff_id: str) -> HeldLease | None:
        held = self._memory.held_lease(staff_id)
        if held is None:
            return None
        told, office_s = self._read(held), 0.0
        heard = self._memory.office_time()
        if told is not None and heard is not None:
            office_s = (heard - told.granted_at).total_seconds()
        counted = replace(held, count=held.count.counted(self._uptime.reading(), office_s))
        if held.count.is_worth_keeping(counted.count):
            self._memory.hold_lease(staff_id, counted)
        return counted

    def _read(self, held: HeldLease) -> StatedLease | None:
        key = self._memory.office_key()
        try:
            return None if key is None else _decoded(stated(LEASE, held.note, self._signer, key))
        except StatementError:
            return None

    @property
    def _signer(self) -> str:
        return signer_of(self._rules.seat.municipality)

    def _proved(self, note: str, staff_id: str) -> StatedLease:
        key = self._memory.office_key()
        if key is None:
            raise StatementUnsigned(what=LEASE)
        told = _decoded(stated(LEASE, note, self._signer, key))
        demand_own(LEASE, told, self._rules.seat)
        if told.staff_id != staff_id:
            raise StatementOthers(what=LEASE, whose="other_person")
        return told

    def _demand_newer(self, told: StatedLease) -> None:
        """A lease that was given before does not begin again."""
        held = self._memory.held_lease(told.staff_id)
        known, heard = None if held is None else self._read(held), self._memory.office_time()
        if known is not None and told.granted_at <= known.granted_at:
            raise StatementOlder(what=LEASE)
        if heard is not None and told.granted_at < heard:
            raise StatementOlder(what=LEASE)


def _decoded(body: bytes) -> StatedLease:
    try:
        return decode(body, StatedLease)
    except OfficeError as error:
        raise StatementAltered(what=LEASE) from error
