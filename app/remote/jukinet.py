"""The resident network as a counter asks it: the city's communication server over the line."""

from app.domain.person import BasicFour, Sex
from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.resident_network import NetworkHits, NetworkPerson
from app.services.ports.seat import Press, Session
from app.wire import jukinet_counter as wire

_SEXES = {one.value for one in Sex}
_SAID = {Sex.MALE, Sex.FEMALE}
"""What a search is narrowed by; what a card does not say is not looked at."""


class HttpResidentNetwork:
    """See ``ResidentNetwork``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def search_by_four(self, press: Press, session: Session, procedure: str, four: BasicFour) -> NetworkHits:
        """By all four items; where nobody fits, without the address: who has moved since is found all the same."""
        found = self._asked(press, session, procedure, four, four.address)
        return found if found.people or not four.address else self._asked(press, session, procedure, four, "")

    def _asked(self, press: Press, session: Session, procedure: str, four: BasicFour, address: str) -> NetworkHits:
        sex = four.sex.value if four.sex in _SAID else ""
        said = wire.NetworkFour(name=four.name, address=address, birth=four.birth, sex=sex)
        asked = wire.SearchNetwork(procedure=procedure, four=said)
        hits = self._line.ask("/jukinet/v1/search", asked, wire.NetworkHits, headers(press, session))
        return NetworkHits(tuple(_person(one) for one in hits.hits), hits.more)


def _person(one: wire.NetworkHit) -> NetworkPerson:
    sex = Sex(one.sex) if one.sex in _SEXES else Sex.UNKNOWN
    return NetworkPerson(BasicFour(one.name, one.address, one.birth, sex), one.municipality)
