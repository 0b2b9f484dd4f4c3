"""The communication server of one process: its store, the lines to the resident network, and what runs by itself."""

import json
import random as chance
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.backend.jukinet import http, store
from app.backend.jukinet.ports import Kept, Kind, NetworkUnit, Registered
from app.backend.jukinet.service.acting import own_act
from app.backend.jukinet.service.asking import Asked, Asking, Finder
from app.backend.jukinet.service.backlog import Backlog
from app.backend.jukinet.service.cardlook import CardLook
from app.backend.jukinet.service.cards import CardDesk
from app.backend.jukinet.service.carrying import Carrying
from app.backend.jukinet.service.checking import Checking
from app.backend.jukinet.service.comparing import Comparing
from app.backend.jukinet.service.copying import Copying
from app.backend.jukinet.service.moving import Moving
from app.backend.jukinet.service.network import LetterNetwork, NetworkLines
from app.backend.jukinet.service.resolving import Resolving
from app.backend.jukinet.service.taking import Taking
from app.domain.clock import Clock, Random
from app.domain.number import MyNumber, number_reader
from app.domain.resident_network_rules import NetworkRules, parse_network_rules
from app.domain.search_terms import TermMaker
from app.domain.secret import Secret, secret
from app.durable.worker import Pump
from app.errors import AppError, DataFault, Unreachable
from app.link.letters import Correspondent, LetterLine, Nearby, Neighbour
from app.link.line import Line
from app.server import shipped
from app.server.exchange import Answers, ExchangeKeys
from app.server.parts import Parts, SliceParts
from app.settings import NetworkPlace, ServerSettings
from app.shipped import read_toml
from app.trust.sign import VerifyKey
from app.wire.endpoint import Endpoint
from app.wire.letter import Letter

IDLE_S = 5.0
"""How often it is looked what lies at the network, and what a lost wake left. Assumed."""
DAY_S = 300.0
"""How often it is looked whether something is to be erased. Assumed."""


class Later:
    """Answers of a neighbour that is built afterwards; nobody answers until it is there."""

    def __init__(self) -> None:
        self.answers: Answers | None = None

    def __call__(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        if self.answers is None:
            return [Unreachable() for _ in letters]
        return self.answers(letters)


@dataclass(frozen=True, slots=True)
class JukinetPart:
    """The slice with its endpoints. ``pumps`` are to be started; ``carrying`` and ``comparing`` are what they turn."""

    own: SliceParts
    book: store.JukinetStore
    taking: Taking
    desk: http.Desk
    carrying: Carrying
    comparing: Comparing
    endpoints: tuple[Endpoint, ...]
    pumps: tuple[Pump, ...]


def network_rules(*, is_training: bool) -> NetworkRules:
    """The shipped rules of the resident network. Errors: DataFault."""
    return parse_network_rules(read_toml("tables", "resident_network.toml"), is_training=is_training)


def build_jukinet(
    settings: ServerSettings,
    parts: Parts,
    keys: ExchangeKeys,
    wide_area: Neighbour,
    means: tuple[Clock, Random],
    rules: NetworkRules | None = None,
) -> JukinetPart:
    """Open the store and put the slice together; nothing runs until the pumps are started.

    ``wide_area``: who holds what wide-area copies are made of, at ``/jukirelay/v1/wide-area``; ``rules``: the shipped
    ones unless others are given.
    """
    own, clock = parts.slice("jukinet", store.TABLES, store.HISTORY), means[0]
    rules = rules or network_rules(is_training=settings.is_training)
    folder = shipped.name_folder()
    maker = TermMaker(folder)
    spread = chance.Random()  # noqa: S311 -- spreads waits, hides nothing
    tools = store.Tools(own.cells, own.answers, own.pen, own.index_key, maker)
    book = store.JukinetStore(own.database, tools, spread)
    mine = {name: key for name, key in keys.signing.items() if name.startswith("jukinet@")}
    post = Correspondent(mine, {**keys.directory.verify, **_parties(settings.resident_network)})
    network = LetterNetwork(post, _lines(settings.resident_network, parts))
    places = settings.municipalities
    carrying = Carrying(book, network, Copying(book, post, wide_area, clock), rules, clock, places)
    comparing = Comparing(book, network, rules, means, places)

    def turn() -> bool:
        went_on = carrying.turn(), comparing.turn()
        return any(went_on)

    pump, day = Pump("resident-network", turn, IDLE_S), Pump("network-day", carrying.day, DAY_S)
    numbers = number_reader(is_training=settings.is_training)
    taking = Taking(book, post, rules, clock, numbers, pump.wake)
    asked, finder = Asked(shipped.procedures(), rules), Finder(maker, folder)
    desk = http.Desk(
        asking=Asking(book, network, finder, asked, means, numbers),
        checking=Checking(book, network, network, finder, asked),
        moving=Moving(book, rules, pump.wake),
        cards=CardDesk(book, rules, pump.wake),
        card_look=CardLook(book),
        comparing=comparing,
        resolving=Resolving(book, rules, means, pump.wake),
        backlog=Backlog(book, rules, clock),
    )
    endpoints = (*http.endpoints(desk), *http.comparison_endpoints(desk), *http.letter_endpoints(taking))
    for one in (pump, day):
        parts.also_close(partial(_end, one))
    return JukinetPart(own, book, taking, desk, carrying, comparing, endpoints, (pump, day))


def load_jukinet(part: JukinetPart, people: Sequence[Registered], clock: Clock) -> None:
    """Take in people as they were registered when the slice began; nothing of it goes out."""

    def load(unit: NetworkUnit) -> None:
        at = clock.now()
        for one in people:
            unit.people.put(one, at)
        for place in dict.fromkeys(one.identity.municipality for one in people):
            unit.record([own_act("identity.loaded", at, place, "load", count=len(people))])

    part.book.write(load)


def resident_file(part: JukinetPart, municipality: str, numbers: Mapping[str, MyNumber]) -> dict[str, Secret]:
    """住民票コード of people of the 本人確認情報ファイル, by what they are asked under. ``numbers``: their 個人番号."""

    def look(unit: NetworkUnit) -> dict[str, Secret]:
        found = {name: unit.people.of_number(municipality, number.text()) for name, number in numbers.items()}
        return {name: secret(one.identity.resident_code) for name, one in found.items() if one is not None}

    return part.book.read(look)


def load_card(part: JukinetPart, kept: Kept, clock: Clock) -> None:
    """Take in a card as it was when the slice began."""
    if kept.kind is not Kind.CARD:
        raise DataFault(what="kind", place="card")
    part.book.write(lambda unit: unit.records.add(kept, clock.now()))


def _end(pump: Pump) -> None:
    """What it holds is taken up again at the next start."""
    pump.close()


def _parties(place: NetworkPlace | None) -> Mapping[str, VerifyKey]:
    """The keys under which the network's parties sign; none where it is not connected. Errors: DataFault."""
    return {} if place is None else _read_keys(place.keys)


def _read_keys(path: Path) -> Mapping[str, VerifyKey]:
    try:
        table = json.loads(path.read_bytes())
        return {str(name): VerifyKey(bytes.fromhex(key)) for name, key in table.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise DataFault(what="network_keys", place=path.name) from error


def _lines(place: NetworkPlace | None, parts: Parts) -> NetworkLines:
    """A line to each party; where the network is not connected nobody answers."""
    if place is None:
        nobody = Nearby(Later())
        return NetworkLines(nobody, nobody, nobody)
    lines = {url: Line(url, place.tls, None) for url in dict.fromkeys((place.prefecture, place.national, place.cards))}
    for line in lines.values():
        parts.also_close(line.close)
    return NetworkLines(
        prefecture=LetterLine(lines[place.prefecture], "/prefecture/v1"),
        national=LetterLine(lines[place.national], "/national/v1"),
        cards=LetterLine(lines[place.cards], "/cards/v1"),
    )
