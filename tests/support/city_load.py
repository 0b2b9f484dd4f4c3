"""Fills the stores of two municipalities before their backends start: a program of its own, run by ``two_cities``."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from app.domain.clock import SystemClock, SystemRandom, business_date
from app.link.letters import Nearby
from app.server.exchange import Exchange, ExchangeKeys, Gateway
from app.server.exchange_data import Directory, write_directory
from app.server.keys import Keys
from app.server.wiring import Backend, open_backend
from app.settings import SecondFactorSettings, ServerSettings, server_settings
from app.shipped import resource
from app.standin.authenticator.kept import new_card, to_bytes
from app.standin.city.file import to_json
from app.standin.city.make import CitySources, make_city
from app.standin.city.staff import TrainingStaff, TrainingTeam, load_team
from app.standin.city.values import City
from app.training import certificates, loading
from app.training.home import SEED, Home
from app.training.staff_cards import IssuedCard
from app.trust.passwords import Strength
from app.trust.seal import BoxKey
from tests.support.city import EVERYTHING, HERE, STAFF_CARD, WITH_CARD
from tests.support.staff_keys import STAFF_PIN
from tests.support.weak import weaken

CLOCK, RANDOM = SystemClock(), SystemRandom()


def main() -> int:
    """``city_load FOLDER SIZE TERMINALS STRENGTH``: the settings files of both offices lie in FOLDER already."""
    folder, size, terminals = Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
    strength = Strength(*json.loads(sys.argv[4]))
    city = make_city(SEED, size, business_date(CLOCK.now()), CitySources.below(resource("training")))
    homes = {one.code: Home(folder / one.code) for one in city.municipalities}
    for home in homes.values():
        certificates.write_private(home.city, to_json(city).encode())
        certificates.write_private(home.authority / "recovery.key", BoxKey.generate().to_bytes().reveal())
    settings = {code: server_settings(home.server_settings) for code, home in homes.items()}
    _introduce(settings)
    offices = {code: open_backend(one, CLOCK, RANDOM) for code, one in settings.items()}
    core = next(one.exchange for one in offices.values() if one.exchange.nws is not None)
    issued = _staff_card(folder)
    for code, office in offices.items():
        _fill(office, _with_core(office.exchange, core, settings[code]), _only(city, code), terminals[code], issued)
        weaken(office, (code,), load_team(resource("training", "staff.toml")).password, strength)
    for office in offices.values():
        office.parts.close()
    return 0


def _staff_card(folder: Path) -> IssuedCard:
    """One card, bound to the office's usual name; the card itself is left in the folder for whoever lays it down."""
    card, credential_id, attested = new_card(STAFF_PIN, SecondFactorSettings().office, WITH_CARD)
    certificates.write_private(folder / STAFF_CARD, to_bytes(card))
    return IssuedCard(HERE, WITH_CARD, credential_id, attested)


def _introduce(settings: dict[str, ServerSettings]) -> None:
    """Each office gets the public keys of the other: the master data of the network."""
    own = {code: ExchangeKeys(one, Keys(one.folder / "keys", RANDOM)).own for code, one in settings.items()}
    for code, one in settings.items():
        others = [keys for other, keys in own.items() if other != code]
        verify = {name: key for keys in others for name, key in keys.verify.items()}
        boxes = {name: key for keys in others for name, key in keys.boxes.items()}
        write_directory(one.folder, Directory(verify, boxes))


def _with_core(exchange: Exchange, core: Exchange, settings: ServerSettings) -> Exchange:
    """``exchange`` with the core beside it, while nothing listens yet."""
    if exchange.nws is not None or core.nws is None or exchange.addressee is None or exchange.asking is None:
        return exchange
    post = ExchangeKeys(settings, Keys(settings.folder / "keys", RANDOM)).post("gateway")
    exchange.addressee._gateway = Gateway(post, Nearby(core.nws.acquire), core.nws.resident_codes)
    exchange.asking._neighbours = replace(exchange.asking._neighbours, codes=Nearby(core.nws.collect))
    return replace(exchange, nws=core.nws)


def _only(city: City, code: str) -> City:
    return replace(city, municipalities=(city.municipality(code),))


def _fill(office: Backend, exchange: Exchange, city: City, terminals: list[str], issued: IssuedCard) -> None:
    at = CLOCK.now()
    (place,) = city.municipalities
    team = load_team(resource("training", "staff.toml"))
    everybody = (*team.staff, _with_every_step(team), replace(team.member("k1001"), staff_id=WITH_CARD, name="札　望"))
    own = replace(team, staff=tuple(one for one in everybody if one.municipality == place.code))
    loading.load_team(office, city, own, at)
    loading.load_residents(office, city, at)
    loading.load_exchanged(replace(office, exchange=exchange), city)
    if place.code == HERE:
        loading.load_cards(office, [issued], at)
    loading.enrol(office, [(place.code, name, str(number)) for number, name in enumerate(terminals, 1)], at)


def _with_every_step(team: TrainingTeam) -> TrainingStaff:
    """Somebody whose rights cover every step, as in a small office: only the rule of two persons stands in the way."""
    roles = [team.member(staff_id) for staff_id in ("k1001", "c3001", "d5001")]
    of_register = (right for name in ("r3002", "r5002") for right in team.member(name).rights)
    rights = dict.fromkeys(right for one in roles for right in one.rights)
    rights |= dict.fromkeys(right for right in of_register if right.act.startswith("register."))
    return replace(roles[0], staff_id=EVERYTHING, name="兼務　望", rights=tuple(rights))


if __name__ == "__main__":
    raise SystemExit(main())
