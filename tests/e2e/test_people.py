"""The people of the training city at the counter, each with what makes them different."""

from dataclasses import replace

import pytest

from app.client.counter import issuer, words
from app.domain.certificate import Standing
from app.domain.names import Agreement
from app.domain.verdict import NotChecked
from app.errors import CardRemoved, Conflict, IdentityFirst, NotAllowed, Refused, WrongCode
from app.services import prove_holder
from app.services.card_port import Progress, Stage, TriesLeft, Watch
from app.services.confirm_number import Asking, CardEntry, Way, ways
from app.services.find_person import Nobody, Opened, Several
from app.services.hand_in import Received
from app.services.known_facts import Sources
from app.services.ports.seat import Session
from app.services.post_notices import notice_content
from app.services.prepare_application import Parts, look
from app.wire.desk import PersonMark, RolesMark
from app.wire.facts import facts_from_wire
from app.wire.register import SearchByFour
from tests.support.city import HERE, THERE
from tests.support.process import wait_for
from tests.support.visits import answers, begin, by_eye, enquiries_of, states, wanted
from tests.support.world import World

pytestmark = [pytest.mark.timeout(120), pytest.mark.card, pytest.mark.keyring]


def other_digit(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def test_a_wrong_code_costs_a_try_in_one_application_only_and_says_what_is_left(world: World) -> None:
    table, read = world.table, world.front.cases.read_card
    at, code = table.lay("local_claimant"), table.holder("local_claimant").code_b
    before = read.tries(at)
    with pytest.raises(WrongCode) as wrong:
        read.by_code_b(at, other_digit(code))
    after = read.tries(at)
    assert isinstance(before.attributes_b, TriesLeft)
    assert (wrong.value.left, after.attributes_b) == (before.attributes_b.left - 1, TriesLeft(wrong.value.left))
    assert after == replace(before, attributes_b=after.attributes_b)
    read.by_code_b(at, code)
    assert read.tries(at) == before
    table.take()


def test_a_card_pulled_out_in_the_middle_spoils_nothing_and_the_next_one_is_read(world: World, clerk: Session) -> None:
    table, read = world.table, world.front.cases.read_card
    stages: list[Stage] = []

    def pull(progress: Progress) -> None:
        stages.append(progress.stage)
        if progress.stage is Stage.FACE and progress.read:
            table.pull()

    at = table.lay("local_claimant")
    with pytest.raises(CardRemoved):
        read.by_code_b(at, table.holder("local_claimant").code_b, watch=Watch(progress=pull))
    assert Stage.ATTRIBUTES in stages
    wait_for(lambda: not table.readers.seen().cards, "the card to be gone")
    visit = begin(world, clerk)
    reading = read.by_code_b(table.lay("lower_income"), table.holder("lower_income").code_b)
    found = world.front.cases.find_person.by_card(world.press(), clerk, visit, reading.four)
    assert isinstance(found, Opened)
    assert found.record.hit.name == world.cities.city.resident_of("lower_income").name
    table.take()


def test_somebody_in_no_register_takes_the_path_of_non_residents_and_gives_the_number_by_card(
    world: World, clerk: Session
) -> None:
    table, cases, visit = world.table, world.front.cases, begin(world, clerk)
    holder, at = table.holder("unregistered"), table.lay("unregistered")
    reading = cases.read_card.by_code_b(at, holder.code_b)
    person = cases.confirm_person.by_chip(world.press(), clerk, visit, reading, same_face=True)
    assert isinstance(cases.find_person.by_card(world.press(), clerk, visit, reading.four), Nobody)
    asking = Asking(world.procedure, None)
    assert ways(asking, card=True) == (Way.CODE_A, Way.PIN, Way.PAPER, Way.DECLINED)
    with pytest.raises(NotAllowed):
        cases.confirm_number.without(world.press(), clerk, visit, asking, Way.LINKED)
    entry = CardEntry(at, holder.my_number)
    with pytest.raises(IdentityFirst):
        cases.confirm_number.by_code_a(world.press(), clerk, visit, asking, entry)
    asking = replace(asking, evidence=(person,))
    world.delivered(world.front)
    number = cases.confirm_number.by_code_a(world.press(), clerk, visit, asking, entry)
    table.take()
    assert (number.number is not None, number.evidence.result) == (True, "confirmed")
    assert isinstance(cases.find_person.by_number(world.press(), clerk, visit, number.number), Nobody)
    mark = PersonMark(business_number="", name=holder.name)
    parts = Parts(RolesMark(presenter=mark, capacity="self", applicant=mark), (person, number.evidence))
    sources = Sources(HERE, clerk.call(world.press()).day, reading.four, None)
    draft = cases.prepare(world.press(), clerk, visit, world.procedure, (parts, sources))
    assert (draft.facts["claimant_name"], draft.facts["claimant_address"]) == (holder.name, holder.address)
    assert holder.my_number not in repr(draft)
    form = look(world.procedure, facts_from_wire(world.procedure, draft.facts), sources.day)
    assert "not_registered" in [finding.check for finding in form.findings]
    received = cases.hand_in(world.press(), clerk, draft.changed(facts={**draft.facts, "claimant_number": "given"}))
    assert isinstance(received, Received)
    assert received.receipt.consequence == "confirmed"


def test_a_move_by_somebody_unconfirmed_is_taken_and_told_by_post_at_the_registered_address(
    world: World, clerk: Session
) -> None:
    cases, visit, person = world.front.cases, begin(world, clerk), world.cities.city.resident_of("local_claimant")
    procedure, day = world.front.procedures["move_within_city"], clerk.call(world.press()).day
    unconfirmed = cases.confirm_person.by_eye(world.press(), clerk, visit, ("care_insurance",))
    assert unconfirmed.result == "not_confirmed"
    mark = PersonMark(business_number=person.business_number, name=person.name)
    parts = Parts(RolesMark(presenter=mark, capacity="self", applicant=mark), (unconfirmed,))
    draft = cases.prepare(world.press(), clerk, visit, procedure, (parts, Sources(HERE, day)))
    said = draft.changed(facts={**draft.facts, "former_address": "somewhere else"})
    received = cases.hand_in(world.press(), clerk, said)
    assert isinstance(received, Received)
    assert received.receipt.consequence == "notice_by_post"
    examiner = world.at_back("r3002")
    back = world.back.cases.post_notices
    notice = next(one for one in back.waiting(world.press(), examiner).entries if one.number == received.receipt.number)
    assert (notice.name, notice.address, notice.from_register) == (person.name, person.address, True)
    settings = world.back.settings
    paper = notice_content(notice, procedure, words(settings), issuer(settings), day)
    assert world.back.press.press_pages(paper)
    assert paper.sections[0].rows[-1].value == person.address
    back.post(world.press(), examiner, notice)
    with pytest.raises(Conflict):
        back.post(world.press(), examiner, notice)
    posted = back.waiting(world.press(), examiner, posted=True).entries
    assert [one.posted_by for one in posted if one.number == notice.number] == [examiner.actor.name]
    with pytest.raises(NotAllowed):
        cases.post_notices.waiting(world.press(), clerk)
    world.leave(world.back, examiner)


def test_two_people_of_the_same_name_and_birth_date_are_a_list_to_choose_from(world: World, clerk: Session) -> None:
    person, visit = world.cities.city.resident_of("same_name_pair"), begin(world, clerk)
    found = world.front.cases.find_person.by_card(world.press(), clerk, visit, person.basic_four)
    assert isinstance(found, Several)
    assert [hit.name for hit in found.hits] == [person.name, person.name]
    assert found.hits[0].business_number == person.business_number
    chosen = world.front.cases.find_person.open(
        world.press(), clerk, visit, found.hits[0].business_number, person.basic_four
    )
    assert not chosen.differs


def test_a_protected_person_is_marked_and_not_opened(world: World, clerk: Session) -> None:
    person, visit = world.cities.city.resident_of("protected"), begin(world, clerk)
    found = world.front.cases.find_person.by_entry(
        world.press(), clerk, visit, SearchByFour(name=person.name, birth=person.birth)
    )
    assert isinstance(found, Several)
    (hit,) = found.hits
    assert {(mark.act, mark.level) for mark in hit.restraints} == {("issue", "error"), ("view", "error")}
    assert person.address not in repr(found)
    with pytest.raises(Refused) as refused:
        world.front.cases.find_person.open(world.press(), clerk, visit, hit.business_number)
    assert refused.value.reason == "restrained"


def test_a_name_that_a_card_can_only_write_with_other_characters_is_found_and_compared(
    world: World, clerk: Session
) -> None:
    holder, visit = world.table.holder("rare_name"), begin(world, clerk)
    person = world.cities.city.resident_of("rare_name")
    assert holder.name != person.name
    four = replace(person.basic_four, name=holder.name)
    found = world.front.cases.find_person.by_card(world.press(), clerk, visit, four)
    assert isinstance(found, Opened)
    row = next(one for one in found.rows if one.field == "name")
    assert (row.card, row.register) == (holder.name, person.name)
    assert row.agreement not in {Agreement.IDENTICAL, Agreement.DIFFERENT}
    assert found.differs


def test_somebody_without_a_code_waits_and_is_told_so(world: World, clerk: Session) -> None:
    case = by_eye(world, "no_code", clerk)
    asked = enquiries_of(world, case)
    world.front.cases.enquire.start(world.press(), clerk, asked, wanted(asked, "local_tax_claimant"))
    wait_for(
        lambda: states(world, clerk, asked)["local_tax_claimant"].state == "no_code", "the code to be found missing"
    )
    state = states(world, clerk, asked)["local_tax_claimant"]
    assert state.answer is None
    assert state.next_at is not None


@pytest.mark.parametrize(("persona", "kind"), [("undeclared", "undeclared"), ("no_tax_data", "no_data")])
def test_undeclared_and_no_data_are_answers_of_their_own(world: World, clerk: Session, persona: str, kind: str) -> None:
    case = by_eye(world, persona, clerk)
    asked = enquiries_of(world, case)
    world.front.cases.enquire.start(world.press(), clerk, asked, wanted(asked, "local_tax_claimant"))
    (answer,) = answers(world, clerk, asked)
    assert (answer.kind, answer.items, answer.provider) == (kind, {}, THERE)


@pytest.mark.fault
def test_who_lived_here_on_1_january_is_answered_in_the_city_with_the_network_gone(
    world: World, clerk: Session
) -> None:
    case = by_eye(world, "local_claimant", clerk)
    asked = enquiries_of(world, case)
    world.cities.there.kill()
    try:
        accepted = world.front.cases.enquire.start(world.press(), clerk, asked, wanted(asked, "city_tax_claimant"))
        assert (accepted.path, accepted.provider) == ("link", HERE)
        (answer,) = answers(world, clerk, asked)
    finally:
        world.cities.there.start()
    person = world.cities.city.resident_of("local_claimant")
    income = next(year.items["total_income"] for year in person.tax if year.year == answer.tax_year)
    assert (answer.kind, answer.process_number) == ("value", "")
    assert answer.items["income"] == income


def test_eyes_suffice_where_no_chip_is_read_and_a_paper_without_a_photo_alone_does_not(
    world: World, clerk: Session
) -> None:
    confirm, visit = world.front.cases.confirm_person, begin(world, clerk)
    weak = confirm.by_eye(world.press(), clerk, visit, ("pension_certificate",))
    both = confirm.by_eye(world.press(), clerk, visit, ("pension_certificate", "care_insurance"))
    assert (weak.result, both.result) == ("not_confirmed", "confirmed")


def test_a_certificate_is_proven_by_pin_and_password_and_what_the_office_can_not_tell_stays_open(
    world: World, clerk: Session
) -> None:
    table, cases, visit = world.table, world.front.cases, begin(world, clerk)
    holder, at = table.holder("local_claimant"), table.lay("local_claimant")
    asking = prove_holder.Asking(world.press(), clerk, visit.visit_id)
    by_pin = cases.prove_holder.by_user_pin(at, holder.pin, asking)
    by_password = cases.prove_holder.by_sign_password(at, holder.password, asking)
    for proof in (by_pin, by_password):
        assert isinstance(proof.verdicts.revocation, NotChecked)
        assert proof.standing is Standing.REVOCATION_UNKNOWN
    assert by_password.holder is not None
    assert by_password.holder.name.text == holder.certified_name
    table.take()
