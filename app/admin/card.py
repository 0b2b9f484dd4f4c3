"""madoguchi-admin card read, diagnose: card work without the window, as JSON or as lines."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

from app.admin import card_report, card_timing, emulate
from app.admin.card_diagnosis import diagnosis
from app.admin.card_report import Told
from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.card.readers import PcscReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Verdict
from app.errors import CardNotProven, NoCard, NoReader, ServiceDown, WhichReader
from app.services.card_port import Insertion, Proof, Timing
from app.services.prove_holder import HolderProof, ProveHolder
from app.services.read_card import ReadCard
from app.services.read_licence import ReadLicence
from app.services.read_residence import ReadResidence
from app.shipped import resource
from app.trust.card_proof import load_anchors
from app.trust.certificate_anchors import load_certificate_anchors
from app.trust.licence_proof import load_licence_anchors
from app.trust.residence_proof import load_residence_anchors

_SETTLE_S = 5.0
_ON_PAD, _PINS = "on-pad", "pins-stdin"
_LINES = {_PINS: 2}
"""How many codes are entered, where it is not one."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a way of reading works with. ``confirmed``: the last try may be used."""

    readers: PcscReaders
    clock: SystemClock
    production: bool
    confirmed: bool

    def card(self) -> ReadCard:
        anchors = load_anchors(resource("anchors"), production=self.production)
        return ReadCard(self.readers, anchors, clock=self.clock, random=SystemRandom())

    def holder(self) -> ProveHolder:
        anchors = load_certificate_anchors(resource("anchors"), production=self.production)
        return ProveHolder(self.readers, anchors, None, clock=self.clock, random=SystemRandom())


_Read = tuple[Told, tuple[Verdict, ...], Timing]
_Way = Callable[[_Desk, Insertion, list[str | None]], _Read]


def register(commands: Commands) -> None:
    """Add ``card`` and its sub-commands."""
    card = commands.add_parser("card", help="read and examine cards").add_subparsers(required=True, metavar="COMMAND")
    read = card.add_parser("read", help="read a card and prove it; codes come on standard input, one a line")
    way = read.add_mutually_exclusive_group(required=True)
    for name, (_, told) in _WAYS.items():
        way.add_argument(f"--{name}", dest="way", action="store_const", const=name, help=told)
    read.add_argument("--reader", help="the reader's name; needed when cards lie on several")
    read.add_argument("--training", action="store_true", help="trust the test hierarchy instead of production")
    read.add_argument("--last-try", action="store_true", help="use the last try: if it is wrong the code is blocked")
    read.add_argument("--repeat", type=_times, metavar="N", help="read N times; print times and their floor, no fields")
    read.add_argument("--json", action="store_true", help="print JSON instead of lines")
    read.set_defaults(run=_read)
    diagnose = card.add_parser("diagnose", help="tell service, drivers, readers, cards, applications and tries left")
    diagnose.add_argument("--json", action="store_true", help="print JSON instead of lines")
    diagnose.set_defaults(run=_diagnose)
    emulate.register(card)


def _read(asked: argparse.Namespace) -> int:
    way, _ = _WAYS[asked.way]
    entries: list[str | None] = [None] if asked.way.endswith(_ON_PAD) else _entered(_LINES.get(asked.way, 1))
    clock = SystemClock()
    with _readers(clock) as readers:
        desk = _Desk(readers, clock, production=not asked.training, confirmed=asked.last_try)
        at = _chosen(readers, asked.reader)
        done = [way(desk, at, entries) for _ in range(asked.repeat or 1)]
        atr = next(each.atr for each in readers.seen().readers if each.name == at.reader)
    told, verdicts, _ = done[0]
    if asked.repeat:
        told = card_timing.of_readings(at.reader, atr, [timing for _, _, timing in done])
    _say(told, as_json=asked.json)
    if card_report.has_failed(*verdicts):
        raise CardNotProven
    return DONE


def _times(word: str) -> int:
    """How often; a ValueError is told as wrong use."""
    times = int(word)
    if times < 1:
        raise ValueError
    return times


def _entered(lines: int) -> list[str | None]:
    """Lines of standard input without their ends; nothing else is cut off."""
    return [sys.stdin.readline().rstrip("\r\n") for _ in range(lines)]


def _by_code_b(desk: _Desk, at: Insertion, entries: list[str | None]) -> _Read:
    reading = desk.card().by_code_b(at, entries[0] or "", last_try_confirmed=desk.confirmed)
    return card_report.of_face(reading), _three(reading.proof), reading.timing


def _by_pin(desk: _Desk, at: Insertion, entries: list[str | None]) -> _Read:
    reading = desk.card().number_by_pin(at, entries[0], last_try_confirmed=desk.confirmed)
    return card_report.of_number(reading), _three(reading.proof), reading.timing


def _by_user_pin(desk: _Desk, at: Insertion, entries: list[str | None]) -> _Read:
    return _held(desk.holder().by_user_pin(at, entries[0], None, last_try_confirmed=desk.confirmed))


def _by_sign_password(desk: _Desk, at: Insertion, entries: list[str | None]) -> _Read:
    return _held(desk.holder().by_sign_password(at, entries[0] or "", None, last_try_confirmed=desk.confirmed))


def _by_pins(desk: _Desk, at: Insertion, entries: list[str | None]) -> _Read:
    anchors = load_licence_anchors(resource("anchors"), production=desk.production)
    use = ReadLicence(desk.readers, anchors, clock=desk.clock)
    first, second = entries
    if not first:
        reading = use.without_pins(at)
    elif not second:
        reading = use.by_first_pin(at, first, last_try_confirmed=desk.confirmed)
    else:
        reading = use.by_both_pins(at, first, second, last_try_confirmed=desk.confirmed)
    return card_report.of_licence(reading), _three(reading.proof), reading.timing


def _by_card_number(desk: _Desk, at: Insertion, entries: list[str | None]) -> _Read:
    anchors = load_residence_anchors(resource("anchors"), production=desk.production)
    use = ReadResidence(desk.readers, anchors, clock=desk.clock, random=SystemRandom())
    reading = use.by_number(at, entries[0] or "")
    return card_report.of_residence(reading), _three(reading.proof), reading.timing


_WAYS: Mapping[str, tuple[_Way, str]] = {
    "code-b-stdin": (_by_code_b, "My Number card: the 14 digits printed on it"),
    "pin-stdin": (_by_pin, "My Number card: the 4-digit PIN for number and attributes"),
    f"pin-{_ON_PAD}": (_by_pin, "the same, typed on the reader's own pad"),
    "user-pin-stdin": (_by_user_pin, "JPKI: the 4-digit PIN; the chip signs our challenge"),
    f"user-pin-{_ON_PAD}": (_by_user_pin, "the same, typed on the reader's own pad"),
    "sign-password-stdin": (_by_sign_password, "JPKI: the password; the signature certificate's basic four"),
    _PINS: (_by_pins, "driving licence: one or two PINs of 4 digits, none if none were set"),
    "card-number-stdin": (_by_card_number, "residence card: the number printed on it"),
}


def _diagnose(asked: argparse.Namespace) -> int:
    with _readers(SystemClock()) as readers:
        seen = readers.seen()
        _say(diagnosis(readers), as_json=asked.json)
        if not seen.service_runs:
            raise ServiceDown
        if not seen.readers:
            raise NoReader
    return DONE


@contextmanager
def _readers(clock: SystemClock) -> Iterator[PcscReaders]:
    with closing(PcscReaders(clock)) as readers:
        readers.settle(_SETTLE_S)
        yield readers


def _chosen(readers: PcscReaders, name: str | None) -> Insertion:
    """The card on the reader that was named, or the only card there is; never simply the first."""
    seen = readers.seen()
    if not seen.service_runs:
        raise ServiceDown
    fitting = [each for each in seen.readers if name is None or each.name == name]
    cards = [each.insertion for each in fitting if each.insertion is not None]
    if not fitting:
        raise NoReader
    if not cards:
        raise NoCard
    if len(cards) > 1:
        raise WhichReader(names="、".join(card.reader for card in cards))
    return cards[0]


def _three(proof: Proof) -> tuple[Verdict, ...]:
    return proof.issuer, proof.record, proof.chip


def _held(proof: HolderProof) -> _Read:
    verdicts = tuple(verdict for _, verdict in proof.verdicts.named())
    return card_report.of_holder(proof), verdicts, proof.timing


def _say(told: Told, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(told, ensure_ascii=False), flush=True)
        return
    for place, value in _lines("", told):
        print(f"{place}: {value}", flush=True)


def _lines(place: str, value: object) -> Iterator[tuple[str, object]]:
    """Nested values as lines with a path: ``readers.0.name``."""
    match value:
        case dict():
            parts = [(str(name), each) for name, each in value.items()]
        case list():
            parts = [(str(number), each) for number, each in enumerate(value)]
        case _:
            yield place, "" if value is None else value
            return
    for name, each in parts:
        yield from _lines(f"{place}.{name}" if place else name, each)
