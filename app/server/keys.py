"""The backend's own keys on disk: one master key, one signing key per slice, files only their owner may read."""

import contextlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from app.domain.clock import Random
from app.domain.secret import Secret
from app.durable.files import make_folder, sync_folder, write_new
from app.errors import DataFault, PartMissing, WrongKey
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

    def cells(self, name: str) -> "CellKeys":
        """The keys that wrap the data keys of slice ``name``."""
        return CellKeys(self, name)

    def newest_wrapping(self) -> int:
        """The present version of the wrapping key. Version 1 is the master key itself, each later one a file."""
        found = [_version(path) for path in self._folder.glob("wrapping-*.key")]
        return max(found, default=1)

    def wrapping(self, version: int) -> Secret:
        """The wrapping key of one version. Errors: WrongKey when it was given up or never made."""
        if version == 1:
            return self.master()
        if not (self._folder / _wrapping(version)).exists():
            raise WrongKey(what=_wrapping(version))
        return self._kept(_wrapping(version))

    def make_wrapping(self) -> int:
        """Make the next version of the wrapping key; it is on the disk when this returns."""
        version = self.newest_wrapping() + 1
        self._kept(_wrapping(version))
        return version

    def give_up_wrapping(self, before: int) -> None:
        """Delete the versions before ``before``; version 1 stays, since all else hangs on the master key."""
        for path in self._folder.glob("wrapping-*.key"):
            if _version(path) < before:
                path.unlink()
        sync_folder(self._folder)

    @property
    def folder(self) -> Path:
        """Where the keys lie, and the plan of when they sign."""
        return self._folder

    def signing(self, name: str, version: int = 1) -> SigningKey:
        """The signing key of ``name``: slices sign checkpoints and what they say to each other."""
        label = name if version == 1 else f"{name}.{version}"
        path = self._folder / f"{label}.sign.pem"
        passphrase = derive(self.master(), f"sign/{label}")
        sealed = Secret(passphrase.reveal().hex().encode())
        make_unless(path, lambda: SigningKey.generate().to_pem(sealed))
        return SigningKey.from_pem(path.read_bytes(), sealed)

    def box(self, name: str) -> BoxKey:
        """The key that parcels for slice ``name`` are sealed to."""
        return BoxKey.from_bytes(derive(self.master(), f"box/{name}"))

    def _kept(self, name: str) -> Secret:
        path = self._folder / name
        make_unless(path, lambda: self._random.token(KEY_SIZE))
        demand_closed(path)
        key = path.read_bytes()
        if len(key) != KEY_SIZE:
            raise WrongKey(what=name)
        return Secret(key)


class CellKeys:
    """The wrapping keys of one slice, all versions that there are. See ``Wrapping``."""

    def __init__(self, keys: Keys, name: str) -> None:
        self._keys = keys
        self._label = f"cells/{name}"

    def newest(self) -> int:
        return self._keys.newest_wrapping()

    def key(self, version: int) -> Secret:
        return derive(self._keys.wrapping(version), self._label)


def demand_signing(keys: Keys, name: str, version: int = 1) -> SigningKey:
    """A signing key that must be there already: nothing is made. Errors: PartMissing; those of ``Keys``."""
    label = name if version == 1 else f"{name}.{version}"
    for needed in ("master.key", f"{label}.sign.pem"):
        if not (keys.folder / needed).exists():
            raise PartMissing(what="key_missing", place=needed)
    return keys.signing(name, version)


def make_unless(path: Path, content: Callable[[], bytes]) -> None:
    """Make a key unless there is one; of several processes that start together all use the first one's."""
    if not path.exists():
        with contextlib.suppress(FileExistsError):
            write_new(path, content())


def demand_closed(path: Path) -> None:
    """Errors: DataFault ``open_to_others`` when others than the owner may read or write it."""
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise DataFault(what="open_to_others", place=path.name)


def _wrapping(version: int) -> str:
    return f"wrapping-{version}.key"


def _version(path: Path) -> int:
    number = path.stem.rpartition("-")[2]
    if not number.isdecimal():
        raise WrongKey(what=path.name)
    return int(number)
