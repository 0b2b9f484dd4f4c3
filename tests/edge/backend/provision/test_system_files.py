"""F-16, S15-4, S02-1: a business system's file by 宛名番号 gets the platform's numbers on its way, and is resumed."""

import json
from datetime import UTC, datetime

import pytest

from app.domain.clock import SystemRandom
from app.errors import AppError, NotAllowed, Refused
from app.link.letters import Correspondent
from app.server.exchange import ExchangeKeys
from app.server.keys import Keys
from app.server.replica_files import replica_files
from app.trust.file_chain import begin_chain, next_chain, part_digest
from app.trust.sign import SigningKey
from app.wire import replica_file as wire
from tests.edge.backend.exchange.world import HERE, MOVED, TAX, THERE, YEAR, World, data
from tests.edge.backend.provision.provider import CLERK, OWNER, Provider

COLUMNS = ("total_income", "income_levy", "per_capita_levy", "dependants")
KNOWN = ("000000000009903", "000000000009907")
NOBODY = "999999999999999"


class System:
    """The tax office's system with a key that the network knows."""

    def __init__(self, world: World, *, is_training: bool = True, place: str = THERE) -> None:
        self.world, self.place, self.key = world, place, SigningKey.generate()
        keys = ExchangeKeys(world.settings, Keys(world.settings.folder / "keys", SystemRandom()))
        mine = {name: key for name, key in keys.signing.items() if name.startswith("relay@")}
        names = {f"taxaddress@{place}": self.key}
        directory = {**keys.directory.verify, **{name: key.public for name, key in names.items()}}
        exchange, hours = world.exchange, data(is_training=is_training).rules.hours
        translate = exchange.replicas._translate
        post, refused = Correspondent(mine, directory), list[str]()

        def noted(letter, error) -> None:
            refused.append(letter.sender)

        self.files, _ = replica_files(post, (translate, near), exchange.provider.replicating, hours, world.clock, noted)
        self.post = Correspondent(names, directory)

        self.refused = refused

    def ask(self, path: str, message, system: str = "taxaddress") -> wire.ReplicaFileState:
        kinds = {"": "begin-replica-file/1", "part": "put-replica-part/1", "state": "ask-replica-file/1"}
        letter = self.post.write(f"taxaddress@{self.place}", kinds.get(path, "ask-rejected-rows/1"), message)
        (outcome,) = self.files.answers(system, path)([letter])
        if isinstance(outcome, AppError):
            raise outcome
        answer = wire.RejectedLines if path == "rejected" else wire.ReplicaFileState
        kind = "rejected-lines/1" if path == "rejected" else "replica-file-state/1"
        return self.post.read(outcome, kind, answer, "relay")

    def begin(self, name: str, *parts: str, information: str = TAX) -> wire.ReplicaFileState:
        chain = begin_chain(information, YEAR, COLUMNS)
        for part in parts:
            chain = next_chain(chain, part_digest(part))
        asked = wire.BeginReplicaFile(
            municipality=THERE,
            file_id=name,
            digest=chain,
            information=information,
            tax_year=YEAR,
            columns=COLUMNS,
            rows=sum(len(part.splitlines()) for part in parts),
            parts=len(parts),
        )
        return self.ask("", asked)

    def part(self, name: str, number: int, lines: str) -> wire.ReplicaFileState:
        asked = wire.PutReplicaPart(
            municipality=THERE, file_id=name, number=number, lines=lines, digest=part_digest(lines)
        )
        return self.ask("part", asked)


def near(_: str, __: str, answers) -> "Near":
    """Every neighbour is in this process."""
    return Near(answers)


class Near:
    """A neighbour in this process."""

    def __init__(self, answers) -> None:
        self.answers = answers

    def ask(self, letter):
        (outcome,) = self.answers([letter])
        if isinstance(outcome, AppError):
            raise outcome
        return outcome


def row(number: str, income: int) -> str:
    return json.dumps([number, "value", income, 1, 2, 0])


@pytest.mark.seed("K-04", "F-16")
def test_numbers_are_translated_on_the_way_and_who_has_none_is_told(world: World) -> None:
    system, provider = System(world), Provider(world)
    parts = (row(KNOWN[0], 31), f"{row(NOBODY, 32)}\n{row(KNOWN[1], 33)}\nbroken 000000000009908")
    assert system.begin("by-system", *parts).next_part == 0
    assert system.part("by-system", 0, parts[0]).next_part == 1
    assert system.ask("state", wire.AskReplicaFile(municipality=THERE, file_id="by-system")).next_part == 1
    end = system.part("by-system", 1, parts[1])
    assert (end.state, end.changed, end.rejected) == ("done", 2, 2)
    rejected = system.ask("rejected", wire.AskRejectedRows(municipality=THERE, file_id="by-system")).rows
    assert [(one.line, one.reason) for one in rejected] == [(2, "number_unknown"), (4, "unreadable")]
    assert not [one for one in rejected if NOBODY in one.text or "9908" in one.text], "no business number gets there"
    for number, income in zip(KNOWN, (31, 33), strict=True):
        asked = wire.FindReplica(owner=OWNER, person=provider.number(number))
        found = provider.office.registering.find(provider.call(CLERK), asked).rows
        assert next(one for one in found if one.tax_year == YEAR).items["total_income"] == income


def test_while_the_platform_is_closed_it_is_told_and_goes_on_later_with_the_same_part(world: World) -> None:
    system = System(world, is_training=False)
    lines = row(KNOWN[0], 41)
    world.clock.at = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    system.begin("over-night", lines)
    world.clock.at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    with pytest.raises(Refused) as closed:
        system.part("over-night", 0, lines)
    assert closed.value.reason == "out_of_hours"
    world.clock.at = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    assert system.part("over-night", 0, lines).state == "done"


@pytest.mark.twin("K-04", "F-16")
def test_only_systems_that_the_table_names_hand_in_files_of_it(world: World) -> None:
    system = System(world)
    lines = row(KNOWN[0], 51)
    with pytest.raises(NotAllowed):
        system.begin("household", lines, information="住民票関係情報")
    assert system.refused == [f"taxaddress@{THERE}"]
    with pytest.raises(NotAllowed):
        System(world, place=HERE).begin("neighbour", lines)
    with pytest.raises(Refused):
        system.ask("state", wire.AskReplicaFile(municipality=THERE, file_id="by-system"), system="library")
    system.begin("altered", lines)
    asked = wire.PutReplicaPart(
        municipality=THERE, file_id="altered", number=0, lines=row(MOVED, 1), digest=part_digest(lines)
    )
    with pytest.raises(Refused) as altered:
        system.ask("part", asked)
    assert altered.value.reason == "part_altered"
