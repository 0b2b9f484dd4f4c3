"""What stands on a certificate: items of records as they are printed; what was not asked for is not there."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from app.backend.register.ports import PastName, Residence, Resident
from app.backend.register.service.changing import Removed
from app.backend.register.service.states import GUARDED, State, state_of
from app.domain.certificate_rules import CertificateKind, CertificateRules, ItemGroup
from app.domain.era import wareki, western
from app.wire.certificate import PageBlock, PageRow

SHARED = ("address", "head")
"""Items of a household that stand above its members."""
_DAYS = frozenset({"moved_in_on", "removed_on", "leaving_on"})


@dataclass(frozen=True, slots=True)
class Subject:
    """One person as a page shows them. ``state``: the items of the record; ``number``: 個人番号, "" for none."""

    state: State = field(repr=False)
    residences: tuple[Residence, ...] = field(repr=False)
    past_names: tuple[PastName, ...] = field(repr=False)
    number: str = field(default="", repr=False)
    head: str = field(default="", repr=False)
    seal_card: str = ""

    @property
    def is_foreign(self) -> bool:
        return bool(self.state.get("nationality"))


def present(resident: Resident, number: str, head: str, seal_card: str = "") -> Subject:
    """The record as it is now: what waits as provisional is not in it. A planned leaving shows on no copy."""
    state = state_of(resident, has_number=bool(number))
    return Subject(state, resident.residences, resident.past_names, number, head, seal_card)


def removed(resident: Resident, number: str, record: Removed | None) -> Subject:
    """除票: the record as it stood when it left the register, or this ward's."""
    state = state_of(resident, has_number=bool(number))
    if record is not None and resident.is_resident:
        state = dict(record.items) | {"removed_on": record.day.isoformat(), "removed_why": record.why}
    day = date.fromisoformat(state["removed_on"]) if "removed_on" in state else date.max
    residences = tuple(one for one in resident.residences if (one.since or date.min) < day)
    names = tuple(one for one in resident.past_names if one.until is None or one.until < day)
    return Subject(state, residences, names, number)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the blocks of a page. ``why``: the title of a kind of change; ``masks``: guarded items show as masked."""

    rules: CertificateRules
    why: Callable[[str], str]
    masks: bool = False

    def blocks(self, kind: CertificateKind, chosen: Set[str], subjects: Sequence[Subject]) -> tuple[PageBlock, ...]:
        """The household's block where it has one, then one for each person."""
        shared = self._rows(kind, chosen, subjects[0], only=SHARED)
        persons = [PageBlock(title="", rows=self._rows(kind, chosen, one, but=SHARED)) for one in subjects]
        head = (PageBlock(title=self.rules.words["household"], rows=shared),) if shared else ()
        return (*head, *persons)

    def _rows(
        self, kind: CertificateKind, chosen: Set[str], subject: Subject, *, only: Sequence[str] = (),
        but: Sequence[str] = (),
    ) -> tuple[PageRow, ...]:  # fmt: skip
        rows = [self._row(item, subject) for item in kind.items if self._stands(item, only, but)]
        for group in self.rules.offered(kind):
            items = [item for item in group.items if self._stands(item, only, but)]
            if _is_for(group, subject):
                rows += [self._asked(item, group, kind, subject, is_chosen=group.id in chosen) for item in items]
        return tuple(row for row in rows if row.value)

    @staticmethod
    def _stands(item: str, only: Sequence[str], but: Sequence[str]) -> bool:
        return item not in but and (not only or item in only)

    def _asked(
        self, item: str, group: ItemGroup, kind: CertificateKind, subject: Subject, *, is_chosen: bool
    ) -> PageRow:
        """An item of a group: what it says, that it is left out, or nothing at all."""
        words = self.rules.words
        if is_chosen:
            row = self._row(item, subject)
            return row if row.value else self._line(item, words["none"])
        return self._line(item, words["elided"] if group.is_elided and kind.elides else "")

    def _line(self, item: str, value: str) -> PageRow:
        return PageRow(item=item, label=self.rules.labels[item], value=value)

    def _row(self, item: str, subject: Subject) -> PageRow:
        if self.masks and item in GUARDED:
            return self._line(item, self.rules.words["masked"] if _may_have(item, subject) else "")
        return self._line(item, self._value(item, subject))

    def _value(self, item: str, subject: Subject) -> str:
        state = subject.state
        special: Mapping[str, Callable[[], str]] = {
            "birth": lambda: state.get("birth_written", "") or _day(state.get("birth", ""), subject),
            "sex": lambda: self.rules.sexes.get(state.get("sex", ""), ""),
            "head": lambda: subject.head,
            "my_number": lambda: subject.number,
            "last_address": lambda: state.get("address", ""),
            "address_since": lambda: self._since(subject),
            "addresses": lambda: "\n".join(map(self._residence, subject.residences)),
            "names": lambda: "\n".join(map(self._past_name, subject.past_names)),
            "leaving_on": lambda: _wareki(state.get("planned_move_out_on") or state.get("removed_on", "")),
            "removed_why": lambda: self.why(state["removed_why"]) if state.get("removed_why") else "",
            "status_until": lambda: _day(state.get("status_until", ""), subject),
            "seal_number": lambda: subject.seal_card,
        }
        if item in special:
            return special[item]()
        return _wareki(state.get(item, "")) if item in _DAYS else state.get(item, "")

    def _since(self, subject: Subject) -> str:
        if not subject.residences:
            return ""
        since = subject.residences[-1].since
        return self.rules.words["unknown_day"] if since is None else wareki(since)

    def _residence(self, one: Residence) -> str:
        words = self.rules.words
        since = words["unknown_day"] if one.since is None else wareki(one.since)
        if one.until is None:
            return words["since"].format(address=one.address, day=since)
        return words["span"].format(address=one.address, since=since, until=wareki(one.until))

    def _past_name(self, one: PastName) -> str:
        words = self.rules.words
        day = words["unknown_day"] if one.until is None else wareki(one.until)
        return words["until_name"].format(name=one.name, day=day)


def _is_for(group: ItemGroup, subject: Subject) -> bool:
    return not group.only or subject.is_foreign == (group.only == "foreign")


def _may_have(item: str, subject: Subject) -> bool:
    """Whether such a person can have the item at all; whether this one does is not told."""
    return item in {"my_number", "resident_code"} or subject.is_foreign


def _wareki(iso: str) -> str:
    return wareki(date.fromisoformat(iso)) if iso else ""


def _day(iso: str, subject: Subject) -> str:
    """Foreigners' days in western form. Source: 住民記録システム標準仕様書 1.1.8, published."""
    if not iso:
        return ""
    return western(date.fromisoformat(iso)) if subject.is_foreign else wareki(date.fromisoformat(iso))
