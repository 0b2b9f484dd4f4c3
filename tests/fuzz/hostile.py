"""A card that says what it likes: whole flows of the counter against changed answers; nothing false is verified."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from app.card.channel import Channel
from app.card.opened import OpenCard
from app.domain.clock import SystemClock
from app.domain.verdict import Verified
from app.errors import AppError
from app.services.card_port import Card, FaceReading, Insertion, NumberReading, Proof, ReadersSeen, Watch
from app.services.prove_holder import HolderProof
from app.services.read_card import AttributeReading
from app.services.read_licence import LicenceReading
from app.services.read_residence import ResidenceReading
from app.standin.cards.virtual import VirtualCard
from tests.fuzz.small_cards import new_card
from tests.support.bent import Answer
from tests.support.flows import FLOWS, Anchors, Flow, Uses

T = TypeVar("T")
NAMES = tuple(FLOWS)
AT = Insertion("reader", 1)
MOST_COMMANDS = 3000
MOST_CHANGES = 4
_SIGN = 0x2A
_signatures: dict[tuple[str, bytes], Answer] = {}
"""A card's signature takes 3 ms and the challenge is always the same here: each is made once."""


@dataclass(frozen=True)
class Change:
    """What happens to the answer of one command: ``kind`` of ``KINDS``, with ``payload``."""

    number: int
    kind: int
    payload: bytes


def _other_data(answer: Answer, payload: bytes) -> Answer:
    return payload, answer[1]


def _other_status(answer: Answer, payload: bytes) -> Answer:
    return answer[0], int.from_bytes(payload[:2].ljust(2, b"\0"), "big")


def _only_status(answer: Answer, payload: bytes) -> Answer:
    return b"", _other_status(answer, payload)[1]


def _all_else(answer: Answer, payload: bytes) -> Answer:
    return payload[2:], _other_status(answer, payload)[1]


def _some_bytes(answer: Answer, payload: bytes) -> Answer:
    """One place in two: where (of 256), and what is put there."""
    data = bytearray(answer[0])
    for place, value in zip(payload[::2], payload[1::2], strict=False):
        if place < len(data):
            data[place] = value
    return bytes(data), answer[1]


def _shorter(answer: Answer, payload: bytes) -> Answer:
    return answer[0][: payload[0] if payload else 0], answer[1]


def _longer(answer: Answer, payload: bytes) -> Answer:
    return answer[0] + payload, answer[1]


KINDS: tuple[Callable[[Answer, bytes], Answer], ...] = (
    _other_data,
    _other_status,
    _only_status,
    _all_else,
    _some_bytes,
    _shorter,
    _longer,
)


class Hostile:
    """``chip`` with changed answers. Errors: AssertionError if it is asked without end."""

    def __init__(self, chip: VirtualCard, changes: tuple[Change, ...], name: str) -> None:
        self._chip = chip
        self._changes = {change.number: change for change in changes}
        self._name = name
        self.commands = 0

    def transmit(self, apdu: bytes) -> Answer:
        answer = self._true(apdu)
        change = self._changes.get(self.commands)
        self.commands += 1
        assert self.commands < MOST_COMMANDS, "the card is asked without end"
        return answer if change is None else KINDS[change.kind](answer, change.payload)

    def _true(self, apdu: bytes) -> Answer:
        if apdu[1:2] != bytes([_SIGN]):
            return self._chip.transmit(apdu)
        key = self._name, apdu
        if key not in _signatures:
            answer = self._chip.transmit(apdu)
            if answer[1] != 0x9000:
                return answer
            _signatures[key] = answer
        return _signatures[key]


class OneCard:
    """Readers with one card, used on the asking thread: nothing waits, nothing hangs unnoticed."""

    card: Hostile

    def seen(self) -> ReadersSeen:
        return ReadersSeen(service_runs=True)

    def watch(self, _: Callable[[ReadersSeen], None]) -> Callable[[], None]:
        return lambda: None

    def use(self, _: Insertion, work: Callable[[Card], T], watch: Watch) -> T:
        return work(OpenCard(Channel(self.card, watch, clock=SystemClock(), beat=lambda: None)))

    def close(self) -> None:
        return


class KnownBytes:
    """No chance at all."""

    def token(self, size: int) -> bytes:
        return bytes(range(size))


@dataclass(frozen=True)
class _Stage:
    readers: OneCard
    uses: Uses
    genuine: dict[str, object]
    commands: dict[str, int]


@cache
def _stage() -> _Stage:
    readers = OneCard()
    uses = Uses(readers, Anchors.load(), SystemClock(), KnownBytes())
    genuine, commands = {}, {}
    for name, flow in FLOWS.items():
        readers.card = _laid(flow, (), name)
        genuine[name] = flow.act(uses, AT)
        commands[name] = readers.card.commands
    return _Stage(readers, uses, genuine, commands)


def _laid(flow: Flow, changes: tuple[Change, ...], name: str) -> Hostile:
    chip = new_card(flow.profile)
    chip.insert()
    return Hostile(chip, changes, name)


def commands(name: str) -> int:
    """How many commands a flow takes when nobody lies."""
    return _stage().commands[name]


def attack(name: str, changes: tuple[Change, ...]) -> str:
    """One flow against these changes; tells how it ended. Errors: AssertionError, or whatever must not happen."""
    stage, flow = _stage(), FLOWS[name]
    stage.readers.card = _laid(flow, changes, name)
    try:
        result = flow.act(stage.uses, AT)
    except AppError as error:
        return error.code
    assert_true(result, stage.genuine[name])
    return "read"


def assert_true(result: object, genuine: object) -> None:
    """What is called verified is what the card's maker signed."""
    assert type(result) is type(genuine)
    check = _CHECKS.get(type(result))
    if check is not None:
        check(result, genuine)


def _face(result: FaceReading, genuine: FaceReading) -> None:
    if _is_proven(result.face_proof):
        assert (result.photo, result.name_image) == (genuine.photo, genuine.name_image)
    if _is_proven(result.attributes_proof):
        assert result.four == genuine.four


def _number(result: NumberReading, genuine: NumberReading) -> None:
    if _is_proven(result.proof):
        assert (result.number, result.four) == (genuine.number, genuine.four)
        assert result.image in {None, genuine.image}


def _four(result: AttributeReading, genuine: AttributeReading) -> None:
    if _is_proven(result.proof):
        assert result.four == genuine.four


def _certificate(result: HolderProof, genuine: HolderProof) -> None:
    if result.verdicts.issuer == Verified() and result.verdicts.chip == Verified():
        assert (result.period, result.holder) == (genuine.period, genuine.holder)


def _licence(result: LicenceReading, genuine: LicenceReading) -> None:
    if _is_proven(result.proof):
        assert (result.four, result.photo) == (genuine.four, genuine.photo)


def _residence(result: ResidenceReading, genuine: ResidenceReading) -> None:
    if _is_proven(result.proof):
        ours, theirs = result.record, genuine.record
        assert (ours.front, ours.photo, ours.name) == (theirs.front, theirs.photo, theirs.name)
        assert (ours.birth, ours.sex, ours.expiry) == (theirs.birth, theirs.sex, theirs.expiry)


_CHECKS: dict[type, Callable[[Any, Any], None]] = {
    FaceReading: _face,
    NumberReading: _number,
    AttributeReading: _four,
    HolderProof: _certificate,
    LicenceReading: _licence,
    ResidenceReading: _residence,
}


def _is_proven(proof: Proof) -> bool:
    return proof.issuer == Verified() and proof.record == Verified()


def attack_seeds() -> list[bytes]:
    """One attack on each command of each flow, of every kind in turn."""
    places = [(flow, number) for flow, name in enumerate(NAMES) for number in range(commands(name))]
    return [bytes([flow, number, number % len(KINDS), 4]) + b"\x90\x00\xff\x20" for flow, number in places]


def attack_from_bytes(data: bytes) -> None:
    """A whole attack out of a fuzzer's bytes: flow, then changes, each number, kind, length and payload."""
    if not data:
        return
    name, at, changes = NAMES[data[0] % len(NAMES)], 1, []
    while at + 3 <= len(data) and len(changes) < MOST_CHANGES:
        number, kind, size = data[at : at + 3]
        payload = data[at + 3 : at + 3 + size]
        changes.append(Change(number % commands(name), kind % len(KINDS), payload))
        at += 3 + size
    attack(name, tuple(changes))
