"""The one path of the register: letters of several kinds, each read, answered and signed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.backend.jukirelay.service.receiving import Receiving
from app.backend.jukirelay.service.systems import SystemService
from app.errors import AppError, NotAllowed, NotUnderstood
from app.link.letters import Correspondent, answer_each, municipality_of
from app.wire import jukirelay as wire
from app.wire.letter import Letter
from app.wire.message import Message

STANDS, OPENED, ARRIVALS = "relay-stands/1", "relay-opened/1", "relay-arrivals/1"


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of letter is answered. ``gives``: the kind of the answer."""

    takes: type[Any]
    gives: str
    does: Callable[[Any], Message]


class RegisterLetters:
    """Answers the register. ``wake``: something may have come that is to be sent."""

    def __init__(
        self, post: Correspondent, receiving: Receiving, systems: SystemService, wake: Callable[[], None]
    ) -> None:
        self._post = post
        self._wake = wake
        self._ways: Mapping[str, Way] = {
            "relay-open/1": Way(wire.OpenLine, OPENED, systems.open),
            "relay-renew/1": Way(wire.RenewPassword, OPENED, systems.renew),
            "relay-standing/1": Way(wire.AskStanding, STANDS, receiving.standing),
            "relay-restraints/1": Way(wire.TellRestraints, STANDS, receiving.restraints),
            "relay-anew/1": Way(wire.BeginAnew, STANDS, receiving.anew),
            "relay-load/1": Way(wire.LoadRecords, STANDS, receiving.load),
            "relay-changes/1": Way(wire.TellChanges, STANDS, receiving.changes),
            "relay-fetch/1": Way(wire.FetchArrivals, ARRIVALS, receiving.fetch),
        }

    def answer(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """One outcome for each letter, in order."""
        outcomes = answer_each(letters, self._one)
        self._wake()
        return outcomes

    def _one(self, letter: Letter) -> Letter:
        way = self._ways.get(letter.kind)
        if way is None:
            raise NotUnderstood(what="kind")
        message = self._post.read(letter, letter.kind, way.takes, "register")
        mine = f"jukirelay@{message.municipality}"
        if municipality_of(letter) != message.municipality or not self._post.serves(mine):
            raise NotAllowed
        return self._post.write(mine, way.gives, way.does(message))
