"""B2-1: how a filing would work out is seen before it is entered, and nothing waits or changes by that."""

from collections.abc import Iterator

import pytest

from app.backend.register import store
from app.errors import NotAllowed, Refused
from app.wire.message import encode
from app.wire.register import RestraintMark
from app.wire.register_change import AskEntries, CorrectEntry, OpenEntry, TryFiling
from tests.edge.backend.register.changing import (
    BOSS,
    CLERK,
    OTHER,
    TODAY,
    WINDOW,
    Office,
    acts,
    call,
    days,
    filing,
    newcomer,
    settled,
    told,
)
from tests.edge.backend.register.conftest import number
from tests.edge.backend.register.test_entries import NEW_HOME, move
from tests.support.slices import MovedClock, OpenSlice, open_slice
from tests.support.stores import postgres_addresses, sqlcipher_addresses


@pytest.fixture(scope="module", params=["postgresql", "sqlcipher"])
def slice_(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSlice]:
    if request.param == "postgresql":
        addresses = postgres_addresses(request.getfixturevalue("shared_database"), "trial_")
    else:
        addresses = sqlcipher_addresses(tmp_path_factory.mktemp("trial"))
    opened = open_slice("register", store, addresses("store"), MovedClock())
    yield opened
    opened.database.close()


@pytest.fixture
def office(slice_: OpenSlice) -> Iterator[Office]:
    yield from settled(slice_)


def tried(office: Office, asked, who=CLERK, entry_id: str = ""):
    return office.changes.entries.try_out(call(who, office.now), TryFiling(filing=asked, entry_id=entry_id))


def test_a_trial_tells_what_would_change_and_keeps_nothing_but_the_look(office: Office) -> None:
    before = encode(office.record("200"))
    trial = tried(office, move("200", event_day=TODAY + days(1)))
    assert {one.check for one in trial.findings} >= {"day_in_future", "household_kept"}
    (address,) = [one for one in trial.changes[0].items if one.item == "address"]
    assert (address.after, encode(office.record("200"))) == (NEW_HOME, before)
    assert office.changes.entries.entries(call(CLERK), AskEntries()).rows == ()
    assert told(office) == []
    assert acts(office)[-1][0] == "entries.listed"
    assert "entry.tried" in [kind for kind, _ in acts(office)]


def test_only_who_may_enter_tries_and_nobody_with_somebody_elses_entry(office: Office) -> None:
    for who in (WINDOW, BOSS):
        with pytest.raises(NotAllowed):
            tried(office, move(), who)
    row = office.enter(CLERK, move())
    assert "other_waiting" not in {one.check for one in tried(office, move(), entry_id=row.entry_id).findings}
    with pytest.raises(NotAllowed):
        tried(office, move(), OTHER, row.entry_id)


def test_where_a_protected_person_lives_is_not_learnt_by_trying(office: Office) -> None:
    office.protect("230")
    trial = tried(office, move("230"))
    assert [one.check for one in trial.findings] == ["protected"]
    assert trial.changes == ()
    held = office.protect("210", acts=(RestraintMark(act="edit", level="error"),))
    assert held.names == ("森　正",)
    with pytest.raises(Refused, match="restrained"):
        tried(office, move("210"))


def test_a_correction_is_tried_with_the_number_that_was_entered_first(office: Office) -> None:
    given = {"address": NEW_HOME, "household": "new", "moved_from": "南市", "certificate": True}
    row = office.enter(CLERK, filing("move_in", newcomer(my_number=number(20000000001).text()), **given))
    again = filing("move_in", newcomer("新井　進"), **given)
    trial = tried(office, again, entry_id=row.entry_id)
    assert "number_known" in {one.check for one in trial.findings}
    assert number(20000000001).text().encode() not in encode(trial)
    asked = CorrectEntry(entry_id=row.entry_id, version=row.version, filing=again)
    assert "number_known" in {one.check for one in office.changes.entries.correct(call(CLERK), asked).findings}


def test_where_a_protected_person_lives_is_not_learnt_by_entering_and_who_decides_sees_it(office: Office) -> None:
    office.protect("230")
    row = office.enter(CLERK, move("230"))

    def opened(who):
        return office.changes.entries.open(call(who, office.now), OpenEntry(entry_id=row.entry_id))

    assert opened(CLERK).changes == ()
    assert [one.item for person in opened(BOSS).changes for one in person.items]
