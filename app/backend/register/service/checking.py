"""What stands in the way of a filing, or is to be looked into first: one predicate for each check of the table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.backend.register.ports import Resident
from app.backend.register.service.applying import PLACING, Change, Group
from app.backend.register.service.changing import Announcement
from app.backend.register.service.pairing import named_before
from app.domain.days import last_day
from app.domain.register_rules import Basis, Effect, Kind, RegisterRules
from app.wire.message import decode
from app.wire.register_change import Filing, FindingMark, KeepAnnouncement


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A filing with everything its checks look at.

    ``after``: the persons as they would be, in order; ``others``: who else would change. ``holders``: place among the
    persons → who has the 個人番号 or code that is given there; ``alike``: place → records with the same name, birth and
    sex; ``waiting``: 宛名番号 → other entries that wait; ``protected``: who is under a restraint.
    """

    change: Change
    group: Group
    after: tuple[Resident, ...]
    others: tuple[Resident, ...]
    heads: tuple[str, ...]
    holders: Mapping[int, Resident]
    alike: Mapping[int, tuple[Resident, ...]]
    waiting: Mapping[str, tuple[str, ...]]
    protected: tuple[str, ...]
    announcement: Announcement | None
    move_days: int

    @property
    def kind(self) -> Kind:
        return self.change.kind

    @property
    def filing(self) -> Filing:
        return self.change.filing

    @property
    def today(self) -> date:
        return self.change.today

    @property
    def day(self) -> date | None:
        return self.filing.event_day

    @property
    def fresh(self) -> tuple[int, ...]:
        """Places of who gets a record anew."""
        return tuple(place for place, one in enumerate(self.group.persons) if one is None)

    @property
    def known(self) -> tuple[Resident, ...]:
        """Those of the persons who have a record."""
        return tuple(one for one in self.group.persons if one is not None)

    def is_head(self, one: Resident) -> bool:
        return one.relation in self.heads


Found = Iterable[str]
Check = Callable[[Looked], Found]


def findings(rules: RegisterRules, looked: Looked, confirmed: Iterable[str]) -> tuple[FindingMark, ...]:
    """Everything found, errors first, in the order of the table."""
    seen = frozenset(confirmed)
    marks = [
        FindingMark(check=name, level=level, about=about, entry_id=entry, confirmed=name in seen)
        for name, level in rules.levels.items()
        for about, entry in _found(name, looked)
    ]
    return tuple(sorted(marks, key=lambda one: one.level != "error"))


def _found(name: str, looked: Looked) -> Iterator[tuple[str, str]]:
    if name == "other_waiting":
        yield from ((about, entry) for about, entries in looked.waiting.items() for entry in entries)
        return
    yield from ((about, "") for about in CHECKS[name](looked))


def _if(holds: object) -> Found:
    return ("",) if holds else ()


def _numbers(persons: Iterable[Resident]) -> Found:
    return tuple(one.business_number for one in persons)


def _day_missing(it: Looked) -> Found:
    return _if(it.day is None and not it.filing.event_written)


def _day_in_future(it: Looked) -> Found:
    return _if(it.day is not None and it.day > it.today and not it.kind.may_lie_ahead)


def _filed_in_future(it: Looked) -> Found:
    return _if(it.filing.filed_day > it.today)


def _filed_before_event(it: Looked) -> Found:
    return _if(it.day is not None and it.day > it.filing.filed_day and not it.kind.may_lie_ahead)


def _late_notification(it: Looked) -> Found:
    if it.kind.basis is not Basis.NOTIFICATION or not it.kind.within_days or it.day is None:
        return ()
    return _if(it.filing.filed_day > last_day(it.day, it.kind.within_days))


def _before_birth(it: Looked) -> Found:
    return _numbers(one for one in it.after if it.day is not None and it.day < one.birth)


def _before_last_change(it: Looked) -> Found:
    """A change of address, or a removal, before the present address began: the chain must be corrected first."""
    if it.kind.effect not in {Effect.MOVE, Effect.TRANSFER, Effect.LEAVE, Effect.REMOVE} or it.day is None:
        return ()
    homes = ((one, one.residences[-1].since) for one in it.known if one.residences)
    is_end = it.kind.effect is Effect.REMOVE
    return _numbers(one for one, since in homes if since and (it.day < since if is_end else it.day <= since))


def _address_missing(it: Looked) -> Found:
    return _if(it.kind.effect in PLACING and any(not one.residences or not one.address for one in it.after)) or _if(
        it.kind.effect in {Effect.MOVE, Effect.TRANSFER} and not it.filing.address
    )


def _same_address(it: Looked) -> Found:
    if it.kind.effect not in {Effect.MOVE, Effect.TRANSFER}:
        return ()
    return _numbers(one for one in it.known if one.address == it.filing.address)


def _other_ward(it: Looked) -> Found:
    if it.kind.effect is not Effect.MOVE or not it.filing.ward:
        return ()
    return _numbers(one for one in it.known if one.ward and one.ward != it.filing.ward)


def _same_ward(it: Looked) -> Found:
    if it.kind.effect is not Effect.TRANSFER:
        return ()
    return _numbers(one for one in it.known if not it.filing.ward or one.ward == it.filing.ward)


def _address_with_household(it: Looked) -> Found:
    return _if(it.kind.effect in {Effect.HOUSEHOLD, Effect.AMEND} and it.filing.address)


def _household_kept(it: Looked) -> Found:
    """A ward has its own households; part of a household that moves away is not the same household any more."""
    is_fresh = it.kind.effect is Effect.ENTER and it.fresh
    is_part = it.kind.effect is Effect.MOVE and any(one.is_resident for one in it.group.left)
    kept = it.filing.household == "keep" and (is_fresh or is_part or it.kind.effect is Effect.TRANSFER)
    lost = it.filing.household == "join" and not any(one.is_resident for one in it.group.joined)
    return _if(kept or lost)


def _formed(it: Looked) -> tuple[tuple[Resident, ...], ...]:
    """The households whose members or relations the change touches, as they would be; only who lives here."""
    after = {one.business_number: one for one in (*it.others, *it.after)}
    before = {one.business_number: one for one in it.group.known}
    touched = [one for name, one in after.items() if _place(before.get(name)) != _place(one)]
    everybody = (before | after).values()
    numbers = dict.fromkeys(one.household_number for one in touched if one.is_resident)
    return tuple(
        tuple(one for one in everybody if one.household_number == number and one.is_resident) for number in numbers
    )


def _place(one: Resident | None) -> tuple[str, str, bool] | None:
    return None if one is None else (one.household_number, one.relation, one.is_resident)


def _no_head(it: Looked) -> Found:
    return _if(any(not any(map(it.is_head, members)) for members in _formed(it)))


def _two_heads(it: Looked) -> Found:
    return _if(any(sum(map(it.is_head, members)) > 1 for members in _formed(it)))


def _head_left(it: Looked) -> Found:
    """Who remains has no head: not an error, a change of head is urged."""
    if not it.change.leaves:
        return ()
    changed = {one.business_number: one for one in it.others}
    remain = [changed.get(one.business_number, one) for one in it.group.left if one.is_resident]
    return _if(remain and not any(map(it.is_head, remain)))


def _relation_missing(it: Looked) -> Found:
    return _numbers(one for one in it.after if one.is_resident and not one.relation)


def _name_missing(it: Looked) -> Found:
    return _numbers(one for one in it.after if not one.name)


def _birth_missing(it: Looked) -> Found:
    given = [it.filing.persons[place].items for place in it.fresh]
    return _if(any(one.birth is None or one.sex is None for one in given))


def _not_resident(it: Looked) -> Found:
    is_fix = it.kind.effect in {Effect.ENTER, Effect.AMEND} and it.kind.basis is Basis.EX_OFFICIO
    if is_fix or it.kind.effect is Effect.ENTER:
        return ()
    return _numbers(one for one in it.known if not one.is_resident)


def _already_resident(it: Looked) -> Found:
    return _numbers(one for one in it.known if one.is_resident) if it.kind.effect is Effect.ENTER else ()


def _number_known(it: Looked) -> Found:
    """Somebody here has, or had, that number: the record goes on under the same 宛名番号, none is made anew."""
    own = {place: one.business_number for place, one in enumerate(it.group.persons) if one is not None}
    return _numbers(one for place, one in it.holders.items() if own.get(place) != one.business_number)


def _same_person_removed(it: Looked) -> Found:
    return _numbers(one for place in it.fresh for one in it.alike.get(place, ()) if not one.is_resident)


def _same_person_here(it: Looked) -> Found:
    return _numbers(one for place in it.fresh for one in it.alike.get(place, ()) if one.is_resident)


def _certificate_missing(it: Looked) -> Found:
    is_asked = it.kind.effect is Effect.ENTER and it.filing.reason == "from_municipality"
    return _if(is_asked and not it.filing.certificate and not it.filing.announcement_id)


def _announcement_missing(it: Looked) -> Found:
    return _if(it.kind.id == SPECIAL and it.announcement is None)


def _announcement_late(it: Looked) -> Found:
    told = it.announcement
    if it.kind.id != SPECIAL or told is None:
        return ()
    is_late = it.day is not None and it.filing.filed_day > it.day + timedelta(days=it.move_days)
    return _if(is_late or it.filing.filed_day >= told.erase_on)


def _not_announced(it: Looked) -> Found:
    """A newcomer of a filing that rests on an announcement who is none of those announced: no number comes along."""
    if it.announcement is None:
        return ()
    places = named_before(it.filing.persons, decode(it.announcement.content, KeepAnnouncement).persons)
    return _numbers(it.after[place] for place in it.fresh if places[place] is None)


def _alias_not_foreign(it: Looked) -> Found:
    return _numbers(one for one in it.after if one.alias and not one.more.nationality and _touches(it, "alias"))


def _former_name_foreign(it: Looked) -> Found:
    return _numbers(one for one in it.after if one.former_name and one.more.nationality)


def _former_name_pair(it: Looked) -> Found:
    named = _touches(it, "former_name") or _touches(it, "former_name_kana")
    return _numbers(one for one in it.after if named and bool(one.former_name) != bool(one.more.former_name_kana))


def _legal_kana_foreign(it: Looked) -> Found:
    return _numbers(one for one in it.after if one.more.legal_kana and one.more.nationality)


def _legal_kana_typed(it: Looked) -> Found:
    """It comes from the family register or a certificate, never from the counter."""
    is_brought = it.kind.basis is Basis.EX_OFFICIO or it.filing.certificate or it.filing.announcement_id
    return _if(not is_brought and any(part.items.legal_kana for part in it.filing.persons))


def _status_ended(it: Looked) -> Found:
    ends = ((one, one.more.status_until) for one in it.after if one.is_resident)
    return _numbers(one for one, until in ends if until is not None and until < it.today)


def _nothing_changes(it: Looked) -> Found:
    same = all(before == after for before, after in zip(it.group.persons, it.after, strict=True))
    return _if(same and not it.others)


def _protected(it: Looked) -> Found:
    return it.protected


def _touches(it: Looked, item: str) -> bool:
    return any(getattr(part.items, item) is not None for part in it.filing.persons)


SPECIAL = "special_move_in"
"""The kind that rests on an announcement."""
CHECKS: Mapping[str, Check] = {
    "day_missing": _day_missing,
    "day_in_future": _day_in_future,
    "filed_in_future": _filed_in_future,
    "filed_before_event": _filed_before_event,
    "late_notification": _late_notification,
    "before_birth": _before_birth,
    "before_last_change": _before_last_change,
    "address_missing": _address_missing,
    "same_address": _same_address,
    "other_ward": _other_ward,
    "same_ward": _same_ward,
    "address_with_household": _address_with_household,
    "household_kept": _household_kept,
    "no_head": _no_head,
    "two_heads": _two_heads,
    "head_left": _head_left,
    "relation_missing": _relation_missing,
    "name_missing": _name_missing,
    "birth_missing": _birth_missing,
    "not_resident": _not_resident,
    "already_resident": _already_resident,
    "number_known": _number_known,
    "same_person_removed": _same_person_removed,
    "same_person_here": _same_person_here,
    "certificate_missing": _certificate_missing,
    "announcement_missing": _announcement_missing,
    "announcement_late": _announcement_late,
    "not_announced": _not_announced,
    "alias_not_foreign": _alias_not_foreign,
    "former_name_foreign": _former_name_foreign,
    "former_name_pair": _former_name_pair,
    "legal_kana_foreign": _legal_kana_foreign,
    "legal_kana_typed": _legal_kana_typed,
    "status_ended": _status_ended,
    "nothing_changes": _nothing_changes,
    "protected": _protected,
}
OUTSIDE = frozenset({"other_waiting"})
"""Checks of the table that name another entry."""
