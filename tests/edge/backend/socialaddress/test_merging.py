"""S05-3, S05-4, F-11, K-11: two that are one are made one by two persons, undone too; numbers are linked in S03."""

from datetime import timedelta

import pytest

from app.backend.addressee.service import Loaded
from app.domain.exchange_numbers import addressee_number
from app.errors import Conflict, NotAllowed, Refused
from app.wire.addressee import LinkNumber
from app.wire.message import encode
from app.wire.social_address import AskPartyHistory, PartyRow, ProtectParty
from app.wire.social_address_entries import KeepContact
from app.wire.social_address_link import LinkSocialNumber, LinkSocialNumbers, SocialNumbersLinked
from app.wire.social_address_merge import AskMerges, DecideMerge, MergeRow, ProposeMerge
from app.wire.social_address_tax import AskSocialTransfers
from tests.edge.backend.socialaddress.office import (
    HEALTH,
    SYSTEM,
    TODAY,
    Office,
    change,
    new_id,
    notice,
    number,
    one_engine,
    rights,
)
from tests.support.slices import MORNING

SAME = {"name": "住民　太郎", "kana": "ジュウミン　タロウ", "birth": change(1, "x").after.birth, "sex": "1"}


def propose(office: Office, party: str, into: str, by: str = "c1", **changed) -> MergeRow:
    asked = ProposeMerge(**({"purpose": HEALTH, "party": party, "into": into, "reason": "本人と確認"} | changed))
    return office.desk.merging.propose(office.call(office.clerk(by)), asked)


def decide(office: Office, row: MergeRow, outcome: str = "approved", by: str = "d1", reason: str = "") -> MergeRow:
    actor = office.clerk(by, *rights("merge_decide"))
    asked = DecideMerge(purpose=HEALTH, merge_id=row.merge_id, version=row.version, outcome=outcome, reason=reason)
    return office.desk.merging.decide(office.call(actor), asked)


def waiting(office: Office, *, decided: bool = False) -> list[tuple[str, str, str]]:
    rows = office.desk.merging.merges(office.call(), AskMerges(purpose=HEALTH, decided=decided)).rows
    return [(one.state, one.party, one.into) for one in rows]


def pair(office: Office, **changed) -> tuple[PartyRow, PartyRow]:
    """A non-resident and the resident who it turns out to be."""
    return office.non_resident(**(SAME | changed)).row, office.resident("100")


def test_a_non_resident_who_moves_in_is_noted_as_alike_and_nothing_is_merged_by_itself(office: Office) -> None:
    """S05-3: duplicates are proposed."""
    party, into = pair(office)
    rows = office.desk.merging.merges(office.call(), AskMerges(purpose=HEALTH)).rows
    assert [(one.state, one.party, one.into, one.signs, one.may) for one in rows] == [
        ("alike", party.social_number, into.social_number, ("name", "kana", "birth"), ("propose",))
    ]
    assert office.open(party.social_number).row.state == "active"
    office.told(change(2, "100", "move", address="別の町1番"))
    assert len(waiting(office)) == 1


@one_engine
@pytest.mark.parametrize(
    "changed",
    [{"birth": TODAY}, {"name": "住民　花子", "kana": "ジュウミン　ハナコ"}],
    ids=["born otherwise", "called otherwise"],
)
def test_who_only_shares_a_name_or_a_birthday_is_not_noted(office: Office, changed: dict) -> None:
    """S05-3."""
    pair(office, **changed)
    assert waiting(office) == []


def test_two_persons_make_them_one_and_everything_of_both_is_there(office: Office) -> None:
    """S05-3."""
    party, into = pair(office)
    said = KeepContact(
        entry_id=new_id(), purpose=HEALTH, social_number=party.social_number, how="post", spoke_with="本人",
        spoke_at=MORNING, what="転入前の相談",
    )  # fmt: skip
    office.desk.entries.note_contact(office.call(), said)
    row = propose(office, party.social_number, into.social_number)
    with pytest.raises(Refused) as own:
        decide(office, row, by="c1")
    assert own.value.reason == "merge_own_proposal"
    assert office.open(party.social_number).row.social_number == party.social_number
    done = decide(office, row)
    assert [(one.state, one.by) for one in done.steps] == [
        ("alike", "slice:residentbase"), ("proposed", "c1"), ("merged", "d1"),
    ]  # fmt: skip
    view = office.open(party.social_number)
    assert (view.row.social_number, view.merged) == (into.social_number, (party.social_number,))
    assert [one.what for one in view.contacts] == ["転入前の相談"]
    asked = AskPartyHistory(purpose=HEALTH, social_number=party.social_number)
    states = office.desk.parties.history(office.call(), asked).states
    assert [(one.cause, one.row.state) for one in states] == [("merged", "merged"), ("entered", "active")]
    assert waiting(office) == []


def test_what_is_known_of_the_one_by_tax_office_and_systems_holds_for_both(office: Office) -> None:
    """S05-2, S05-3."""
    party, into = pair(office)
    office.needs(party.social_number)
    decide(office, propose(office, party.social_number, into.social_number))
    office.taxed(notice(1, "100"))
    office.carry()
    (told,) = office.systems[SYSTEM].got[office.place].values()
    assert told.social_number == party.social_number, "by the number that the system knows"


def test_a_merge_is_undone_by_two_persons_and_may_be_done_again(office: Office) -> None:
    """S05-3."""
    party, into = pair(office)
    done = decide(office, propose(office, party.social_number, into.social_number))
    undoing = propose(office, party.social_number, into.social_number, undo=True)
    with pytest.raises(Refused):
        decide(office, undoing, by="c1")
    undone = decide(office, undoing)
    assert (undone.state, office.open(party.social_number).row.state) == ("undone", "active")
    assert office.open(into.social_number).merged == ()
    assert done.merge_id == undone.merge_id
    again = decide(office, propose(office, party.social_number, into.social_number))
    assert again.state == "merged"


@one_engine
def test_turned_down_needs_a_reason_and_leaves_two(office: Office) -> None:
    """S05-3."""
    party, into = pair(office)
    row = propose(office, party.social_number, into.social_number)
    with pytest.raises(Refused) as without:
        decide(office, row, "turned_down")
    assert without.value.reason == "entry_reason_missing"
    assert decide(office, row, "turned_down", reason="同姓同名").state == "turned_down"
    assert office.open(party.social_number).row.state == "active"
    assert waiting(office, decided=True) == [("turned_down", party.social_number, into.social_number)]
    with pytest.raises(Refused) as settled:
        decide(office, row_now(office, row))
    assert settled.value.reason == "merge_settled"


def row_now(office: Office, row: MergeRow) -> MergeRow:
    rows = office.desk.merging.merges(office.call(), AskMerges(purpose=HEALTH, decided=True)).rows
    return next(one for one in rows if one.merge_id == row.merge_id)


@one_engine
def test_what_somebody_else_changed_meanwhile_is_not_decided_by_an_old_sheet(office: Office) -> None:
    """S05-3."""
    party, into = pair(office)
    row = propose(office, party.social_number, into.social_number)
    decide(office, row, "turned_down", reason="同姓同名")
    with pytest.raises(Conflict):
        decide(office, row)
    asked = DecideMerge(purpose=HEALTH, merge_id=row.merge_id, version=row.version, outcome="approved")
    with pytest.raises(NotAllowed):
        office.desk.merging.decide(office.call(), asked)


@one_engine
def test_two_residents_a_person_and_a_company_and_two_numbers_are_never_one(office: Office) -> None:
    """S05-3."""
    first, second = office.resident("100"), office.resident("101", 2)
    company = office.non_resident(
        kind="corporation", name="見本商事", birth=None, sex="", corporate_number="7000012050002"
    ).row
    person = office.non_resident(my_number=number(11111111111).text(), method="chip").row
    for party, into in ((first, second), (first, person), (company, person), (person, company), (person, person)):
        with pytest.raises(Refused) as refused:
            propose(office, party.social_number, into.social_number)
        assert refused.value.reason == "not_one"
    office.told(change(3, "102", my_number=number(22222222222)))
    with pytest.raises(Refused) as refused:
        propose(office, person.social_number, office.party("102").social_number)
    assert refused.value.reason == "numbers_differ"
    with pytest.raises(NotAllowed):
        propose(office, person.social_number, "800000000000000")


@one_engine
def test_a_merged_party_is_not_corrected_and_a_protected_one_protects_both(office: Office) -> None:
    """S05-3, S05-0."""
    party, into = pair(office)
    asked = ProtectParty(purpose=HEALTH, social_number=party.social_number, version=1, protected=True, reason="申出")
    office.desk.parties.protect(office.call(office.clerk("p1", *rights("protect"))), asked)
    decide(office, propose(office, party.social_number, into.social_number))
    with pytest.raises(Refused) as merged:
        office.non_resident(**SAME, social_number=party.social_number, version=3, reason="x")
    assert merged.value.reason == "party_merged"
    assert office.open(into.social_number).row.address_state == "withheld"


# S05-4: the numbers are linked in the addressee slice


@pytest.mark.seed("S05-4", "R-021")
def test_a_resident_s_number_is_linked_once_the_addressee_slice_knows_the_person(office: Office) -> None:
    """S05-4."""
    row = office.resident("100")
    office.carry()
    assert office.links("100", row.social_number) == [False, False]
    office.addressee.load(office.place, [Loaded("100", number(12345678901))])
    office.clock.move(hours=2)
    office.carry()
    assert office.links("100", row.social_number) == [True, True]
    assert office.kinds().count("social.linked") == 1


def test_a_non_resident_s_number_makes_a_person_known_there_and_stays_nowhere_here(office: Office) -> None:
    """S05-4."""
    given = number(31313131313)
    row = office.non_resident(my_number=given.text(), method="chip").row
    office.carry()
    assert office.links(row.social_number) == [True]
    owner = office.addressee._book.read(lambda unit: unit.of_my_number(office.place, given))
    assert owner is not None
    assert addressee_number(int(owner.addressee_number[:14])) == owner.addressee_number
    left = office.desk.parties._book.read(lambda unit: unit.outgoing.stopped(office.place))
    assert left == {}


def test_a_merge_moves_the_link_and_undoing_it_takes_it_away(office: Office) -> None:
    """S05-3, S05-4."""
    party, into = pair(office)
    office.addressee.load(office.place, [Loaded("100", number(12345678901))])
    decide(office, propose(office, party.social_number, into.social_number))
    office.carry()
    assert office.links("100", into.social_number, party.social_number) == [True, True, True]
    decide(office, propose(office, party.social_number, into.social_number, undo=True))
    office.carry()
    assert office.links("100", into.social_number, party.social_number) == [True, True, False]


@pytest.mark.twin("S05-4")
def test_a_number_of_another_person_is_not_linked_and_somebody_is_told(office: Office) -> None:
    """S05-4: a merge of two persons stops at the addressee slice where both have a 個人番号."""
    party, into = pair(office, my_number=number(44444444444).text(), method="chip")
    office.addressee.load(office.place, [Loaded("100", number(55555555555))])
    office.carry()
    decide(office, propose(office, party.social_number, into.social_number))
    office.carry()
    assert office.links("100", party.social_number) == [True, False]
    rows = office.desk.tending.transfers(office.call(), AskSocialTransfers(purpose=HEALTH, stopped=True)).rows
    assert [(one.system, one.social_number, one.cause) for one in rows] == [
        ("addressee", party.social_number, "number_of_another")
    ]


def linked(office: Office, *links: LinkSocialNumber) -> tuple[str, ...]:
    """What the addressee slice answers."""
    post = office.everybody.post("socialaddress")
    message = LinkSocialNumbers(municipality=office.place, links=links)
    answer = office.part.carrying._lines.addressee.ask(
        post.write(f"socialaddress@{office.place}", "link-social/1", message)
    )
    return post.read(answer, "social-linked/1", SocialNumbersLinked, "addressee").outcomes


@pytest.mark.twin("R-021")
def test_the_addressee_slice_lets_no_number_but_those_of_social_insurance_be_moved(office: Office) -> None:
    """S05-4, R-021."""
    office.addressee.load(office.place, [Loaded("100", number(12345678901)), Loaded("101", number(23456789012))])
    assert linked(
        office,
        LinkSocialNumber(social_number="101", with_number="100"),
        LinkSocialNumber(social_number="101", unlink=True),
        LinkSocialNumber(social_number="8", my_number="123456789012"),
        LinkSocialNumber(social_number="8", with_number="100", my_number=number(23456789012).text()),
        LinkSocialNumber(social_number="8", with_number="none"),
        LinkSocialNumber(social_number="8", with_number="100"),
        LinkSocialNumber(social_number="8", with_number="101"),
    ) == (
        "number_taken", "number_taken", "bad_number", "number_of_another", "unknown", "linked", "number_of_another",
    )  # fmt: skip
    assert office.links("100", "8") == [True, True]


@one_engine
def test_the_link_speaks_of_numbers_only(office: Office) -> None:
    """R-021: linkage only as far as telling who it is needs."""
    assert set(LinkSocialNumber.__struct_fields__) == {"v", "social_number", "with_number", "my_number", "unlink"}
    office.resident("100", name="秘密　太郎")
    book = office.desk.parties._book
    errands = book.write(lambda unit: unit.outgoing.claim(office.clock.now(), timedelta(minutes=2), 99))
    bodies = [one.errand.body for one in errands if one.errand.municipality == office.place]
    assert len(bodies) == 1
    assert "秘密" not in bodies[0].decode()
    office.clock.move(minutes=3)


@one_engine
def test_a_counter_that_links_the_same_number_later_finds_the_same_person(office: Office) -> None:
    """S05-4, S03-1."""
    given = number(61616161616)
    row = office.non_resident(my_number=given.text(), method="chip").row
    office.carry()
    from app.domain.rights import Right
    from tests.support.slices import person

    actor = person("n1", Right("number.link"), municipality=office.place)
    asked = LinkNumber(
        procedure="x", visit_id="v", business_number=row.social_number, my_number=given.text(), method="chip"
    )
    assert office.addressee.link(office.call(actor), asked).number_linked
    assert given.text().encode() not in encode(row)
