"""madoguchi-admin card read, diagnose: card work without the window, JSON on standard output."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

from app.admin import emulate
from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.card.readers import PcscReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.errors import AppError, CardNotProven, NoCard, NoReader, ServiceDown, WhichReader
from app.services.card_port import (
    UNWATCHED,
    Blocked,
    Card,
    FaceReading,
    Insertion,
    Key,
    Picture,
    Proof,
    ReaderSeen,
    Tries,
    TriesLeft,
)
from app.services.read_card import ReadCard
from app.shipped import resource
from app.trust.card_proof import load_anchors

_SETTLE_S = 5.0


def register(commands: Commands) -> None:
    """Add ``card`` and its sub-commands."""
    card = commands.add_parser("card", help="read and examine cards").add_subparsers(required=True, metavar="COMMAND")
    read = card.add_parser("read", help="read a card by the code printed on it and prove it")
    read.add_argument("--code-b-stdin", action="store_true", required=True, help="take 14 digits from standard input")
    read.add_argument("--reader", help="the reader's name; needed when cards lie on several")
    read.add_argument("--training", action="store_true", help="trust the test hierarchy instead of production")
    read.add_argument("--json", action="store_true", required=True, help="print JSON")
    read.set_defaults(run=_read)
    diagnose = card.add_parser("diagnose", help="tell service, readers, cards, applications and tries left")
    diagnose.add_argument("--json", action="store_true", required=True, help="print JSON")
    diagnose.set_defaults(run=_diagnose)
    emulate.register(card)


def _read(asked: argparse.Namespace) -> int:
    entry = sys.stdin.readline().strip()
    clock = SystemClock()
    anchors = load_anchors(resource("anchors"), production=not asked.training)
    with _readers(clock) as readers:
        use = ReadCard(readers, anchors, clock=clock, random=SystemRandom())
        reading = use.by_code_b(_chosen(readers, asked.reader), entry)
    _say(_reading(reading))
    verdicts = (reading.proof.issuer, reading.proof.record, reading.proof.chip)
    if any(isinstance(verdict, Failed) for verdict in verdicts):
        raise CardNotProven
    return DONE


def _diagnose(_: argparse.Namespace) -> int:
    with _readers(SystemClock()) as readers:
        seen = readers.seen()
        _say({"service": seen.service_runs, "readers": [_examined(readers, each) for each in seen.readers]})
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


def _examined(readers: PcscReaders, seen: ReaderSeen) -> dict[str, object]:
    told: dict[str, object] = {
        "name": seen.name,
        "card": seen.insertion is not None,
        "atr": seen.atr.hex().upper(),
        "in_use": seen.in_use,
        "mute": seen.mute,
    }
    if seen.insertion is None:
        return told
    try:
        return told | readers.use(seen.insertion, _applications, UNWATCHED)
    except AppError as error:
        return told | {"error": error.code}


def _applications(card: Card) -> dict[str, object]:
    tries: dict[str, object] = {}
    if has_face := card.answers("face"):
        tries[Key.FACE_B] = _tries(card.face().tries(Key.FACE_B))
    if has_attributes := card.answers("attributes"):
        text = card.attributes()
        for key in (Key.ATTRIBUTES_B, Key.ATTRIBUTES_A, Key.ATTRIBUTES_PIN):
            tries[key] = _tries(text.tries(key))
    applications = {"face": has_face, "attributes": has_attributes, "jpki": card.answers("jpki")}
    return {"applications": applications, "tries": tries}


def _tries(tries: Tries) -> int | str:
    if isinstance(tries, TriesLeft):
        return tries.left
    return "blocked" if isinstance(tries, Blocked) else "uncounted"


def _reading(reading: FaceReading) -> dict[str, object]:
    timing = dataclasses.asdict(reading.timing)
    expiry = reading.expiry
    return {
        "reader": reading.insertion.reader,
        "name": reading.four.name,
        "address": reading.four.address,
        "birth": reading.four.birth.isoformat(),
        "sex": reading.four.sex.value,
        "photo": _size(reading.photo),
        "name_image": _size(reading.name_image),
        "address_image": _size(reading.address_image),
        "expiry": expiry
        and {"day": expiry.day.isoformat(), "year_agrees": expiry.year_agrees, "proof": _verdict(expiry.proof)},
        "proof": _proof(reading.proof),
        "face_proof": _proof(reading.face_proof),
        "attributes_proof": _proof(reading.attributes_proof),
        "timing": timing,
    }


def _size(picture: Picture | None) -> dict[str, int] | None:
    """How large a picture is; the picture itself is shown at the counter only."""
    if picture is None:
        return None
    return {"width": picture.width, "height": picture.height, "png_bytes": len(picture.png)}


def _proof(proof: Proof) -> dict[str, object]:
    return {"issuer": _verdict(proof.issuer), "record": _verdict(proof.record), "chip": _verdict(proof.chip)}


def _verdict(verdict: Verdict) -> dict[str, str]:
    match verdict:
        case Verified():
            return {"verdict": "verified"}
        case Failed(reason):
            return {"verdict": "failed", "reason": reason}
        case NotChecked(reason):
            return {"verdict": "not_checked", "reason": reason}


def _say(told: dict[str, object]) -> None:
    print(json.dumps(told, ensure_ascii=False), flush=True)
