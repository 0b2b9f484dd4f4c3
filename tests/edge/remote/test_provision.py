"""C-44, C-47, C-48, C-49, R-018: over the line a section looks after its provisions, records and replica."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from app.domain.act import Act
from app.domain.clock import SystemClock, SystemRandom, business_date
from app.domain.exchange_numbers import is_addressee_number
from app.domain.rights import Actor
from app.errors import NotAllowed, NotUnderstood, Refused
from app.link.line import Line
from app.remote.exchange_records import HttpRecords
from app.remote.persons import HttpPersons
from app.remote.provision import HttpReleases
from app.remote.replica import HttpReplica
from app.services.name_people import NamePeople
from app.services.ports.seat import Session, press
from app.services.release_provisions import ReleaseProvisions
from app.services.tend_records import TendRecords
from app.services.tend_replica import TendReplica, announced
from app.wire import exchange_record as record
from app.wire import replica_file
from app.wire.provision import AskFlags, Flags, SetFlag
from tests.edge.remote.conftest import Office
from tests.support.backend import MIHON, PASSPHRASE

CLOCK = SystemClock()
HEAD, CLERK, STRANGER = "z5001", "z4001", "k1001"
TAX, OWNER, COLUMNS = "地方税関係情報", "city_tax", ("total_income", "income_levy")
YEAR = business_date(CLOCK.now()).year


@dataclass
class Kept:
    """``Journal`` as a list."""

    acts: list[Act] = field(default_factory=list)

    def write(self, act: Act) -> None:
        self.acts.append(act)


@dataclass
class Seat:
    """Somebody signed in, with what their counter has."""

    releases: ReleaseProvisions
    records: TendRecords
    replica: TendReplica
    session: Session
    journal: Kept
    residents: list[str]
    people: NamePeople

    def line_flags(self, asked: AskFlags):
        """What the office answers itself, before anything of it is put into other words."""
        return self.releases._office.flags(*self.now(), AskFlags(owner=asked.owner, person=asked.person)).rows

    def now(self):
        return press(CLOCK, SystemRandom()), self.session


@pytest.fixture
def seat(office: Office, request: pytest.FixtureRequest) -> Iterator[Seat]:
    seated = office.backend.seat(request.param, "T-03")
    line = Line(f"https://127.0.0.1:{seated.port}", seated.tls, PASSPHRASE, timeout_s=20.0)
    assert seated.token is not None
    now, journal = CLOCK.now(), Kept()
    actor = Actor(MIHON, request.param, "", "", "T-03", ())
    session = Session(actor, "見本市", "", seated.token, now, now + timedelta(hours=1), "none")
    people = NamePeople(HttpPersons(line))
    yield Seat(
        ReleaseProvisions(HttpReleases(line), people, journal),
        TendRecords(HttpRecords(line), people, journal),
        TendReplica(HttpReplica(line), people, journal),
        session,
        journal,
        residents(office),
        people,
    )
    line.close()


def residents(office: Office) -> list[str]:
    """宛名番号 of the city's people."""
    return [
        one.business_number
        for one in office.backend.city().municipality(MIHON).residents
        if one.is_resident and one.code_state == "acquired"
    ]


@pytest.mark.parametrize("seat", [HEAD], indirect=True)
def test_a_file_is_sent_stopped_and_gone_on_with_and_a_row_corrected(seat: Seat) -> None:
    somebody, *others = seat.residents[:6]
    rows = [json.dumps([number, "value", 10, 20]) for number in (somebody, *others)]
    parts = ["\n".join(rows[at : at + 2]) for at in (0, 2, 4)]
    begin = announced((MIHON, "from-the-counter"), (TAX, YEAR, COLUMNS), lambda: iter(parts))
    told: list[int] = []

    def once(state: replica_file.ReplicaFileState) -> bool:
        told.append(state.next_part)
        return len(told) < 2

    assert seat.replica.send(*seat.now(), begin, lambda: iter(parts), once).next_part == 1
    end = seat.replica.send(*seat.now(), begin, lambda: iter(parts), lambda _: True)
    assert (end.state, end.changed, end.rejected) == ("done", 6, 0)
    asked = replica_file.FindReplica(owner=OWNER, person=somebody)

    def of_year() -> list[replica_file.ReplicaView]:
        return [one for one in seat.replica.find(*seat.now(), asked).rows if one.tax_year == YEAR]

    (row,) = of_year()
    given = {"owner": OWNER, "person": somebody, "information": TAX, "tax_year": YEAR}
    entered = replica_file.EnterReplica(**given, kind="value", items={"total_income": 11}, version=row.version)
    assert seat.replica.enter(*seat.now(), entered).version == row.version + 1
    removed = replica_file.DeleteReplica(**given, version=row.version + 1, reason="wrong_person")
    assert seat.replica.delete(*seat.now(), removed).proof
    assert of_year() == []
    page = replica_file.AskRejectedRows(municipality=MIHON, file_id="from-the-counter")
    assert seat.replica.rejected(*seat.now(), page).rows == ()
    assert seat.replica.files(*seat.now(), OWNER).files[0].file_id == "from-the-counter"
    gone = replica_file.WithdrawReplicaFile(municipality=MIHON, file_id="from-the-counter", reason="wrong_value")
    assert seat.replica.withdraw(*seat.now(), gone).state == "withdrawn"
    assert [act.kind for act in seat.journal.acts][:2] == ["replica_file.sent", "replica_file.sent"]


@pytest.mark.parametrize("seat", [CLERK], indirect=True)
def test_a_clerk_sets_a_mark_and_sees_what_waits_but_lifts_no_mark(seat: Seat) -> None:
    somebody = seat.residents[0]
    asked = SetFlag(owner=OWNER, kind="no_auto_answer", information="", person=somebody, reason="protected_person")
    row = seat.releases.set_flag(*seat.now(), asked).row
    assert row.may == ()
    found = seat.releases.flags(*seat.now(), AskFlags(owner=OWNER, person=somebody)).rows
    assert [one.flag_id for one in found] == [row.flag_id]
    assert seat.releases.waiting(*seat.now()).rows == ()
    with pytest.raises(NotAllowed):
        seat.releases.open(*seat.now(), "no such number")
    with pytest.raises(NotAllowed):
        seat.releases.clear_flag(*seat.now(), row, "check_done")
    assert seat.records.records(*seat.now(), record.FindRecords(scope=OWNER, person=somebody)).rows == ()
    assert seat.journal.acts[-2].kind == "flag.lifted.refused"


@pytest.mark.parametrize("seat", [HEAD], indirect=True)
def test_who_traces_sees_nobody_where_nothing_was_provided(seat: Seat) -> None:
    somebody = seat.residents[0]
    asked = record.FindReceivers(owner=OWNER, information=TAX, person=somebody, tax_year=YEAR)
    found = seat.records.receivers(*seat.now(), asked)
    assert (found.rows, found.present) == ((), 0)
    assert seat.records.notes(*seat.now(), OWNER).rows == ()
    note = record.SendErrorNotes(owner=OWNER, process_numbers=("x",), reason="wrong_value", corrected=True)
    with pytest.raises(NotAllowed):
        seat.records.send_notes(*seat.now(), note)


@pytest.mark.parametrize("seat", [STRANGER], indirect=True)
def test_another_section_gets_nothing_of_it(seat: Seat) -> None:
    somebody = seat.residents[0]
    for ask in (
        lambda: seat.releases.waiting(*seat.now()),
        lambda: seat.replica.find(*seat.now(), replica_file.FindReplica(owner=OWNER, person=somebody)),
        lambda: seat.replica.files(*seat.now(), OWNER),
        lambda: seat.records.notes(*seat.now(), OWNER),
        lambda: seat.records.records(*seat.now(), record.FindRecords(scope=OWNER, person=somebody)),
        lambda: seat.records.disclose(*seat.now(), record.DiscloseRecords(person=somebody, request_number="1")),
    ):
        with pytest.raises(NotAllowed):
            ask()
    assert seat.records.received(*seat.now(), "child_allowance_claim").rows == ()


@pytest.mark.parametrize("seat", [HEAD], indirect=True)
def test_the_platforms_number_of_a_person_never_comes_to_a_counter(seat: Seat, office: Office) -> None:
    somebody = seat.residents[1]
    asked = SetFlag(owner=OWNER, kind="non_disclosure", information=TAX, person=somebody, reason="sensitive")
    assert seat.releases.set_flag(*seat.now(), asked).row.person == somebody, "told by 宛名番号"
    sent = seat.people.sent(*seat.now(), asked)
    assert somebody not in sent.person
    seen = [sent.person, *(one.person for one in seat.line_flags(sent))]
    for reference in seen:
        assert not is_addressee_number(reference)
        assert not re.search(r"\d{15}", base64.urlsafe_b64decode(reference).decode(errors="replace"))
    assert seat.people.numbers(*seat.now(), seen).keys() == set(seen)
    bent = sent.person[:-6] + "AAAAA="
    with pytest.raises(NotUnderstood):
        seat.people.numbers(*seat.now(), [bent])
    with pytest.raises(Refused) as nobody:
        seat.people.sent(*seat.now(), AskFlags(owner=OWNER, person="9" * 15))
    assert nobody.value.reason == "person_without_number"


@pytest.mark.parametrize("seat", [CLERK], indirect=True)
def test_a_reference_is_good_for_whoever_got_it_and_nobody_else(seat: Seat, office: Office) -> None:
    mine = seat.people.sent(*seat.now(), AskFlags(owner=OWNER, person=seat.residents[2]))
    other = office.backend.seat(HEAD, "T-09")
    with pytest.raises(NotUnderstood):
        other.ask("/intermediary/v1/flags", mine, Flags)
