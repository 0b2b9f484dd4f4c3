"""S07-3: serves wide-area issue from the replica, whether the register runs or not; every no sounds alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.backend.jukirelay.ports import Kept, NetworkBook, NetworkUnit
from app.backend.jukirelay.service.acting import NETWORK, slice_act
from app.backend.jukirelay.service.making import number_of
from app.domain.clock import Clock, business_date
from app.domain.network_relay import NetworkRelayRules
from app.errors import AppError, NotAllowed, NotUnderstood
from app.link.letters import Correspondent, answer_each, municipality_of
from app.wire.jukinet import AskWideArea, WideAreaCopies, WideAreaCopy, WideAreaPerson, WideAreaRequest
from app.wire.jukirelay import MOST, Arrival, HeldMark, IssueTold
from app.wire.letter import Letter

NOT_ISSUED = "not_issued"
NOT_NOW = "not_now"
"""The replica may lack a restraint: nobody is served until the register has been heard of."""
CLOSED_ACTS = frozenset({"issue", "view"})
"""A restraint of either closes wide-area issue, whatever its level: nobody stands there who could look into it."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """``persons``: whose lines are issued, the one asked for first; ``why``: for the record only."""

    persons: tuple[Kept, ...] = ()
    why: str = ""


class Issuing:
    """Answers other municipalities by way of the communication server."""

    def __init__(self, book: NetworkBook, post: Correspondent, rules: NetworkRelayRules, clock: Clock) -> None:
        self._book = book
        self._post = post
        self._rules = rules
        self._clock = clock

    def answer(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Copies, or why not, for the communication server of this municipality alone."""
        return answer_each(letters, self._one)

    def _one(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "juki-wide-area/1", AskWideArea, "jukinet")
        mine = f"jukirelay@{asked.municipality}"
        if municipality_of(letter) != asked.municipality or not self._post.serves(mine):
            raise NotAllowed
        if len(asked.requests) > MOST:
            raise NotUnderstood(what="too_many")
        copies = self._book.write(
            lambda unit: tuple(self._copy(unit, asked.municipality, request) for request in asked.requests)
        )
        return self._post.write(
            mine, "juki-wide-area-copies/1", WideAreaCopies(municipality=asked.municipality, copies=copies)
        )

    def _copy(self, unit: NetworkUnit, municipality: str, request: WideAreaRequest) -> WideAreaCopy:
        now = self._clock.now()
        found = self._verdict(unit, municipality, request, now)
        told = NOT_NOW if found.why == NOT_NOW else NOT_ISSUED if found.why else ""
        self._kept(unit, municipality, (request, found), now)
        if told:
            return WideAreaCopy(request_id=request.request_id, municipality=municipality, reason=told)
        line, first = unit.lines.seen(municipality), found.persons[0]
        head = self._head(_home(unit, municipality, first))
        return WideAreaCopy(
            request_id=request.request_id,
            municipality=municipality,
            address=first.items.address or "",
            household_head=head.items.name or "" if head else "",
            persons=tuple(_line(one, request) for one in found.persons),
            as_of=line.heard_at,
        )

    def _verdict(self, unit: NetworkUnit, municipality: str, request: WideAreaRequest, now: datetime) -> _Verdict:
        if request.asked_of != municipality:
            return _Verdict(why="other_municipality")
        if not self._is_current(unit, municipality, now):
            return _Verdict(why=NOT_NOW)
        first = unit.replica.of_code(municipality, request.resident_code) if request.resident_code else None
        if first is None or not first.items.resident:
            return _Verdict(why="not_here")
        persons: tuple[Kept, ...] = (first,)
        home = _home(unit, municipality, first)
        if request.with_household:
            persons = (first, *(one for one in home if one.subject != first.subject and one.items.resident))
        head = self._head(home)
        named = {one.subject for one in (*persons, *((head,) if head else ()))}  # the head's name stands on every copy
        held = unit.replica.marks(municipality, sorted(named))
        if any(_is_closed(marks, now) for marks in held.values()):
            return _Verdict(persons, why="restrained")
        return _Verdict(persons)

    def _head(self, home: Sequence[Kept]) -> Kept | None:
        return next((one for one in home if one.items.relation in self._rules.heads), None)

    def _is_current(self, unit: NetworkUnit, municipality: str, now: datetime) -> bool:
        """Whether no restraint can be missing: the register was heard of since it could have set another one.

        While it is closed it sets none.
        """
        line = unit.lines.seen(municipality)
        if line.heard_at is None or not line.is_loaded or line.restraints < line.ends_restraints:
            return False
        return line.heard_at >= self._rules.register_hours.last_open(now) - self._rules.silence

    def _kept(
        self, unit: NetworkUnit, municipality: str, what: tuple[WideAreaRequest, _Verdict], now: datetime
    ) -> None:
        """One record for each request, and word for the register."""
        request, found = what
        subjects = tuple(one.subject for one in found.persons)
        kind = "wide_area.refused" if found.why else "wide_area.issued"
        first = subjects[0] if subjects else ""
        act = slice_act(
            NETWORK, kind, now, (municipality, first or request.request_id), request=request.request_id,
            asked_by=request.asked_by, people=",".join(subjects), code=found.why,
        )  # fmt: skip
        unit.record(act, first)
        told = IssueTold(
            request_id=request.request_id, asked_by=request.asked_by, subjects=subjects, issued_at=now, reason=found.why
        )
        arrival_id = f"issue-{request.request_id}-{found.why or 'issued'}"[:96]
        unit.arrivals.add(municipality, Arrival(arrival_id=arrival_id, issue=told), now, None)


def _home(unit: NetworkUnit, municipality: str, person: Kept) -> tuple[Kept, ...]:
    """Everybody of the person's household; nobody for who has none."""
    number = person.items.household_number
    return unit.replica.household(municipality, number) if number else ()


def _is_closed(marks: Sequence[HeldMark], now: datetime) -> bool:
    return any(one.act in CLOSED_ACTS and one.since <= business_date(now) for one in marks)


def _line(one: Kept, request: WideAreaRequest) -> WideAreaPerson:
    items = one.items
    return WideAreaPerson(
        name=items.name or "",
        birth=items.birth or one.as_of.date(),
        sex=items.sex or "",
        relation=items.relation or "",
        since=items.moved_in_on or items.address_since or None,
        legal_kana=items.legal_kana or "",
        former_name=items.former_name or "",
        alias=items.alias or "",
        birth_written=items.birth_written or "",
        resident_code=(items.resident_code or "") if request.with_code else "",
        my_number=number_of(items) if request.with_number else "",
    )
