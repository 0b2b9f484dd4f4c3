"""Links numbers of social insurance to persons, as far as telling who it is needs, and never a number of others."""

from collections.abc import Sequence

from app.backend.addressee.ports import AddresseeBook, AddresseeUnit, Person
from app.backend.addressee.service.noting import noting
from app.backend.addressee.service.persons import numbered
from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.number import MyNumber, ReadNumber
from app.errors import AppError, BadFormat, NotAllowed, NotUnderstood
from app.link.letters import Correspondent, answer_each, municipality_of
from app.wire.letter import Letter
from app.wire.social_address_link import LinkSocialNumber, LinkSocialNumbers, SocialNumbersLinked

SOURCE = "socialaddress"
LINKED, UNLINKED, UNKNOWN = "linked", "unlinked", "unknown"
MOST = 500


class SocialLinking:
    """Takes numbers from socialaddress (S05-4); what it answers tells no number of anybody."""

    def __init__(
        self, book: AddresseeBook, post: Correspondent, clock: Clock, read_number: ReadNumber = MyNumber
    ) -> None:
        self._book = book
        self._post = post
        self._noted = noting(book, post, clock)
        self._clock = clock
        self._read_number = read_number

    def link(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """One answer for each letter."""
        return answer_each(letters, self._link, self._noted)

    def _link(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "link-social/1", LinkSocialNumbers, SOURCE)
        own = f"addressee@{asked.municipality}"
        if municipality_of(letter) != asked.municipality or not self._post.serves(own):
            raise NotAllowed
        if len(asked.links) > MOST:
            raise NotUnderstood(what="links")
        outcomes = self._book.write(lambda unit: tuple(self._one(unit, asked.municipality, one) for one in asked.links))
        answer = SocialNumbersLinked(municipality=asked.municipality, outcomes=outcomes)
        return self._post.write(own, "social-linked/1", answer)

    def _one(self, unit: AddresseeUnit, municipality: str, one: LinkSocialNumber) -> str:
        outcome = self._outcome(unit, municipality, one)
        what = (("outcome", outcome), ("with_my_number", bool(one.my_number)))
        act = Act(
            "number.social_linked",
            self._clock.now(),
            municipality,
            f"slice:{SOURCE}",
            "",
            "link",
            about=one.social_number,
            what=what,
        )
        unit.record([act])
        return outcome

    def _outcome(self, unit: AddresseeUnit, municipality: str, one: LinkSocialNumber) -> str:
        if unit.sourced(municipality, one.social_number) not in {None, SOURCE}:
            return "number_taken"
        if one.unlink:
            unit.unlink(municipality, one.social_number, SOURCE)
            return UNLINKED
        try:
            person = self._person(unit, municipality, one)
        except BadFormat:
            return "bad_number"
        return person if isinstance(person, str) else self._linked(unit, person, one.social_number)

    def _linked(self, unit: AddresseeUnit, person: Person, number: str) -> str:
        """Link it, or move a link; a person with another 個人番号 is another person."""
        before = unit.of_business(person.municipality, [number]).get(number)
        if before is None or before.addressee_number != person.addressee_number:
            if before is not None and before.my_number is not None and before.my_number != person.my_number:
                return "number_of_another"
            unit.link(person, number, self._clock.now(), SOURCE)
        return LINKED

    def _person(self, unit: AddresseeUnit, municipality: str, one: LinkSocialNumber) -> Person | str:
        """Who it is: by the number of the same person here, or by the 個人番号, which makes a person known."""
        known = None
        if one.with_number:
            known = unit.of_business(municipality, [one.with_number]).get(one.with_number)
        if not one.my_number:
            return known or UNKNOWN
        number = self._read_number(one.my_number)
        owner = unit.of_my_number(municipality, number)
        if known is not None and (owner is None or owner.addressee_number != known.addressee_number):
            return "number_of_another"
        return owner or numbered(unit, municipality, number, self._clock.now())
