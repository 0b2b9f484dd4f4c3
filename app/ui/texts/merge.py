"""Words of putting two persons' entries together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MergeTexts:
    """Both versions, field by field."""

    title: str
    lead: str
    table: str
    item: str
    base: str
    mine: str
    theirs: str
    taken: str
    takes_mine: str
    takes_theirs: str
    nothing: str
    loading: str
    other: str
    other_key: str
    go: str
    go_key: str
    count_: str
    returned_: str
    mine_at_: str
    theirs_at_: str

    def count(self, count: int, both: int) -> str:
        return self.count_.format(count=count, both=both)

    def returned(self, reason: str, name: str) -> str:
        return self.returned_.format(reason=reason, name=name)

    def mine_at(self, day: str, time: str) -> str:
        return self.mine_at_.format(day=day, time=time)

    def theirs_at(self, name: str, day: str, time: str) -> str:
        return self.theirs_at_.format(name=name, day=day, time=time)
