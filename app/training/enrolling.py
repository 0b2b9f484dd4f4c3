"""Fills the city's communication server and the network around it with the training city."""

from collections.abc import Iterable
from pathlib import Path

from app.backend.jukinet.ports import Registered
from app.domain.clock import Clock
from app.server.jukinet import load_jukinet
from app.server.wiring import Backend
from app.standin.city.values import City, CityResident
from app.standin.jukinet.cards import PinSet
from app.standin.jukinet.membership import Membership
from app.standin.jukinet.opening import open_parties
from app.training.network import FOLDER, network_hours
from app.wire.jukinet import IdentityInfo

CARD = "KUNREN"
"""What 製造番号 of training begin with; the rest, nine signs of fifteen, is the end of the 住民票コード."""
_TOGETHER = 200
"""People in one transaction."""


def load_network(backend: Backend, city: City, root: Path, clock: Clock) -> None:
    """Have the city's communication server and the network know everybody who is registered, and the personas' cards.

    ``root``: training's folder. Nothing is done where the slice is not served.
    """
    part = None if backend.network is None else backend.network.jukinet
    if part is None:
        return
    people = [one for place in city.municipalities for one in place.residents if one.is_resident]
    known = [_identity(one) for one in people]
    for at in range(0, len(known), _TOGETHER):
        load_jukinet(part, [Registered(one, 0, 1) for one in known[at : at + _TOGETHER]], clock)
    membership = Membership(root / FOLDER)
    membership.found(clock.now())
    membership.admit({
        place.code: backend.exchange.own.verify[f"jukinet@{place.code}"] for place in city.municipalities
    })
    parties = open_parties(root / FOLDER, network_hours(), clock)
    parties.world.set_up(known, *_cards(city))


def _cards(city: City) -> Iterable[PinSet]:
    """The cards that personas of the registers bring, under the PIN that is theirs."""
    codes = {one.my_number: one.resident_code for place in city.municipalities for one in place.residents}
    for persona in city.personas.values():
        code = codes.get(persona.card.my_number)
        if code is not None:
            yield PinSet(card_number=f"{CARD}{code[-9:]}", resident_code=code, pin=persona.card.pin)


def _identity(one: CityResident) -> IdentityInfo:
    return IdentityInfo(
        resident_code=one.resident_code,
        my_number=one.my_number,
        name=one.name,
        birth=one.birth,
        sex=one.sex.value,
        address=one.address,
        municipality=one.municipality,
        alias=one.alias,
    )
