"""Search the resident network by the basic four: only for tasks that the law allows, by who has the right."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.network_search import NETWORK_SEARCH, Bar, bar_to_search
from app.domain.person import BasicFour
from app.domain.procedure import Procedure
from app.services.ports.memory import Journal
from app.services.ports.resident_network import NetworkHits, NetworkPerson, ResidentNetwork
from app.services.ports.seat import Press, Session, Visit
from app.services.record_act import Doing, recorded


class Withheld(StrEnum):
    """Why no search was made; texts under ``[word.network_withheld]``."""

    TASK = "task"
    RIGHT = "right"
    NOT_CONNECTED = "not_connected"


@dataclass(frozen=True, slots=True)
class NotSearched:
    """No search was made."""

    reason: Withheld


@dataclass(frozen=True, slots=True)
class FoundOutside:
    """Who may be meant, best first; nobody where empty."""

    people: tuple[NetworkPerson, ...]
    more: bool


NetworkAnswer = FoundOutside | NotSearched


class SearchNetwork:
    """The use case. ``network`` None: no gateway is connected here, which is answered and no error."""

    def __init__(self, network: ResidentNetwork | None, journal: Journal) -> None:
        self._network = network
        self._journal = journal

    def offered(self, session: Session, procedure: Procedure, press: Press) -> NotSearched | None:
        """Why it is not to be offered; None where it is. Looks at nothing outside this PC."""
        call = session.call(press)
        match bar_to_search(procedure, call.actor, call.day):
            case Bar.TASK:
                return NotSearched(Withheld.TASK)
            case Bar.RIGHT:
                return NotSearched(Withheld.RIGHT)
            case None:
                return None if self._network is not None else NotSearched(Withheld.NOT_CONNECTED)

    def __call__(
        self, press: Press, session: Session, visit: Visit, procedure: Procedure, four: BasicFour
    ) -> NetworkAnswer:
        """Search. What is barred is kept as an act too. Errors: those of ``ResidentNetwork``."""
        bar = self.offered(session, procedure, press)
        network = self._network
        if bar is not None or network is None:
            barred = bar or NotSearched(Withheld.NOT_CONNECTED)
            what = {"procedure": procedure.id, "reason": barred.reason.value}
            self._journal.write(session.act(press, f"{NETWORK_SEARCH}.barred", visit=visit.visit_id, **what))
            return barred
        hits: NetworkHits = recorded(
            self._journal,
            (press, session),
            Doing(NETWORK_SEARCH, visit.visit_id, what={"procedure": procedure.id}),
            lambda: network.search_by_four(press, session, procedure.id, four),
            lambda found: {"hits": len(found.people), "more": found.more},
        )
        return FoundOutside(hits.people, hits.more)
