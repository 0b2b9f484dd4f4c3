"""What can go wrong on an enquiry's way: a city that answers nonsense, a neighbour that chokes, is silent or full."""

from collections.abc import Callable
from dataclasses import replace

from app.errors import AppError, Unreachable
from app.trust.seal import seal_to
from app.wire.exchange import DeliveryReplies, NetworkEnquiries, NetworkOutcomes, NetworkRequest, ProviderAnswer
from app.wire.letter import Letter
from app.wire.message import decode
from tests.edge.backend.exchange.world import HERE, THERE, World

NONSENSE = b'{"v":1,"kind":["not","a","kind"],"items":7}'


class Garbling:
    """The other city, whose program seals nonsense into the first answer of each delivery, signed and all."""

    def __init__(self, world: World) -> None:
        self._providers = world.exchange.asking._neighbours.providers
        self._inner, self._post = self._providers[THERE], world.exchange.providing._post
        self._reply_key = world.exchange.carrying._boxes[HERE].public
        self._providers[THERE] = self

    def mend(self) -> None:
        self._providers[THERE] = self._inner

    def ask(self, letter: Letter) -> Letter:
        told = decode(self._inner.ask(letter).body, DeliveryReplies)
        first = told.replies[0]
        assert first.answer is not None
        honest = decode(first.answer.body, ProviderAnswer)
        context = ("answer", HERE, honest.process_number)
        values = {name: getattr(honest, name) for name in honest.__struct_fields__}
        said = ProviderAnswer(**(values | {"sealed": seal_to(self._reply_key, NONSENSE, context)}))
        answer = self._post.write(f"intermediary@{THERE}", "answer/1", said)
        bad = type(first)(process_number=first.process_number, reason="", answer=answer)
        replies = DeliveryReplies(provider=told.provider, replies=(bad, *told.replies[1:]))
        return self._post.write(f"intermediary@{THERE}", "delivery-replies/1", replies)


class Choking:
    """An intermediary that can't do with some enquiries, and then does nothing of the whole letter.

    ``trouble`` raises, or gives the reason that it holds such an enquiry back with.
    """

    def __init__(self, world: World, trouble: Callable[[], str]) -> None:
        self._carrier, self._trouble = world.exchange.carrying, trouble
        self._inner, self._post = self._carrier._neighbours.intermediary, world.exchange.asking._post
        self.on: set[str] = set()
        self._carrier._neighbours = replace(self._carrier._neighbours, intermediary=self)

    def ask(self, letter: Letter) -> Letter:
        asked = decode(letter.body, NetworkEnquiries)
        requests = [decode(one.request.body, NetworkRequest) for one in asked.enquiries]
        if not self.on & {one.enquiry_id for one in requests}:
            return self._inner.ask(letter)
        reason = self._trouble()
        told = decode(self._inner.ask(letter).body, NetworkOutcomes)
        outcomes = tuple(
            type(one)(enquiry_id=one.enquiry_id, state="delayed", reason=reason, process_number=one.process_number)
            for one in told.outcomes
        )
        answer = NetworkOutcomes(municipality=told.municipality, outcomes=outcomes)
        return self._post.write(f"intermediary@{HERE}", "network-outcomes/1", answer)


class Silent:
    """The intermediary's process, down until it is up again."""

    def __init__(self, world: World) -> None:
        self._carrier = world.exchange.carrying
        self._neighbours = self._carrier._neighbours
        self.tries = 0
        self._carrier._neighbours = replace(self._neighbours, intermediary=self)

    def up(self) -> None:
        self._carrier._neighbours = self._neighbours

    def ask(self, _: Letter) -> Letter:
        self.tries += 1
        raise Unreachable


class Failing:
    """A book whose ``at``-th write keeps nothing: no room, or somebody else was first. All others are kept."""

    def __init__(self, world: World, at: int, error: AppError) -> None:
        self._book, self._left, self._error = world.exchange.carrying._book, at, error
        world.exchange.carrying._book = self

    def write(self, work):
        self._left -= 1
        if self._left == 0:
            raise self._error
        return self._book.write(work)

    def read(self, work):
        return self._book.read(work)
