"""What of an application a resident checks: only what the presenter's capacity may see, in the form's order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.checks import visible_columns, visible_fields, visible_groups
from app.domain.facts import Facts, Scalar, rows_of, scalar_of
from app.domain.prefill import Presenter
from app.domain.procedure import Field, Group, Kind, Procedure
from app.domain.resident_view import Audience, Item

APPLICANT = frozenset({"applicant", "notifier", "claimant", "filer"})
"""Whose items are the applicant's own, as procedures name them."""
_SOURCES = ("card", "register", "linked", "link", "juki", "nws", "office")
Tell = Callable[[Field, Scalar | None], str]


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, and where the form's values came from: field or group → source. ``tell``: a value in words."""

    reader: Presenter
    sources: Mapping[str, str]
    protected: bool
    tell: Tell

    def audience(self) -> Audience:
        """Who looks at the display."""
        rules, capacity = self.reader.rules, self.reader.capacity
        seen = frozenset(one for one in _SOURCES if rules.may_see(one, capacity))
        return Audience(seen, self.protected)


def items_to_check(procedure: Procedure, facts: Facts, day: date, reading: Reading) -> tuple[Item, ...]:
    """The filled items that this presenter may read, by the parts of the form; empty fields are left out."""
    audience = reading.audience()
    return tuple(one for one in _items(procedure, facts, day, reading) if audience.may_read(one))


def _items(procedure: Procedure, facts: Facts, day: date, reading: Reading) -> Iterator[Item]:
    fields, groups = visible_fields(procedure, facts, day), visible_groups(procedure, facts, day)
    own = APPLICANT | {procedure.identity.of}
    for section in procedure.sections:
        for group in (one for one in groups if one.section == section.id):
            for at, row in enumerate(rows_of(facts, group.id)):
                for field in visible_columns(procedure, group, facts, row, day):
                    item = _item(field, row.get(field.id), reading, own)
                    if item is not None:
                        yield _in_row(item, group, at, reading)
        for field in (one for one in fields if one.section == section.id):
            item = _item(field, scalar_of(facts, field.id), reading, own)
            if item is not None:
                yield item


def _item(field: Field, value: Scalar | None, reading: Reading, own: frozenset[str]) -> Item | None:
    if value is None or value == "" or field.kind is Kind.MY_NUMBER:
        return None
    return Item(
        place=field.id,
        label=field.label,
        value=reading.tell(field, value),
        kind=field.kind,
        source=reading.sources.get(field.id, ""),
        is_address=field.kind is Kind.ADDRESS or any("address" in path for path in field.prefill),
        is_other=field.of not in own,
    )


def _in_row(item: Item, group: Group, at: int, reading: Reading) -> Item:
    """A row's items came from where the row came from, and are of somebody else."""
    return replace(
        item,
        place=f"{group.id}[{at}].{item.place}",
        label=f"{group.label} {at + 1}　{item.label}",
        source=reading.sources.get(group.id, ""),
        is_other=True,
    )
