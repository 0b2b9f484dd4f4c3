"""C-02, C-03, K-07, R-023, S01-9, S03-4, S04-4, S14-6a, S16-6: the table of rights, asked of the running backend.

Every endpoint over mutual TLS, pairwise over role × department × state of the PC × item class, against the table that
is written by hand. At a PC that is let in each endpoint meets each role, of each department where that matters to it;
at every other PC somebody who has the right. Each two values of the four meet among those who try.
"""

import itertools
from collections.abc import Iterator, Sequence

import pytest

from app.wire import message, register, staff, staff_change
from tests.edge.server.asked_rights import PROCEDURE, asked, asked_of
from tests.edge.server.office_of_rights import Heard, Office, office_of_rights
from tests.edge.server.pairs_of_rights import AT_ENROLLED, ELSEWHERE, ITEMS, LETS_IN, OVER, SHUT, Person, trying
from tests.edge.server.placed import ROLES, TABLE, Row
from tests.edge.server.test_endpoints import OWN_SESSION
from tests.support.backend import TEHON

pytestmark = [pytest.mark.timeout(120)]

TRYING = trying(TABLE)
NO_SUCH_PATH = "/no/v1/such-path"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_of_rights(tmp_path_factory.mktemp("rights")) as made:
        yield made


@pytest.fixture(scope="module")
def nothing_there(office: Office) -> Heard:
    """What is said of a path that never was: every no is this one, to the byte."""
    heard = office.clients["T-01"].ask(NO_SUCH_PATH, None, "everything")
    assert (heard.status, message.decode(heard.body, dict)["code"]) == (404, "office.not_allowed")
    return heard


@pytest.fixture(scope="module")
def session_over(office: Office) -> Heard:
    """What is said to a token that never was."""
    heard = office.clients["T-01"].ask("/desk/v1/queue", None, "nobody's")
    assert heard.status == 401
    return heard


def may(row: Row, person: Person) -> bool:
    """Whether the table lets this person through."""
    if person.state == "enrolled":
        return (person.role, person.department) in row.who
    return person.state in LETS_IN and row.path in OWN_SESSION


def test_each_two_values_meet_in_what_is_tried() -> None:
    def pairs(people: Sequence[Person]) -> set[tuple[str, str]]:
        cases = [(one.role, one.department, one.state, one.item) for one in people]
        return {pair for case in cases for pair in itertools.combinations(case, 2)}

    def wanted(*states: str) -> set[tuple[str, str]]:
        factors = (ROLES, "CRT", states, [*ITEMS])
        return {pair for two in itertools.combinations(factors, 2) for pair in itertools.product(*two)}

    states = [one for one in (*LETS_IN, *SHUT, *OVER) if one != "enrolled"]
    assert pairs(AT_ENROLLED) == wanted("enrolled")
    assert pairs(ELSEWHERE) == wanted(*states)
    assert {one for people in TRYING.values() for one in people} == {*AT_ENROLLED, *ELSEWHERE}
    for row, people in TRYING.items():
        assert {one.role for one in people if one.state == "enrolled"} == {*ROLES}
        assert {one.state for one in people} == {"enrolled", *states}, row.path


def test_every_endpoint_that_runs_has_its_place_in_the_table(office: Office) -> None:
    assert {row.path for row in TABLE} == set(office.takes)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.path} {row.about}")
def test_exactly_who_the_table_names_passes_and_every_no_is_the_same(
    office: Office, nothing_there: Heard, session_over: Heard, row: Row
) -> None:
    passed: set[Person] = set()
    wrong: list[tuple[Person, object]] = []
    people = TRYING[row]
    for person in people:
        sent = asked(row, office.ids(person)) if person.state != "signed in elsewhere too" else None
        heard = office.hears(person, row.path, sent)
        if heard.status in {200, 400, 409, 422}:
            passed.add(person)
        elif heard != (session_over if person.state in OVER else nothing_there):
            wrong.append((person, heard))
        wrong += [(person, name) for name, value in ITEMS.items() if value and value.encode() in heard.body]
    assert not wrong
    assert passed == {one for one in people if may(row, one)}


def test_an_opened_record_shows_exactly_the_item_classes_that_somebody_may_see(
    office: Office,
) -> None:
    lookers = [one for one in AT_ENROLLED if one.role in {"counter", "reception_checker", "supervisor"}]
    for person, (about, procedure) in itertools.product(lookers, PROCEDURE.items()):
        wish = register.OpenRecord(business_number="100", procedure=procedure)
        heard = office.hears(person, "/register/v1/open", wish)
        may_see = {person.item, "my_number" if person.role == "supervisor" else "none"} - {"none"}
        shown = may_see if about == "claim" else set()
        items = message.decode(heard.body, register.Record).items
        assert {(one.item_class, one.state) for one in items} == {
            (name, "shown" if name in shown else "masked") for name in ITEMS if name != "none"
        }
        assert {name for name, value in ITEMS.items() if value and value.encode() in heard.body} == shown


BY_ID = {
    "/desk/v1/open": "case-claim",
    "/desk/v1/check-reception": "case-claim",
    "/desk/v1/examine": "case-claim",
    "/desk/v1/decide": "case-claim",
    "/desk/v1/post-notice": "case-move",
    "/desk/v1/close-visit": "v2",
    "/desk/v1/timeline": "v1",
    "/desk/v1/take-draft": "lying",
    "/register/v1/open": "100",
    "/register/v1/history": "100",
    "/register/v1/household": "H1",
    "/register/v1/release": "100",
    "/register/v1/release/ask": "100",
    "/register/v1/issue": "100",
    "/staff/v1/approve-key": "k1",
    "/staff/v1/revoke-key": "k1",
    "/staff/v1/approve-change": "change",
    "/staff/v1/reject-change": "change",
    "/staff/v1/withdraw-change": "change",
    "/staff/v1/end-session": "session",
    "/staff/v1/ask-registration": "other",
    "/staff/v1/issue-pass": "other",
}
"""Endpoints that open something by a name, and one that there is in the first city."""


def never(path: str) -> str:
    """A name that nothing has and that no other test asked for."""
    return f"never-was-{path.replace('/', '-')}"


def message_of(office: Office, path: str, known: str) -> tuple[bytes, bytes]:
    """What is asked about a thing that there is, and the same about one that never was."""
    there = {"change": office.changes[0], "session": office.ids(AT_ENROLLED[0]).session}.get(known, known)
    if path.startswith(("/staff/v1/approve-change", "/staff/v1/reject", "/staff/v1/withdraw")):
        content = message.encode(staff_change.RejectChange(change_id=there, reason="誤り"))
        content = content if "reject" in path else message.encode(staff_change.DecideChange(change_id=there))
    elif path == "/staff/v1/revoke-key":
        content = message.encode(staff.RevokeKey(key_id=there))
    elif path == "/staff/v1/end-session":
        content = message.encode(staff.EndSession(session=there))
    else:
        about = {"case-move": "move", "lying": "own"}.get(known, "claim")
        content = message.encode(asked_of(office.ids(AT_ENROLLED[0]))[path](about))
    made_up = content.replace(f'"{there}"'.encode(), f'"{never(path)}"'.encode())
    assert made_up != content
    return content, made_up


@pytest.mark.parametrize("path", BY_ID)
def test_what_is_another_city_s_and_what_never_was_look_the_same_to_the_byte(office: Office, path: str) -> None:
    """Whoever has every right in one city learns nothing of what there is in the other."""
    told = [office.clients[TEHON].ask(path, one, "everything there") for one in message_of(office, path, BY_ID[path])]
    assert told[0].status == told[1].status
    assert told[0].body == told[1].body.replace(never(path).encode(), BY_ID[path].encode())


@pytest.mark.parametrize("path", [path for path, known in BY_ID.items() if known.startswith("case-")])
def test_another_section_s_application_and_one_that_never_was_look_the_same(
    office: Office, nothing_there: Heard, path: str
) -> None:
    other = "all of R" if BY_ID[path] == "case-claim" else "all of C"
    told = {office.clients["T-01"].ask(path, one, other) for one in message_of(office, path, BY_ID[path])}
    assert told == {nothing_there}
