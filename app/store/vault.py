"""The operating system's keyring, and the only place that touches it: 32-byte keys by name, never a file instead."""

import base64
import binascii
import logging
from collections.abc import Callable
from typing import TypeVar

from keyring.backend import KeyringBackend
from keyring.backends.macOS import Keyring as MacKeyring
from keyring.backends.SecretService import Keyring as SecretServiceKeyring
from keyring.backends.Windows import WinVaultKeyring
from keyring.errors import KeyringError, NoKeyringError, PasswordDeleteError
from keyring.errors import KeyringLocked as LibraryLocked

from app.domain.clock import Random
from app.domain.secret import Secret
from app.errors import KeyringLocked, KeyringMissing, WrongKey

log = logging.getLogger(__name__)

T = TypeVar("T")
KEY_SIZE = 32
_TRUSTED: tuple[type[KeyringBackend], ...] = (SecretServiceKeyring, WinVaultKeyring, MacKeyring)
"""Keyrings that the operating system guards. Whatever else is configured (null, fail, files) is refused."""


class Vault:
    """Keys of one ``service`` (one installation) by name, kept as base64 text: Windows limits an entry in length.

    Errors of all: KeyringLocked, KeyringMissing.
    """

    def __init__(self, service: str, random: Random, backend: KeyringBackend | None = None) -> None:
        self._service = service
        self._random = random
        self._backend = _system_keyring() if backend is None else backend
        if type(self._backend) not in _TRUSTED:
            log.error("an untrusted keyring was refused", extra={"kind": type(self._backend).__name__})
            raise KeyringMissing

    def find(self, name: str) -> Secret | None:
        """The key called ``name``; None if there is none. Errors besides: WrongKey when the entry is no key."""
        text = _asked(lambda: self._backend.get_password(self._service, name))
        if text is None:
            return None
        try:
            raw = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise WrongKey(what="keyring_entry") from error
        if len(raw) != KEY_SIZE:
            raise WrongKey(what="keyring_entry")
        return Secret(raw)

    def make(self, name: str) -> Secret:
        """A new key under ``name``, read back from the keyring before it is used for anything."""
        text = base64.b64encode(self._random.token(KEY_SIZE)).decode()
        _asked(lambda: self._backend.set_password(self._service, name, text))
        kept = self.find(name)
        if kept is None:
            raise KeyringMissing
        return kept

    def forget(self, name: str) -> None:
        """Delete a key; nothing happens if there is none."""

        def delete() -> None:
            try:
                self._backend.delete_password(self._service, name)
            except PasswordDeleteError:
                return

        _asked(delete)


def _system_keyring() -> KeyringBackend:
    for kind in _TRUSTED:
        if kind.viable:
            return kind()
    raise KeyringMissing


def _asked(work: Callable[[], T]) -> T:
    """Ask the keyring; its library's errors become ours here and nowhere else."""
    try:
        return work()
    except LibraryLocked as error:
        raise KeyringLocked from error
    except (NoKeyringError, KeyringError, OSError) as error:
        log.warning("the keyring did not answer", extra={"kind": type(error).__name__})
        raise KeyringMissing from error
