"""住基ネット as the counter needs it: who is meant by the basic four, wherever in Japan they live."""

from dataclasses import dataclass, field
from typing import Protocol

from app.domain.person import BasicFour
from app.services.ports.seat import Press, Session


@dataclass(frozen=True, slots=True)
class NetworkPerson:
    """One person found; ``municipality``: the code of where they are registered. No number is in here."""

    four: BasicFour = field(repr=False)
    municipality: str


@dataclass(frozen=True, slots=True)
class NetworkHits:
    """Who may be meant, best first; ``more``: the list was cut."""

    people: tuple[NetworkPerson, ...]
    more: bool = False


class ResidentNetwork(Protocol):
    """The gateway to the network (統合端末 or its adapter). Errors as in ``app.services.ports.office``."""

    def search_by_four(self, press: Press, session: Session, procedure: str, four: BasicFour) -> NetworkHits:
        """Search for a task that the law allows; the network records who searched for what task."""
        ...
