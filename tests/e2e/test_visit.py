"""One visit from the card on the reader to the decided case and its proof, nothing of it in this process."""

import os
import re
from pathlib import Path

import psycopg
import pytest

from app.domain.verdict import Verified
from app.services.confirm_number import Asking, Way, ways
from app.services.hand_in import Received
from app.services.ports.seat import Session
from app.services.prepare_application import look
from app.standin.city.values import City
from app.wire.desk import ApplicationView, CheckReception, Decide, Examine, Receipt
from app.wire.facts import facts_from_wire
from tests.support.city import HERE, THERE, listener, program_of
from tests.support.postgres import Cluster
from tests.support.visits import Case, answers, by_card, enquiries_of, printed, states, wanted
from tests.support.world import CHECKER, CLERK, DECIDER, SUPERVISOR, World, admin

pytestmark = [pytest.mark.timeout(180), pytest.mark.card, pytest.mark.keyring]

CLAIMANT = "claimant_moved_in"


def test_reader_card_offices_and_database_are_processes_of_their_own(each_world: World, postgres: Cluster) -> None:
    cities, table = each_world.cities, each_world.table
    table.lay(CLAIMANT)
    running = {
        "the office here": listener(cities.here.port),
        "the office there": listener(cities.there.port),
        "pcscd": listener(table.port),
        "postgres": listener(postgres.port),
        "the card": table.card_pid,
    }
    table.take()
    assert os.getpid() not in running.values()
    assert len(set(running.values())) == len(running)
    for office in (cities.here, cities.there):
        assert listener(office.port) == office.pid
        assert "tests.support.cradle" in program_of(office.pid)
    assert any("pcscd" in word for word in program_of(running["pcscd"]))
    assert "postgres" in program_of(running["postgres"])[0]


def test_what_the_offices_keep_lies_where_it_is_said_to_lie(each_world: World) -> None:
    cities = each_world.cities
    kept = {office.code: sorted(office.home.backend.glob("*.db")) for office in (cities.here, cities.there)}
    assert {path.stem for path in kept[THERE]} >= {"nws", "intermediary", "register"}
    for path in (*kept[HERE], *kept[THERE]):
        assert not path.read_bytes().startswith(b"SQLite format 3"), path.name
    if cities.engine == "sqlcipher":
        assert {path.stem for path in kept[HERE]} >= {"desk", "relay", "intermediary"}
        return
    assert kept[HERE] == []
    address = re.search(r'database = "(.+)"', cities.here.home.server_settings.read_text())
    assert address is not None
    with psycopg.connect(address[1]) as connection:
        found = connection.execute("SELECT schema_name FROM information_schema.schemata").fetchall()
    assert {"madoguchi_desk", "madoguchi_relay", "madoguchi_intermediary"} <= {row[0] for row in found}


def income_there(city: City) -> str:
    """What the other municipality alone knows of the claimant, as papers write it."""
    here = city.resident_of(CLAIMANT)
    (there,) = (one for one in city.municipality(THERE).residents if one.my_number == here.my_number)
    years = [year for one in city.municipality(HERE).residents for year in one.tax]
    income = next(year.items["total_income"] for year in there.tax if year.items)
    assert income not in [value for year in years for value in year.items.values()]
    return f"{income:,}"


def test_a_claim_goes_from_the_card_to_the_decision_and_its_proof(each_world: World, tmp_path: Path) -> None:
    world = each_world
    clerk = world.at_front(CLERK)
    case = by_card(world, CLAIMANT, clerk)
    _the_card_confirmed_the_person_and_no_number(world, case)
    _what_is_known_is_filled_and_nothing_hinders(world, case)
    receipt = _handed_in_while_the_other_municipality_does_not_answer(world, case)
    version = _checked_by_another(world, receipt)
    _examined_with_the_answers_that_came_meanwhile(world, case, receipt, version)
    view = _decided_by_a_third(world, receipt)
    assert [step.staff_id for step in view.steps] == [CLERK, CHECKER, CLERK, DECIDER]
    _read_as_one_timeline(world, case)
    _proven_by_the_ledgers_until_one_byte_is_changed(world, tmp_path)


def _the_card_confirmed_the_person_and_no_number(world: World, case: Case) -> None:
    reading, hit = case.reading, case.found.record.hit
    assert reading is not None
    assert (reading.proof.issuer, reading.proof.record, reading.proof.chip) == (Verified(), Verified(), Verified())
    assert reading.photo is not None
    assert reading.expiry is not None
    assert reading.expiry.proof.reason == "card_outside_signature"
    assert not case.found.differs
    assert ways(Asking(world.procedure, hit), card=True) == (Way.LINKED,)
    assert [(one.about, one.result) for one in case.draft.evidence] == [
        ("person", "confirmed"),
        ("number", "confirmed"),
    ]


def _what_is_known_is_filled_and_nothing_hinders(world: World, case: Case) -> None:
    draft, person = case.draft, world.cities.city.resident_of(CLAIMANT)
    assert (draft.facts["claimant_name"], draft.facts["claimant_kana"]) == (person.name, person.kana)
    assert draft.facts["claimant_jan1"] == THERE
    assert draft.facts["claim_reason"] == "birth"
    assert draft.sources["claimant_address"].startswith("register")
    day = case.session.call(world.press()).day
    form = look(world.procedure, facts_from_wire(world.procedure, draft.facts), day)
    assert not [finding.check for finding in form.findings if finding.stops]
    assert form.limits[0].start is not None
    assert {due.enquiry.id for due in form.enquiries} == {"local_tax_claimant", "local_tax_spouse"}
    assert form.amounts


def _handed_in_while_the_other_municipality_does_not_answer(world: World, case: Case) -> Receipt:
    """Both parents' tax is asked; nothing but the other municipality could answer; the clerk goes on."""
    clerk, cases, enquiries = case.session, world.front.cases, enquiries_of(world, case)
    world.cities.there.kill()
    for name in ("local_tax_claimant", "local_tax_spouse"):
        accepted = cases.enquire.start(world.press(), clerk, enquiries, wanted(enquiries, name))
        assert (accepted.path, accepted.provider) == ("nws", THERE)
    draft = cases.save_draft.with_copy(world.press(), clerk, case.draft)
    handed = world.press()
    received = cases.hand_in(handed, clerk, draft)
    assert isinstance(received, Received)
    assert received.receipt.receipt_date == clerk.call(handed).day
    assert {state.state for state in states(world, clerk, enquiries).values()} == {"waiting"}
    world.cities.there.start()
    return received.receipt


def _checked_by_another(world: World, receipt: Receipt) -> int:
    checker, review = world.at_back(CHECKER), world.back.cases.review
    queue = review.queue(world.press(), checker)
    mine = [entry.application_id for entry in queue.entries if "reception_check" in entry.may]
    assert receipt.application_id in mine
    step = CheckReception(application_id=receipt.application_id, version=receipt.version, outcome="passed")
    version = review.check_reception(world.press(), checker, step).version
    world.leave(world.back, checker)
    return version


def _examined_with_the_answers_that_came_meanwhile(world: World, case: Case, receipt: Receipt, version: int) -> None:
    clerk, cases = case.session, world.front.cases
    found = answers(world, clerk, enquiries_of(world, case))
    assert {answer.provider for answer in found} == {THERE}
    assert all(answer.process_number for answer in found)
    step = Examine(application_id=receipt.application_id, version=version, outcome="passed", answers=found)
    assert cases.review.examine(world.press(), clerk, step).state == "examined"
    cases.close_visit(world.press(), clerk, case.visit)
    world.leave(world.front, clerk)


def _decided_by_a_third(world: World, receipt: Receipt) -> ApplicationView:
    """The papers of the decision; the one inside the office says what only the other municipality knew."""
    decider, review = world.at_back(DECIDER), world.back.cases.review
    view = review.open(world.press(), decider, receipt.application_id)
    assert {evidence.about for evidence in view.evidence} == {"person", "number"}
    assert view.may == ("decision",)
    step = Decide(application_id=receipt.application_id, version=view.version, outcome="approved")
    assert review.decide(world.press(), decider, step).state == "approved"
    view = review.open(world.press(), decider, receipt.application_id)
    sheet, notice = _papers(world, decider, view)
    world.leave(world.back, decider)
    assert income_there(world.cities.city) in sheet
    assert view.number in sheet
    assert income_there(world.cities.city) not in notice
    assert "審査請求" in notice
    assert "15,000" in notice
    return view


def _papers(world: World, decider: Session, view: ApplicationView) -> tuple[str, str]:
    day = decider.call(world.press()).day
    sheet, notice = (printed(world.back, world.procedure, view, name, day) for name in ("decision_sheet", "approval"))
    return sheet, notice


def _read_as_one_timeline(world: World, case: Case) -> None:
    boss = world.at_back(SUPERVISOR)
    timeline = world.back.cases.timeline(world.press(), boss, case.visit.visit_id)
    assert {(entry.source, entry.act) for entry in timeline.entries} >= {
        ("terminal", "visit.opened"),
        ("terminal", "person.confirmed"),
        ("terminal", "number.confirmed"),
        ("terminal", "register.searched"),
        ("terminal", "record.opened"),
        ("terminal", "enquiry.made"),
        ("terminal", "application.handed_in"),
        ("desk", "application.handed_in"),
        ("desk", "application.checked"),
        ("desk", "application.examined"),
        ("desk", "application.decided"),
        ("terminal", "visit.closed"),
    }
    assert {entry.staff_id for entry in timeline.entries} >= {CLERK, CHECKER, DECIDER}
    assert [entry.at for entry in timeline.entries] == sorted(entry.at for entry in timeline.entries)
    world.leave(world.back, boss)


def _proven_by_the_ledgers_until_one_byte_is_changed(world: World, folder: Path) -> None:
    out = folder / "export"
    done = admin("ledger", "export", str(out), "--settings", str(world.cities.here.home.server_settings))
    assert done.returncode == 0, done.stderr
    done = admin("ledger", "verify", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    for log in ("desk", "relay", "intermediary", "staff"):
        assert f"ok madoguchi/{log}/{HERE}" in done.stdout
    files = sorted(path for path in (out / "desk" / HERE).rglob("*") if path.is_file())
    victim = next(path for path in files if "entries" in path.parts)
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    done = admin("ledger", "verify", str(out))
    assert done.returncode == 1
    assert victim.relative_to(out).as_posix() in done.stdout
    assert f"desk/{HERE}" in done.stderr
