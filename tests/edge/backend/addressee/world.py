"""The addressee slice of two municipalities on a store of its own, its intermediary, and a business system."""

import random as chance
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from app.backend.addressee import store as addressee_store
from app.backend.addressee.ports import PassOn, Person
from app.backend.addressee.service import (
    AddresseeService,
    AreaOffice,
    BusinessSystems,
    Correcting,
    Loaded,
    NumberSearch,
    SystemAreas,
    Telling,
)
from app.backend.intermediary import store as intermediary_store
from app.backend.intermediary.service.codes import CodeKeeping
from app.backend.intermediary.store.codes import CodeStore
from app.domain.call import Call
from app.domain.clock import SystemRandom
from app.domain.number import MyNumber, TrainingNumber, training_check_digit
from app.errors import AppError, Unreachable
from app.link.letters import Correspondent, Nearby
from app.trust.passwords import Strength
from app.trust.seal import BoxKey
from app.trust.sign import SigningKey
from app.wire.addressee_systems import AreaOpened, FindOwn, FoundOwn, OpenArea, PersonsTaken, SystemPerson, TakePersons
from app.wire.letter import Letter
from app.wire.message import Message
from tests.support.slices import MovedClock, OpenSlice, SliceOpener, call, person

HERE, THERE = "991007", "992003"
WEAK = Strength(memory_kib=8, passes=1, lanes=1)
SYSTEM = "childcare"
SENDERS = ("addressee", "intermediary", "relay", "business.childcare", "business.library")
PROPOSER = person("proposer", "number.correct", municipality=HERE)
DECIDER = person("decider", "number.correct_decide", municipality=HERE)
CLERK = person("clerk", "number.search", "number.state", "number.link", municipality=HERE)
CHIEF = person("chief", "number.system", "linkage.read", municipality=HERE)
_ids = count(1)


def number(body: int) -> MyNumber:
    digits = f"{body:011}"
    return TrainingNumber(digits + str(training_check_digit(digits)))


class Line:
    """A neighbour that can be down."""

    def __init__(self, neighbour: Nearby) -> None:
        self._neighbour, self.is_up, self.asked = neighbour, True, 0

    def ask(self, letter: Letter) -> Letter:
        self.asked += 1
        if not self.is_up:
            raise Unreachable
        return self._neighbour.ask(letter)


class NoGateway:
    """Nobody asks for codes here."""

    def pass_on(self, municipality: str, items: Any) -> None:
        raise AssertionError((municipality, list[PassOn](items)))


@dataclass
class World:
    """Everything, with the clock that all look at."""

    own: OpenSlice
    platform: OpenSlice
    clock: MovedClock
    posts: Mapping[str, Correspondent]
    service: AddresseeService
    areas: SystemAreas
    office: AreaOffice
    systems: BusinessSystems
    correcting: Correcting
    search: NumberSearch
    telling: Telling
    line: Line
    keeping: CodeKeeping
    intermediary: intermediary_store.IntermediaryStore

    def call(self, actor: Any) -> Call:
        return call(actor, self.clock.now())

    def load(self, *persons: tuple[str, int], place: str = HERE) -> dict[str, str]:
        return self.service.load(place, [Loaded(business, number(body)) for business, body in persons])

    def known(self, business: str, place: str = HERE, source: str = "") -> Person | None:
        found = self.service._book.read(lambda unit: unit.of_business(place, [business], source))
        return found.get(business)

    def entered(self, system: str = SYSTEM) -> str:
        from app.wire.addressee_office import EnterArea

        return self.office.enter(self.call(CHIEF), EnterArea(system=system)).password

    def says(self, kind: str, message: Message, *, sender: str = f"business.{SYSTEM}", place: str = HERE) -> Any:
        """The answer to a letter of a business system; raises what it is refused with."""
        letter = self.posts[sender].write(f"{sender}@{place}", kind, message)
        (outcome,) = self.systems.answer([letter])
        if isinstance(outcome, AppError):
            raise outcome
        gives = {"area-opened/1": AreaOpened, "area-taken/1": PersonsTaken, "area-found/1": FoundOwn}[outcome.kind]
        return self.posts[sender].read(outcome, outcome.kind, gives, "addressee")

    def opened(self, password: str, *, sender: str = f"business.{SYSTEM}") -> str:
        return self.says("area-open/1", OpenArea(municipality=HERE, password=password), sender=sender).token

    def hands_in(self, token: str, *persons: SystemPerson, sender: str = f"business.{SYSTEM}") -> tuple[str, ...]:
        message = TakePersons(municipality=HERE, token=token, persons=persons)
        return self.says("area-persons/1", message, sender=sender).outcomes

    def finds(self, token: str, *, sender: str = f"business.{SYSTEM}", **by: str) -> FoundOwn:
        return self.says("area-find/1", FindOwn(municipality=HERE, token=token, **by), sender=sender)

    def acts(self, of: OpenSlice | None = None, place: str = HERE) -> list[tuple[str, dict[str, Any]]]:
        from tests.support.slices import acts

        return acts(of or self.own, place)

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.acts()]


def new_id() -> str:
    return f"correction-{next(_ids)}"


def build(opener: SliceOpener, clock: MovedClock) -> World:
    own, platform = opener("addressee", addressee_store), opener("intermediary", intermediary_store)
    keys = {f"{role}@{place}": SigningKey.generate() for role in SENDERS for place in (HERE, THERE)}
    directory = {name: key.public for name, key in keys.items()}
    posts = {
        role: Correspondent({name: key for name, key in keys.items() if name.startswith(f"{role}@")}, directory)
        for role in SENDERS
    }
    random, spread = SystemRandom(), chance.Random(1)
    book = addressee_store.AddresseeStore(own.database, own.cells, (own.pen, own.logbook), own.index_key, spread)
    parts = (platform.database, platform.cells, platform.answers, platform.pen, platform.index_key)
    boxes = {place: BoxKey.generate() for place in (HERE, THERE)}
    keeping = CodeKeeping(CodeStore(*parts), posts["intermediary"], Nearby(_nobody), boxes, clock)
    line = Line(Nearby(keeping.correct))
    areas = SystemAreas(book, clock, random, WEAK)
    return World(
        own=own,
        platform=platform,
        clock=clock,
        posts=posts,
        service=AddresseeService(book, posts["addressee"], NoGateway(), clock, TrainingNumber),
        areas=areas,
        office=AreaOffice(book, areas),
        systems=BusinessSystems(book, posts["addressee"], areas, clock, TrainingNumber),
        correcting=Correcting(book, TrainingNumber),
        search=NumberSearch(book, TrainingNumber),
        telling=Telling(book, posts["addressee"], line, clock),
        line=line,
        keeping=keeping,
        intermediary=intermediary_store.IntermediaryStore(*parts),
    )


def _nobody(letters: Any) -> list[AppError]:
    return [Unreachable() for _ in letters]
