"""Searches by the four items and by number, opens records, fills the register; each is an act in the ledger."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from app.backend.register.ports import Found, RegisterBook, RegisterUnit, Resident, Wanted
from app.backend.register.service.match import Matcher
from app.backend.register.service.nearness import near_to, told
from app.backend.register.service.present import hit_of, is_closed, items_of, may_release, record_of, shown_classes
from app.domain.access import LookupReason
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.domain.names import NameFolder
from app.domain.number import MyNumber
from app.domain.rights import ItemClass
from app.errors import AppError, NotAllowed, NotUnderstood, Refused
from app.wire.message import Nothing
from app.wire.register import Hits, ItemMark, KeepStaffPerson, OpenRecord, Record, SearchByFour, SearchByNumber

T = TypeVar("T")

STAFF_PERSON = "staff.change"
"""The right to say who staff are in the register."""
MOST_HITS = 50
MOST_CANDIDATES = 500
"""Rows decrypted for one search; more than that asks for a narrower entry. Assumed."""
_LONGEST = 64
PORTION = 200
"""Residents written in one transaction when the register is filled."""


class RegisterService:
    """The register's use cases."""

    def __init__(self, book: RegisterBook, folder: NameFolder) -> None:
        self._book = book
        self._folder = folder
        self._match = Matcher(folder)

    def search(self, call: Call, asked: SearchByFour) -> Hits:
        """Who fits the items given, best first. Errors: Refused ``search_too_wide`` without name, reading or birth."""
        call.demand("register.search")
        return self._watched(call, "register.search", _cause(asked), lambda: self._search(call, asked))

    def search_by_number(self, call: Call, asked: SearchByNumber) -> Hits:
        """The one person with that 個人番号, or nobody; never a list (M-6). Errors: BadFormat for no such number."""
        call.demand("number.search")
        return self._watched(call, "number.search", _cause(asked), lambda: self._by_number(call, asked))

    def open(self, call: Call, asked: OpenRecord) -> Record:
        """A person's record. Errors: NotAllowed when there is none here; Refused ``restrained``."""
        call.demand("register.open")
        return self._watched(call, "register.open", _cause(asked), lambda: self._open(call, asked))

    def keep_staff_person(self, call: Call, asked: KeepStaffPerson) -> Nothing:
        """Keep who a member of staff is. Errors: NotAllowed when nobody has that number here."""
        call.demand(STAFF_PERSON)

        def keep(unit: RegisterUnit) -> Nothing:
            if asked.business_number and unit.person(call.municipality, asked.business_number) is None:
                raise NotAllowed
            unit.keep_staff_person(call.municipality, asked.staff_id, asked.business_number)
            unit.record(act_of(call, "staff.person_kept", about=asked.staff_id, known=bool(asked.business_number)))
            return Nothing()

        return self._book.write(keep)

    def load(self, residents: Sequence[Resident], at: datetime, trace: str) -> None:
        """Enter residents, replacing who is there already; portions of one transaction each, safe to repeat."""
        for start in range(0, len(residents), PORTION):
            portion = residents[start : start + PORTION]
            self._book.write(lambda unit, portion=portion: self._load(unit, portion, at, trace))  # type: ignore[misc]

    def _load(self, unit: RegisterUnit, residents: Sequence[Resident], at: datetime, trace: str) -> None:
        for resident in residents:
            unit.put(resident, self._match.folded(resident))
        for municipality in sorted({resident.municipality for resident in residents}):
            count = sum(resident.municipality == municipality for resident in residents)
            unit.record(
                Act(
                    kind="register.loaded",
                    at=at,
                    municipality=municipality,
                    staff_id="slice:register",
                    terminal="",
                    trace=trace,
                    what=(("residents", count),),
                )
            )

    def _search(self, call: Call, asked: SearchByFour) -> Hits:
        name, kana = self._match.fold(asked.name), self._match.fold(asked.kana)
        if not name and not kana and asked.birth is None:
            raise Refused("search_too_wide")
        wanted = Wanted(call.municipality, name, kana, asked.birth, MOST_CANDIDATES)
        candidates = self._book.read(lambda unit: unit.candidates(wanted))
        released = may_release(call)
        ranked: list[tuple[tuple[int, ...], Found, bool]] = []
        for found in candidates:
            is_hidden = not released and is_closed(found.resident, call.day)
            rank = self._match.rank(asked, found, is_hidden=is_hidden)
            if rank is not None:
                ranked.append((rank, found, is_hidden))
        ranked.sort(key=lambda item: (item[0], item[1].resident.business_number))
        hits = tuple(hit_of(found, call.day, is_hidden=is_hidden) for _, found, is_hidden in ranked[:MOST_HITS])
        answer = Hits(hits=hits, more=len(ranked) > MOST_HITS or len(candidates) >= MOST_CANDIDATES)
        given = ",".join(item for item in ("name", "kana", "birth", "address", "sex") if getattr(asked, item))
        one = ranked[0][1].resident if len(hits) == 1 else None
        numbers = ",".join(hit.business_number for hit in hits)
        self._record_look(
            call, "register.searched", _cause(asked), one, hits=len(hits), more=answer.more, given=given, found=numbers
        )
        return answer

    def _by_number(self, call: Call, asked: SearchByNumber) -> Hits:
        number = MyNumber(asked.my_number)
        found = self._book.read(lambda unit: unit.by_number(call.municipality, number))
        if found is None:
            self._record_look(call, "number.searched", _cause(asked), None, hits=0)
            return Hits(hits=())
        is_hidden = not may_release(call) and is_closed(found.resident, call.day)
        self._record_look(
            call, "number.searched", _cause(asked), found.resident, hits=1, found=found.resident.business_number
        )
        return Hits(hits=(hit_of(found, call.day, is_hidden=is_hidden),))

    def _open(self, call: Call, asked: OpenRecord) -> Record:
        shown = shown_classes(call, asked.procedure)

        def look(unit: RegisterUnit) -> tuple[Found, tuple[Found, ...], tuple[ItemMark, ...]]:
            found = unit.person(call.municipality, asked.business_number)
            if found is None:
                raise NotAllowed
            wanted = ItemClass.MY_NUMBER in shown
            number = unit.number(call.municipality, asked.business_number) if wanted else None
            household = unit.household(call.municipality, found.resident.household_number)
            return found, household, items_of(found.resident, number, shown)

        found, household, items = self._book.read(look)
        closed = [one for one in (found, *household) if is_closed(one.resident, call.day)]
        if closed and not may_release(call):
            # the household lives where the person lives: one closed member closes the record
            raise Refused("restrained")
        self._record_look(
            call, "register.opened", _cause(asked), found.resident, released=bool(closed), members=len(household)
        )
        if values := ",".join(one.item_class for one in items if one.state == "shown"):
            self._record_look(
                call, "item.shown", _cause(asked), found.resident, items=values, procedure=asked.procedure
            )
        return record_of(found, household, items, call.day)

    def _watched(self, call: Call, act: str, cause: "_Cause", work: Callable[[], T]) -> T:
        """Run ``work``; a refusal is recorded before it is told. Errors: NotUnderstood for a reason of no kind."""
        if cause.reason and cause.reason not in set(LookupReason):
            raise NotUnderstood(what="reason")
        try:
            return work()
        except (NotAllowed, Refused) as refusal:
            what = {"code": _code(refusal)} | ({"reason": cause.reason} if cause.reason else {})
            self._record(act_of(call, f"{act}_refused", visit=cause.visit, about=cause.about, **what))
            raise

    def _record_look(self, call: Call, kind: str, cause: "_Cause", one: Resident | None, **what: Detail) -> None:
        """Record that somebody, or a list, was looked at; beside it what for, and how near the person is."""

        def keep(unit: RegisterUnit) -> None:
            said = dict(what)
            if cause.reason:
                said["reason"] = cause.reason
            if one is not None:
                said["household"] = one.household_number
                if near := told(near_to(unit, call, one, self._folder)):
                    said["near"] = near
            about = "" if one is None else one.business_number
            unit.record(act_of(call, kind, visit=cause.visit, about=about, **said))

        self._book.write(keep)

    def _record(self, act: Act) -> None:
        self._book.write(lambda unit: unit.record(act))


@dataclass(frozen=True, slots=True)
class _Cause:
    """What a look is for: a visit, else a typed reason; and about whom it was asked."""

    visit: str
    reason: str
    about: str


def _cause(asked: SearchByFour | SearchByNumber | OpenRecord) -> _Cause:
    about = asked.business_number if isinstance(asked, OpenRecord) else ""
    return _Cause(asked.visit_id[:_LONGEST], asked.reason, about)


def _code(refusal: AppError) -> str:
    return refusal.reason if isinstance(refusal, Refused) else refusal.code
