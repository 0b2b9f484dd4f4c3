"""C-47, R-093, S13-3d: who was told something wrong is found by version, told of it, followed up until confirmed."""

from datetime import timedelta

import pytest

from app.domain.clock import SystemRandom
from app.errors import AppError, NotAllowed, Refused, Unreachable
from app.link.letters import Correspondent
from app.server.exchange import ExchangeKeys
from app.server.keys import Keys
from app.wire import exchange_record as record
from tests.edge.backend.exchange.world import HERE, MOVED, PROCEDURE, TAX, THERE, YEAR, World
from tests.edge.backend.provision.provider import CLERK, HEAD, NEIGHBOUR, OTHER_SECTION, OWNER, Provider, of_owner
from tests.support.slices import call

PERSON = "000000000009901"
EXAMINER = of_owner("examiner-of-records", "exchange.record", owner=PROCEDURE, municipality=HERE)


def post(world: World) -> Correspondent:
    return ExchangeKeys(world.settings, Keys(world.settings.folder / "keys", SystemRandom())).post("intermediary")


def send(provider: Provider, numbers: tuple[str, ...], actor=HEAD, reason: str = "wrong_value") -> record.NotesMade:
    asked = record.SendErrorNotes(owner=OWNER, process_numbers=numbers, reason=reason, corrected=True)
    return provider.office.tracing.send(provider.call(actor), asked)


def received(world: World) -> dict[str, record.ReceivedNoteRow]:
    noting = world.exchange.provider.office.noting
    rows = noting.received(call(EXAMINER, world.clock.now()), record.AskReceivedNotes(task=PROCEDURE)).rows
    return {row.process_number: row for row in rows}


def told(provider: Provider, number: str) -> record.ReceiverRow:
    rows = provider.receivers(provider.number(PERSON)).rows
    return next(row for row in rows if row.process_number == number)


def test_each_receiver_is_found_with_the_version_and_the_values_that_it_was_told(world: World) -> None:
    provider = Provider(world)
    number = provider.number(PERSON)
    first = world.answer(MOVED).process_number
    version = told(provider, first).replica_version
    provider.enter(number, version, income=111)
    second = world.answer(MOVED).process_number
    found = {row.process_number: row for row in provider.receivers(number).rows}
    assert (found[first].replica_version, found[first].told["total_income"], found[first].is_present) == (
        version,
        3_456_789,
        False,
    )
    assert (found[second].replica_version, found[second].told["total_income"], found[second].is_present) == (
        version + 1,
        111,
        True,
    )
    assert {found[one].requester for one in (first, second)} == {HERE}
    assert provider.receivers(number).present == version + 1
    provider.enter(number, version + 1, income=3_456_789)


def test_a_note_reaches_the_receiver_and_is_followed_up_until_somebody_there_confirms_it(world: World) -> None:
    """The clock is moved over the day after which it is asked again."""
    provider = Provider(world)
    number = world.answer(MOVED).process_number
    assert send(provider, (number,)).count == 1
    assert send(provider, (number,)).count == 0, "an open note gets no second one"
    provider.errands()
    assert (told(provider, number).note, told(provider, number).note_reason) == ("received", "wrong_value")
    note = received(world)[number]
    assert (note.provider, note.information, note.tax_year, note.corrected) == (THERE, TAX, YEAR, True)
    asked = record.AcknowledgeNote(task=PROCEDURE, note_id=note.note_id, version=note.version)
    noting = world.exchange.provider.office.noting
    noting.acknowledge(call(EXAMINER, world.clock.now()), asked)
    provider.errands()
    assert told(provider, number).note == "received", "asked again only after a day"
    notes = provider.office.tracing.notes(provider.call(HEAD), record.AskErrorNotes(owner=OWNER)).rows
    world.clock.at = next(one.next_at for one in notes if one.process_number == number)
    provider.errands()
    row = told(provider, number)
    assert (row.note, row.acknowledged_at is not None) == ("acknowledged", True)
    kinds = world.kinds("intermediary", THERE)
    assert {"error_note.made", "error_note.received", "error_note.acknowledged"} <= set(kinds)


def test_while_the_receiver_is_away_the_note_waits_and_goes_by_itself(world: World) -> None:
    provider = Provider(world)
    number = world.answer(MOVED).process_number
    sending = world.exchange.provider.errands._sending
    line = sending._neighbours

    class Away:
        def ask(self, letter):
            raise Unreachable

    sending._neighbours = {HERE: Away()}
    send(provider, (number,))
    provider.errands()
    assert (told(provider, number).note, told(provider, number).cause) == ("noted", Unreachable.code)
    sending._neighbours = line
    provider.errands()
    assert told(provider, number).note == "noted", "not before its time"
    world.clock.move(minutes=2)
    provider.errands()
    assert (told(provider, number).note, told(provider, number).cause) == ("received", "")


def test_nobody_else_traces_sends_or_confirms(world: World) -> None:
    provider = Provider(world)
    number = world.answer(MOVED).process_number
    assert provider.receivers(provider.number(PERSON), NEIGHBOUR).rows == (), "another city's store"
    with pytest.raises(NotAllowed):
        send(provider, (number,), NEIGHBOUR)
    for stranger in (OTHER_SECTION, CLERK):
        with pytest.raises(NotAllowed):
            provider.receivers(provider.number(PERSON), stranger)
        with pytest.raises(NotAllowed):
            send(provider, (number,), stranger)
    with pytest.raises(NotAllowed):
        send(provider, (number, "no-such-number"))
    with pytest.raises(Refused) as unknown:
        send(provider, (number,), reason="just because")
    assert unknown.value.reason == "unknown_reason"
    assert told(provider, number).note == ""
    stranger = call(of_owner("s", "exchange.record", owner="childcare_benefit", municipality=HERE), world.clock.now())
    with pytest.raises(NotAllowed):
        world.exchange.provider.office.noting.received(stranger, record.AskReceivedNotes(task=PROCEDURE))


@pytest.mark.parametrize("forged", ["provider", "process", "digest"])
def test_a_note_that_is_about_no_enquiry_of_ours_is_not_taken(world: World, forged: str) -> None:
    number = world.answer(MOVED).process_number
    enquiry = world.exchange.providing._book.read(lambda unit: unit.past.by_process(HERE, [number]))[number]
    note = record.ErrorNote(
        note_id=f"n-{forged}",
        process_number="x" if forged == "process" else number,
        request_digest=bytes(32) if forged == "digest" else enquiry.request_digest,
        information=TAX,
        tax_year=YEAR,
        reason="wrong_value",
        corrected=False,
        made_at=world.clock.now() - timedelta(days=1),
    )
    provider = HERE if forged == "provider" else THERE
    message = record.ErrorNotes(provider=provider, receiver=HERE, notes=(note,))
    letter = post(world).write(f"intermediary@{provider}", "error-notes/1", message)
    (outcome,) = world.exchange.provider.office.noting.take([letter])
    assert not isinstance(outcome, AppError)
    (state,) = post(world).read(outcome, "note-states/1", record.NoteStates, "intermediary").states
    assert (state.refused, state.received_at) == ("unknown_process", None)
    assert number not in received(world)
