"""仮登録 from decided applications: what the desk has decided is entered here once, for another person to approve."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.backend.register.ports import Resident
from app.backend.register.service.changing import ChangeBook, ChangeUnit, Entry
from app.backend.register.service.entries import EntryService
from app.backend.register.service.match import Matcher
from app.backend.register.service.waiting import ENTER, WAITING
from app.backend.register.service.wards import WardFinder
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.rights import Actor, Right
from app.errors import AppError, NotAllowed, NotUnderstood, Refused
from app.link.letters import Correspondent, answer_each, demand_place, note_refused
from app.wire.desk_filing import ENTERED, MOST, NOT_ENTERED, QUEUED, DeskFiling, DeskFilings, FilingMark, FilingMarks
from app.wire.letter import Letter
from app.wire.register_change import Filing, PersonPart, ProposeEntry

_KEY = 64
_BY_HAND = frozenset({"restrained"})


@dataclass(frozen=True, slots=True)
class Finders:
    """What an application says in words is found by these: who has a name, and in which ward an address lies."""

    names: Matcher
    wards: WardFinder


class DeskFilingService:
    """Answers the desk's letters; the same filing again is answered with how its entry stands now."""

    def __init__(
        self, book: ChangeBook, entries: EntryService, find: Finders, post: Correspondent, clock: Clock
    ) -> None:
        self._book = book
        self._entries = entries
        self._find = find
        self._post = post
        self._clock = clock
        self._noted = note_refused(self._keep, post, "register", clock)

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """One answer for each letter."""
        return answer_each(letters, self._take, self._noted)

    def _keep(self, act: Act) -> None:
        self._book.write(lambda unit: unit.record(act))

    def _take(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "desk-filings/1", DeskFilings, "desk")
        place = asked.municipality
        if not self._post.serves(f"register@{place}"):
            raise NotAllowed
        demand_place(letter, place)
        if len(asked.filings) > MOST:
            raise Refused("too_many", most=MOST)
        marks = tuple(self._mark(place, one) for one in asked.filings)
        return self._post.write(f"register@{place}", "filing-marks/1", FilingMarks(municipality=place, marks=marks))

    def _mark(self, place: str, one: DeskFiling) -> FilingMark:
        entry_id = f"desk-{one.application_id}"[:_KEY]
        known = self._book.read(lambda unit: unit.entries.one(place, entry_id))
        if known is not None:
            return _of_entry(one, known)
        actor = Actor(place, one.decided_by, "", one.office, "", (Right(ENTER),))
        call = Call(actor, f"filing:{one.number}"[:_KEY], entry_id, self._clock.now())
        filing = self._book.read(lambda unit: self._filing(unit, place, one))
        if isinstance(filing, str):
            return self._by_hand(call, one, filing)
        try:
            self._entries.propose(call, ProposeEntry(entry_id=entry_id, filing=filing))
        except Refused as error:
            if error.reason in _BY_HAND:
                return self._by_hand(call, one, error.reason)
            return FilingMark(application_id=one.application_id, state=QUEUED, cause=error.reason)
        except (NotAllowed, NotUnderstood) as error:
            return self._by_hand(call, one, error.code)
        return FilingMark(application_id=one.application_id, state=ENTERED, entry_id=entry_id)

    def _by_hand(self, call: Call, one: DeskFiling, cause: str) -> FilingMark:
        """Nothing is entered; somebody does it here, and that it is so is kept."""
        act = act_of(call, "entry.not_taken", visit=one.visit_id, about=one.application_id, code=cause)
        self._book.write(lambda unit: unit.record(act))
        return FilingMark(application_id=one.application_id, state=NOT_ENTERED, cause=cause)

    def _filing(self, unit: ChangeUnit, place: str, one: DeskFiling) -> Filing | str:
        """The filing of the register's own; a code where it can't be made of what the application says."""
        applicant = unit.person(place, one.applicant) if one.applicant else None
        if applicant is None or not applicant.resident.is_resident:
            return "applicant_unknown"
        if one.household not in {"keep", "new"}:
            return "household_unknown"
        home = unit.household(place, applicant.resident.household_number)
        members = [each.resident for each in home if each.resident.is_resident]
        persons = [self._found(members, said.name, said.birth) for said in one.persons]
        numbers = [each.business_number for each in persons if each is not None]
        if not numbers or len(set(numbers)) != len(one.persons):
            return "person_unknown"
        return Filing(
            kind=one.kind,
            reason=one.reason,
            filed_day=one.filed_day,
            persons=tuple(
                PersonPart(business_number=number, relation=said.relation or None)
                for number, said in zip(numbers, one.persons, strict=True)
            ),
            event_day=one.event_day,
            address=one.address,
            ward=self._find.wards.of(place, one.address),
            household=one.household,
            source=one.number,
            late_reason=one.late_reason,
            visit_id=one.visit_id,
            application_id=one.application_id,
        )

    def _found(self, members: Sequence[Resident], name: str, birth: object) -> Resident | None:
        """The one of the household who has this name, however it is written, and was born that day."""
        full = self._find.names.maker.full
        same = [one for one in members if one.birth == birth and full(name) in {full(each) for each in one.names}]
        return same[0] if len(same) == 1 else None


def _of_entry(one: DeskFiling, entry: Entry) -> FilingMark:
    state = ENTERED if entry.state == WAITING else entry.state
    return FilingMark(application_id=one.application_id, state=state, entry_id=entry.entry_id, cause=entry.reason)
