"""Institutions that witness each other's logs: who is asked where, under which keys, and who answers."""

import random as chance
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.backend.ledger.ports import CounterpartBook, SliceLogs
from app.backend.ledger.service.counterparts import Counterparts
from app.backend.ledger.service.showing import Counterpart, Showing
from app.domain.clock import Clock
from app.server.exchange import ExchangeKeys, Neighbourhood
from app.server.guardians import guardian_lists
from app.server.keys import Keys
from app.server.parts import Parts
from app.settings import ServerSettings

PATH = "/ledger/v1/counterparts"
SHOW_S = 60.0
"""How often the logs are shown. Assumed: as often as the own witness looks at them."""


@dataclass(frozen=True, slots=True)
class Mutual:
    """``seeing`` answers counterparts; ``showing`` asks them, None where there are none."""

    seeing: Counterparts
    showing: Showing | None


def mutual_witness(
    settings: ServerSettings,
    parts: tuple[Parts, Keys],
    book: CounterpartBook,
    logs: Sequence[SliceLogs],
    clock: Clock,
) -> Mutual:
    """The part of one installation in witnessing; nothing is asked before ``showing.turn``."""
    keys = ExchangeKeys(settings, parts[1])
    post, places = keys.post("ledger"), settings.municipalities
    seeing = Counterparts(book, post, {place: keys.signing[f"witness@{place}"] for place in places}, clock)
    others = [
        Counterpart(place, neighbour, keys.directory.verify.get(f"witness@{place}"))
        for place, neighbour in Neighbourhood(settings, parts[0]).at(settings.witnessing, PATH).items()
    ]
    if not others:
        return Mutual(seeing, None)
    spread = chance.Random()  # noqa: S311 -- spreads waits, hides nothing
    return Mutual(
        seeing, Showing(book, logs, post, (places, others), (clock, spread), partial(guardian_lists, settings))
    )
