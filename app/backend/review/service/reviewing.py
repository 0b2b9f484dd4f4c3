"""Reviews who looked at whom: gathers, explains, ranks, shows to supervisors and keeps what they found."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.backend.review.ports import ActSource, Names, ReviewBook, ReviewUnit, Settled
from app.backend.review.service.gather import page_of, watched_of
from app.domain.access import Access, Watched
from app.domain.access_explain import EXPLAINED, Why
from app.domain.access_review import Finding, Reviewed, review
from app.domain.access_rules import AccessRules
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import business_date
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.access_review import (
    AskFinding,
    AskReview,
    DayCount,
    FindingRow,
    FindingSettled,
    FindingView,
    LookRow,
    ReasonRow,
    ReviewQueue,
    SettleFinding,
)

REVIEW = "access.review"
"""The right to see what stands out, and to settle it."""
OUTCOMES = ("justified", "to_be_asked", "misuse_reported")
_PORTION = 1000
_LOOK_BACK = timedelta(days=92)
_CASE_LASTS = timedelta(days=730)
"""How long before an access a case can have begun that tells whose file was read. Assumed."""
_AROUND = timedelta(minutes=20)
"""How much of what the same person did before and after a finding's accesses is shown with them. Assumed."""
_MOST_LOOKS = 200
_CHART_DAYS = 28
_MOST_NOTE = 400


@dataclass(frozen=True, slots=True)
class Made:
    """One review of a municipality, kept until something new was gathered. ``found``: by identifier, gravest first."""

    mark: int
    day: date
    watched: Watched
    reviewed: Reviewed
    found: Mapping[str, Finding]


class ReviewService:
    """The review's use cases. ``wide``: procedures that name the household of whom they are about."""

    def __init__(
        self, book: ReviewBook, sources: Sequence[ActSource], rules: AccessRules, names: Names, wide: Set[str]
    ) -> None:
        self._book = book
        self._sources = sources
        self._rules = rules
        self._names = names
        self._wide = wide
        self._made: dict[str, Made] = {}

    def gather(self) -> int:
        """Read what is new in all logs; how many places. Safe to repeat and to run beside another process."""
        places = {place for source in self._sources for place in source.municipalities()}
        return sum(self._gather(place) for place in sorted(places))

    def queue(self, call: Call, asked: AskReview) -> ReviewQueue:
        """What stands out now, without what is about who asks. That it was made and seen is recorded."""
        call.demand(REVIEW)
        made = self.made(call)
        names = self._names(call.municipality)

        def look(unit: ReviewUnit) -> tuple[FindingRow, ...]:
            settled = unit.settled(call.municipality)
            rows = tuple(_row(one, name, names, _outcome(name, one, settled)) for name, one in made.found.items())
            done = {"justified", "misuse_reported"}
            wanted = tuple(row for row in rows if (row.outcome in done) is asked.settled)
            total, explained = made.reviewed.total, made.reviewed.explained
            rules, count = self._rules.version, len(wanted)
            unit.record(act_of(call, "review.made", rules=rules, total=total, explained=explained, findings=count))
            return wanted

        rows = self._book.write(look)
        others = tuple(row for row in rows if row.staff_id != call.actor.staff_id)
        return ReviewQueue(
            rows=others,
            own=len(rows) - len(others),
            total=made.reviewed.total,
            explained=made.reviewed.explained,
            by_reason=made.reviewed.why.get(Why.REASON.value, 0),
            why=dict(made.reviewed.why),
            days=_days(made, call.day),
            rules=self._rules.version,
            looked_back_days=_LOOK_BACK.days,
        )

    def finding(self, call: Call, asked: AskFinding) -> FindingView:
        """One finding with what that person did around it. Errors: NotAllowed for none, and for one's own."""
        call.demand(REVIEW)
        made = self.made(call)
        one = self._found(call, made, asked.finding_id)
        names = self._names(call.municipality)
        looks = _around(made, one)

        def look(unit: ReviewUnit) -> FindingRow:
            unit.record(act_of(call, "review.finding_viewed", about=one.staff_id, finding=asked.finding_id))
            return _row(one, asked.finding_id, names, _outcome(asked.finding_id, one, unit.settled(call.municipality)))

        row = self._book.write(look)
        return FindingView(row=row, looks=looks[:_MOST_LOOKS], is_cut=len(looks) > _MOST_LOOKS)

    def settle(self, call: Call, asked: SettleFinding) -> FindingSettled:
        """Keep what was found. Errors: NotAllowed for one's own; Conflict; Refused ``reason_missing``."""
        call.demand(REVIEW)
        one = self._found(call, self.made(call), asked.finding_id)
        if asked.outcome not in OUTCOMES:
            raise NotUnderstood(what="outcome")
        if not asked.note.strip():
            raise Refused("reason_missing")

        def keep(unit: ReviewUnit) -> FindingSettled:
            known = _outcome(asked.finding_id, one, unit.settled(call.municipality))
            if (known.version if known else 0) != asked.version:
                raise Conflict(version=known.version if known else 0)
            kept = self._kept(call, asked, one)
            unit.settle(kept)
            act = act_of(
                call,
                "review.settled",
                about=one.staff_id,
                outcome=asked.outcome,
                finding=asked.finding_id,
                accesses=len(one.refs),
            )
            proof = unit.record(act)
            return FindingSettled(finding_id=asked.finding_id, version=kept.version, proof=proof)

        return self._book.write(lambda unit: unit.once(call, asked, FindingSettled, lambda: keep(unit)))

    def made(self, call: Call) -> Made:
        """The review as of now: made anew where something was gathered since, or another day began."""
        place = call.municipality
        self._gather(place)
        mark = self._book.read(lambda unit: unit.mark(place))
        known = self._made.get(place)
        if known is not None and (known.mark, known.day) == (mark, call.day):
            return known
        pages = self._book.read(lambda unit: unit.pages(place, call.at - _LOOK_BACK))
        watched = watched_of(pages, self._wide)
        reviewed = review(watched, self._rules)
        found = {_identifier(place, one): one for one in reviewed.findings}
        made = self._made[place] = Made(mark, call.day, watched, reviewed, found)
        return made

    def accesses(self, municipality: str, since: datetime) -> Sequence[Access]:
        """Every access from ``since`` on, however long ago, those of case files under their applicants."""
        self._gather(municipality)
        pages = self._book.read(lambda unit: unit.pages(municipality, since - _CASE_LASTS))
        return [one for one in watched_of(pages, self._wide).accesses if one.at >= since]

    def receipts(self, municipality: str, refs: Sequence[str]) -> dict[str, str]:
        """Ref of an access → the receipt of its record. Errors: NotAllowed for a log that is not read here."""
        sources = {source.log: source for source in self._sources}
        found: dict[str, str] = {}
        for ref in refs:
            log, _, position = ref.rpartition(":")
            if log not in sources:
                raise NotAllowed
            found[ref] = sources[log].receipt(municipality, int(position))
        return found

    def _gather(self, municipality: str) -> int:
        return sum(self._gather_log(municipality, source) for source in self._sources)

    def _gather_log(self, municipality: str, source: ActSource) -> int:
        count = 0
        while True:
            first = self._book.read(lambda unit: unit.gathered(municipality, source.log))
            placed = source.acts(municipality, first, _PORTION)
            if not placed:
                return count
            page = page_of(source.log, placed)
            if self._book.write(lambda unit, page=page: unit.add_page(municipality, page)):  # type: ignore[misc]
                count += len(placed)

    @staticmethod
    def _found(call: Call, made: Made, finding_id: str) -> Finding:
        one = made.found.get(finding_id)
        if one is None or one.staff_id == call.actor.staff_id:
            raise NotAllowed
        return one

    @staticmethod
    def _kept(call: Call, asked: SettleFinding, one: Finding) -> Settled:
        return Settled(
            municipality=call.municipality,
            finding_id=asked.finding_id,
            version=asked.version + 1,
            staff_id=one.staff_id,
            outcome=asked.outcome,
            note=asked.note.strip()[:_MOST_NOTE],
            refs=one.refs,
            reviewer=call.actor.staff_id,
            reviewer_name=call.actor.name,
            at=call.at,
        )


def _identifier(municipality: str, one: Finding) -> str:
    """The same for the same accesses, however often they are reviewed, while their first one is looked back at."""
    words = "\n".join((municipality, one.kind, one.staff_id, one.person, one.refs[0]))
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def _outcome(finding_id: str, one: Finding, settled: Sequence[Settled]) -> Settled | None:
    """What was found of it. An outcome that knew fewer accesses than there are now counts as not yet final."""
    known = next((each for each in settled if each.finding_id == finding_id), None)
    return known if known is not None and set(one.refs) <= set(known.refs) else _reopened(known)


def _reopened(known: Settled | None) -> Settled | None:
    """Only the version of it goes on."""
    if known is None:
        return None
    made: Callable[..., Settled] = type(known)
    return made(**{name: getattr(known, name) for name in Settled.__slots__} | {"outcome": "", "note": ""})


def _row(one: Finding, finding_id: str, names: Mapping[str, str], known: Settled | None) -> FindingRow:
    return FindingRow(
        finding_id=finding_id,
        staff_id=one.staff_id,
        staff_name=names.get(one.staff_id, ""),
        person=one.person,
        score=one.score,
        reasons=tuple(ReasonRow(fact=each.fact.value, points=each.points, count=each.count) for each in one.reasons),
        accesses=len(one.refs),
        first_at=one.first_at,
        last_at=one.last_at,
        outcome=known.outcome if known else "",
        note=known.note if known else "",
        settled_by=known.reviewer_name if known and known.outcome else "",
        settled_at=known.at if known and known.outcome else None,
        version=known.version if known else 0,
    )


def _around(made: Made, one: Finding) -> tuple[LookRow, ...]:
    """What the same person did from a while before to a while after each access, oldest first."""
    mine = set(one.refs)
    rows = [
        (access, why)
        for access, why in zip(made.watched.accesses, made.reviewed.whys, strict=True)
        if access.staff_id == one.staff_id and one.first_at - _AROUND <= access.at <= one.last_at + _AROUND
    ]
    times = [access.at for access, _ in rows if access.ref in mine]
    near = [row for row in rows if row[0].ref in mine or any(abs(row[0].at - at) <= _AROUND for at in times)]
    return tuple(_look(access, why, is_part=access.ref in mine) for access, why in near)


def _look(access: Access, why: Why, *, is_part: bool) -> LookRow:
    return LookRow(
        at=access.at,
        way=access.way.value,
        terminal=access.terminal,
        person=access.person,
        found=len(access.found),
        visit=access.visit,
        procedure=access.procedure,
        reason=access.reason,
        why=why.value,
        near=tuple(kind.value for kind in access.near),
        is_part=is_part,
    )


def _days(made: Made, today: date) -> tuple[DayCount, ...]:
    """The last weeks, each day that has any."""
    first = today - timedelta(days=_CHART_DAYS - 1)
    counts: dict[date, Counter[str]] = {}
    for access, why in zip(reversed(made.watched.accesses), reversed(made.reviewed.whys), strict=True):
        day = business_date(access.at)
        if day < first:
            break
        kind = "reason" if why is Why.REASON else "matter" if why in EXPLAINED else "none"
        counts.setdefault(day, Counter())[kind] += 1
    return tuple(
        DayCount(day=day, by_matter=each["matter"], by_reason=each["reason"], unexplained=each["none"])
        for day, each in sorted(counts.items())
    )
