"""Opens the backend's stores in this process to fill them; the backend itself must not be running."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.domain.clock import Clock, Random
from app.server.wiring import Backend, open_backend
from app.settings import server_settings
from app.standin.city.staff import TrainingTeam
from app.standin.city.values import City
from app.training import loading
from app.training.enrolling import load_network
from app.training.staff_cards import IssuedCard


@dataclass(frozen=True, slots=True)
class TrainingStaffRoom:
    """Who works in training, and with which cards; none where the office asks for none."""

    team: TrainingTeam
    cards: tuple[IssuedCard, ...]


def fill(settings: Path, city: City, staff: TrainingStaffRoom, clock: Clock, random: Random) -> None:
    """Enter staff with their cards, residents and what is exchanged about them."""
    at = clock.now()
    with _opened(settings, clock, random) as backend:
        loading.load_team(backend, city, staff.team, at)
        loading.load_cards(backend, staff.cards, at)
        loading.load_residents(backend, city, at)
        loading.load_exchanged(backend, city)
        load_network(backend, city, settings.parent, clock)


def enrol(settings: Path, terminals: list[tuple[str, str, str]], clock: Clock, random: Random) -> None:
    """Enter terminals: municipality, name, window."""
    with _opened(settings, clock, random) as backend:
        loading.enrol(backend, terminals, clock.now())


@contextmanager
def _opened(settings: Path, clock: Clock, random: Random) -> Iterator[Backend]:
    backend = open_backend(server_settings(settings), clock, random)
    try:
        yield backend
    finally:
        backend.parts.close()
