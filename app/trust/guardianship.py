"""Who the guardians are, for everybody to check: a chain of lists, each signed by two of those on the one before.

The first list is believed as it is met, as keys of logs are; whoever remembers it follows the chain from there on.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.errors import LedgerError, WrongKey
from app.trust.guardians import HOLDERS, Guardian
from app.trust.note import Note, NoteKey, NoteSignature, parse_note, sign_note
from app.trust.sign import SigningKey, VerifyKey

PAIR = 2
"""How many guardians speak for all. Source: decided, two of three."""
_HEAD, _NAME, _NONE = "madoguchi/guardians/v1", "madoguchi/guardian/", "-"
_LINES = 4 + HOLDERS
Signers = Sequence[tuple[str, SigningKey]]
"""Guardians, by name, with the keys that they sign with."""
GuardianLists = Callable[[], Sequence[str]]
"""Gives the signed lists of who the guardians are and were, oldest first."""


@dataclass(frozen=True, slots=True)
class Roster:
    """保管者の名簿: the three, from ``since`` (UTC, whole seconds) on.

    ``before``: SHA-256 (hex) of the list before, "-" for the first.
    """

    number: int
    since: datetime
    before: str
    keys: tuple[NoteKey, ...]

    @property
    def text(self) -> str:
        """The lines that are signed."""
        lines = (_HEAD, self.number, int(self.since.timestamp()), self.before, *self.keys)
        return "".join(f"{line}\n" for line in lines)

    @property
    def digest(self) -> str:
        """By which the next list names this one."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def key_of(self, name: str) -> NoteKey | None:
        """The key of guardian ``name``."""
        return next((key for key in self.keys if key.name == _NAME + name), None)

    def signed(self, note: Note, names: Sequence[str]) -> bool:
        """Whether two of these guardians, those called ``names``, signed ``note``."""
        known = [key for name in dict.fromkeys(names) if (key := self.key_of(name)) is not None]
        return len(known) == len(names) == PAIR and all(note.signed_by(key) for key in known)


def no_guardians() -> Sequence[str]:
    """Nobody was appointed: no restore can be declared."""
    return ()


def next_roster(guardians: Sequence[Guardian], chain: Sequence[Roster], at: datetime) -> Roster:
    """The list that follows ``chain``. Errors: WrongKey for other than three that can sign."""
    if len({each.name for each in guardians}) != HOLDERS or len(guardians) != HOLDERS:
        raise WrongKey(what="guardians")
    keys = tuple(NoteKey(_NAME + each.name, VerifyKey(each.signer)) for each in guardians)
    last = chain[-1] if chain else None
    number, before = (1, _NONE) if last is None else (last.number + 1, last.digest)
    return Roster(number, at.astimezone(UTC).replace(microsecond=0), before, keys)


def sign_roster(roster: Roster, signers: Signers) -> bytes:
    """The list under the keys of ``signers``: two of the former guardians, for the first list any."""
    return Note(roster.text, guardian_lines(roster.text, signers)).to_bytes()


def guardian_lines(text: str, signers: Signers) -> tuple[NoteSignature, ...]:
    """A signature line of each."""
    return tuple(sign_note(text, _NAME + name, key) for name, key in signers)


def read_rosters(notes: Sequence[bytes]) -> tuple[Roster, ...]:
    """The lists, once it is proved that each follows the one before.

    Errors: LedgerError ``guardians_format``, ``guardians_changed`` for one that two of the former have not signed.
    """
    chain: list[Roster] = []
    for number, data in enumerate(notes, 1):
        note = parse_note(data)
        roster = _read(note.text)
        if roster is None or roster.text != note.text or roster.number != number:
            raise LedgerError(kind="guardians_format", place=number)
        if roster.before != (chain[-1].digest if chain else _NONE) or (chain and roster.since < chain[-1].since):
            raise LedgerError(kind="guardians_changed", place=number)
        if chain and not _handed_on(note, chain[-1]):
            raise LedgerError(kind="guardians_changed", place=number)
        chain.append(roster)
    return tuple(chain)


def agreed(known: Sequence[str], offered: Sequence[str]) -> tuple[str, ...]:
    """The longer of two chains of signed lists that begin alike. ``known``: remembered, empty before the first.

    Errors: LedgerError ``guardians_changed`` when they part; those of ``read_rosters``.
    """
    chains = [[roster.digest for roster in read_rosters([one.encode() for one in notes])] for notes in (known, offered)]
    if any(one != other for one, other in zip(*chains, strict=False)):
        raise LedgerError(kind="guardians_changed", place=len(known))
    return tuple(offered if len(offered) > len(known) else known)


def in_office(chain: Sequence[Roster], at: datetime) -> Roster | None:
    """The list that held at an instant."""
    return next((roster for roster in reversed(chain) if roster.since <= at), None)


def _handed_on(note: Note, former: Roster) -> bool:
    return sum(note.signed_by(key) for key in former.keys) >= PAIR


def _read(text: str) -> Roster | None:
    lines = text.split("\n")
    if len(lines) != _LINES + 1 or lines[0] != _HEAD or not (lines[1].isdecimal() and lines[2].isdecimal()):
        return None
    try:
        keys = tuple(NoteKey.parse(line) for line in lines[4:_LINES])
        since = datetime.fromtimestamp(int(lines[2]), UTC)
    except (WrongKey, OverflowError, ValueError, OSError):
        return None
    is_named = all(key.name.startswith(_NAME) for key in keys) and len({key.name for key in keys}) == HOLDERS
    return Roster(int(lines[1]), since, lines[3], keys) if is_named else None
