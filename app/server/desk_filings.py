"""From a decided application to the register's provisional entry: the register's answers and the desk's errands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.backend.desk.ports import DeskBook
from app.backend.desk.service.filing import FilingErrands
from app.backend.register.service.desk_filing import DeskFilingService, Finders
from app.backend.register.service.match import Matcher
from app.backend.register.service.wards import WardFinder
from app.backend.register.store import RegisterStore
from app.domain.clock import Clock
from app.durable.worker import Pump
from app.errors import AppError, Unreachable
from app.link.letters import Nearby, letter_endpoint
from app.server import shipped
from app.server.exchange import ExchangeKeys, Neighbourhood
from app.server.parts import Parts, SliceParts
from app.server.register import RegisterPart
from app.settings import ServerSettings
from app.wire.endpoint import Endpoint
from app.wire.letter import Letter

PATH = "/register/v1/desk-filings"
IDLE_S = 5.0
"""How often it is looked for what is due without anybody having woken us. Assumed."""


@dataclass(frozen=True, slots=True)
class Between:
    """What both sides are made with."""

    settings: ServerSettings
    parts: Parts
    keys: ExchangeKeys
    clock: Clock


def register_side(between: Between, own: SliceParts, part: RegisterPart) -> DeskFilingService:
    """What answers the desk's letters."""
    book = RegisterStore(own.database, own.cells, own.pen, own.index_key)
    wards = WardFinder(shipped.wards(is_training=between.settings.is_training))
    finders = Finders(Matcher(shipped.name_folder()), wards)
    return DeskFilingService(book, part.changes.entries, finders, between.keys.post("register"), between.clock)


def register_endpoints(service: DeskFilingService) -> tuple[Endpoint, ...]:
    """Where a desk of another process writes to."""
    return (letter_endpoint(PATH, "desk", service.take),)


def desk_side(between: Between, book: DeskBook, service: DeskFilingService | None) -> Pump:
    """The pump that brings filings; it ends with the stores. ``service``: the register, where it is in this process."""
    around = Neighbourhood(between.settings, between.parts)
    line = Nearby(service.take) if service else around.known("register", PATH) or Nearby(_no_register)
    errands = FilingErrands(book, between.keys.post("desk"), line, between.clock)
    pump = Pump("desk-filings", errands.turn, IDLE_S)
    between.parts.also_close(partial(_end, pump))
    return pump


def _no_register(letters: Sequence[Letter]) -> list[Letter | AppError]:
    """A desk whose settings name no register: what is decided waits until they do."""
    return [Unreachable() for _ in letters]


def _end(pump: Pump) -> None:
    """What it holds is taken up again at the next start."""
    pump.close()
