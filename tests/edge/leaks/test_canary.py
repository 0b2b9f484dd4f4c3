"""After a whole visit nothing of the people in it lies in clear on any disk: stores, logs, keyring, temporary files."""

import contextlib
import json
import logging
import secrets
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
import pytest

from app.card.given import GivenReaders
from app.client.counter import Counter, open_counter
from app.domain.clock import SystemClock, SystemRandom
from app.domain.secret import Secret, secret
from app.errors import AppError, SignInRefused, WrongCode
from app.log import _JsonLines
from app.services.confirm_person import check_of_holder
from app.services.entrance import Given
from app.services.find_person import Opened
from app.services.hand_in import Kept
from app.services.lock import Why
from app.services.ports.seat import Session
from app.services.prove_holder import Asking
from app.settings import counter_settings
from app.shipped import resource
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.drawing import Drawing
from app.standin.cards.files import CardMaker, Flaws
from app.store.vault import Vault
from app.trust.authority import TerminalName
from app.wire.desk import ApplicationView, CheckReception, Decide, Examine, Receipt
from app.wire.register import SearchByFour
from tests.edge.leaks.marked import (
    ACCOUNT,
    CARD_PASSWORD,
    CLERK,
    CLERK_NAME,
    GIVEN,
    INCOME,
    PASSWORD,
    PHONE,
    PIN,
    SURNAME,
    Household,
    enter,
    household,
    marks,
)
from tests.edge.leaks.searcher import Searcher
from tests.support import visits
from tests.support.backend import MIHON, Backend, backend
from tests.support.process import wait_for
from tests.support.weak import WEAK
from tests.support.world import CHECKER, DECIDER, World

pytestmark = [pytest.mark.keyring, pytest.mark.timeout(180)]

READER = "reader"
CLOCK = SystemClock()


@dataclass
class Hall:
    """One counter before one backend. ``found`` are the secrets that came into being on the way."""

    office: Backend
    counter: Counter
    readers: GivenReaders
    world: World
    tokens: dict[str, str] = field(default_factory=dict)

    def sign_in(self, staff_id: str, password: Secret) -> Session:
        session = self.counter.cases.sign_in(self.world.press(), staff_id, Given(password))
        self.tokens[f"token of {staff_id} {len(self.tokens)}"] = session.token.text()
        return session

    def moved(self) -> None:
        """The backend has come back at another port: the counter's address follows."""
        self.counter.office.line._client.base_url = f"https://127.0.0.1:{self.office.port}"

    def leave(self, session: Session) -> None:
        wait_for(lambda: not self.counter.memory.postbox.waiting(), "everything to be sent")
        self.counter.cases.sign_out(self.world.press(), session)


@contextlib.contextmanager
def hall(office: Backend) -> Iterator[Hall]:
    """A counter at T-01."""
    service = f"madoguchi-test-{secrets.token_hex(6)}"
    path = office.setup.add_counter(TerminalName(MIHON, "T-01"), "1", Vault(service, SystemRandom()))
    settings = replace(counter_settings(path), office_url=f"https://127.0.0.1:{office.port}", keyring_service=service)
    readers = GivenReaders((READER,), CLOCK)
    counter = open_counter(settings, readers, CLOCK, SystemRandom(), strength=WEAK)
    counter.memory.postbox.start()
    try:
        yield Hall(office, counter, readers, World(office, None, counter, counter))  # type: ignore[arg-type]
    finally:
        counter.close()


def visited(here: Hall) -> ApplicationView:
    """Everything that is done for one person, with the office away in between; the decided case."""
    world, cases, home = here.world, here.counter.cases, household(here.office.city())
    for staff_id, password in ((PASSWORD[:30], "x"), (CLERK, f"{PASSWORD}x")):
        with pytest.raises(SignInRefused):
            cases.sign_in(world.press(), staff_id, Given(secret(password)))
    clerk = here.sign_in(CLERK, secret(PASSWORD))
    case = identified(here, clerk, home)
    asked = visits.enquiries_of(world, case)
    cases.enquire.start(world.press(), clerk, asked, visits.wanted(asked, "local_tax_claimant"))
    answers = visits.answers(world, clerk, asked)
    assert INCOME in answers[0].items.values()
    receipt = handed_in_while_the_office_is_away(here, case)
    cases.close_visit(world.press(), clerk, case.visit)
    here.leave(clerk)
    password = here.office.setup.team().password
    checker = here.sign_in(CHECKER, password)
    step = CheckReception(application_id=receipt.application_id, version=receipt.version, outcome="passed")
    version = cases.review.check_reception(world.press(), checker, step).version
    here.leave(checker)
    clerk = here.sign_in(CLERK, secret(PASSWORD))
    examined = Examine(application_id=receipt.application_id, version=version, outcome="passed", answers=answers)
    cases.review.examine(world.press(), clerk, examined)
    here.leave(clerk)
    return decided(here, receipt.application_id, password)


def identified(here: Hall, clerk: Session, home: Household) -> visits.Case:
    """By the card in every way, with a wrong code before; searched by what was read and by what is typed."""
    world, cases = here.world, here.counter.cases
    visit = visits.begin(world, clerk)
    maker = CardMaker(TrainingAuthority.load(resource("training", "card")), Drawing())
    at = here.readers.put(READER, maker.make(home.card, Flaws()))
    code_b = home.card.code_b
    with pytest.raises(WrongCode):
        cases.read_card.by_code_b(at, f"{code_b[:-1]}{(int(code_b[-1]) + 1) % 10}")
    reading = cases.read_card.by_code_b(at, code_b)
    evidence = cases.confirm_person.by_chip(world.press(), clerk, visit, reading, same_face=True)
    found = cases.find_person.by_card(world.press(), clerk, visit, reading.four)
    assert isinstance(found, Opened), found
    number = cases.read_card.number_by_pin(at, PIN).number
    asking = Asking(world.press(), clerk, visit.visit_id)
    for proof in (
        cases.prove_holder.by_user_pin(at, PIN, asking),
        cases.prove_holder.by_sign_password(at, CARD_PASSWORD, asking),
    ):
        cases.confirm_person.by_check(world.press(), clerk, visit, check_of_holder(proof), same_face=True)
    here.readers.take(READER)
    cases.find_person.by_number(world.press(), clerk, visit, number, reading.four)
    cases.find_person.by_entry(world.press(), clerk, visit, SearchByFour(name=SURNAME))
    draft = visits.draft_of(world, (clerk, visit), found, evidence, reading.four)
    draft = draft.changed(facts={**draft.facts, "account_number": ACCOUNT, "claimant_phone": PHONE})
    draft = cases.save_draft.with_copy(world.press(), clerk, draft)
    return visits.Case(clerk, visit, found, draft, reading)


def handed_in_while_the_office_is_away(here: Hall, case: visits.Case) -> Receipt:
    """The application waits on the locked PC, sealed, until the office is back."""
    world, cases, memory = here.world, here.counter.cases, here.counter.memory
    wait_for(lambda: not memory.postbox.waiting(), "everything to be sent")
    here.office.kill()
    assert isinstance(cases.hand_in(world.press(), case.session, case.draft), Kept)
    cases.lock(world.press(), case.session, Why.ASKED, case.visit.visit_id)
    assert_nothing_in(here, [here.counter.settings.folder])
    here.office.start()
    here.moved()
    cases.unlock(world.press(), case.session, Given(secret(PASSWORD)))
    memory.postbox.serve(case.session)
    wait_for(memory.work.arrived, "the receipt")
    return memory.work.arrived()[0].receipt


def decided(here: Hall, application_id: str, password: Secret) -> ApplicationView:
    """Decided, looked at on paper, and set for the printer."""
    world, cases = here.world, here.counter.cases
    decider = here.sign_in(DECIDER, password)
    view = cases.review.open(world.press(), decider, application_id)
    outcome = "rejected"
    step = Decide(
        application_id=application_id, version=view.version, outcome=outcome, reason=f"{SURNAME}{GIVEN}の所得による。"
    )
    cases.review.decide(world.press(), decider, step)
    view = cases.review.open(world.press(), decider, application_id)
    for output in world.procedure.outputs:
        with contextlib.suppress(AppError):
            cases.show_paper(world.press(), decider, view, (world.procedure, output))
    sheet = visits.printed(here.counter, world.procedure, view, "decision_sheet", decider.call(world.press()).day)
    assert f"{INCOME:,}" in sheet
    here.leave(decider)
    return view


def log_everything(office: Backend) -> None:
    """From its next start on the backend logs at every level."""
    path = office.home.server_settings
    path.write_text('log_level = "debug"\n' + path.read_text("utf-8"), "utf-8")


def searcher(here: Hall) -> Searcher:
    return Searcher({**marks(household(here.office.city())), **here.tokens})


def assert_nothing_in(here: Hall, places: list[Path], since: float = 0) -> None:
    finds = searcher(here).files(places, since)
    assert finds == [], "\n".join(f"{find.mark} as {find.how} {find.inside} in {find.place}" for find in finds[:40])


@pytest.fixture(params=["sqlcipher", "postgresql"])
def database(request: pytest.FixtureRequest) -> tuple[str, list[Path]]:
    """The address of an empty database, and where its server keeps files; its server runs before anything is moved."""
    if request.param == "sqlcipher":
        return request.param, []
    server = request.getfixturevalue("postgres")
    return server.address(server.fresh()), [server.socket]


@pytest.fixture
def temporary(database: tuple[str, list[Path]], tmp_path: Path) -> Iterator[Path]:
    """This test's folder for temporary files, of this process and of those it starts; its log lies there too."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    handler = logging.FileHandler(folder / "counter.log", encoding="utf-8")
    handler.setFormatter(_JsonLines())
    root = logging.getLogger()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", None)
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            yield folder
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
            handler.close()


def test_a_whole_visit_leaves_nothing_of_its_people_in_clear_on_any_disk(
    database: tuple[str, list[Path]], keyring_home: dict[str, str], tmp_path: Path, temporary: Path
) -> None:
    address, kept_by_server = database
    places = [tmp_path, Path(keyring_home["XDG_DATA_HOME"]).parent, *kept_by_server]
    with backend(tmp_path / "office", address) as office:
        office.close()
        log_everything(office)
        began = time.time()
        enter(office, household(office.city()))
        office.start()
        with hall(office) as here:
            view = visited(here)
            office.kill()
            if kept_by_server:
                with psycopg.connect(address, autocommit=True) as connection:
                    connection.execute("CHECKPOINT")
                assert Searcher({"clerk": CLERK_NAME}).files(kept_by_server, began), (
                    "names of staff stand in clear there"
                )
            assert_nothing_in(here, places, began)
    assert view.roles.applicant.name == f"{SURNAME}　{GIVEN}"
    assert view.facts["account_number"] == ACCOUNT
    for log in (temporary / "counter.log", tmp_path / "office" / "backend.log"):
        levels = {json.loads(line)["level"] for line in log.read_text("utf-8").splitlines() if line.startswith("{")}
        assert {"DEBUG", "INFO"} <= levels, log
