"""A large city in the register: on both engines, whole, findable, recorded, and in training alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from app.backend.register import store
from app.backend.register.service.match import Matcher
from app.backend.register.service.states import state_of, state_on
from app.backend.register.store.tables import person_table, term_table
from app.domain.act import Act
from app.domain.clock import SystemClock, SystemRandom
from app.domain.number import TrainingNumber
from app.errors import BadSettings, Refused
from app.server import shipped
from app.server.keys import Keys
from app.server.parts import Parts, SliceParts
from app.settings import server_settings
from app.shipped import resource
from app.standin.city.dues import DuesMaker, dues_lines
from app.standin.city.dweller import Dweller
from app.standin.city.portions import CityMaker, CityPlan, CityWords, city_digest
from app.training.dwellers import resident_of
from app.training.histories import newcomers
from app.training.pieces import Job
from app.training.populate import Populated, populate
from tests.support.stores import ENGINES

CODE, RESIDENTS = "011002", 150
PLAN = CityPlan(CODE, RESIDENTS, 4, date(2026, 11, 20))
WORDS = CityWords.below(resource("training"))
PORTION = CityMaker(WORDS, PLAN).portion(0)
DWELLERS = PORTION.dwellers
CLOCK, RANDOM = SystemClock(), SystemRandom()
RULES = shipped.register_rules()
MATCHER = Matcher(shipped.name_folder())


def settings_file(folder: Path, database: str, *, training: bool = True) -> Path:
    path = folder / "server.toml"
    lines = [
        'folder = "backend"',
        'host = "127.0.0.1"',
        "port = 0",
        f"database = {json.dumps(database)}",
        'schema_prefix = "large_city_"',
        f'municipalities = ["{CODE}"]',
        f"training = {json.dumps(training)}",
        "[tls]",
        'authority = "a"',
        'certificate = "c"',
        'key = "k"',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@dataclass(frozen=True)
class Loaded:
    """A register with the city in it."""

    job: Job
    done: Populated
    own: SliceParts

    @property
    def book(self) -> store.RegisterStore:
        return store.RegisterStore(self.own.database, self.own.cells, self.own.pen, self.own.index_key)


@pytest.fixture(scope="module", params=ENGINES)
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    database = "sqlcipher" if request.param == "sqlcipher" else request.getfixturevalue("shared_database")
    job = Job(settings_file(tmp_path_factory.mktemp("city"), database), PLAN)
    done = populate(job, 1, CLOCK, RANDOM)
    settings = server_settings(job.settings)
    parts = Parts(settings, Keys(settings.folder / "keys", RANDOM), CLOCK)
    yield Loaded(job, done, parts.slice("register", store.TABLES, store.HISTORY))
    parts.close()


def test_everybody_is_in_the_register_as_the_city_has_them(loaded: Loaded) -> None:
    assert (loaded.done.residents, loaded.done.persons) == (RESIDENTS, len(DWELLERS))
    for one in DWELLERS[::9]:
        found = loaded.book.read(lambda unit, one=one: unit.person(CODE, one.business_number))
        assert found is not None
        assert found.is_number_linked
        kept = found.resident
        assert (kept.name, kept.residences, kept.more) == (
            one.name,
            resident_of(one, CODE).residences,
            resident_of(one, CODE).more,
        )
        assert (kept.first_january, kept.restraints) == (
            resident_of(one, CODE).first_january,
            resident_of(one, CODE).restraints,
        )
        assert (kept.moved_from, kept.moved_from_code) == (one.former_address, one.moved_from)
        assert not kept.moved_from.isdigit(), "a copy of the record shows an address, no code"
        assert kept.version == 1


def test_what_happened_to_people_before_is_in_their_history(loaded: Loaded) -> None:
    told = [one for one in newcomers([(one, resident_of(one, CODE)) for one in DWELLERS]) if one.past]
    assert any(one.household for one in told)
    kinds = set()
    for one in told:
        who = CODE, one.resident.business_number
        kept = loaded.book.read(lambda unit, who=who: (unit.past.of_person(*who), unit.past.removed(*who)))
        assert kept == (one.past, one.removed)
        kinds |= {past.kind for past in one.past}
        if one.household:
            home = CODE, one.resident.household_number
            assert loaded.book.read(lambda unit, home=home: unit.past.of_household(*home)) == one.household
    assert {"move_in", "change_of_address", "ward_change", "move_out"} <= kinds <= RULES.kinds.keys()


def test_a_record_is_told_as_it_stood_on_an_earlier_day(loaded: Loaded) -> None:
    one = next(one for one in DWELLERS if len(one.stays) > 1 and one.is_resident)
    past = loaded.book.read(lambda unit: unit.past.of_person(CODE, one.business_number))
    then = state_on(state_of(resident_of(one, CODE), has_number=True), past, one.stays[0].since)
    assert then["address"] == one.stays[0].address


def test_a_household_is_together(loaded: Loaded) -> None:
    home = DWELLERS[0].household_number
    found = loaded.book.read(lambda unit: unit.household(CODE, home))
    assert {one.resident.business_number for one in found} == {
        one.business_number for one in DWELLERS if one.household_number == home
    }


def test_a_training_number_finds_its_person(loaded: Loaded) -> None:
    one = DWELLERS[3]
    found = loaded.book.read(lambda unit: unit.by_number(CODE, TrainingNumber(one.my_number)))
    assert found is not None
    assert found.resident.business_number == one.business_number


def kept_terms(loaded: Loaded, one: Dweller) -> tuple[bytes, list[int]]:
    """What is kept with a person to be found by, and what the index has."""
    who = (person_table.c.municipality == CODE, person_table.c.business_number == one.business_number)
    person = int(f"1{one.business_number}")
    with loaded.own.database.engine.connect() as connection:
        kept = connection.execute(select(person_table.c.terms).where(*who)).scalar_one()
        terms = connection.execute(
            select(term_table.c.token)
            .where(term_table.c.municipality == CODE, term_table.c.person == person)
            .order_by(term_table.c.token)
        )
        return kept, list(terms.scalars())


def test_the_load_writes_what_a_change_would_write(loaded: Loaded) -> None:
    for one in DWELLERS[5::40]:
        before = kept_terms(loaded, one)
        assert before[1]
        resident = resident_of(one, CODE)
        version = loaded.book.write(lambda unit, resident=resident: unit.put(resident, MATCHER.terms(resident)))
        assert version == 2
        assert kept_terms(loaded, one) == before


def test_all_terms_are_in_the_index(loaded: Loaded) -> None:
    with loaded.own.database.engine.connect() as connection:
        count = len(connection.execute(select(term_table.c.token)).all())
    assert count == loaded.done.terms > 10 * len(DWELLERS)


def test_the_load_is_recorded_at_its_beginning_and_with_its_digest_at_its_end(loaded: Loaded) -> None:
    def acts(connection: Connection) -> list[Act]:
        book = loaded.own.book
        return [book.act(connection, CODE, kept) for kept in book.kept(connection, CODE)]

    begun, done = loaded.own.database.read(acts)
    assert (begun.kind, done.kind) == ("register.load_begun", "register.loaded")
    assert dict(done.what)["digest"] == loaded.done.digest
    assert dict(done.what)["persons"] == len(DWELLERS)


def test_a_register_that_has_people_is_not_filled_again(loaded: Loaded) -> None:
    with pytest.raises(Refused) as refused:
        populate(loaded.job, 1, CLOCK, RANDOM)
    assert refused.value.reason == "register_not_empty"


def test_two_processes_enter_the_same_city_as_one(tmp_path: Path) -> None:
    file = tmp_path / "dues.jsonl"
    two = populate(Job(settings_file(tmp_path, "sqlcipher"), PLAN, file), 2, CLOCK, RANDOM)
    assert two.digest == city_digest(PLAN, [PORTION.digest])
    assert two.persons == len(DWELLERS)
    assert two.peak_rss > 0
    dues = DuesMaker(WORDS.population, CODE, PLAN.seed, PLAN.day).of(DWELLERS)
    assert file.read_bytes() == dues_lines(dues)


def test_in_service_no_invented_city_is_entered(tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        populate(Job(settings_file(tmp_path, "sqlcipher", training=False), PLAN), 1, CLOCK, RANDOM)
    assert not (tmp_path / "backend").exists()


def test_a_municipality_that_the_backend_does_not_serve_is_refused(tmp_path: Path) -> None:
    elsewhere = CityPlan("991007", 10, 1, PLAN.day)
    with pytest.raises(BadSettings):
        populate(Job(settings_file(tmp_path, "sqlcipher"), elsewhere), 1, CLOCK, RANDOM)
