"""One answer of a letter that can't be read, or one too few: that one ends or waits, its neighbours are answered."""

from collections.abc import Callable

import pytest

from app.trust.envelope import sign_message
from app.wire.exchange import DeliveryReplies
from app.wire.letter import Letter
from app.wire.message import decode
from tests.edge.backend.exchange.trouble import NONSENSE
from tests.edge.backend.exchange.world import MOVED, THERE, UNDECLARED, World


class Mumbling:
    """The other city, whose program spoils the list of its answers, in letters that are signed by it all the same."""

    def __init__(self, world: World, spoilt: Callable[["Mumbling", DeliveryReplies], DeliveryReplies]) -> None:
        self._providers = world.exchange.asking._neighbours.providers
        self._inner, self._post = self._providers[THERE], world.exchange.providing._post
        self._spoilt = spoilt
        self._providers[THERE] = self

    def mend(self) -> None:
        self._providers[THERE] = self._inner

    def ask(self, letter: Letter) -> Letter:
        told = decode(self._inner.ask(letter).body, DeliveryReplies)
        return self._post.write(f"intermediary@{THERE}", "delivery-replies/1", self._spoilt(self, told))

    def signed(self, kind: str, body: bytes) -> Letter:
        """A letter that nobody understands."""
        one = sign_message(self._post._keys[f"intermediary@{THERE}"], f"intermediary@{THERE}", kind, body)
        return Letter(sender=one.sender, kind=one.kind, body=one.body, key_id=one.key_id, signature=one.signature)


def other_kind(there: Mumbling, told: DeliveryReplies) -> DeliveryReplies:
    first = told.replies[0]
    assert first.answer is not None
    return with_first(there, told, there.signed("answer/9", first.answer.body))


def nonsense(there: Mumbling, told: DeliveryReplies) -> DeliveryReplies:
    return with_first(there, told, there.signed("answer/1", NONSENSE))


def with_first(_: Mumbling, told: DeliveryReplies, answer: Letter) -> DeliveryReplies:
    first = told.replies[0]
    bad = type(first)(process_number=first.process_number, reason="", answer=answer)
    return DeliveryReplies(provider=told.provider, replies=(bad, *told.replies[1:]))


def too_few(_: Mumbling, told: DeliveryReplies) -> DeliveryReplies:
    return DeliveryReplies(provider=told.provider, replies=told.replies[1:])


@pytest.mark.parametrize("spoilt", [other_kind, nonsense])
def test_an_answer_that_nobody_understands_ends_its_own_enquiry_and_the_others_of_the_letter_are_answered(
    world: World, spoilt: Callable[[Mumbling, DeliveryReplies], DeliveryReplies]
) -> None:
    Mumbling(world, spoilt)
    bad, good = world.make(MOVED), world.make(UNDECLARED)
    world.carry()
    state = world.state(bad)
    assert (state.state, state.reason) == ("refused", "bad_answer")
    assert world.state(good).state == "answered"


def test_a_letter_with_an_answer_too_few_answers_nobody_wrongly_and_is_asked_again(world: World) -> None:
    there = Mumbling(world, too_few)
    one, other = world.make(MOVED), world.make(UNDECLARED)
    world.carry()
    assert [world.state(each).state for each in (one, other)] == ["waiting", "waiting"]
    there.mend()
    world.clock.at = max(world.state(each).next_at for each in (one, other))
    world.carry()
    assert [world.state(each).state for each in (one, other)] == ["answered", "answered"]
