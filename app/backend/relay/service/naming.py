"""本人の指定: staff say a 宛名番号 and are given a sealed reference for the platform, and back; each is recorded."""

from app.backend.relay.service.steering import OfficeBook
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import NotUnderstood
from app.link.letters import Correspondent, Neighbour
from app.wire.addressee import AskOwners, Owners, Translate, Translations
from app.wire.person_reference import (
    MOST,
    AskNames,
    MakeReferences,
    NamedPerson,
    NamePerson,
    Names,
    OpenedReferences,
    OpenReferences,
    References,
)

NAME = "exchange.person"
_DIGITS = 15


class Naming:
    """``addressee``: its translation and the way back; ``references``: where the intermediary makes and opens them."""

    def __init__(
        self,
        book: OfficeBook,
        post: Correspondent,
        addressee: tuple[Neighbour, Neighbour],
        references: tuple[Neighbour, Neighbour],
    ) -> None:
        self._book = book
        self._post = post
        self._translate, self._owners = addressee
        self._make, self._open = references

    def name(self, call: Call, asked: NamePerson) -> NamedPerson:
        """A reference to who has this 宛名番号. Errors: NotAllowed; NotUnderstood; Unreachable."""
        call.demand(NAME)
        number = asked.business_number
        if not (number.isascii() and number.isdigit() and len(number) <= _DIGITS):
            raise NotUnderstood(what="business_number")
        place, sender = call.municipality, f"relay@{call.municipality}"
        act = act_of(call, "person.named", about=number)
        self._book.write(lambda unit: unit.record([act]))
        letter = self._post.write(sender, "translate/1", Translate(municipality=place, business_numbers=(number,)))
        found = self._post.read(self._translate.ask(letter), "translations/1", Translations, "addressee", place).found
        if len(found) != 1:
            raise NotUnderstood(what="found")
        if not found[0].addressee_number:
            return NamedPerson(person="", code_state=found[0].code_state)
        wish = MakeReferences(
            municipality=place, staff_id=call.actor.staff_id, addressee_numbers=(found[0].addressee_number,)
        )
        answer = self._make.ask(self._post.write(sender, "make-references/1", wish))
        made = self._post.read(answer, "references/1", References, "intermediary", place).persons
        if len(made) != 1:
            raise NotUnderstood(what="persons")
        return NamedPerson(person=made[0], code_state=found[0].code_state)

    def names(self, call: Call, asked: AskNames) -> Names:
        """The 宛名番号 behind references of whoever asks. Errors: NotAllowed; NotUnderstood; Refused; Unreachable."""
        call.demand(NAME)
        if len(asked.persons) > MOST:
            raise NotUnderstood(what="persons")
        place, sender = call.municipality, f"relay@{call.municipality}"
        wish = OpenReferences(municipality=place, staff_id=call.actor.staff_id, persons=asked.persons)
        answer = self._open.ask(self._post.write(sender, "open-references/1", wish))
        opened = self._post.read(answer, "opened-references/1", OpenedReferences, "intermediary", place)
        question = AskOwners(municipality=place, addressee_numbers=opened.addressee_numbers)
        answer = self._owners.ask(self._post.write(sender, "ask-owners/1", question))
        found = self._post.read(answer, "owners/1", Owners, "addressee", place).business_numbers
        if len(found) != len(asked.persons):
            raise NotUnderstood(what="found")
        acts = [act_of(call, "person.shown", about=number) for number in found if number]
        self._book.write(lambda unit: unit.record(acts))
        return Names(business_numbers=found)
