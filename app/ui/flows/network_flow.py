"""What the flows of the resident network share: use cases, places by name, days and moments as they are said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from app.domain.clock import TOKYO
from app.domain.era import wareki
from app.services.keep_levels_same import KeepLevelsSame
from app.services.print_wide_copy import PrintWideCopy
from app.services.tend_boundary import TendBoundary
from app.services.use_network import UseNetwork
from app.ui.flows.asking_flow import AskingFlow
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.print_acts import LatePaper
from app.ui.kit import Kit
from app.ui.screens.network_screen import NetworkScreen

S = TypeVar("S", bound=NetworkScreen)


@dataclass(frozen=True, slots=True)
class NetworkActs:
    """The use cases. ``tasks``: for which one may search and enquire, id and title; ``places``: code → municipality.

    ``print_late``: a paper under a title, made only as it is printed.
    """

    means: OfficeMeans
    use: UseNetwork
    levels: KeepLevelsSame
    boundary: TendBoundary
    tasks: tuple[tuple[str, str], ...]
    places: Mapping[str, str]
    copies: PrintWideCopy
    print_late: Callable[[str, LatePaper], None]

    def place(self, code: str) -> str:
        """A municipality by its name."""
        return self.places.get(code, code)


class NetworkFlow(AskingFlow[S]):
    """Works between ``enter`` and ``end``."""

    def __init__(self, kit: Kit, screen: S, acts: NetworkActs) -> None:
        super().__init__(kit, screen, acts.means)
        self._acts = acts


def moment(at: datetime | None, none: str) -> str:
    """Day and time in the office, as in 11/20 9:05; ``none`` where nobody knows."""
    if at is None:
        return none
    local = at.astimezone(TOKYO)
    return f"{local.month}/{local.day} {local.hour}:{local.minute:02d}"


def day_of(text: str) -> date | None:
    """The day of a field; None while it is empty or half typed."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def day_said(text: str) -> str:
    """A day in wareki, from ISO 8601; other text as it is."""
    day = day_of(text)
    return text if day is None else wareki(day)
