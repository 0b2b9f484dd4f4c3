"""The keys of a clerk's work, opened beside a running counter as somebody could who has keyring and password."""

from pathlib import Path

from sqlalchemy import select

from app.domain.clock import SystemRandom
from app.domain.secret import Secret
from app.durable.address import SqlcipherFile
from app.durable.engine import open_database
from app.store.results import read_box
from app.store.tables import work_slot
from app.store.terminal import open_terminal
from app.store.vault import Vault
from app.store.work import FOLDER
from app.store.work_slots import WorkSlots, holder_of
from app.trust.passwords import ORDINARY, Strength, key_from_password
from app.trust.seal import derive


def work_keys(folder: Path, service: str, staff_id: str, password: Secret) -> dict[str, bytes]:
    """Name → 32 bytes: what opens the file, what that key wraps or derives, and what it is wrapped with itself."""
    terminal = open_terminal(folder, Vault(service, SystemRandom()))
    slots = WorkSlots(b"", ORDINARY, SystemRandom())
    try:
        file = terminal.database.read(lambda connection: slots.file_of(connection, staff_id))
        assert file is not None
        key = terminal.database.read(lambda connection: slots.unwrap(connection, file.file, staff_id, password))
        row = terminal.database.read(
            lambda connection: connection.execute(
                select(work_slot).where(work_slot.c.file == file.file, work_slot.c.holder == holder_of(staff_id))
            ).one()
        )
        wrapping = key_from_password(password, row.salt, Strength(row.memory_kib, row.passes, row.lanes))
        work = open_database(SqlcipherFile(folder / FOLDER / file.file, key))
        try:
            box = work.read(lambda connection: read_box(connection, key))
        finally:
            work.close()
    finally:
        terminal.close()
    return {
        "the key of work.db": key.reveal(),
        "the key made of the password": wrapping.reveal(),
        "the key of the rows": derive(key, "work rows").reveal(),
        "the private half": box.to_bytes().reveal(),
    }


def card_salt(folder: Path, service: str, staff_id: str) -> bytes:
    """What the person's staff card is asked with for the work file; it has a slot there already."""
    terminal = open_terminal(folder, Vault(service, SystemRandom()))
    try:
        return terminal.database.read(
            lambda connection: bytes(
                connection.execute(select(work_slot.c.salt).where(work_slot.c.holder.startswith("card:"))).scalar_one()
            )
        )
    finally:
        terminal.close()
