"""Takes changes from the register, reorganises them, and lays out for each approved system what is meant for it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.backend.residentbase.ports import BaseBook, BaseUnit, Held, Kept
from app.backend.residentbase.service.sharing import HOUSEHOLD_ITEMS, concerns, differing, grants, is_foreign
from app.domain.act import Act
from app.domain.clock import Clock, business_date
from app.domain.distribution import DistributionRules
from app.errors import AppError, NotAllowed, Refused
from app.link.letters import Correspondent, answer_each, demand_place, note_refused
from app.wire.letter import Letter
from app.wire.resident_base import (
    ITEMS,
    LATER,
    MOST,
    ChangeTaken,
    RegisterChange,
    RegisterChanges,
    RegisterTaken,
    told,
)

SLICE = "slice:residentbase"
_LONGEST_SUBJECT = 15
_ALL = frozenset(ITEMS)


class Taking:
    """The register's side of residentbase. ``wake``: there is something to send."""

    def __init__(
        self, book: BaseBook, post: Correspondent, rules: DistributionRules, clock: Clock, wake: Callable[[], None]
    ) -> None:
        self._book = book
        self._post = post
        self._rules = rules
        self._clock = clock
        self._wake = wake
        self._noted = note_refused(self._keep, post, "residentbase", clock)

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Changes of the register; each once, whatever comes again."""
        return answer_each(letters, self._take, self._noted)

    def _keep(self, act: Act) -> None:
        self._book.write(lambda unit: unit.record([act]))

    def _take(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "register-changes/1", RegisterChanges, "register")
        place = asked.municipality
        if not self._post.serves(f"residentbase@{place}"):
            raise NotAllowed
        demand_place(letter, place)
        if len(asked.changes) > MOST:
            raise Refused("too_many", most=MOST)
        taken = self._book.write(lambda unit: self._taken(unit, asked, self._clock.now()))
        self._wake()
        answer = RegisterTaken(municipality=place, taken=taken)
        return self._post.write(f"residentbase@{place}", "register-taken/1", answer)

    def _taken(self, unit: BaseUnit, asked: RegisterChanges, at: datetime) -> tuple[ChangeTaken, ...]:
        place = asked.municipality
        first = unit.changes.positions(place, len(asked.changes))
        known = unit.changes.known(place, [one.position for one in asked.changes])
        held = unit.residents.held(place, {one.subject for one in asked.changes})
        states, kept, outcomes, overtaken = dict(held), list[Kept](), list[ChangeTaken](), list[int]()
        for change in asked.changes:
            reason = _fault(change)
            outcomes.append(ChangeTaken(position=change.position, reason=reason))
            state = states.get(change.subject)
            if reason or change.position in known:
                continue
            if state is not None and change.position < state.sequence:
                overtaken.append(change.position)  # a later change, already here, brought the whole record
                continue
            kept.append(_kept(change, state, first + len(kept)))
            known |= {change.position}
            states[change.subject] = _state(change, state)
        unit.residents.put(place, [one for name, one in states.items() if one is not held.get(name)])
        unit.changes.add(place, kept, at)
        self._allot(unit, place, kept, at)
        self._note_households(unit, place, asked.changes, kept, at)
        unit.record([_received(place, asked, (len(kept), overtaken), at)])
        return tuple(outcomes)

    def _allot(self, unit: BaseUnit, place: str, kept: Sequence[Kept], at: datetime) -> None:
        granted = grants(unit.uses.all(place), self._rules, business_date(at))
        changed = [(one, told(one.after).keys()) for one in kept]
        meant = {
            name: (positions, grant)
            for name, grant in granted.items()
            if (
                positions := [
                    one.position for one, names in changed if concerns(one, names, self._rules.systems[name], grant)
                ]
            )
        }
        unit.receivers.allot(place, meant, at)

    def _note_households(
        self, unit: BaseUnit, place: str, changes: Sequence[RegisterChange], kept: Sequence[Kept], at: datetime
    ) -> None:
        """Households whose information may differ now; those that somebody left too."""
        new = {one.register_sequence: one for one in kept}
        wanted: dict[str, int] = {}
        for change in changes:
            one = new.get(change.position)
            if one is None or HOUSEHOLD_ITEMS.isdisjoint(told(one.after)):
                continue
            for items in (change.before, change.after):
                if items is not None and items.household_number:
                    wanted[str(items.household_number)] = one.position
        unit.households.changed(place, wanted, at)


def _fault(change: RegisterChange) -> str:
    """Why a change can't be taken, whoever sends it again; "" for nothing."""
    if not 0 < len(change.subject) <= _LONGEST_SUBJECT or change.position < 1:
        return "bad_subject"
    whole = all(_ALL - LATER <= told(one).keys() <= _ALL for one in (change.after, change.before) if one is not None)
    return "" if whole else "items_missing"


def _kept(change: RegisterChange, state: Held | None, position: int) -> Kept:
    """What differs: from the record that earlier changes made, else from what the register says was before."""
    base = state.items if state is not None and state.sequence and change.position > state.as_of else change.before
    before, after = differing(base, change.after)
    return Kept(
        position=position,
        register_sequence=change.position,
        subject=change.subject,
        occasion=change.occasion,
        after=after,
        before=before,
        is_foreign=is_foreign(base) or is_foreign(change.after),
    )


def _state(change: RegisterChange, state: Held | None) -> Held:
    """The record after the change; one that was read when the change was in it already stays as it was read."""
    if state is None:
        return Held(change.subject, change.position, change.position, change.after)
    items = change.after if change.position > state.as_of else state.items
    return Held(change.subject, change.position, max(change.position, state.as_of), items, state.version)


def _received(place: str, asked: RegisterChanges, done: tuple[int, Sequence[int]], at: datetime) -> Act:
    positions = [one.position for one in asked.changes]
    what = (
        ("count", done[0]),
        ("first", min(positions, default=0)),
        ("last", max(positions, default=0)),
        ("overtaken", ",".join(map(str, done[1]))),
    )
    return Act("change.received", at, place, SLICE, "", f"change:{min(positions, default=0)}", what=what)
