"""Keys and certificates of the invented network: its parties, and a communication server that joins it."""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.settings import TlsPlace
from app.standin.jukinet.world import CARDS, NATIONAL, PREFECTURE
from app.trust.authority import Authority
from app.trust.sign import SigningKey, VerifyKey
from app.trust.tls_key import TlsKey

LIFE = timedelta(days=3650)
PARTIES = (PREFECTURE, NATIONAL, CARDS)
_CITIES = "cities.json"


@dataclass(frozen=True, slots=True)
class Membership:
    """Where a network keeps its keys. ``folder`` is its own; ``joined`` is handed to who joins."""

    folder: Path

    @property
    def tls(self) -> TlsPlace:
        """The network's own end."""
        return TlsPlace(self.folder / "authority.pem", self.folder / "network.pem", self.folder / "network.tls.pem")

    @property
    def joined(self) -> TlsPlace:
        """The end of the communication server that joined."""
        return TlsPlace(self.folder / "authority.pem", self.folder / "server.pem", self.folder / "server.tls.pem")

    @property
    def keys(self) -> Path:
        """The public keys of the parties, as who joins is given them."""
        return self.folder / "parties.json"

    def found(self, now: datetime) -> None:
        """Make everything, unless it is there."""
        if self.keys.exists():
            return
        authority = Authority.create("Madoguchi training network", now, LIFE)
        _write(self.tls.authority, authority.certificate_pem)
        for place in (self.tls, self.joined):
            key = TlsKey.generate()
            _write(place.key, key.to_pem(None))
            is_own = place == self.tls
            request = key.request()
            issued = (
                authority.issue_server(request, now, LIFE)
                if is_own
                else authority.issue_slices(request, ["jukinet"], now, LIFE)
            )
            _write(place.certificate, issued)
        made = {name: SigningKey.generate() for name in PARTIES}
        for name, signing in made.items():
            _write(self.folder / f"{name}.sign.pem", signing.to_pem(None))
        _write(self.keys, json.dumps({name: key.public.raw.hex() for name, key in made.items()}).encode())

    def signing(self) -> dict[str, SigningKey]:
        """The keys that the parties sign with."""
        return {name: SigningKey.from_pem((self.folder / f"{name}.sign.pem").read_bytes(), None) for name in PARTIES}

    def admit(self, cities: dict[str, VerifyKey]) -> None:
        """From now on these municipalities' communication servers are known. ``cities``: municipality → its key."""
        _write(self.folder / _CITIES, json.dumps({name: key.raw.hex() for name, key in cities.items()}).encode())

    def cities(self) -> dict[str, VerifyKey]:
        """Who was admitted."""
        path = self.folder / _CITIES
        table = json.loads(path.read_bytes()) if path.exists() else {}
        return {name: VerifyKey(bytes.fromhex(key)) for name, key in table.items()}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
