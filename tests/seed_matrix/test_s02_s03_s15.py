"""S02, S03, S15: the city's relay, the unified addresses and the business systems, row by row over mutual TLS."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.rights import Right
from app.errors import AppError, NotAllowed, Refused, SignInRefused
from app.wire.addressee import AskLinks, LinkNumber, Translate, Translations
from app.wire.addressee_office import AskNumberLinkage, EnterArea, FindNumber
from app.wire.addressee_systems import AreaOpened, FindOwn, FoundOwn, OpenArea, PersonsTaken, SystemPerson, TakePersons
from app.wire.exchange import Acquired, Acquisition, Acquisitions
from app.wire.relay_bulk import AskBulk, AskBulkOutcomes, ConvertFile, HandInBulk
from app.wire.relay_office import AskRuns
from app.wire.replica import PassReplicas
from tests.edge.backend.exchange.test_bulk import FORMATS, file_of, row
from tests.edge.backend.exchange.world import (
    HERE,
    LINK,
    LOCAL,
    MOVED,
    NEWCOMER,
    PROCEDURE,
    THERE,
    UNNUMBERED,
    my_number,
)
from tests.seed_matrix.asking import NOBODY, OPERATOR, WHO, state
from tests.seed_matrix.office import Office
from tests.support.slices import person

BULK = person(
    "bulk",
    *(Right(act, PROCEDURE) for act in ("enquiry.bulk",)),
    *WHO.rights,
    "exchange.convert",
    municipality=HERE,
)
CHIEF = person("chief", "number.system", "linkage.read", municipality=HERE)
CLERK = person("number-clerk", "number.search", "number.state", "number.link", municipality=HERE)
SYSTEM = "business.childcare"


def bulk_runs(office: Office) -> None:
    waits = True
    while waits:
        while office.of.inside.exchange.office.bulk.turn():
            pass
        waits = office.of.inside.exchange.carrying.turn()
        office.clock.move(seconds=6)


def handed_in(office: Office, name: str, body: bytes, who: Any = BULK) -> Any:
    asked = HandInBulk(
        batch_id=name, procedure=PROCEDURE, layout="enquiries_fixed", outcomes="outcomes_fixed", part=1, is_last=True,
        body=body,
    )  # fmt: skip
    return office.ask(who, "/relay/v1/bulk", asked)


@pytest.mark.seed("S02-3", "S02-4", "S15-5", "S01-10a")
def test_a_system_s_file_is_asked_row_by_row_and_its_outcomes_carry_its_own_numbers(office: Office) -> None:
    taken = handed_in(office, "row-yearly", file_of("enquiries_fixed", [row(MOVED), row(LOCAL, LINK)]))
    assert (taken.rows, taken.rejected) == (2, 0)
    bulk_runs(office)
    assert office.ask(BULK, "/relay/v1/bulk/state", AskBulk(batch_id="row-yearly")).state == "done"
    given = office.ask(BULK, "/relay/v1/bulk/outcomes", AskBulkOutcomes(batch_id="row-yearly"))
    found = [one.values for one in FORMATS.of(given.layout, "outcomes").read(given.body)]
    told = [(one["business_number"], one["state"], one["income"]) for one in found]
    assert told == [(MOVED, "answered", 3_456_789), (LOCAL, "answered", 2_222_222)]
    runs = {one.run_id: one for one in office.ask(OPERATOR, "/relay/v1/runs", AskRuns()).rows}
    assert (runs["row-yearly"].kind, runs["row-yearly"].state, runs["row-yearly"].done) == ("bulk", "done", 2)


@pytest.mark.twin("S02-3", "S02-4", "S15-5")
def test_without_the_right_of_the_procedure_no_file_is_taken_and_no_outcome_given(office: Office) -> None:
    handed_in(office, "row-guarded", file_of("enquiries_fixed", [row(MOVED)]))
    other = person("other-bulk", Right("enquiry.bulk", "childcare_benefit"), municipality=HERE)
    with pytest.raises(NotAllowed):
        handed_in(office, "row-theirs", file_of("enquiries_fixed", [row(MOVED)]), other)
    for path, message in (
        ("/relay/v1/bulk/state", AskBulk(batch_id="row-guarded")),
        ("/relay/v1/bulk/outcomes", AskBulkOutcomes(batch_id="row-guarded")),
    ):
        with pytest.raises(NotAllowed):
            office.ask(other, path, message)
    bulk_runs(office)


@pytest.mark.seed("S02-0c", "S02-2")
def test_a_file_is_turned_into_another_format_in_one_place_and_what_is_lost_is_told(office: Office) -> None:
    someone = {"business_number": "000000000000001", "name": "𠮟る", "kana": "ﾐﾎﾝ", "sex": "female"}
    source = file_of("persons_jis2004", [someone], "persons")
    done = office.ask(
        BULK, "/relay/v1/convert", ConvertFile(source="persons_jis2004", target="persons_host", body=source)
    )
    assert [(loss.row, loss.field, loss.kind) for loss in done.losses] == [(1, "name", "not_in_charset")]
    (back,) = FORMATS.of("persons_host", "persons").read(done.body)
    assert back.values["business_number"] == someone["business_number"]


@pytest.mark.twin("S02-0c", "S02-2")
def test_no_file_is_turned_into_what_it_is_not_or_by_anybody(office: Office) -> None:
    body = file_of("persons_jis2004", [{"business_number": "000000000000001"}], "persons")
    with pytest.raises(Refused):
        office.ask(BULK, "/relay/v1/convert", ConvertFile(source="persons_jis2004", target="outcomes_host", body=body))
    with pytest.raises(NotAllowed):
        office.ask(WHO, "/relay/v1/convert", ConvertFile(source="persons_jis2004", target="persons_host", body=body))


@pytest.mark.seed("S02-0a")
def test_the_inside_asks_outwards_and_is_answered_on_its_own_connection(office: Office) -> None:
    made = office.make(WHO, MOVED)
    office.carry()
    found = state(office, made)
    assert found is not None
    assert found.answer is not None
    asked = Translate(municipality=HERE, business_numbers=(MOVED,))
    told = office.says("relay", "/addressee/v1/translate", "translate/1", asked, Translations)
    assert len(told.found[0].addressee_number) == 15


@pytest.mark.twin("S02-0a")
def test_who_stands_on_the_network_side_is_let_in_nowhere_inside(office: Office) -> None:
    rows = PassReplicas(municipality=HERE, rows=())
    letter = office.letter("intermediary", "pass-replicas/1", rows)
    for path, (where, endpoint) in office.offered.items():
        if where == "inside" and endpoint.path.startswith(("/relay/", "/addressee/", "/socialaddress/")):
            for role in ("intermediary", "gateway"):
                with pytest.raises(AppError):
                    office.send(role, path, letter)
    with pytest.raises(Refused):
        office.send("residentbase", "/relay/v1/replicas", letter)


def entered(office: Office) -> str:
    """A fresh password of the system's area, and the token behind it."""
    password = office.ask(CHIEF, "/addressee/v1/system/password", EnterArea(system="childcare")).password
    opening = OpenArea(municipality=HERE, password=password)
    return office.says(SYSTEM, "/addressee/v1/system", "area-open/1", opening, AreaOpened).token


def takes(office: Office, token: str, *persons: SystemPerson) -> tuple[str, ...]:
    message = TakePersons(municipality=HERE, token=token, persons=persons)
    return office.says(SYSTEM, "/addressee/v1/system", "area-persons/1", message, PersonsTaken).outcomes


@pytest.mark.seed("S03-0", "S03-3", "S03-5", "S03-6", "S15-1")
def test_a_system_links_a_resident_and_a_stranger_and_the_links_are_found_and_on_record(office: Office) -> None:
    token = entered(office)
    stranger = SystemPerson(number="K-2", my_number=my_number(70_777).text())
    assert takes(office, token, SystemPerson(number="K-1", same_as=MOVED), stranger) == ("linked", "linked")
    own = FindOwn(municipality=HERE, token=token, number="K-1")
    found = office.says(SYSTEM, "/addressee/v1/system", "area-find/1", own, FoundOwn)
    assert (found.number, found.code_state) == ("K-1", "acquired")
    shown = office.ask(CLERK, "/addressee/v1/find", FindNumber(procedure="", my_number=my_number(70_777).text()))
    assert [(one.system, one.number) for one in shown.numbers] == [("childcare", "K-2")]
    day = office.clock.now().date()
    linkage = office.ask(CHIEF, "/addressee/v1/linkage", AskNumberLinkage(since=day, until=day, subject="K-1")).rows
    assert linkage[0].kind == "number.system_linked"


@pytest.mark.twin("S03-0", "S03-3", "S03-4", "S03-5", "S03-6", "S15-1")
def test_a_wrong_password_another_certificate_and_a_missing_right_each_open_nothing(office: Office) -> None:
    token = entered(office)
    guess = OpenArea(municipality=HERE, password="guess")
    with pytest.raises(SignInRefused):
        office.says(SYSTEM, "/addressee/v1/system", "area-open/1", guess, AreaOpened)
    row = TakePersons(municipality=HERE, token=token, persons=(SystemPerson(number="K-9", same_as=MOVED),))
    with pytest.raises(NotAllowed):
        office.send("relay", "/addressee/v1/system", office.letter(SYSTEM, "area-persons/1", row))
    day = office.clock.now().date()
    for path, message in (
        ("/addressee/v1/find", FindNumber(procedure="", business_number=MOVED)),
        ("/addressee/v1/linkage", AskNumberLinkage(since=day, until=day)),
        ("/addressee/v1/system/password", EnterArea(system="childcare")),
    ):
        with pytest.raises(NotAllowed):
            office.ask(NOBODY, path, message)


@pytest.mark.seed("S03-4")
def test_the_right_to_search_numbers_opens_the_search_and_nothing_else(office: Office) -> None:
    only = person("only-search", "number.search", municipality=HERE)
    assert office.ask(only, "/addressee/v1/find", FindNumber(procedure="", business_number=MOVED)).number_linked
    with pytest.raises(NotAllowed):
        office.ask(only, "/addressee/v1/state", AskLinks(procedure=PROCEDURE, business_numbers=(MOVED,)))


def link(digits: str) -> LinkNumber:
    return LinkNumber(procedure=PROCEDURE, visit_id="v", business_number=UNNUMBERED, my_number=digits, method="face_a")


@pytest.mark.seed("S03-1", "S15-2")
def test_a_person_is_numbered_when_the_number_becomes_known(office: Office) -> None:
    asked = Translate(municipality=HERE, business_numbers=(UNNUMBERED,))

    def number() -> str:
        told = office.says("relay", "/addressee/v1/translate", "translate/1", asked, Translations)
        return told.found[0].addressee_number

    assert number() == ""
    assert office.ask(CLERK, "/addressee/v1/link", link(my_number(8).text())).number_linked
    made = number()
    assert len(made) == 15
    assert office.ask(CLERK, "/addressee/v1/link", link(my_number(8).text())).number_linked
    assert number() == made, "once"


@pytest.mark.twin("S03-1", "S15-2")
def test_a_number_that_does_not_check_or_comes_without_the_right_numbers_nobody(office: Office) -> None:
    with pytest.raises(AppError):
        office.ask(CLERK, "/addressee/v1/link", link("123456789012"))
    with pytest.raises(NotAllowed):
        office.ask(NOBODY, "/addressee/v1/link", link(my_number(9).text()))


@pytest.mark.seed("S01-1", "S03-2", "S15-3")
def test_a_newcomer_s_code_is_asked_for_by_the_gateway_collected_and_then_used(office: Office) -> None:
    def code_state() -> str:
        asked = AskLinks(procedure=PROCEDURE, business_numbers=(NEWCOMER,))
        return office.ask(CLERK, "/addressee/v1/state", asked).states[0].code_state

    assert code_state() == "none"
    made = office.make(WHO, NEWCOMER)
    office.carry()
    assert code_state() == "passed_on"
    office.clock.at += timedelta(days=4)
    office.carry()
    found = state(office, made)
    assert found is not None
    assert found.answer is not None
    assert found.answer.items["income"] == 7_777_777
    assert code_state() == "acquired"


@pytest.mark.twin("S03-2", "S15-3")
def test_only_the_city_s_own_gateway_hands_a_code_on_and_only_staff_with_the_right_see_its_state(
    office: Office,
) -> None:
    asked = Acquisitions(
        municipality=THERE, acquisitions=(Acquisition(process_number="p", resident_code="97777777777"),)
    )
    with pytest.raises(NotAllowed):
        office.says("gateway", "/nws/v1/acquisitions", "acquisitions/1", asked, Acquired)
    with pytest.raises(NotAllowed):
        office.send("relay", "/nws/v1/acquisitions", office.letter("gateway", "acquisitions/1", asked))
    with pytest.raises(NotAllowed):
        office.ask(NOBODY, "/addressee/v1/state", AskLinks(procedure=PROCEDURE, business_numbers=(MOVED,)))
