"""Records, changes and findings in words: days in wareki, items by their names, guarded ones as a mark."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from app.domain.clock import TOKYO
from app.domain.era import wareki
from app.domain.register_rules import RegisterRules
from app.ui.kit import Kit
from app.ui.screens.register_shown import DeltaShown
from app.ui.screens.review_shown import FindingShown
from app.wire.register import Ward
from app.wire.register_change import Filing, FindingMark, ItemChange, PersonChange

_DAYS = frozenset({"birth", "moved_in_on", "planned_move_out_on", "status_until", "removed_on"})
_LAST = ("resident", "household_number", "ward")


def moment(at: datetime) -> str:
    """Day and time in the office, as in 11/20 9:05."""
    local = at.astimezone(TOKYO)
    return f"{local.month}/{local.day} {local.hour}:{local.minute:02d}"


class RegisterReader:
    """Makes words of messages. ``wards``: of this city, to name them."""

    def __init__(self, kit: Kit, rules: RegisterRules, wards: Iterable[Ward] = ()) -> None:
        self._kit, self._rules = kit, rules
        self._wards = {one.code: one.name for one in wards}

    def day(self, day: date | None, written: str = "") -> str:
        """A day in wareki; as it is written where it is not fully known."""
        return written or (self._kit.texts.register.no_day if day is None else wareki(day))

    def kind(self, name: str) -> str:
        """A kind's title."""
        found = self._rules.kinds.get(name)
        return name if found is None else found.title

    def item(self, name: str) -> str:
        """An item's name."""
        return self._kit.messages.word("register_item", name)

    def value(self, item: str, value: str) -> str:
        """An item's value."""
        if not value:
            return self._kit.texts.register.nothing
        if item in _DAYS:
            return wareki(date.fromisoformat(value))
        if item == "my_number":
            return self._kit.texts.register.number_there
        if item == "resident":
            words = self._kit.texts.register
            return words.is_resident if value == "yes" else words.no_resident
        named = {
            "sex": lambda: self._kit.messages.word("sex", value),
            "ward": lambda: self._wards.get(value, value),
            "removed_why": lambda: self.kind(value),
        }
        return named[item]() if item in named else value

    def delta(self, change: ItemChange, whom: str = "") -> DeltaShown:
        """One item that changes; of a guarded one that it does."""
        if change.masked:
            hidden = self._kit.texts.register.hidden
            return DeltaShown(whom, self.item(change.item), hidden, hidden)
        before, after = (self.value(change.item, one) for one in (change.before, change.after))
        return DeltaShown(whom, self.item(change.item), before, after)

    def deltas(self, changes: Iterable[ItemChange], whom: str = "") -> tuple[DeltaShown, ...]:
        """Several, what people look for first."""
        ordered = sorted(changes, key=lambda one: one.item in _LAST)
        return tuple(self.delta(one, whom if place == 0 else "") for place, one in enumerate(ordered))

    def people(self, people: Iterable[PersonChange]) -> tuple[DeltaShown, ...]:
        """Everybody's differences, one after another."""
        new = self._kit.texts.register.new_record
        return tuple(
            row
            for one in people
            for row in self.deltas(one.items, one.name if one.business_number else new(one.name or "―"))
        )

    def findings(
        self, marks: Sequence[FindingMark], filing: Filing | None, names: dict[str, str], *, asks: bool
    ) -> tuple[FindingShown, ...]:
        """Each check once, with whom it is about. ``asks``: what wants a look gets a box."""
        word = self._kit.messages.word
        found: dict[str, list[FindingMark]] = {}
        for one in marks:
            found.setdefault(one.check, []).append(one)
        return tuple(
            FindingShown(
                key=check,
                stops=ones[0].level == "error",
                what=self._about(word("register_check", check), ones, filing, names),
                why="",
                next=word("register_check_next", check),
                wants_look=asks and ones[0].level != "error",
                looked=False,
            )
            for check, ones in found.items()
        )

    def _about(self, what: str, marks: Sequence[FindingMark], filing: Filing | None, names: dict[str, str]) -> str:
        words = self._kit.texts.register
        known = dict(names)
        if filing is not None:
            fresh = [one for one in filing.persons if not one.business_number]
            known |= {f"new{place}": one.items.name or words.unnamed for place, one in enumerate(fresh)}
        whom = dict.fromkeys(known.get(one.about, "") for one in marks)
        said = words.between.join(name for name in whom if name)
        return words.of_whom(said, what) if said else what

    def named(self, names: Sequence[str], most: int = 3) -> str:
        """A few names, and how many more."""
        words = self._kit.texts.register
        shown = words.between.join(names[:most])
        return words.with_more(shown, len(names) - most) if len(names) > most else shown
