"""The counterpart institution as witness (C-11, R-032, R-041): it cosigns what only grew, and refuses the rest."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace as changed

from app.backend.ledger.service.counterparts import SHOW
from app.errors import NotAllowed, NotUnderstood, Refused
from app.link.letters import LetterLine
from app.link.line import Line
from app.server.counterparts import PATH, mutual_witness
from app.server.exchange import ExchangeKeys
from app.training.child import BackendProcess
from app.trust.authority import Authority
from app.trust.note import TIMED, NoteKey, parse_note
from app.trust.sign import SigningKey
from app.wire.counterpart import ShowLogs, ShownLog
from tests.edge.backend.exchange.test_processes import CLOCK, HOUR, certificate, free_port, written
from tests.edge.ledger.cities import HERE, THERE, City, bring_back, copy_away, introduce, note_sizes
from tests.support.cradle import ForkedBackend
from tests.support.slices import MovedClock

NOTHING = ShowLogs(witness=THERE, logs=())


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def here(tmp_path: Path, clock: MovedClock) -> Iterator[City]:
    made = City(tmp_path, HERE, clock)
    yield made
    made.close()


@pytest.fixture
def there(tmp_path: Path, clock: MovedClock, here: City) -> Iterator[City]:
    made = City(tmp_path, THERE, clock)
    introduce(here, made)
    yield made
    made.close()


def witness_of(city: City, other: City) -> NoteKey:
    """The key that ``other`` cosigns with, as ``city`` knows it."""
    key = ExchangeKeys(city.settings, city.keys).directory.verify[f"witness@{other.code}"]
    return NoteKey(f"madoguchi/witness/{other.code}", key, TIMED)


def test_a_log_that_grew_is_cosigned_by_the_counterpart_and_the_slice_keeps_it(here: City, there: City) -> None:
    showing = here.showing(there)
    for count in (3, 1, 4):
        here.write(count)
        showing.turn()
    assert note_sizes(here, THERE) == {"staff": 8}
    notes = [parse_note(one) for one in here.cosigned()]
    assert len(notes) == 3
    assert all(note.cosigned_at(witness_of(here, there)) == here.clock.now() for note in notes)
    assert here.alarms() == there.alarms() == []


@pytest.mark.parametrize(("more", "kind", "size"), [(0, "rolled_back", 5), (6, "forked", 11)])
def test_a_city_brought_back_to_yesterday_with_its_own_witness_is_told_on_both_sides(
    here: City, there: City, tmp_path: Path, more: int, kind: str, size: int
) -> None:
    """The whole disk of yesterday; nobody inside can know, the counterpart does."""
    here.write(5)
    here.showing(there).turn()
    copy_away(here, tmp_path / "yesterday")
    here.write(4, first=5)
    here.showing(there).turn()
    bring_back(here, tmp_path / "yesterday")
    here.write(more, first=100)
    showing = here.showing(there)
    for _ in range(3):
        showing.turn()
        here.clock.move(hours=1)
    expected = [("staff", f"shown_{kind}", size, THERE)]
    assert here.alarms() == expected
    assert there.alarms() == [(f"{HERE}/staff", kind, size, "")]
    kept = there.ledger.book.read(lambda unit: unit.foreign(THERE, HERE, "staff"))
    assert kept is not None
    assert kept.size == 9


def test_after_an_outage_one_letter_catches_up_and_nothing_waited_for_it(here: City, there: City) -> None:
    showing, clock = here.showing(there), here.clock
    here.write(2)
    showing.turn()
    there.is_down = True
    for _ in range(30):
        here.write(1)
        showing.turn()
        clock.move(days=1)
    assert note_sizes(here, THERE) == {"staff": 2}
    there.is_down = False
    showing.turn()
    assert note_sizes(here, THERE) == {"staff": 32}
    assert here.alarms() == there.alarms() == []


def test_a_counterpart_out_of_reach_is_asked_seldom_and_never_later_than_a_quarter_of_an_hour(
    here: City, there: City
) -> None:
    showing, asked = here.showing(there), list[int]()
    there.is_down = True
    here.write()
    for minute in range(90):
        before = showing._pauses.get((HERE, THERE))
        showing.turn()
        if showing._pauses[HERE, THERE] is not before:
            asked.append(minute)
        here.clock.move(minutes=1)
    gaps = [second - first for first, second in pairwise(asked)]
    assert max(gaps) <= 15
    assert 7 <= len(asked) <= 18


def test_an_answer_that_was_lost_is_asked_for_again(here: City, there: City) -> None:
    here.write(3)
    here.showing(there).turn()
    here.ledger.book.write(lambda unit: unit.keep_shown(replace(unit.shown(HERE, THERE)[0], size=1, note=b"x\n\n")))
    here.write(2)
    here.showing(there).turn()
    assert note_sizes(here, THERE) == {"staff": 5}
    assert here.alarms() == there.alarms() == []


def test_a_log_under_another_key_and_a_note_that_it_never_signed_are_refused(here: City, there: City) -> None:
    here.write(2)
    here.showing(there).turn()
    post = ExchangeKeys(here.settings, here.keys).post("ledger")
    note = here.ledger.book.read(lambda unit: unit.newest(HERE, "staff")).note.decode()
    good = ShownLog(log="staff", key=here.own.signing.public.raw, note=note, after=2, consistency=())
    for bad, kind in (
        (changed(good, key=SigningKey.generate().public.raw), "log_key_changed"),
        (changed(good, note=note.replace("\n2\n", "\n7\n")), "checkpoint_signature"),
        (changed(good, note="junk"), "note_format"),
    ):
        letter = there.ask(post.write(f"ledger@{HERE}", SHOW, ShowLogs(witness=THERE, logs=(bad,))))
        assert f'"fault":"{kind}"' in letter.body.decode()
    assert {kind for _, kind, _, _ in there.alarms()} == {"log_key_changed", "checkpoint_signature", "note_format"}


def test_nobody_shows_logs_in_another_institutions_name_or_to_one_that_is_not_here(here: City, there: City) -> None:
    post = ExchangeKeys(here.settings, here.keys).post("ledger")
    with pytest.raises(Refused):
        there.ask(changed(post.write(f"ledger@{HERE}", SHOW, NOTHING), sender=f"ledger@{THERE}"))
    for witness in (HERE, "131016"):
        with pytest.raises(NotUnderstood):
            there.ask(post.write(f"ledger@{HERE}", SHOW, ShowLogs(witness=witness, logs=())))


@contextlib.contextmanager
def served(city: City, authority: Authority, log: Path) -> Iterator[tuple[str, Callable[[], BackendProcess]]]:
    """``city`` as a process of its own: its address, and what starts it."""
    city.close()
    tls = certificate(authority, city.settings.folder, "there", ("ledger",))
    settings = replace(city.settings, port=free_port(), tls=tls, slices=("ledger",))
    file = written(settings, "there")
    yield f"https://127.0.0.1:{settings.port}", lambda: ForkedBackend(file, log)
    city.open()


@pytest.mark.timeout(60)
def test_two_cities_witness_over_mutual_tls_and_a_dead_one_is_caught_up_with(
    tmp_path: Path, here: City, there: City
) -> None:
    """R-041: over the line between the two, with certificates of slices; another slice's certificate opens nothing."""
    authority = Authority.create("test", CLOCK.now() - HOUR, 48 * HOUR)
    with served(there, authority, tmp_path / "there.log") as (url, start):
        tls = certificate(authority, here.settings.folder, "here", ("ledger",))
        settings = replace(here.settings, tls=tls, institutions={THERE: url})
        mutual = mutual_witness(settings, (here.parts, here.keys), here.ledger.book, here.ledger.logs, here.clock)
        assert mutual.showing is not None
        here.write(3)
        mutual.showing.turn()
        assert note_sizes(here, THERE) == {}
        here.clock.move(minutes=20)
        here.write(4)
        with start() as process:
            mutual.showing.turn()
            assert note_sizes(here, THERE) == {"staff": 7}
            stranger = Line(url, certificate(authority, tmp_path, "relay", ("relay",)), None)
            letter = ExchangeKeys(here.settings, here.keys).post("ledger").write(f"ledger@{HERE}", SHOW, NOTHING)
            with pytest.raises(NotAllowed):
                LetterLine(stranger, PATH).ask(letter)
            stranger.close()
            process.kill()
        here.write(1)
        mutual.showing.turn()
        assert note_sizes(here, THERE) == {"staff": 7}
    assert here.alarms() == there.alarms() == []
