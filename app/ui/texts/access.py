"""Words of the access review: what stands out, one finding, what was found; and of looking up without a visit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccessTexts:
    """What stands out."""

    title: str
    door: str
    door_text: str
    group: str
    list: str
    lead_: str
    own_: str
    loading: str
    none: str
    none_settled: str
    score: str
    points_: str
    staff: str
    staff_named_: str
    why: str
    accesses: str
    accesses_of_: str
    when: str
    state: str
    not_looked: str
    refresh: str
    settled: str
    waiting: str
    settled_key: str
    waiting_key: str
    open: str
    open_key: str
    back: str
    chart: str
    chart_day_: str
    chart_none: str
    share: str
    by_matter: str
    by_reason: str
    unexplained: str
    share_of_: str
    between: str
    counted_: str
    done_title: str
    done_text_: str

    def lead(self, total: int, days: int, count: int) -> str:
        return self.lead_.format(total=f"{total:,}", days=days, count=count)

    def own(self, count: int) -> str:
        return self.own_.format(count=count)

    def points(self, score: int) -> str:
        return self.points_.format(score=score)

    def staff_named(self, staff_id: str, name: str) -> str:
        return self.staff_named_.format(staff_id=staff_id, name=name)

    def accesses_of(self, count: int) -> str:
        return self.accesses_of_.format(count=count)

    def chart_day(self, day: str, by_matter: int, by_reason: int, unexplained: int) -> str:
        return self.chart_day_.format(day=day, by_matter=by_matter, by_reason=by_reason, unexplained=unexplained)

    def share_of(self, word: str, percent: str) -> str:
        return self.share_of_.format(word=word, percent=percent)

    def counted(self, fact: str, count: int, unit: str) -> str:
        return self.counted_.format(fact=fact, count=count, unit=unit)

    def done_text(self, outcome: str) -> str:
        return self.done_text_.format(outcome=outcome)


@dataclass(frozen=True, slots=True)
class AccessLookupTexts:
    """Looking somebody up without a visit."""

    title: str
    key: str
    reason: str
    reason_support: str
    reason_missing: str
    search: str
    back: str
    record: str
    item: str
    value: str
    not_yet: str
    no_record: str
    nobody: str
    whole: str
    whole_key: str
    title_household: str
    take: str
    take_key: str
    back_entry: str


@dataclass(frozen=True, slots=True)
class AccessFindingTexts:
    """One finding with its surroundings."""

    title: str
    about_: str
    reasons: str
    looks: str
    looks_lead_: str
    looks_cut: str
    person_: str
    found_: str
    visit_: str
    no_visit: str
    part: str
    outcome: str
    note: str
    note_support: str
    outcome_missing: str
    note_missing: str
    earlier_: str
    settle: str
    settle_key: str
    back: str
    working: str

    def about(self, staff: str, since: str, until: str, count: int) -> str:
        return self.about_.format(staff=staff, since=since, until=until, count=count)

    def looks_lead(self, count: int) -> str:
        return self.looks_lead_.format(count=count)

    def person(self, person: str) -> str:
        return self.person_.format(person=person)

    def found(self, count: int) -> str:
        return self.found_.format(count=count)

    def visit(self, visit: str) -> str:
        return self.visit_.format(visit=visit)

    def earlier(self, outcome: str, by: str, at: str, note: str) -> str:
        return self.earlier_.format(outcome=outcome, by=by, at=at, note=note)
