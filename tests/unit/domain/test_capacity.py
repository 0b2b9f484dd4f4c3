"""C-20, R-014, R-053: who is confirmed in which capacity, what follows if not; all cases against a second table."""

import copy
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.domain.capacity import Consequence, HandOver, consequence
from app.domain.capacity_data import parse_capacities
from app.domain.identity import Confirmation, Means, Part, Question, Regime, Result
from app.domain.person import Capacity
from app.errors import DataFault
from app.shipped import read_toml
from tests.support.documents import CAPACITIES

RAW = read_toml("tables", "capacities.toml")

# The same rules, written down a second time by hand from 住基法12条〜12条の3, 26条, 27条 and 番号法16条, 施行令12条.
# Each cell: whose identity, what proves the authority (None: not asked), whether a number's proof is asked.
# No cell: the capacity does not exist there.
GUARDIAN = {"family_register", "guardianship_certificate", "court_decision"}
MANDATE = {"power_of_attorney", "principal_document"}
HANDED = {"power_of_attorney", "signed_by_principal"}
SECOND: dict[tuple[str, str], tuple[str, set[str] | None, bool]] = {
    ("self", "J-1"): ("presenter", None, False),
    ("self", "J-2"): ("presenter", None, False),
    ("self", "N"): ("presenter", None, True),
    ("same_household", "J-1"): ("presenter", {"<register>"}, False),
    ("same_household", "J-2"): ("presenter", {"<register>"}, False),
    ("same_household", "N"): ("presenter", MANDATE, True),
    ("household_head", "J-1"): ("presenter", {"<register>"}, False),
    ("household_head", "J-2"): ("presenter", {"<register>"}, False),
    ("household_head", "N"): ("presenter", MANDATE, True),
    ("legal_representative", "J-1"): ("presenter", GUARDIAN, False),
    ("legal_representative", "J-2"): ("presenter", GUARDIAN, False),
    ("legal_representative", "N"): ("presenter", GUARDIAN, True),
    ("agent", "J-1"): ("presenter", {"power_of_attorney"}, False),
    ("agent", "J-2"): ("presenter", {"power_of_attorney"}, False),
    ("agent", "N"): ("presenter", MANDATE, True),
    ("messenger", "J-1"): ("presenter", HANDED, False),
    ("messenger", "J-2"): ("presenter", HANDED, False),
    ("messenger", "N"): ("number_giver", None, True),
    ("public_use", "J-1"): ("presenter", {"public_request"}, False),
    ("third_party", "J-1"): ("presenter", {"ground_of_request", "company_papers"}, False),
    ("professional", "J-1"): ("presenter", {"professional_request"}, False),
}
IF_NOT = {"J-1": "no_issue", "J-2": "notice_by_post", "N": "without_number"}
BY_CARD_OR_EYE = {"chip", "by_eye", "pin", "jpki", "document_chip"}
PAPERS = sorted({paper for _, kinds, _ in SECOND.values() for paper in kinds or ()} - {"<register>"})

PERSON = ["", "by_eye", "chip", "pin", "jpki", "document_chip", "questions", "paper", "register", "-by_eye"]
GIVER = ["", "by_eye", "-by_eye"]
AUTHORITY = ["", "<register>", "-power_of_attorney", *PAPERS]
NUMBER = ["", "paper", "pin", "code_a", "by_eye", "chip", "-pin"]


def expected(capacity: str, regime: str, given: tuple[str, str, str, str]) -> str:
    """What the second table says."""
    person, giver, authority, number = given
    if (capacity, regime) not in SECOND:
        return IF_NOT[regime]
    whose, proof, asks_number = SECOND[capacity, regime]
    ways = BY_CARD_OR_EYE | (set() if regime == "N" else {"questions"})
    holds = (person if whose == "presenter" else giver) in ways
    holds = holds and (proof is None or authority in proof)
    holds = holds and (not asks_number or number in {"paper", "pin", "code_a"})
    return "confirmed" if holds else IF_NOT[regime]


def given_confirmations(given: tuple[str, str, str, str]) -> Iterator[Confirmation]:
    """The same as the program is told it; "-" before a word: it was tried and not confirmed."""
    person, giver, authority, number = given
    for word, question, part in (
        (person, Question.IDENTITY, Part.PRESENTER),
        (giver, Question.IDENTITY, Part.NUMBER_GIVER),
        (number, Question.NUMBER, Part.NUMBER_GIVER),
    ):
        if word:
            result = Result.NOT_CONFIRMED if word.startswith("-") else Result.CONFIRMED
            yield Confirmation(question, part, Means(word.removeprefix("-")), result)
    if authority == "<register>":
        yield Confirmation(Question.AUTHORITY, Part.PRESENTER, Means.REGISTER, Result.CONFIRMED)
    elif authority:
        result = Result.NOT_CONFIRMED if authority.startswith("-") else Result.CONFIRMED
        kinds = (authority.removeprefix("-"),)
        yield Confirmation(Question.AUTHORITY, Part.PRESENTER, Means.PAPER, result, kinds)


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("capacity", list(Capacity))
def test_every_combination_has_the_consequence_that_the_law_gives_it(capacity: Capacity, regime: Regime) -> None:
    for given in itertools.product(PERSON, GIVER, AUTHORITY, NUMBER):
        found = consequence(CAPACITIES, regime, capacity, tuple(given_confirmations(given)))
        assert found.consequence == expected(capacity, regime, given), given
        assert found.fits == ((capacity.value, regime.value) in SECOND)
        assert bool(found.missing) == (found.fits and found.consequence is not Consequence.CONFIRMED), given


def test_a_number_that_is_linked_already_is_not_handed_over_and_needs_nobody_confirmed() -> None:
    linked = Confirmation(Question.NUMBER, Part.NUMBER_GIVER, Means.LINKED, Result.CONFIRMED)
    for capacity in Capacity:
        assert consequence(CAPACITIES, Regime.NUMBER, capacity, (linked,)).consequence is Consequence.CONFIRMED
    assert consequence(CAPACITIES, Regime.CERTIFICATE, Capacity.SELF, (linked,)).consequence is Consequence.NO_ISSUE


def test_a_declined_number_leaves_an_application_without_one() -> None:
    seen = Confirmation(Question.IDENTITY, Part.PRESENTER, Means.CHIP, Result.CONFIRMED)
    declined = Confirmation(Question.NUMBER, Part.NUMBER_GIVER, Means.DECLINED, Result.DECLINED)
    found = consequence(CAPACITIES, Regime.NUMBER, Capacity.SELF, (seen, declined))
    assert found.consequence is Consequence.WITHOUT_NUMBER
    assert [need.question for need in found.missing] == [Question.NUMBER]


def test_of_two_confirmations_of_one_thing_the_later_counts() -> None:
    yes = Confirmation(Question.IDENTITY, Part.PRESENTER, Means.EYE, Result.CONFIRMED)
    no = Confirmation(Question.IDENTITY, Part.PRESENTER, Means.CHIP, Result.NOT_CONFIRMED)
    for first, second, end in ((yes, no, Consequence.NO_ISSUE), (no, yes, Consequence.CONFIRMED)):
        assert consequence(CAPACITIES, Regime.CERTIFICATE, Capacity.SELF, (first, second)).consequence is end


def test_reading_a_chip_is_never_a_condition() -> None:
    by_eye = Confirmation(Question.IDENTITY, Part.PRESENTER, Means.EYE, Result.CONFIRMED, ("driving_licence",))
    number = Confirmation(Question.NUMBER, Part.NUMBER_GIVER, Means.PAPER, Result.CONFIRMED, ("my_number_card",))
    for regime in Regime:
        found = consequence(CAPACITIES, regime, Capacity.SELF, (by_eye, number))
        assert found.consequence is Consequence.CONFIRMED


def test_a_presenter_reads_only_what_the_capacity_may_see() -> None:
    seeing = {capacity: {path for path in PATHS if CAPACITIES.may_see(path, capacity)} for capacity in Capacity}
    assert seeing.pop(Capacity.SELF) == set(PATHS)
    assert seeing.pop(Capacity.LEGAL_REPRESENTATIVE) == {"register.name", "office.today"}
    assert all(paths == {"office.today"} for paths in seeing.values())


PATHS = ("card.name", "register.name", "office.today")


def test_what_bears_a_number_goes_to_an_agent_by_post_and_to_third_parties_not_at_all() -> None:
    with_number = {capacity: CAPACITIES.capacities[capacity].with_number for capacity in Capacity}
    by_post = {capacity for capacity, how in with_number.items() if how is HandOver.POST}
    never = {capacity for capacity, how in with_number.items() if how is HandOver.NEVER}
    assert by_post == {Capacity.AGENT, Capacity.MESSENGER}
    assert never == {Capacity.PUBLIC_USE, Capacity.THIRD_PARTY, Capacity.PROFESSIONAL}


def test_the_papers_offered_are_those_that_prove_the_authority() -> None:
    assert {one.id for one in CAPACITIES.papers_for(Capacity.AGENT, Regime.MOVE)} == {"power_of_attorney"}
    assert {one.id for one in CAPACITIES.papers_for(Capacity.AGENT)} == MANDATE
    assert CAPACITIES.papers_for(Capacity.SELF) == ()
    assert all(one.label for one in CAPACITIES.papers)


BREAKS: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "an unknown paper": ("unknown_name", lambda raw: raw["capacity"][4]["rule"][0].update(papers=["a_note"])),
    "an unknown regime": ("unknown_value", lambda raw: raw["capacity"][0]["rule"][0].update(regime="J-3")),
    "a capacity twice": ("each_once", lambda raw: raw["capacity"].append(raw["capacity"][0])),
    "a capacity missing": ("each_once", lambda raw: raw["capacity"].pop()),
    "a regime missing": ("each_once", lambda raw: raw["regime"].pop()),
    "authority without proof": ("authority_without_proof", lambda raw: raw["capacity"][4]["rule"][0].pop("papers")),
    "an unknown way": ("unknown_value", lambda raw: raw["regime"][0].update(person_by=["telepathy"])),
    "an unknown source": ("unknown_value", lambda raw: raw["capacity"][0].update(sees=["bank"])),
    "a misspelt key": ("unknown_key", lambda raw: raw["capacity"][0].update(hand_ower="post")),
}


@pytest.mark.parametrize("fault", list(BREAKS))
def test_a_broken_table_is_refused_with_its_place(fault: str) -> None:
    what, spoil = BREAKS[fault]
    raw = copy.deepcopy(dict(RAW))
    spoil(raw)
    with pytest.raises(DataFault) as caught:
        parse_capacities(raw)
    assert caught.value.data["what"] == what
    assert str(caught.value.data["place"]).startswith("capacities")
