"""What the approval of an application enters into the resident register, as the procedure's file states it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OtherChange:
    """Where ``field`` has ``value``, it is a change of this ``kind`` instead, with its own ``household`` values."""

    field: str
    value: str
    kind: str
    household: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RegisterFiling:
    """What an approval enters into the resident register, provisionally: which change, and which fields say what.

    ``address``: fields whose texts follow each other; ``persons``: the group with a row for each who changes, found
    there by ``name`` and ``birth`` among whom the applicant lives with. ``household``: the field, and for each of its
    values what becomes of the household there (keep, new, join). ``others``: when it is another change.
    """

    kind: str
    reason: str
    filed_day: str
    event_day: str
    address: tuple[str, ...]
    late_reason: str
    persons: str
    name: str
    birth: str
    relation: str
    household: tuple[str, tuple[tuple[str, str], ...]]
    others: tuple[OtherChange, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every field it names, without the group."""
        named = (self.filed_day, self.event_day, *self.address, self.late_reason, self.name, self.birth, self.relation)
        return tuple(one for one in (*named, self.household[0], *(one.field for one in self.others)) if one)
