"""Searches by the four items and by number, opens records, fills the register; each is an act in the ledger."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from app.backend.register.ports import (
    EVERYBODY,
    RECENT_KEPT_S,
    Found,
    Look,
    Opened,
    Recent,
    RegisterBook,
    RegisterUnit,
    Resident,
    Step,
    Wanted,
)
from app.backend.register.service.match import Matcher, Rank
from app.backend.register.service.nearness import near_of, near_to, told
from app.backend.register.service.plan import Asked, asked_of, rounds, slip_steps
from app.backend.register.service.present import hit_of, is_closed, items_of, may_release, record_of, shown_classes
from app.domain.access import LookupReason
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.domain.names import NameFolder
from app.domain.number import MyNumber, ReadNumber
from app.domain.rights import ItemClass
from app.errors import AppError, NotAllowed, NotUnderstood, Refused
from app.wire.message import Nothing, decode, encode
from app.wire.register import (
    Hits,
    KeepStaffPerson,
    OpenRecord,
    Record,
    SearchByFour,
    SearchByNumber,
    SearchHabits,
    Ward,
    explained,
)

T = TypeVar("T")

LetsThrough = Callable[[Call, Resident], bool]
"""Whether a release lets this request look at a person in spite of a restraint."""
STAFF_PERSON = "staff.change"
"""The right to say who staff are in the register."""
MOST_HITS = 50
MOST_OF_A_STEP = MOST_HITS + 1
"""Rows decrypted for one step of a search: one more than are shown, so that it is known whether there are more."""
MOST_OF_A_DAY = 300
"""The same where a birth date is given: so many are born on one day in the largest city, and more."""
_FEWEST = 16
"""Persons opened at once: fewer cost about as much. Assumed."""
_LONGEST = 64
PORTION = 200
"""Residents written in one transaction when the register is filled."""


class RegisterService:
    """The register's use cases."""

    def __init__(
        self,
        book: RegisterBook,
        folder: NameFolder,
        wards: Mapping[str, Sequence[Ward]] = MappingProxyType({}),
        read_number: ReadNumber = MyNumber,
        lets_through: LetsThrough = lambda _call, _person: False,
    ) -> None:
        self._book = book
        self._lets_through = lets_through
        self._wards = wards
        self._read_number = read_number
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

    def habits(self, call: Call, _: Nothing) -> SearchHabits:
        """What the caller searched for lately, and the wards. Nobody gets another person's."""
        call.demand("register.search")
        kept = self._book.read(lambda unit: unit.recent(call.municipality, call.actor.staff_id))
        oldest = call.at.timestamp() - RECENT_KEPT_S
        recent = tuple(decode(one.asked, SearchByFour) for one in kept if one.at > oldest)
        return SearchHabits(recent=recent, wards=tuple(self._wards.get(call.municipality, ())))

    def renew_terms(self) -> int:
        """Make search terms for those who have none by the present rules; how many. Safe to stop and repeat."""
        renewed = 0
        while residents := self._book.read(lambda unit: unit.stale.some(PORTION)):
            self._book.write(lambda unit, portion=residents: self._renew(unit, portion))  # type: ignore[misc]
            renewed += len(residents)
        return renewed

    def open(self, call: Call, asked: OpenRecord) -> Record:
        """A person's record. Errors: NotAllowed when there is none here; Refused ``restrained``."""
        call.demand("register.open")
        return self._watched(call, "register.open", _cause(asked), lambda: self._open(call, asked))

    def keep_staff_person(self, call: Call, asked: KeepStaffPerson) -> Nothing:
        """Keep who a member of staff is. Errors: NotAllowed for oneself, and when nobody has that number here.

        By one person and on record: it gives no right, it only says whose looks count as looks at oneself. Who would
        gain from a wrong answer is the person concerned, who never gives it.
        """
        call.demand(STAFF_PERSON)
        if asked.staff_id == call.actor.staff_id:
            raise NotAllowed

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

    def _renew(self, unit: RegisterUnit, residents: Sequence[Resident]) -> None:
        for resident in residents:
            unit.stale.renew(resident, self._match.terms(resident))

    def _load(self, unit: RegisterUnit, residents: Sequence[Resident], at: datetime, trace: str) -> None:
        for resident in residents:
            unit.put(resident, self._match.terms(resident))
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

    def _search(self, call: Call, typed: SearchByFour) -> Hits:
        asked = asked_of(typed, self._match.maker)
        if asked.is_too_wide:
            raise Refused("search_too_wide")
        ranked, is_cut = self._ranked(call, asked, rounds(asked), with_slips=False)
        if not ranked and (slips := slip_steps(asked)):
            ranked, is_cut = self._ranked(call, asked, (slips,), with_slips=True)
            ranked = [one for one in ranked if one[0][0] == ranked[0][0][0]]
        day = call.day
        hits = tuple(hit_of(found, day, is_hidden=is_hidden) for _, found, is_hidden in ranked[:MOST_HITS])
        answer = Hits(hits=hits, more=is_cut or len(ranked) > MOST_HITS)
        given = ",".join(item for item in ("name", "kana", "birth", "address", "sex", "ward") if getattr(typed, item))
        one = ranked[0][1].resident if len(hits) == 1 else None
        numbers = ",".join(hit.business_number for hit in hits)
        recent = _recent(call, typed) if typed.is_typed else None
        what: dict[str, Detail] = {"hits": len(hits), "more": answer.more, "given": given, "found": numbers}
        self._record_look(call, "register.searched", _cause(typed), self._seen(call, one), what, recent)
        return answer

    def _ranked(
        self, call: Call, asked: Asked, wanted: Sequence[tuple[Step, ...]], *, with_slips: bool
    ) -> tuple[list["_Ranked"], bool]:
        """Who fits, best first, and whether there may be more. After a round that fills the list there is no other."""
        released, ranked, seen, is_cut = may_release(call), list[_Ranked](), set[str](), False
        limit, day = MOST_OF_A_STEP if asked.typed.birth is None else MOST_OF_A_DAY, call.day

        def take(some: Sequence[Found]) -> int:
            for found in some:
                seen.add(found.resident.business_number)
                is_hidden = not released and is_closed(found.resident, day)
                rank = self._match.rank(asked, found, is_hidden=is_hidden, with_slips=with_slips)
                if rank is not None:
                    ranked.append((rank, found, is_hidden))
            return _missing(asked, ranked)

        for steps in wanted:
            whom, first = Wanted(call.municipality, steps, limit, bool(asked.places), seen), _missing(asked, ranked)
            is_cut |= self._book.read(lambda unit, for_whom=(whom, first): unit.offer(*for_whom, take))  # type: ignore[misc]
            if len(ranked) > MOST_HITS:
                break
        ranked.sort(key=lambda item: (item[0], item[1].resident.business_number))
        return ranked, is_cut

    def _by_number(self, call: Call, asked: SearchByNumber) -> Hits:
        number = self._read_number(asked.my_number)

        def look(unit: RegisterUnit) -> tuple[Found, _Seen] | None:
            found = unit.by_number(call.municipality, number)
            return None if found is None else (found, self._seen_by(unit, call, found.resident))

        looked = self._book.read(look)
        if looked is None:
            self._record_look(call, "number.searched", _cause(asked), None, {"hits": 0})
            return Hits(hits=())
        found, seen = looked
        is_hidden = not may_release(call) and is_closed(found.resident, call.day)
        what: dict[str, Detail] = {"hits": 1, "found": found.resident.business_number}
        self._record_look(call, "number.searched", _cause(asked), seen, what)
        return Hits(hits=(hit_of(found, call.day, is_hidden=is_hidden),))

    def _open(self, call: Call, asked: OpenRecord) -> Record:
        shown = shown_classes(call, asked.procedure)
        who, with_number = (asked.business_number, call.actor.staff_id), ItemClass.MY_NUMBER in shown
        opened = self._book.read(lambda unit: unit.opened(call.municipality, *who, with_number=with_number))
        if opened is None:
            raise NotAllowed
        found, household, items = opened.found, opened.household, items_of(opened.found.resident, opened.number, shown)
        closed = [one for one in (found, *household) if is_closed(one.resident, call.day)]
        if not may_release(call) and not all(self._lets_through(call, one.resident) for one in closed):
            # the household lives where the person lives: one closed member closes the record
            raise Refused("restrained")
        seen = self._seen_open(call, opened)
        what: dict[str, Detail] = {"released": bool(closed), "members": len(household)}
        self._record_look(call, "register.opened", _cause(asked), seen, what)
        if values := ",".join(one.item_class for one in items if one.state == "shown"):
            showing: dict[str, Detail] = {"items": values, "procedure": asked.procedure}
            self._record_look(call, "item.shown", _cause(asked), seen, showing)
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

    def _seen(self, call: Call, one: Resident | None) -> "_Seen | None":
        if one is None:
            return None
        return self._book.read(lambda unit: self._seen_by(unit, call, one))

    def _seen_by(self, unit: RegisterUnit, call: Call, one: Resident) -> "_Seen":
        return _Seen(one, told(near_to(unit, call, one, self._folder)))

    def _seen_open(self, call: Call, opened: Opened) -> "_Seen":
        one = opened.found.resident
        return _Seen(one, told(near_of(opened.known, opened.home, call, one, self._folder)))

    def _record_look(
        self,
        call: Call,
        kind: str,
        cause: "_Cause",
        seen: "_Seen | None",
        what: Mapping[str, Detail],
        recent: Recent | None = None,
    ) -> None:
        """Record that somebody, or a list, was looked at; beside it what for, and how near the person is."""
        said = dict(what)
        if cause.reason:
            said["reason"] = cause.reason
        if seen is not None:
            said["household"] = seen.resident.household_number
            if seen.near:
                said["near"] = seen.near
        about = "" if seen is None else seen.resident.business_number
        self._book.keep(Look(act_of(call, kind, visit=cause.visit, about=about, **said), recent))

    def _record(self, act: Act) -> None:
        self._book.keep(Look(act))


_Ranked = tuple[Rank, Found, bool]
"""How well somebody fits, who it is, and whether the address is hidden."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The one person looked at, and how near to who looks, as it stands in a record."""

    resident: Resident
    near: str


@dataclass(frozen=True, slots=True)
class _Cause:
    """What a look is for: a visit, else a typed reason; and about whom it was asked."""

    visit: str
    reason: str
    about: str


def _cause(asked: SearchByFour | SearchByNumber | OpenRecord) -> _Cause:
    about = asked.business_number if isinstance(asked, OpenRecord) else ""
    return _Cause(asked.visit_id[:_LONGEST], asked.reason, about)


def _missing(asked: Asked, ranked: Sequence[_Ranked]) -> int:
    """How many more to open before the list is full; 0 when it is.

    Steps go from the likeliest on: where a name alone was typed, whoever comes later fits no better.
    """
    if not asked.is_name_alone:
        return EVERYBODY
    return max(_FEWEST, MOST_OF_A_STEP - len(ranked)) if len(ranked) < MOST_OF_A_STEP else 0


def _recent(call: Call, typed: SearchByFour) -> Recent:
    return Recent(encode(explained(typed, "", "")), int(call.at.timestamp()))


def _code(refusal: AppError) -> str:
    return refusal.reason if isinstance(refusal, Refused) else refusal.code
