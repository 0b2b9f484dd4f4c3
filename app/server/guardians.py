"""The guardians of an installation: their shares of the master key, and the signed lists of who they are and were."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from app.domain.clock import Clock, Random
from app.durable.files import make_folder, sync_folder, write_new
from app.errors import DataFault, LedgerError, WrongKey
from app.server.keys import Keys
from app.settings import ServerSettings
from app.trust.guardians import Guardian, share, signing_of
from app.trust.guardianship import PAIR, Roster, next_roster, read_rosters, sign_roster
from app.trust.seal import BoxKey

MASTER = "master"
"""What the guardians' shares are of."""
SHARES, ROSTERS = "shares.json", "guardians.json"
"""The shares, and the signed lists, below the keys."""


def guardian_lists(settings: ServerSettings) -> tuple[str, ...]:
    """The signed lists, oldest first, as witnesses are shown them; none before ``appoint``. Errors: DataFault."""
    path = settings.folder / "keys" / ROSTERS
    if not path.exists():
        return ()
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[str, ...])
    except msgspec.MsgspecError as error:
        raise DataFault(what="guardians", place=path.name) from error


def rosters_of(settings: ServerSettings) -> tuple[Roster, ...]:
    """The same, read. Errors: LedgerError, DataFault."""
    return read_rosters([one.encode() for one in guardian_lists(settings)])


def appoint(
    settings: ServerSettings,
    guardians: Sequence[Guardian],
    by: Sequence[tuple[str, BoxKey]],
    clock: Clock,
    random: Random,
) -> Roster:
    """Let any two of ``guardians`` open the master key and declare restores. ``by``: two of the former, if any.

    Errors: WrongKey where former guardians do not hand on, LedgerError for damaged lists.
    """
    folder = settings.folder / "keys"
    make_folder(folder)
    lists, chain = guardian_lists(settings), rosters_of(settings)
    roster = next_roster(guardians, chain, clock.now())
    if chain and chain[-1].keys == roster.keys:
        roster = chain[-1]
    else:
        made = _handed_on(lists, roster, by, Keys(folder, random))
        _write(folder / ROSTERS, msgspec.json.encode(made))
    _write(folder / SHARES, share(Keys(folder, random).master(), MASTER, guardians))
    return roster


def _handed_on(lists: Sequence[str], roster: Roster, by: Sequence[tuple[str, BoxKey]], keys: Keys) -> tuple[str, ...]:
    signers = [(name, signing_of(key)) for name, key in by]
    if not lists:
        signers = [("office", keys.signing("ledger"))]
    elif len(signers) != PAIR:
        raise WrongKey(what="former_guardians")
    made = (*lists, sign_roster(roster, signers).decode())
    try:
        read_rosters([one.encode() for one in made])
    except LedgerError as error:
        raise WrongKey(what="former_guardians") from error
    return made


def _write(path: Path, content: bytes) -> None:
    """In the place of what was there, whole at every moment."""
    made = path.with_name(f"{path.name}.next")
    made.unlink(missing_ok=True)
    write_new(made, content)
    made.replace(path)
    sync_folder(path.parent)
