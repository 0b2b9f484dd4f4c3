"""The backend's own keys on disk: one master key, one signing key per slice, files only their owner may read."""

import os
import stat
from pathlib import Path

from app.domain.clock import Random
from app.domain.secret import Secret
from app.durable.files import make_folder, write_new
from app.errors import DataFault, WrongKey
from app.trust.seal import BoxKey, derive
from app.trust.sign import SigningKey

KEY_SIZE = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Keys:
    """Keys below ``folder``; what is missing is made."""

    def __init__(self, folder: Path, random: Random) -> None:
        self._folder = folder
        self._random = random
        make_folder(folder)

    def master(self) -> Secret:
        """The master key: wraps every data key.

        Errors: WrongKey when the file is not one; DataFault ``open_to_others`` when others may read or write it.
        """
        return self._kept("master.key")

    def store(self, name: str) -> Secret:
        """The raw key of the SQLCipher file of slice ``name``."""
        return derive(self.master(), f"store/{name}")

    def index(self, name: str) -> Secret:
        """The key of the keyed indexes (bigrams, numbers) of slice ``name``."""
        return derive(self.master(), f"index/{name}")

    def cells(self, name: str) -> Secret:
        """The key that wraps the data keys of slice ``name``."""
        return derive(self.master(), f"cells/{name}")

    def signing(self, name: str) -> SigningKey:
        """The signing key of ``name``: slices sign checkpoints and what they say to each other."""
        path = self._folder / f"{name}.sign.pem"
        passphrase = derive(self.master(), f"sign/{name}")
        sealed = Secret(passphrase.reveal().hex().encode())
        if not path.exists():
            write_new(path, SigningKey.generate().to_pem(sealed))
        return SigningKey.from_pem(path.read_bytes(), sealed)

    def box(self, name: str) -> BoxKey:
        """The key that parcels for slice ``name`` are sealed to."""
        return BoxKey.from_bytes(derive(self.master(), f"box/{name}"))

    def _kept(self, name: str) -> Secret:
        path = self._folder / name
        if not path.exists():
            write_new(path, self._random.token(KEY_SIZE))
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            raise DataFault(what="open_to_others", place=name)
        key = path.read_bytes()
        if len(key) != KEY_SIZE:
            raise WrongKey(what=name)
        return Secret(key)
