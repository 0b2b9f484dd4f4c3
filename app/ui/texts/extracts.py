"""Words of extracts for disclosure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExtractTexts:
    """Who prepared, who approves, what is told, what is withheld and why."""

    title: str
    door: str
    door_text: str
    list: str
    loading: str
    none: str
    lead_: str
    state: str
    waiting: str
    waiting_own: str
    approved: str
    request: str
    person: str
    period: str
    period_of_: str
    by: str
    by_of_: str
    one_: str
    one_own: str
    one_waiting: str
    one_approved_: str
    told_: str
    told_none: str
    withheld_: str
    left_out_: str
    between: str
    new: str
    new_request: str
    new_person: str
    since: str
    until: str
    propose: str
    propose_key: str
    approve: str
    approve_key: str
    save: str
    save_key: str
    save_title: str
    file_name_: str
    refresh: str
    back: str
    proposed_title: str
    proposed_text: str
    approved_title: str
    approved_text: str
    saved_title: str
    saved_text_: str

    def lead(self, count: int, waiting: int) -> str:
        return self.lead_.format(count=count, waiting=waiting)

    def period_of(self, since: str, until: str) -> str:
        return self.period_of_.format(since=since, until=until)

    def by_of(self, staff: str, at: str) -> str:
        return self.by_of_.format(staff=staff, at=at)

    def one(self, request: str, person: str) -> str:
        return self.one_.format(request=request, person=person)

    def one_approved(self, by: str) -> str:
        return self.one_approved_.format(by=by)

    def told(self, count: int, fields: str) -> str:
        return self.told_.format(count=count, fields=fields)

    def withheld(self, fields: str, law: str, text: str) -> str:
        return self.withheld_.format(fields=fields, law=law, text=text)

    def left_out(self, count: int, law: str, text: str) -> str:
        return self.left_out_.format(count=count, law=law, text=text)

    def file_name(self, request: str) -> str:
        return self.file_name_.format(request=request)

    def saved_text(self, name: str) -> str:
        return self.saved_text_.format(name=name)
