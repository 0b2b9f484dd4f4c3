"""S03-1, S03-2: wrongly linked persons are merged and split by two people, with history; codes are given up with them.

What must not happen: one person alone corrects, a correction is lost, a code goes on standing for somebody else.
"""

import pytest

from app.domain.exchange_numbers import LinkCode
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.addressee import CodeChange
from app.wire.addressee_office import (
    AskCorrections,
    AskLinkHistory,
    CorrectionView,
    DecideCorrection,
    FindNumber,
    ProposeCorrection,
)
from app.wire.addressee_systems import SystemPerson
from tests.edge.backend.addressee.world import CLERK, DECIDER, HERE, PROPOSER, SYSTEM, World, new_id, number
from tests.support.slices import person

BOTH = person("both", "number.correct", "number.correct_decide", municipality=HERE)


def proposed(world: World, kind: str, business_number: str, actor=PROPOSER, **given: str) -> CorrectionView:
    asked = ProposeCorrection(
        correction_id=given.pop("correction_id", new_id()),
        kind=kind,
        business_number=business_number,
        reason=given.pop("reason", "窓口で取り違えた"),
        **given,
    )
    return world.correcting.propose(world.call(actor), asked)


def decided(world: World, of: CorrectionView, actor=DECIDER, *, approve: bool = True, version: int = 0):
    asked = DecideCorrection(correction_id=of.correction_id, version=version or of.version, approve=approve)
    return world.correcting.decide(world.call(actor), asked)


def with_code(world: World, addressee_number: str, code: LinkCode) -> None:
    """The person has a code, as after an acquisition."""
    at = world.clock.at
    world.intermediary.write(lambda unit: unit.ask_codes(HERE, [(addressee_number, f"p{addressee_number}")], at))
    assert world.intermediary.write(lambda unit: unit.put_codes(HERE, [(addressee_number, code)], at)) == ()
    world.service.note(HERE, [CodeChange(addressee_number=addressee_number, state="acquired", process_number="")])


def holder(world: World, code: LinkCode) -> str | None:
    return world.intermediary.read(lambda unit: unit.persons(HERE, [code]))[0]


def code_of(body: int) -> LinkCode:
    return LinkCode(b"\x00\x01" + bytes([body]) * 16)


def test_two_persons_that_are_one_are_merged_and_the_code_of_who_goes_stands_for_nobody(world: World) -> None:
    numbers = world.load(("100", 1), ("200", 2))
    token = world.opened(world.entered())
    world.hands_in(token, SystemPerson(number="7", same_as="200"))
    with_code(world, numbers["100"], code_of(1))
    with_code(world, numbers["200"], code_of(2))
    decided(world, proposed(world, "merge", "100", other="200"))
    one = world.known("100")
    assert one is not None
    assert one.addressee_number == numbers["100"]
    assert one == world.known("200") == world.known("7", source=SYSTEM)
    assert (one.my_number, one.code_state) == (number(1), "acquired"), "who stays keeps number and code"
    gone = world.service._book.read(lambda unit: unit.of_addressee(HERE, [numbers["200"]]))[numbers["200"]]
    assert (gone.successor, gone.my_number) == (numbers["100"], None)
    assert world.telling.turn()
    assert (holder(world, code_of(1)), holder(world, code_of(2))) == (numbers["100"], None)
    found = world.search.find(world.call(CLERK), FindNumber(procedure="", my_number=number(2).text()))
    assert found.numbers == (), "the wrong number is nobody's here"
    history = world.correcting.history(world.call(PROPOSER), AskLinkHistory(business_number="200"))
    assert len(history.past) == 1
    assert history.linked_at == history.past[0].ended_at


def test_a_merge_may_take_the_other_number_and_then_both_codes_are_got_anew(world: World) -> None:
    numbers = world.load(("100", 1), ("200", 2))
    with_code(world, numbers["100"], code_of(1))
    with_code(world, numbers["200"], code_of(2))
    decided(world, proposed(world, "merge", "100", other="200", right_number="other"))
    one = world.known("200")
    assert one is not None
    assert (one.addressee_number, one.my_number, one.code_state) == (numbers["100"], number(2), "none")
    world.telling.turn()
    assert (holder(world, code_of(1)), holder(world, code_of(2))) == (None, None)
    with_code(world, numbers["100"], code_of(2))
    assert holder(world, code_of(2)) == numbers["100"]


def test_a_number_leaves_a_wrong_person_for_the_right_one_and_may_come_back(world: World) -> None:
    numbers = world.load(("100", 1), ("200", 1))
    assert numbers["100"] == numbers["200"], "one 個人番号 is one person, here by mistake"
    with_code(world, numbers["100"], code_of(1))
    decided(world, proposed(world, "split", "200", my_number=number(2).text()))
    stays, goes = world.known("100"), world.known("200")
    assert stays is not None
    assert goes is not None
    assert (stays.my_number, goes.my_number) == (number(1), number(2))
    assert stays.addressee_number == numbers["100"] != goes.addressee_number
    assert stays.code_state == "none", "whose code it was is not sure"
    world.telling.turn()
    assert holder(world, code_of(1)) is None
    decided(world, proposed(world, "merge", "100", other="200"))
    history = world.correcting.history(world.call(PROPOSER), AskLinkHistory(business_number="200"))
    assert len(history.past) == 2


def test_a_number_may_leave_with_the_number_or_to_nobody_until_it_is_known_whose_it_is(world: World) -> None:
    numbers = world.load(("100", 1), ("200", 1), ("300", 3), ("400", 3))
    decided(world, proposed(world, "split", "200", right_number="other"))
    stays, goes = world.known("100"), world.known("200")
    assert stays is not None
    assert goes is not None
    assert (stays.addressee_number, stays.my_number, goes.my_number) == (numbers["100"], None, number(1))
    decided(world, proposed(world, "split", "400"))
    assert world.known("400") is None
    (state,) = world.service.states(world.call(CLERK), _states("400")).states
    assert not state.number_linked


def _states(business_number: str):
    from app.wire.addressee import AskLinks

    return AskLinks(procedure="", business_numbers=(business_number,))


def test_nobody_corrects_alone_and_what_is_decided_stays_so(world: World) -> None:
    world.load(("100", 1), ("200", 2))
    mine = proposed(world, "merge", "100", actor=BOTH, other="200")
    with pytest.raises(Refused) as refused:
        decided(world, mine, BOTH)
    assert refused.value.reason == "same_person"
    assert world.kinds()[-1] == "number.correction_refused"
    with pytest.raises(NotAllowed):
        decided(world, mine, PROPOSER)
    with pytest.raises(NotAllowed):
        proposed(world, "merge", "100", actor=DECIDER, other="200")
    with pytest.raises(Conflict):
        decided(world, mine, version=7)
    assert world.known("100") != world.known("200"), "nothing has happened"
    assert len(world.correcting.corrections(world.call(DECIDER), AskCorrections()).rows) == 1
    assert decided(world, mine, approve=False).state == "rejected"
    assert world.known("100") != world.known("200")
    with pytest.raises(Refused) as refused:
        decided(world, mine)
    assert refused.value.reason == "not_waiting"
    assert not world.telling.turn(), "there is nothing to tell"
    (row,) = world.correcting.corrections(world.call(PROPOSER), AskCorrections(decided=True)).rows
    assert (row.state, row.proposed_by, row.decided_by) == ("rejected", "both", "decider")


SENSELESS = (
    ({"kind": "merge", "business_number": "100", "other": "none"}, "not_linked"),
    ({"kind": "merge", "business_number": "100", "other": "100"}, "already_one"),
    ({"kind": "split", "business_number": "none"}, "not_linked"),
    ({"kind": "merge", "business_number": "100", "other": "200", "reason": "  "}, "reason_missing"),
    ({"kind": "merge", "business_number": "100"}, None),
    ({"kind": "split", "business_number": "100", "other": "200"}, None),
    ({"kind": "swap", "business_number": "100"}, None),
    ({"kind": "split", "business_number": "100", "right_number": "both"}, None),
)


def test_a_correction_without_sense_is_refused(world: World) -> None:
    world.load(("100", 1), ("200", 2))
    for given, error in SENSELESS:
        with pytest.raises(Refused if error else NotUnderstood) as refused:
            proposed(world, **given)
        if error:
            assert refused.value.reason == error
    assert world.correcting.corrections(world.call(DECIDER), AskCorrections()).rows == ()


def test_a_correction_is_told_until_it_is_heard_and_counts_once(world: World) -> None:
    numbers = world.load(("100", 1), ("200", 2))
    with_code(world, numbers["200"], code_of(2))
    world.line.is_up = False
    mine = proposed(world, "merge", "100", other="200")
    assert proposed(world, "merge", "100", other="200", correction_id=mine.correction_id).version == mine.version
    with pytest.raises(Conflict):
        proposed(world, "split", "100", correction_id=mine.correction_id)
    decided(world, mine)
    assert not world.telling.turn()
    assert holder(world, code_of(2)) == numbers["200"], "not heard yet"
    world.line.is_up = True
    world.clock.move(hours=1)
    assert world.telling.turn()
    assert holder(world, code_of(2)) is None
    assert ("code.given_up", 1) in [(kind, what.get("retired")) for kind, what in world.acts()]
    asked = world.line.asked
    assert not world.telling.turn()
    assert world.line.asked == asked, "told once"


def test_a_code_that_two_persons_have_is_kept_for_the_first_and_told_of(world: World) -> None:
    numbers = world.load(("100", 1), ("200", 2))
    with_code(world, numbers["100"], code_of(1))
    at = world.clock.at
    world.intermediary.write(lambda unit: unit.ask_codes(HERE, [(numbers["200"], "p2")], at))
    others = world.intermediary.write(lambda unit: unit.put_codes(HERE, [(numbers["200"], code_of(1))], at))
    assert others == (numbers["200"],)
    assert holder(world, code_of(1)) == numbers["100"]
    decided(world, proposed(world, "merge", "100", other="200"))
    world.telling.turn()
    assert holder(world, code_of(1)) == numbers["100"], "who stays keeps the code"


def test_the_counter_finds_one_person_by_number_never_a_list_and_never_the_number_inside(world: World) -> None:
    """S03-3, C-21: the same answer for nobody, and a wall against trying."""
    from app.errors import TooManyTries
    from app.wire.message import encode

    numbers = world.load(("100", 1), ("200", 2))

    def find(actor=CLERK, **by: str):
        return world.search.find(world.call(actor), FindNumber(procedure="", **by))

    found = find(my_number=number(1).text())
    assert [(one.system, one.number) for one in found.numbers] == [("", "100")]
    assert find(business_number="100").numbers == found.numbers
    assert all(one.encode() not in encode(found) for one in (numbers["100"], number(1).text()))
    with pytest.raises(NotUnderstood):
        find(my_number=number(1).text(), business_number="100")
    with pytest.raises(NotUnderstood):
        find()
    with pytest.raises(NotAllowed):
        find(actor=PROPOSER, my_number=number(1).text())
    nobody = [find(my_number=number(50 + body).text()) for body in range(9)]
    assert {(one.numbers, one.number_linked, one.code_state) for one in nobody} == {((), False, "none")}
    assert find(my_number="12").numbers == ()
    with pytest.raises(TooManyTries):
        find(my_number=number(1).text())
    assert world.kinds().count("number.misses_alarm") == 1
