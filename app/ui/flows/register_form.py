"""The fields of a form in words: labels, choices and what an empty field means, by the shipped table."""

from collections.abc import Sequence

from app.domain.era import wareki
from app.domain.register_forms import FilingForm, Whom
from app.domain.register_rules import Kind, RegisterRules
from app.ui.flows.register_filing import DAYS, KEEP, day_in
from app.ui.kit import Kit
from app.ui.screens.register_entry_pages import EntryPerson
from app.ui.screens.register_fields import FieldShown, Form
from app.wire.register import Ward
from app.wire.register_draft import SECRET, FilingDraft, PersonDraft

_REQUIRED = frozenset({"reason", "filed_day", "event_day", "address", "moved_to"})
_LONG = frozenset({"address", "moved_from", "moved_to", "source", "late_reason"})
RELATION = "relation"


class FormReader:
    """Makes fields of the table's names. ``wards``: of the city."""

    def __init__(self, kit: Kit, rules: RegisterRules, wards: Sequence[Ward]) -> None:
        self._kit, self._rules, self._wards = kit, rules, tuple(wards)

    def fields(self, form: FilingForm, kind: Kind) -> tuple[FieldShown, ...]:
        """What is asked about the change."""
        return tuple(self._field(name, kind, form) for name in form.fields if name != "ward" or self._wards)

    def items(self, form: FilingForm, person: PersonDraft) -> tuple[FieldShown, ...]:
        """What is asked about one person; who stays is asked for the relation only."""
        words = self._kit.texts.register_entry
        relation = FieldShown(RELATION, words.relation_field, support=words.relation_support)
        asked = form.items if person.moves else ()
        return (relation, *(self._item(name, person) for name in asked))

    def label(self, field: str) -> str:
        """A field's name."""
        return self._kit.messages.word("register_field", field)

    def person(self, place: int, one: PersonDraft, form: FilingForm) -> EntryPerson:
        """A line of the list."""
        words, born = self._kit.texts.register_entry, one.birth or one.items.get("birth", "")
        name = one.items.get("name", "") or one.name
        day = day_in(born)
        return EntryPerson(
            place=place,
            name=name or words.new_one,
            birth="" if day is None else wareki(day),
            relation=one.relation,
            after=one.after,
            moves=one.moves,
            fixed=form.whom is Whom.NEW and bool(one.number) and not one.moves,
        )

    def people(self, draft: FilingDraft, form: FilingForm) -> tuple[EntryPerson, ...]:
        """Everybody on the form."""
        return tuple(self.person(place, one, form) for place, one in enumerate(draft.persons))

    def _field(self, name: str, kind: Kind, form: FilingForm) -> FieldShown:
        word, words = self._kit.messages.word, self._kit.messages.words
        support = word("register_field_support", name)
        support = "" if support == name else support
        shape: Form = "long" if name in _LONG else "text"
        options: tuple[tuple[str, str], ...] = ()
        if name == "reason":
            shape, options = "choice", tuple((one, word("register_reason", one)) for one in kind.reasons)
        elif name in DAYS:
            shape = "day"
        elif name == "ward":
            shape, options = "choice", tuple((one.code, one.name) for one in self._wards)
        elif name == "household":
            shape = "pick"
            options = tuple(
                (code, said) for code, said in words("register_household") if code != KEEP or form.whom is Whom.HERE
            )
        elif name == "certificate":
            shape = "yes_no"
        return FieldShown(name, word("register_field", name), shape, options, support, name in _REQUIRED or None)

    def _item(self, name: str, person: PersonDraft) -> FieldShown:
        word, words = self._kit.messages.word, self._kit.texts.register_entry
        support = ""
        if person.number:
            support = words.cleared if person.known.get(name) and name not in DAYS else words.kept
        shape: Form = "day" if name in DAYS else "secret" if name in SECRET else "text"
        options: tuple[tuple[str, str], ...] = ()
        if name == "sex":
            shape, options = "choice", self._kit.messages.words("sex")
        return FieldShown(name, word("register_item", name), shape, options, support)
