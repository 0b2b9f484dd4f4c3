"""madoguchi-admin card emulate: be a card on a virtual reader of a running vpcd."""

import argparse
import json
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.domain.card_pace import PACES
from app.errors import NoReader, PartMissing
from app.shipped import resource
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.chip import Chip
from app.standin.cards.counters import LastingCard
from app.standin.cards.drawing import Drawing
from app.standin.cards.files import CardMaker
from app.standin.cards.holder import Holder
from app.standin.cards.link import LinkedCard
from app.standin.cards.other_profiles import PROFILES as OTHER_PROFILES
from app.standin.cards.plain_chip import PlainChip
from app.standin.cards.profiles import HOLDERS, make_card
from app.standin.cards.virtual import VirtualCard
from app.standin.cards.vpcd import VpcdSlot
from app.standin.city.file import from_json

_VPCD_PORT = 35963
Card = TypeVar("Card", bound=PlainChip)


def register(card: Commands) -> None:
    """Add ``emulate`` below ``card``."""
    emulate = card.add_parser("emulate", help="be a card on a virtual reader until ended")
    which = emulate.add_mutually_exclusive_group(required=True)
    which.add_argument("--profile", choices=sorted({*HOLDERS, *OTHER_PROFILES}), help="a card of the shipped ones")
    which.add_argument("--persona", nargs=2, metavar=("FILE", "KEY"), help="a persona's card of a city in a file")
    emulate.add_argument("--port", type=int, default=_VPCD_PORT, help="where vpcd listens on this machine")
    emulate.add_argument("--counters", metavar="FILE", help="keep tries and changed codes of a My Number card here")
    emulate.add_argument("--link", choices=sorted(PACES), help="make each answer take the time of this link")
    emulate.add_argument("--signing-ms", type=float, default=0.0, help="with --link: the card's time for a signature")
    emulate.add_argument("--pull-after", type=int, metavar="N", help="taken off when N commands were answered")
    emulate.add_argument("--hang-after", type=int, metavar="N", help="silent from then on, until ended")
    emulate.add_argument("--latency-ms", type=float, default=0.0, metavar="N", help="before every answer")
    emulate.set_defaults(run=_emulate)


def _emulate(asked: argparse.Namespace) -> int:
    card, entries = _chosen(asked)
    slot = VpcdSlot(asked.port)
    try:
        slot.insert(_linked(card, asked))
    except OSError:
        raise NoReader from None
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: slot.remove())
    print(json.dumps({"profile": asked.profile or asked.persona[1], **entries}), flush=True)
    slot.answer()
    return DONE


def _chosen(asked: argparse.Namespace) -> tuple[VirtualCard, Mapping[str, str]]:
    """The card and what its holder knows or its face says."""
    if asked.profile in OTHER_PROFILES:
        other = OTHER_PROFILES[asked.profile]
        return _faulty(other.make(), asked), other.entries
    authority, drawing = TrainingAuthority.load(resource("training", "card")), Drawing()
    if asked.persona:
        holder = _persona(Path(asked.persona[0]), asked.persona[1])
        chip = CardMaker(authority, drawing).make(holder)
    else:
        holder, chip = HOLDERS[asked.profile], make_card(asked.profile, authority, drawing)
    entries = {
        "code_b": holder.code_b,
        "my_number": holder.my_number,
        "pin": holder.pin,
        "password": holder.password,
    }
    return _lasting(_faulty(chip, asked), asked.counters), entries


def _faulty(card: Card, asked: argparse.Namespace) -> Card:
    """With the faults that were asked for, beside its own habits."""
    card.faults.pull_after, card.faults.hang_after = asked.pull_after, asked.hang_after
    card.faults.latency_s = asked.latency_ms / 1000
    return card


def _lasting(chip: Chip, counters: str | None) -> VirtualCard:
    if counters is None:
        return chip
    try:
        return LastingCard(chip, Path(counters))
    except (OSError, ValueError, TypeError) as error:
        raise PartMissing(what="counters", place=counters) from error


def _linked(card: VirtualCard, asked: argparse.Namespace) -> VirtualCard:
    if asked.link is None:
        return card
    contactless = asked.link.startswith("nfc-")
    return LinkedCard(card, PACES[asked.link], contactless=contactless, signing_s=asked.signing_ms / 1000)


def _persona(city: Path, key: str) -> Holder:
    try:
        return from_json(city.read_text(encoding="utf-8")).personas[key].card
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(city)) from error
    except KeyError as error:
        raise PartMissing(what="persona", place=key) from error
