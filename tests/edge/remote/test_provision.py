"""C-44, C-47, C-48, C-49, R-018: over the line a section looks after its provisions, records and replica."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from app.domain.act import Act
from app.domain.clock import SystemClock, SystemRandom, business_date
from app.domain.exchange_numbers import addressee_number
from app.domain.rights import Actor
from app.errors import NotAllowed
from app.link.line import Line
from app.remote.exchange_records import HttpRecords
from app.remote.provision import HttpReleases
from app.remote.replica import HttpReplica
from app.services.ports.seat import Session, press
from app.services.release_provisions import ReleaseProvisions
from app.services.tend_records import TendRecords
from app.services.tend_replica import TendReplica, announced
from app.wire import exchange_record as record
from app.wire import replica_file
from app.wire.provision import AskFlags, SetFlag
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

    def now(self):
        return press(CLOCK, SystemRandom()), self.session


@pytest.fixture
def seat(office: Office, request: pytest.FixtureRequest) -> Iterator[Seat]:
    seated = office.backend.seat(request.param)
    line = Line(f"https://127.0.0.1:{seated.port}", seated.tls, PASSPHRASE, timeout_s=20.0)
    assert seated.token is not None
    now, journal = CLOCK.now(), Kept()
    actor = Actor(MIHON, request.param, "", "", "T-01", ())
    session = Session(actor, "見本市", "", seated.token, now, now + timedelta(hours=1), "none")
    yield Seat(
        ReleaseProvisions(HttpReleases(line), journal),
        TendRecords(HttpRecords(line), journal),
        TendReplica(HttpReplica(line), journal),
        session,
        journal,
    )
    line.close()


def people(count: int, first: int) -> list[str]:
    found = (addressee_number(serial) for serial in range(first, first + 2 * count + 2))
    return [number for number in found if number][:count]


@pytest.mark.parametrize("seat", [HEAD], indirect=True)
def test_a_file_is_sent_stopped_and_gone_on_with_and_a_row_corrected(seat: Seat) -> None:
    somebody, *others = people(6, 810_000)
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
    asked = replica_file.FindReplica(owner=OWNER, addressee_number=somebody)
    (row,) = seat.replica.find(*seat.now(), asked).rows
    given = {"owner": OWNER, "addressee_number": somebody, "information": TAX, "tax_year": YEAR}
    entered = replica_file.EnterReplica(**given, kind="value", items={"total_income": 11}, version=row.version)
    assert seat.replica.enter(*seat.now(), entered).version == row.version + 1
    removed = replica_file.DeleteReplica(**given, version=row.version + 1, reason="wrong_person")
    assert seat.replica.delete(*seat.now(), removed).proof
    assert seat.replica.find(*seat.now(), asked).rows == ()
    page = replica_file.AskRejectedRows(municipality=MIHON, file_id="from-the-counter")
    assert seat.replica.rejected(*seat.now(), page).rows == ()
    assert seat.replica.files(*seat.now(), OWNER).files[0].file_id == "from-the-counter"
    gone = replica_file.WithdrawReplicaFile(municipality=MIHON, file_id="from-the-counter", reason="wrong_value")
    assert seat.replica.withdraw(*seat.now(), gone).state == "withdrawn"
    assert [act.kind for act in seat.journal.acts][:2] == ["replica_file.sent", "replica_file.sent"]


@pytest.mark.parametrize("seat", [CLERK], indirect=True)
def test_a_clerk_sets_a_mark_and_sees_what_waits_but_lifts_no_mark(seat: Seat) -> None:
    (somebody,) = people(1, 820_000)
    asked = SetFlag(
        owner=OWNER, kind="no_auto_answer", information="", addressee_number=somebody, reason="protected_person"
    )
    row = seat.releases.set_flag(*seat.now(), asked).row
    assert row.may == ()
    found = seat.releases.flags(*seat.now(), AskFlags(owner=OWNER, addressee_number=somebody)).rows
    assert [one.flag_id for one in found] == [row.flag_id]
    assert seat.releases.waiting(*seat.now()).rows == ()
    with pytest.raises(NotAllowed):
        seat.releases.open(*seat.now(), "no such number")
    with pytest.raises(NotAllowed):
        seat.releases.clear_flag(*seat.now(), row, "check_done")
    assert seat.records.records(*seat.now(), record.FindRecords(scope=OWNER, addressee_number=somebody)).rows == ()
    assert seat.journal.acts[-2].kind == "flag.lifted.refused"


@pytest.mark.parametrize("seat", [HEAD], indirect=True)
def test_who_traces_sees_nobody_where_nothing_was_provided(seat: Seat) -> None:
    (somebody,) = people(1, 830_000)
    asked = record.FindReceivers(owner=OWNER, information=TAX, addressee_number=somebody, tax_year=YEAR)
    found = seat.records.receivers(*seat.now(), asked)
    assert (found.rows, found.present) == ((), 0)
    assert seat.records.notes(*seat.now(), OWNER).rows == ()
    note = record.SendErrorNotes(owner=OWNER, process_numbers=("x",), reason="wrong_value", corrected=True)
    with pytest.raises(NotAllowed):
        seat.records.send_notes(*seat.now(), note)


@pytest.mark.parametrize("seat", [STRANGER], indirect=True)
def test_another_section_gets_nothing_of_it(seat: Seat) -> None:
    (somebody,) = people(1, 840_000)
    for ask in (
        lambda: seat.releases.waiting(*seat.now()),
        lambda: seat.replica.find(*seat.now(), replica_file.FindReplica(owner=OWNER, addressee_number=somebody)),
        lambda: seat.replica.files(*seat.now(), OWNER),
        lambda: seat.records.notes(*seat.now(), OWNER),
        lambda: seat.records.records(*seat.now(), record.FindRecords(scope=OWNER, addressee_number=somebody)),
        lambda: seat.records.disclose(
            *seat.now(), record.DiscloseRecords(addressee_number=somebody, request_number="1")
        ),
    ):
        with pytest.raises(NotAllowed):
            ask()
    assert seat.records.received(*seat.now(), "child_allowance_claim").rows == ()
