"""Signed correspondence between slices: letters are written, proved and read, and carried over a line."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from app.domain.act import Act
from app.domain.call import Call
from app.domain.clock import Clock
from app.errors import (
    AppError,
    DiskFault,
    DiskFull,
    NotUnderstood,
    Refused,
    SignInRefused,
    StoreBusy,
    TooManyTries,
    Unreachable,
)
from app.link.line import Headers, Line
from app.trust.envelope import KeyFinder, Proven, Signed, sign_message, verify_message
from app.trust.sign import SigningKey, VerifyKey
from app.wire.endpoint import Caller, Endpoint
from app.wire.letter import Letter
from app.wire.message import Message, decode, demand_version, encode

M = TypeVar("M", bound=Message)
_SHOWN = 64


class Correspondent:
    """One slice as a writer and reader of letters. ``keys``: sender names of this process → their keys.

    ``directory``: every sender's present public key, or who finds the key of a version; distributed with the master
    information of the network. ``proven``: what the correspondents of one process have proved, shared by them.
    """

    def __init__(
        self,
        keys: Mapping[str, SigningKey],
        directory: Mapping[str, VerifyKey] | KeyFinder,
        proven: Proven | None = None,
    ) -> None:
        self._keys = keys
        self._directory = directory
        self._proven = proven

    def write(self, sender: str, kind: str, message: Message) -> Letter:
        """``message`` under the signature of ``sender``, which must be one of this slice's names."""
        key = self._keys[sender]
        signed = sign_message(key, sender, kind, encode(message))
        if self._proven is not None:
            self._proven.add(key.public, signed)
        return Letter(
            sender=signed.sender,
            kind=signed.kind,
            body=signed.body,
            key_id=signed.key_id,
            signature=signed.signature,
            alg=signed.algorithm,
        )

    def read(self, letter: Letter, kind: str, gives: type[M], role: str, place: str = "") -> M:
        """The message in ``letter``. ``role``: the slice that must have written it, before any ``@``.

        ``place``: the municipality that must have written it; "" where the message itself says which it is about.
        Errors: Refused as ``verify_message``, and ``other_municipality``; NotUnderstood for another kind or version.
        """
        if letter.sender.partition("@")[0] != role:
            raise Refused(reason="unknown_sender")
        signed = Signed(letter.sender, letter.kind, letter.body, letter.key_id, letter.signature, letter.alg)
        body = verify_message(self._directory, signed, self._proven)
        if place:
            demand_place(letter, place)
        if letter.kind != kind:
            raise NotUnderstood(what="kind")
        message = decode(body, gives)
        demand_version(message)
        return message

    def serves(self, sender: str) -> bool:
        """Whether this process writes as ``sender``."""
        return sender in self._keys

    def first_place(self) -> str:
        """The first municipality that this slice writes for; "" where it writes for none."""
        return min((name.partition("@")[2] for name in self._keys), default="")


_NO_REFUSAL = (Unreachable, StoreBusy, DiskFull, DiskFault, SignInRefused, TooManyTries)
"""What passes by itself, and what is on record already when it is told."""
Noted = Callable[[Letter, AppError], None]
"""Keeps that a letter was refused, and why, after what it would have done was rolled back."""


def answer_each(
    letters: Sequence[Letter], work: Callable[[Letter], Letter], noted: Noted | None = None
) -> list[Letter | AppError]:
    """One outcome per letter, in order; an AppError fails its own letter alone, and is ``noted``."""
    outcomes: list[Letter | AppError] = []
    for letter in letters:
        try:
            outcomes.append(work(letter))
        except AppError as error:
            outcomes.append(error)
            if noted is not None and not isinstance(error, _NO_REFUSAL):
                noted(letter, error)
    return outcomes


def refusal_of(letter: Letter, error: AppError) -> dict[str, str]:
    """What is recorded of a refused letter: its kind, who it says it is from, and why. Nothing of its content."""
    reason = str(error.data.get("reason", error.code))
    return {"letter": letter.kind[:_SHOWN], "reason": reason, "sender": letter.sender[:_SHOWN]}


def letter_endpoint(path: str, caller: str, answers: Callable[[Sequence[Letter]], list[Letter | AppError]]) -> Endpoint:
    """An endpoint for the letters of slice ``caller``, answered in lists."""

    def drain(waiting: Sequence[tuple[Call, Letter]]) -> list[Letter | AppError]:
        return answers([letter for _, letter in waiting])

    return Endpoint(path=path, act=f"slice.{caller}", takes=Letter, gives=Letter, caller=Caller.SLICE, drains=drain)


def municipality_of(letter: Letter) -> str:
    """The municipality in the sender's name, not yet proved; "" for a national body."""
    return letter.sender.partition("@")[2]


def demand_place(letter: Letter, place: str) -> None:
    """Errors: Refused ``other_municipality`` for a letter that ``place`` did not write: a role alone opens nothing."""
    if municipality_of(letter) != place:
        raise Refused("other_municipality")


def note_refused(record: Callable[[Act], object], post: Correspondent, slice_: str, clock: Clock) -> Noted:
    """Keeps as ``letter.refused`` what ``slice_`` refused: with who says they wrote it, else with the first served."""

    def note(letter: Letter, error: AppError) -> None:
        place, said = municipality_of(letter), refusal_of(letter, error)
        mine = place if post.serves(f"{slice_}@{place}") else post.first_place()
        what = tuple(sorted(said.items()))
        if not mine:
            return
        record(Act("letter.refused", clock.now(), mine, f"slice:{slice_}", "", "letter", what=what))

    return note


class _Book(Protocol):
    """A slice's book, whose units keep acts."""

    def write(self, work: Callable[[Any], object]) -> object: ...


def noted_in(book: _Book, post: Correspondent, slice_: str, clock: Clock) -> Noted:
    """As ``note_refused``, each in a transaction of its own of ``book``."""
    return note_refused(lambda act: book.write(lambda unit: unit.record([act])), post, slice_, clock)


def digest_of(letter: Letter) -> bytes:
    """SHA-256 of a letter's body and signature: what a permit is bound to."""
    return hashlib.sha256(letter.body + letter.signature).digest()


class Neighbour(Protocol):
    """A slice in this process or another one; the letters are the same."""

    def ask(self, letter: Letter) -> Letter:
        """The neighbour's letter in answer. Errors: Unreachable; what the neighbour raised."""
        ...


class Nearby:
    """A neighbour in the same process."""

    def __init__(self, answers: Callable[[Sequence[Letter]], list[Letter | AppError]]) -> None:
        self._answers = answers

    def ask(self, letter: Letter) -> Letter:
        (outcome,) = self._answers([letter])
        if isinstance(outcome, AppError):
            raise outcome
        return outcome


class LetterLine:
    """A neighbour in another process: one path of one line."""

    def __init__(self, line: Line, path: str) -> None:
        self._line = line
        self._path = path

    def ask(self, letter: Letter) -> Letter:
        """The neighbour's letter in answer. Errors: Unreachable; what the neighbour raised."""
        trace = digest_of(letter).hex()[:32]
        return self._line.ask(self._path, letter, Letter, Headers(trace=trace, key=trace))
