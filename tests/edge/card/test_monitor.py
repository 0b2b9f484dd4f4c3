"""What the program knows without asking: cards put down and taken, a service that stops and returns."""

import time

import pytest

from app.domain.verdict import Verified
from app.errors import ServiceDown
from app.services.card_port import Insertion, ReadersSeen
from app.standin.cards.profiles import ADULT
from tests.support.cards import Counter, MakeCard
from tests.support.process import wait_for

pytestmark = pytest.mark.card


def test_a_card_is_seen_when_it_is_put_down_and_when_it_is_taken(counter: Counter, make: MakeCard) -> None:
    told: list[ReadersSeen] = []
    end = counter.readers.watch(told.append)
    counter.put(make("adult"))
    counter.take()
    end()
    cards = [len(seen.cards) for seen in told]
    assert cards[-1] == 0
    assert 1 in cards
    counter.put(make("adult"))
    assert len(told) == len(cards)


def test_cards_on_two_readers_are_told_apart(counter: Counter, make: MakeCard) -> None:
    counter.put(make("adult"))
    counter.right.put(make("foreign"))
    wait_for(lambda: len(counter.readers.seen().cards) == 2, "both cards")
    assert {card.reader for card in counter.readers.seen().cards} == {counter.left.name, counter.right.name}


def test_a_service_that_stops_is_told_and_its_return_is_noticed_within_two_seconds(
    counter: Counter, make: MakeCard
) -> None:
    at = counter.put(make("adult"))
    counter.left.take()
    counter.pcscd.stop()
    wait_for(lambda: not counter.readers.seen().service_runs, "the loss to be noticed", 4)
    with pytest.raises(ServiceDown):
        counter.read.tries(at)
    counter.pcscd.start()
    began = time.monotonic()
    wait_for(lambda: len(counter.readers.seen().readers) == 2, "the readers to be back", 4)
    assert time.monotonic() - began < 2
    again = counter.put(make("adult"))
    assert again != Insertion(at.reader, at.epoch)
    assert counter.read.by_code_b(again, ADULT.code_b).proof.chip == Verified()


def test_closing_takes_no_longer_than_a_wait(counter: Counter) -> None:
    began = time.monotonic()
    counter.readers.close()
    assert time.monotonic() - began < 1
