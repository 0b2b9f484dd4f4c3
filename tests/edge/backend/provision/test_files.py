"""C-49, F-16, S01-6, S13-3a, S13-3b, S15-4: the replica in files: resumed, each row for itself, the same file once."""

import json

import pytest

from app.backend.intermediary.service.files import Sender
from app.domain.exchange_numbers import addressee_number
from app.errors import AppError, Conflict, NotAllowed, NotUnderstood, Refused
from app.trust.file_chain import begin_chain, next_chain, part_digest
from app.wire import replica_file as wire
from tests.edge.backend.exchange.world import HERE, MOVED, TAX, THERE, YEAR, World
from tests.edge.backend.provision.provider import CLERK, EVERYTHING, HEAD, NEIGHBOUR, OTHER_SECTION, OWNER, Provider

COLUMNS = ("total_income", "income_levy", "per_capita_levy", "dependants")


def numbers(count: int, first: int = 700_000) -> list[str]:
    found = (addressee_number(serial) for serial in range(first, first + 2 * count + 2))
    return [number for number in found if number][:count]


def line(number: str, income: object = 1_000_000, kind: str = "value") -> str:
    values = [income, 1, 2, 0] if kind == "value" else [None] * 4
    return json.dumps([number, kind, *values])


class Upload:
    """A file from a terminal of the section. ``parts``: the lines of each."""

    def __init__(self, provider: Provider, name: str, *parts: list[str], actor=CLERK) -> None:
        self.provider, self.name, self.actor = provider, name, actor
        self.parts = ["\n".join(lines) for lines in parts]
        self.rows = sum(len(lines) for lines in parts)
        self.registering = provider.office.registering

    def begin(self, **changed) -> wire.ReplicaFileState:
        chain = begin_chain(TAX, YEAR, COLUMNS)
        for part in self.parts:
            chain = next_chain(chain, part_digest(part))
        given = {
            "municipality": THERE,
            "file_id": self.name,
            "digest": chain,
            "information": TAX,
            "tax_year": YEAR,
            "columns": COLUMNS,
            "rows": self.rows,
            "parts": len(self.parts),
        }
        asked = wire.BeginReplicaFile(**(given | changed))
        return self.registering.begin(self.provider.call(self.actor), asked)

    def part(self, number: int, lines: str | None = None, digest: bytes | None = None) -> wire.ReplicaFileState:
        text = self.parts[number] if lines is None else lines
        asked = wire.PutReplicaPart(
            municipality=THERE,
            file_id=self.name,
            number=number,
            lines=text,
            digest=part_digest(text) if digest is None else digest,
        )
        return self.provider.world.exchange.provider.files.part(asked, Sender("slice:relay"))

    def whole(self) -> wire.ReplicaFileState:
        state = self.begin()
        while state.state == "coming":
            state = self.part(state.next_part)
        return state

    def rejected(self, actor=CLERK) -> dict[int, tuple[str, str]]:
        asked = wire.AskRejectedRows(municipality=THERE, file_id=self.name)
        found = self.registering.rejected(self.provider.call(actor), asked)
        assert found.is_last
        return {row.line: (row.reason, row.text) for row in found.rows}


def find(provider: Provider, number: str, actor=CLERK) -> tuple[wire.ReplicaView, ...]:
    asked = wire.FindReplica(owner=OWNER, person=number)
    return provider.office.registering.find(provider.call(actor), asked).rows


@pytest.mark.seed("C-49")
def test_a_file_is_registered_part_by_part_and_answers_come_from_it(world: World) -> None:
    provider = Provider(world)
    somebody = provider.number("000000000009901")
    people = numbers(300)
    file = Upload(
        provider, "whole", [line(one) for one in people[:200]], [*map(line, people[200:]), line(somebody, 42)]
    )
    assert file.begin().next_part == 0
    middle = file.part(0)
    assert (middle.state, middle.next_part, middle.changed) == ("coming", 1, 200)
    end = file.part(1)
    assert (end.state, end.changed, end.unchanged, end.rejected) == ("done", 301, 0, 0)
    found = world.answer(MOVED)
    assert found.items["income"] == 42
    (row,) = (one for one in provider.receivers(somebody).rows if one.process_number == found.process_number)
    by_file = provider.office.tracing.receivers(provider.call(HEAD), _of_file("whole")).rows
    assert [one.process_number for one in by_file] == [row.process_number]
    before = next(one for one in find(provider, somebody) if one.tax_year == YEAR)
    provider.enter(somebody, before.version, income=3_456_789)


def _of_file(name: str):
    from app.wire.exchange_record import FindReceivers

    return FindReceivers(owner=OWNER, information=TAX, file_id=name)


def test_a_broken_upload_goes_on_where_it_stopped_and_the_same_file_changes_nothing(world: World) -> None:
    provider = Provider(world)
    people = numbers(40, 710_000)
    file = Upload(provider, "broken-off", [line(one) for one in people[:20]], [line(one) for one in people[20:]])
    file.begin()
    file.part(0)
    assert file.part(0).next_part == 1, "a part that came twice counts once"
    assert file.begin().next_part == 1, "asked again, it says where to go on"
    done = file.part(1)
    assert (done.state, done.changed) == ("done", 40)
    again = Upload(provider, "other-name", *([part.split("\n") for part in file.parts]))
    assert again.begin().file_id == "broken-off"
    assert again.begin() == done
    one = find(provider, people[0])[0]
    changed = Upload(provider, "half-changed", [line(people[0]), line(people[1], 5)]).whole()
    assert (changed.changed, changed.unchanged) == (1, 1)
    assert (find(provider, people[0])[0].version, find(provider, people[1])[0].version) == (one.version, 2)
    assert find(provider, people[0])[0].file_id == "broken-off"


def test_each_rejected_row_is_told_with_its_line_and_reason_and_holds_up_no_other(world: World) -> None:
    provider = Provider(world)
    good, other, third = numbers(3, 720_000)
    bad = {
        2: ("unreadable", "{"),
        3: ("bad_length", json.dumps([other, "value", 1])),
        4: ("bad_number", line("123456789012345")),
        5: ("bad_kind", json.dumps([other, "rich", 1, 2, 3, 4])),
        6: ("bad_value", line(other, "a lot")),
        7: ("said_twice", line(good, 7)),
        8: ("value_without_kind", json.dumps([other, "undeclared", 1, None, None, None])),
        9: ("number_unknown", line("")),
    }
    file = Upload(
        provider, "with-faults", [line(good), *(text for _, text in bad.values())], [line(third, kind="undeclared")]
    )
    end = file.whole()
    assert (end.state, end.changed, end.rejected) == ("done", 2, len(bad))
    told = file.rejected()
    assert {line: reason for line, (reason, _) in told.items()} == {line: reason for line, (reason, _) in bad.items()}
    assert not [text for _, text in told.values() if good in text or other in text], "the platform's number stays there"
    assert (told[2][1], told[5][1]) == ("{", '["", "rich", 1, 2, 3, 4]'), "the rest is as it stood"
    assert find(provider, good)[0].items["total_income"] == 1_000_000
    assert (find(provider, third)[0].kind, find(provider, third)[0].items) == ("undeclared", {})
    assert find(provider, other) == ()


def test_what_is_not_as_announced_is_broken_and_taken_no_further(world: World) -> None:
    provider = Provider(world)
    first, second = numbers(2, 730_000)
    file = Upload(provider, "not-as-announced", [line(first)], [line(second)])
    file.begin()
    assert file.part(1).next_part == 0, "parts come in order"
    file.part(0, line(first, 9))
    assert file.part(1).state == "broken"
    assert file.part(1).state == "broken"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"tax_year": 0}, "bad_year"),
        ({"tax_year": 2100}, "bad_year"),
        ({"columns": ("total_income", "religion")}, "item_unknown_here"),
        ({"information": "医療保険給付関係情報"}, "not_allowed"),
        ({"rows": 0}, "not_understood"),
        ({"rows": 99_999}, "not_understood"),
        ({"digest": b"short"}, "not_understood"),
        ({"file_id": "../x"}, "not_understood"),
    ],
)
def test_a_file_that_cannot_be_is_not_begun(world: World, wrong: dict, reason: str) -> None:
    file = Upload(Provider(world), "impossible", [line(one) for one in numbers(1)])
    kinds = {"not_allowed": NotAllowed, "not_understood": NotUnderstood}
    with pytest.raises(kinds.get(reason, Refused)) as refused:
        file.begin(**wrong)
    assert reason in kinds or refused.value.reason == reason


def test_another_file_under_a_name_that_is_taken_is_refused(world: World) -> None:
    provider = Provider(world)
    Upload(provider, "taken", [line(one) for one in numbers(1, 740_000)]).whole()
    with pytest.raises(Conflict):
        Upload(provider, "taken", [line(one) for one in numbers(1, 750_000)]).begin()


def test_rows_are_found_deleted_and_withdrawn_with_their_file(world: World) -> None:
    """S13-3b."""
    provider = Provider(world)
    people = numbers(5, 760_000)
    file = Upload(provider, "to-withdraw", [line(one) for one in people])
    file.whole()
    row = find(provider, people[0])[0]
    given = {"owner": OWNER, "person": people[0], "information": TAX, "tax_year": YEAR}
    delete = provider.office.registering.delete
    with pytest.raises(Conflict):
        delete(provider.call(HEAD), wire.DeleteReplica(**given, version=row.version + 1, reason="wrong_person"))
    delete(provider.call(HEAD), wire.DeleteReplica(**given, version=row.version, reason="wrong_person"))
    assert find(provider, people[0]) == ()
    asked = wire.WithdrawReplicaFile(municipality=THERE, file_id="to-withdraw", reason="wrong_value")
    assert provider.office.registering.withdraw(provider.call(HEAD), asked).state == "withdrawn"
    assert [find(provider, one) for one in people] == [()] * 5
    assert Upload(provider, "anew", [line(one) for one in people]).whole().changed == 5
    listed = provider.office.registering.files(provider.call(CLERK), wire.AskReplicaFiles(owner=OWNER)).files
    assert {one.file_id: one.state for one in listed}["to-withdraw"] == "withdrawn"


@pytest.mark.twin("C-49")
def test_no_other_section_or_city_registers_sees_or_deletes(world: World) -> None:
    provider = Provider(world)
    (somebody,) = numbers(1, 770_000)
    file = Upload(provider, "guarded", [line(somebody)])
    file.whole()
    for stranger in (OTHER_SECTION, EVERYTHING, NEIGHBOUR):
        with pytest.raises(NotAllowed):
            Upload(provider, f"by-{stranger.staff_id}", [line(somebody)], actor=stranger).begin()
        with pytest.raises(NotAllowed):
            file.rejected(stranger)
        asked = wire.WithdrawReplicaFile(municipality=THERE, file_id="guarded", reason="wrong_value")
        with pytest.raises(NotAllowed):
            provider.office.registering.withdraw(provider.call(stranger), asked)
    assert find(provider, somebody, NEIGHBOUR) == (), "the neighbour city has nothing of them"
    with pytest.raises(NotAllowed):
        find(provider, somebody, OTHER_SECTION)
    assert len(find(provider, somebody)) == 1


def test_nothing_of_a_row_stands_in_clear_in_the_store(world: World) -> None:
    """K-18, R-047, R-048: the database shows no number and no value to whoever has no data key."""
    provider = Provider(world)
    (somebody,) = numbers(1, 780_000)
    bad = line(somebody, "marked-secret-value")
    Upload(provider, "sealed", [line(somebody, 987_654_321)], [bad]).whole()
    shown = world.database("intermediary").read(_everything)
    assert len(shown) > 1000
    for secret in (somebody.encode(), b"987654321", b"marked-secret-value"):
        assert secret not in shown


def _everything(connection) -> bytes:
    from app.backend.intermediary import store

    rows = [connection.execute(table.select()).all() for table in store.METADATA.sorted_tables]
    return b"\n".join(
        bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
        for some in rows
        for row in some
        for value in row
    )


def test_a_neighbour_s_letter_registers_nothing_here(world: World) -> None:
    """R-047: a file comes from the municipality's own relay, or not at all."""
    from app.domain.clock import SystemRandom
    from app.server.exchange import ExchangeKeys
    from app.server.keys import Keys

    keys = ExchangeKeys(world.settings, Keys(world.settings.folder / "keys", SystemRandom()))
    asked = wire.AskReplicaFile(municipality=THERE, file_id="guarded")
    letter = keys.post("relay").write(f"relay@{HERE}", "ask-replica-file/1", asked)
    (outcome,) = world.exchange.provider.replicating.state([letter])
    assert isinstance(outcome, AppError)
    assert isinstance(outcome, NotAllowed)
