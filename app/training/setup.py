"""Makes the training folder: authority, backend with a filled city, counters; done once and kept."""

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from app.domain.clock import Clock, Random, business_date
from app.domain.secret import Secret
from app.shipped import read_toml, resource
from app.standin.city.file import from_json, to_json
from app.standin.city.make import CitySources, make_city
from app.standin.city.staff import TrainingTeam, load_team
from app.standin.city.values import City
from app.store.terminal import KEY_NAME
from app.store.vault import Vault
from app.training import certificates
from app.training.home import KEYRING, OFFICE, SEED, SIZE, TLS_KEY, Home
from app.trust.authority import TerminalName
from app.trust.seal import BoxKey

log = logging.getLogger(__name__)

Step = Callable[[str], None]
"""Told the name of each step as it begins."""


class TrainingSetup:
    """Prepares a home. ``size``: residents of each municipality. ``has_cards``: staff sign in with a card too."""

    def __init__(self, home: Home, clock: Clock, random: Random, size: int = SIZE, *, has_cards: bool = True) -> None:
        self._home = home
        self._clock = clock
        self._random = random
        self._size = size
        self._has_cards = has_cards

    def prepare(self, database: str = "sqlcipher", said: Step = log.info) -> None:
        """Make everything anew but the counters. ``database``: "sqlcipher" or a libpq address."""
        shutil.rmtree(self._home.root, ignore_errors=True)
        self._home.root.mkdir(parents=True, mode=0o700)
        said("authority")
        authority = certificates.make_authority(self._home.authority, self._clock)
        certificates.issue_server(authority, self._home.authority, self._clock)
        recovery = BoxKey.generate()
        certificates.write_private(self._home.authority / "recovery.key", recovery.to_bytes().reveal())
        said("city")
        city = make_city(SEED, self._size, business_date(self._clock.now()), CitySources.below(resource("training")))
        codes = [municipality.code for municipality in city.municipalities]
        self._home.server_settings.write_text(
            _server_toml(database, codes, has_cards=self._has_cards), encoding="utf-8"
        )
        certificates.write_private(self._home.city, to_json(city).encode())
        said("backend")
        self._fill(city)
        self._home.say_ready(self._size)

    def city(self) -> City:
        """The city that the backend holds."""
        return from_json(self._home.city.read_text(encoding="utf-8"))

    @property
    def staff_cards(self) -> Path:
        """Where the staff's cards are kept."""
        return self._home.authority / "staff-cards.json"

    def team(self) -> TrainingTeam:
        """Everybody who can sign in, and with what."""
        return load_team(resource("training", "staff.toml"))

    def add_counter(self, name: TerminalName, window: str, vault: Vault) -> Path:
        """Make the counter's key, certificate and settings, unless they are there; the settings file."""
        folder = self._home.counter(name.terminal)
        settings = self._home.counter_settings(name.terminal)
        known = vault.find(TLS_KEY)
        if known is not None and settings.exists():
            return settings
        shutil.rmtree(folder, ignore_errors=True)
        vault.forget(KEY_NAME)
        authority = certificates.load_authority(self._home.authority)
        passphrase = tls_passphrase(known or vault.make(TLS_KEY))
        certificates.issue_terminal(authority, folder, name, passphrase, self._clock)
        recovery = BoxKey.from_bytes(Secret((self._home.authority / "recovery.key").read_bytes()))
        city = self.city()
        settings.write_text(_counter_toml(name, window, city, recovery.public.hex()), encoding="utf-8")
        return settings

    def enrol(self, terminals: list[tuple[str, str, str]]) -> None:
        """Have the backend know these terminals: municipality, name, window. The backend must not be running."""
        from app.training.filling import enrol  # noqa: PLC0415 -- a second start needs no backend in its own process

        enrol(self._home.server_settings, terminals, self._clock, self._random)

    def _fill(self, city: City) -> None:
        from app.training.filling import TrainingStaffRoom, fill  # noqa: PLC0415 -- likewise
        from app.training.staff_cards import issue  # noqa: PLC0415 -- likewise

        team = self.team()
        cards = issue(team, self.staff_cards) if self._has_cards else ()
        fill(self._home.server_settings, city, TrainingStaffRoom(team, cards), self._clock, self._random)


def tls_passphrase(key: Secret) -> Secret:
    """What a terminal's TLS key is encrypted under: the keyring's key as text."""
    return Secret(key.reveal().hex().encode())


def _server_toml(database: str, municipalities: list[str], *, has_cards: bool) -> str:
    return f"""folder = "backend"
host = "127.0.0.1"
port = 0
database = {json.dumps(database)}
schema_prefix = "madoguchi_"
municipalities = {json.dumps(municipalities)}
training = true

[tls]
authority = "authority/authority.pem"
certificate = "authority/server.pem"
key = "authority/server.key.pem"

[second_factor]
office = "{OFFICE}"
required = {json.dumps(has_cards)}
"""


def _counter_toml(name: TerminalName, window: str, city: City, recovery: str) -> str:
    municipality = city.municipality(name.municipality)
    values = {
        "folder": ".",
        "office_url": "https://127.0.0.1",
        "terminal": name.terminal,
        "municipality": name.municipality,
        "window": window,
        "keyring_service": f"{KEYRING}-{name.terminal}",
        "recovery": recovery,
        "municipality_name": municipality.name,
        "prefecture": municipality.prefecture,
        "issuer": read_toml("training", "panel.toml")["issuer"].format(municipality=municipality.name),
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    lines += ["lock_after_s = 180", "training = true", "", "[tls]"]
    lines += [f'{key} = "{file}"' for key, file in _COUNTER_TLS.items()]
    others = [one for one in city.municipalities if one is not municipality]
    lines += [
        "",
        "[municipalities]",
        *(f"{one.code} = {json.dumps(one.name, ensure_ascii=False)}" for one in (municipality, *others)),
    ]
    return "\n".join(lines) + "\n"


_COUNTER_TLS = {"authority": "authority.pem", "certificate": "terminal.pem", "key": "terminal.key.pem"}
