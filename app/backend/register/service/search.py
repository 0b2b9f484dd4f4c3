"""Searches by the four items and by number, opens records, fills the register; each is an act in the ledger."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from app.backend.register.ports import Found, RegisterBook, RegisterUnit, Resident, Wanted
from app.backend.register.service.match import Matcher
from app.backend.register.service.present import hit_of, is_closed, items_of, may_release, record_of, shown_classes
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.names import NameFolder
from app.domain.number import MyNumber
from app.domain.rights import ItemClass
from app.errors import AppError, NotAllowed, Refused
from app.wire.register import Hits, ItemMark, OpenRecord, Record, SearchByFour, SearchByNumber

T = TypeVar("T")

MOST_HITS = 50
MOST_CANDIDATES = 500
"""Rows decrypted for one search; more than that asks for a narrower entry. Assumed."""
PORTION = 200
"""Residents written in one transaction when the register is filled."""


class RegisterService:
    """The register's use cases."""

    def __init__(self, book: RegisterBook, folder: NameFolder) -> None:
        self._book = book
        self._match = Matcher(folder)

    def search(self, call: Call, asked: SearchByFour) -> Hits:
        """Who fits the items given, best first. Errors: Refused ``search_too_wide`` without name, reading or birth."""
        call.demand("register.search")
        return self._watched(call, "register.search", "", lambda: self._search(call, asked))

    def search_by_number(self, call: Call, asked: SearchByNumber) -> Hits:
        """The one person with that 個人番号, or nobody; never a list (M-6). Errors: BadFormat for no such number."""
        call.demand("number.search")
        return self._watched(call, "number.search", "", lambda: self._by_number(call, asked))

    def open(self, call: Call, asked: OpenRecord) -> Record:
        """A person's record. Errors: NotAllowed when there is none here; Refused ``restrained``."""
        call.demand("register.open")
        return self._watched(call, "register.open", asked.business_number, lambda: self._open(call, asked))

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
        touched = _only(hits)
        self._record(act_of(call, "register.searched", about=touched, hits=len(hits), more=answer.more, given=given))
        return answer

    def _by_number(self, call: Call, asked: SearchByNumber) -> Hits:
        number = MyNumber(asked.my_number)
        found = self._book.read(lambda unit: unit.by_number(call.municipality, number))
        if found is None:
            self._record(act_of(call, "number.searched", hits=0))
            return Hits(hits=())
        is_hidden = not may_release(call) and is_closed(found.resident, call.day)
        self._record(act_of(call, "number.searched", about=found.resident.business_number, hits=1))
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
        self._record(
            act_of(call, "register.opened", about=asked.business_number, released=bool(closed), members=len(household))
        )
        if values := ",".join(one.item_class for one in items if one.state == "shown"):
            what = {"items": values, "procedure": asked.procedure}
            self._record(act_of(call, "item.shown", about=asked.business_number, **what))
        return record_of(found, household, items, call.day)

    def _watched(self, call: Call, act: str, about: str, work: Callable[[], T]) -> T:
        """Run ``work``; a refusal is recorded before it is told."""
        try:
            return work()
        except (NotAllowed, Refused) as refusal:
            self._record(act_of(call, f"{act}_refused", about=about, code=_code(refusal)))
            raise

    def _record(self, act: Act) -> None:
        self._book.write(lambda unit: unit.record(act))


def _only(hits: Sequence[object]) -> str:
    """The 宛名番号 if exactly one person was found: then the search touched that person."""
    return str(getattr(hits[0], "business_number", "")) if len(hits) == 1 else ""


def _code(refusal: AppError) -> str:
    return refusal.reason if isinstance(refusal, Refused) else refusal.code
