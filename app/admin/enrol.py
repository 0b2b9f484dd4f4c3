"""On a counter PC: the key is made here and stays here; a code that was agreed to is exchanged for its certificate."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.client.counter import TLS_KEY
from app.domain.clock import Clock, Random, new_id
from app.domain.secret import Secret
from app.durable.files import make_folder, sync_folder, write_new
from app.errors import PartMissing, WrongKey
from app.link.line import Headers, Line
from app.store.vault import Vault
from app.trust.authority import TerminalName, demand_chain, expires
from app.trust.tls_key import TlsKey
from app.wire.enrolment import Enrol, Enrolled

KEY, CERTIFICATE, AUTHORITY = "terminal.key.pem", "terminal.pem", "authority.pem"
_ASKED = KEY + ".asked"
"""The new key until its certificate is there: after a lost answer the same key is asked for again."""


@dataclass(frozen=True, slots=True)
class Enrolling:
    """What is asked of whom. ``server``: the enrolment door; ``authority``: who vouches for it, PEM."""

    server: str
    authority: Path
    folder: Path
    name: TerminalName
    display_checked_by: str


def enrol_here(asked: Enrolling, code: Secret, vault: Vault, clock: Clock, random: Random) -> datetime:
    """Make this PC the terminal that ``code`` was given for; until when its certificate holds.

    The old key and certificate stay in use until the new ones are both on the disk. Errors: PartMissing without the
    authority's file; Unreachable, also for a server that the authority does not vouch for; NotAllowed, Refused,
    TooManyTries; WrongKey for an answer that is not for this key; KeyringLocked, KeyringMissing.
    """
    if not asked.authority.is_file():
        raise PartMissing(what="file_missing", place=str(asked.authority))
    make_folder(asked.folder)
    key = _asked_key(asked.folder / _ASKED, _passphrase(vault))
    trace = new_id(clock, random)
    message = Enrol(
        municipality=asked.name.municipality,
        terminal=asked.name.terminal,
        code=code.text(),
        request=key.request().decode("ascii"),
        display_checked_by=asked.display_checked_by,
    )
    with closing(Line(asked.server, asked.authority, None)) as line:
        chain = line.ask("/staff/v1/enrol", message, Enrolled, Headers(trace, trace)).chain.encode()
    demand_chain(chain, key, asked.name)
    if asked.authority.resolve() != (asked.folder / AUTHORITY).resolve():
        _put(asked.folder / AUTHORITY, asked.authority.read_bytes())
    _put(asked.folder / CERTIFICATE, chain)
    (asked.folder / _ASKED).replace(asked.folder / KEY)
    sync_folder(asked.folder)
    return expires(chain)


def _passphrase(vault: Vault) -> Secret:
    """What keys of this PC are encrypted under: in the keyring, nowhere else."""
    kept = vault.find(TLS_KEY) or vault.make(TLS_KEY)
    return Secret(kept.reveal().hex().encode())


def _asked_key(path: Path, passphrase: Secret) -> TlsKey:
    """A new key, or the one that was asked for before and got no answer."""
    try:
        return TlsKey.from_pem(path.read_bytes(), passphrase)
    except (FileNotFoundError, WrongKey):
        key = TlsKey.generate()
        _put(path, key.to_pem(passphrase))
        return key


def _put(path: Path, content: bytes) -> None:
    """Write in place of what is there, whole or not at all; for its owner only."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    write_new(fresh, content)
    Path(fresh).replace(path)
    sync_folder(path.parent)
