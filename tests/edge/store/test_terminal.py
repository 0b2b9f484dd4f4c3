"""terminal.db: opened by the keyring's key, never made anew over what may be recovered, remembers the lock."""

import os

import pytest

from app.domain.clock import SystemRandom
from app.domain.secret import Secret
from app.durable.address import SqlcipherFile
from app.durable.engine import open_database
from app.errors import WrongKey
from app.services.ports.memory import LockState
from app.store.terminal import KEY_NAME, open_terminal
from app.store.vault import Vault
from tests.support.counter_memory import CounterPc

pytestmark = pytest.mark.keyring


def test_the_lock_is_remembered_when_the_program_ends(pc: CounterPc) -> None:
    state = LockState("c001", pc.clock.now(), "v1", "d1")
    pc.memory.terminal.set_lock_state(state)
    assert pc.reopen().terminal.lock_state() == state
    pc.memory.terminal.set_lock_state(None)
    assert pc.reopen().terminal.lock_state() is None


def test_a_lost_keyring_is_said_and_nothing_is_made_over_the_old_file(pc: CounterPc) -> None:
    pc.memory.close()
    path = pc.folder / "terminal.db"
    before = path.read_bytes()
    vault = Vault(pc.service, SystemRandom())
    vault.forget(KEY_NAME)
    with pytest.raises(WrongKey):
        open_terminal(pc.folder, vault)
    assert vault.find(KEY_NAME) is None
    assert path.read_bytes() == before


def test_another_installations_keyring_does_not_open_it(pc: CounterPc) -> None:
    pc.memory.close()
    vault = Vault(pc.service, SystemRandom())
    vault.make(KEY_NAME)
    with pytest.raises(WrongKey):
        open_terminal(pc.folder, vault)


def test_the_file_does_not_open_without_its_key(pc: CounterPc) -> None:
    with pytest.raises(WrongKey):
        open_database(SqlcipherFile(pc.folder / "terminal.db", Secret(os.urandom(32))))
    assert oct((pc.folder / "terminal.db").stat().st_mode)[-3:] == "600"
