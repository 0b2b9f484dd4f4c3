"""S03-0, S03-1, S15-2, F-11, K-06, R-021, M-2: who has a 個人番号 is numbered once; numbers of many systems are linked.

Each with what must not happen: no second number, no serial without a check digit, no system in another one's area.
"""

import pytest

from app.domain.exchange_numbers import addressee_number
from app.errors import NotAllowed
from app.wire.addressee import LinkNumber
from app.wire.addressee_systems import SystemPerson
from tests.edge.backend.addressee.world import CLERK, HERE, SYSTEM, THERE, World, number
from tests.support.slices import person

SKIPPED = 6
"""The serial whose digits leave a remainder of 1. Source: check-digit vectors, run."""


def test_serials_without_a_check_digit_are_skipped_and_every_number_checks(world: World) -> None:
    numbers = world.load(*((f"{body:015}", body) for body in range(1, 13)))
    made = list(numbers.values())
    assert addressee_number(SKIPPED) is None
    assert [int(one[:14]) for one in made] == [serial for serial in range(1, 20) if addressee_number(serial)][:12]
    assert all(len(one) == 15 and addressee_number(int(one[:14])) == one for one in made)
    assert world.load(("000000000000001", 1)) == {"000000000000001": made[0]}, "known persons keep theirs"
    assert world.load(("000000000000001", 1), place=THERE) != {}, "each municipality numbers by itself"


def test_a_person_is_numbered_when_the_number_becomes_known_and_not_before(world: World) -> None:
    asked = LinkNumber(
        procedure="claim", visit_id="v", business_number="501", my_number=number(501).text(), method="face_a"
    )
    assert world.known("501") is None
    with pytest.raises(NotAllowed):
        world.service.link(world.call(person("nobody", "number.state", municipality=HERE)), asked)
    assert world.known("501") is None
    assert world.service.link(world.call(CLERK), asked).number_linked
    made = world.known("501")
    assert made is not None
    assert world.service.link(world.call(CLERK), asked).number_linked
    assert world.known("501") == made, "numbered once"
    assert world.known("501", place=THERE) is None


def test_the_same_number_of_two_systems_is_two_persons_and_one_person_has_numbers_of_many(world: World) -> None:
    """S15-1, F-27: residents and non-residents of business systems."""
    world.load(("100", 1))
    mine, library = world.opened(world.entered()), world.opened(world.entered("library"), sender="business.library")
    resident = SystemPerson(number="7", my_number=number(1).text(), resident=True)
    stranger = SystemPerson(number="7", my_number=number(2).text())
    assert world.hands_in(mine, resident) == ("linked",)
    assert world.hands_in(library, stranger, sender="business.library") == ("linked",)
    one, other = world.known("7", source=SYSTEM), world.known("7", source="library")
    assert one is not None
    assert other is not None
    assert one.addressee_number != other.addressee_number
    assert one == world.known("100"), "by the number of the same person"
    assert world.known("7") is None, "a system's own number is no 宛名番号"
    again = SystemPerson(number="8", same_as="100")
    assert world.hands_in(library, again, sender="business.library") == ("linked",)
    assert world.known("8", source="library") == one
    assert world.hands_in(mine, SystemPerson(number="7", unlink=True)) == ("unlinked",)
    assert world.known("7", source="library") == other, "only its own"


BAD_ROWS = (
    (SystemPerson(number="9"), "unknown"),
    (SystemPerson(number="9", same_as="no such"), "unknown"),
    (SystemPerson(number="9", my_number="123456789012"), "bad_number"),
    (SystemPerson(number="9", my_number="12"), "bad_number"),
    (SystemPerson(number="9", my_number=number(77).text(), resident=True), "resident_unknown"),
    (SystemPerson(number="9", my_number=number(77).text(), same_as="100"), "number_of_another"),
    (SystemPerson(number="9", my_number=number(2).text(), same_as="100"), "number_of_another"),
    (SystemPerson(number="9", unlink=True), "unknown"),
    (SystemPerson(number="7", my_number=number(2).text()), "number_of_another"),
)


def test_a_row_that_can_t_be_is_told_why_and_the_others_are_taken(world: World) -> None:
    world.load(("100", 1), ("200", 2))
    token = world.opened(world.entered())
    good, other = SystemPerson(number="7", my_number=number(1).text()), SystemPerson(number="11", same_as="200")
    for given, outcome in BAD_ROWS:
        before = len(world.acts())
        assert world.hands_in(token, good, given, other) == ("linked", outcome, "linked")
        said = [what["outcome"] for kind, what in world.acts()[before:] if kind == "number.system_linked"]
        assert said == ["linked", outcome, "linked"], "each is a linkage record"
