"""The keyring of the operating system: real, locked, missing, or one that is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring

from app.domain.clock import SystemRandom
from app.errors import KeyringMissing, WrongKey
from app.store.vault import Vault
from tests.support.keyring_session import keyring_session

pytestmark = pytest.mark.keyring

ASK = """
import sys
from app.domain.clock import SystemRandom
from app.errors import AppError
from app.store.vault import Vault
try:
    vault = Vault(sys.argv[1], SystemRandom())
    key = vault.find("terminal") or vault.make("terminal")
    print(key.reveal().hex())
except AppError as error:
    print(error.code)
"""


def asked(service: str, env: dict[str, str]) -> str:
    """What another process gets from the keyring under ``env``."""
    words = [sys.executable, "-W", "error", "-c", ASK, service]
    found = subprocess.run(words, capture_output=True, text=True, timeout=40, env={**os.environ, **env}, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


def test_a_key_is_there_again_for_another_process(keyring_home: dict[str, str]) -> None:
    vault = Vault("test-again", SystemRandom())
    made = vault.make("terminal")
    assert asked("test-again", keyring_home) == made.reveal().hex()
    assert vault.find("another") is None
    vault.forget("terminal")
    vault.forget("terminal")
    assert vault.find("terminal") is None


def test_an_entry_that_is_no_key_is_refused(keyring_home: dict[str, str]) -> None:
    import keyring

    keyring.get_keyring()
    vault = Vault("test-damaged", SystemRandom())
    for text in ("not base64 !", "c2hvcnQ="):
        vault._backend.set_password("test-damaged", "terminal", text)
        with pytest.raises(WrongKey):
            vault.find("terminal")


class FileKeyring(KeyringBackend):
    """A keyring that writes into a file: what must never be used."""

    priority = 99

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def set_password(self, service: str, username: str, password: str) -> None:
        self.path.write_text(password)

    def get_password(self, service: str, username: str) -> str | None:
        return self.path.read_text() if self.path.exists() else None


def test_a_keyring_that_nobody_guards_is_refused(tmp_path: Path) -> None:
    for backend in (NullKeyring(), FailKeyring(), FileKeyring(tmp_path / "keys")):
        with pytest.raises(KeyringMissing):
            Vault("test-refused", SystemRandom(), backend)
    assert not (tmp_path / "keys").exists()


def test_without_a_keyring_it_says_so_and_writes_no_file(tmp_path: Path) -> None:
    nowhere = {
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none",
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
    }
    assert asked("test-missing", nowhere) == "store.keyring_missing"
    assert not list(tmp_path.iterdir())


def test_a_locked_keyring_says_so(tmp_path: Path) -> None:
    home = tmp_path / "k"
    with keyring_session(home) as env:
        kept = asked("test-locked", env)
        assert len(kept) == 64
    with keyring_session(home, password="another") as env:
        assert asked("test-locked", env) == "store.keyring_locked"
    with keyring_session(home) as env:
        assert asked("test-locked", env) == kept
