"""terminal.db: open while the program runs, its key in the keyring; what is personal in it is sealed to others."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from app.domain.secret import Secret
from app.durable.address import SqlcipherFile
from app.durable.engine import Database, open_database
from app.durable.migrate import migrate
from app.errors import WrongKey
from app.services.ports.memory import LockState
from app.store.memos import read_memo, read_message, write_memo, write_message
from app.store.tables import TERMINAL, TERMINAL_HISTORY
from app.store.vault import Vault
from app.trust.seal import derive
from app.trust.sign import SigningKey
from app.wire.message import Message

KEY_NAME = "terminal"
FILE = "terminal.db"
_LOCK, _SIGNING = "lock", "journal_signing"


class _Lock(Message, frozen=True):
    staff_id: str
    locked_at: datetime | None
    visit_id: str
    draft_id: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """The open store. ``journal_key`` wraps the keys of the journal's records; ``signing`` signs its checkpoints."""

    folder: Path
    database: Database
    journal_key: Secret
    signing: SigningKey

    def lock_state(self) -> LockState | None:
        kept = self.database.read(lambda connection: read_message(connection, _LOCK, _Lock))
        return None if kept is None else LockState(kept.staff_id, kept.locked_at, kept.visit_id, kept.draft_id)

    def set_lock_state(self, state: LockState | None) -> None:
        kept = None
        if state is not None:
            kept = _Lock(
                staff_id=state.staff_id,
                locked_at=state.locked_at,
                visit_id=state.visit_id,
                draft_id=state.draft_id,
            )
        self.database.write(lambda connection: write_message(connection, _LOCK, kept))

    def close(self) -> None:
        """Close the file and forget the keys."""
        self.database.close()
        self.journal_key.wipe()


def open_terminal(folder: Path, vault: Vault) -> Terminal:
    """Open this PC's terminal.db, or make it with a new key when there is none.

    Errors: KeyringLocked, KeyringMissing; WrongKey when the file is there and its key is not (a lost keyring: nothing
    is made anew over what may be recovered); StoreBusy, DiskFull, NewerStore.
    """
    path = folder / FILE
    root = vault.find(KEY_NAME)
    if root is None:
        if path.exists() and path.stat().st_size:
            raise WrongKey(what=FILE)
        root = vault.make(KEY_NAME)
    database = open_database(SqlcipherFile(path, derive(root, FILE)))
    try:
        migrate(database, TERMINAL_HISTORY, TERMINAL)
        passphrase = Secret(derive(root, "journal signing").reveal().hex().encode())
        signing = database.write(lambda connection: _signing(connection, passphrase))
    except BaseException:
        database.close()
        raise
    journal_key = derive(root, "journal records")
    root.wipe()
    return Terminal(folder, database, journal_key, signing)


def _signing(connection: Connection, passphrase: Secret) -> SigningKey:
    pem = read_memo(connection, _SIGNING)
    if pem is None:
        pem = SigningKey.generate().to_pem(passphrase)
        write_memo(connection, _SIGNING, pem)
    return SigningKey.from_pem(pem, passphrase)
