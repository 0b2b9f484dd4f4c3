"""Tells the intermediary of corrections, in order, until it has said that it has them."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from app.backend.addressee.ports import AddresseeBook, AddresseeUnit, Told
from app.domain.act import Act
from app.domain.clock import Clock
from app.errors import AppError
from app.link.letters import Correspondent, Neighbour
from app.wire.corrections import PersonsCorrected

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
LIMIT = 32


class Telling:
    """The background of the addressee slice."""

    def __init__(self, book: AddresseeBook, post: Correspondent, intermediary: Neighbour, clock: Clock) -> None:
        self._book = book
        self._post = post
        self._intermediary = intermediary
        self._clock = clock

    def turn(self) -> bool:
        """Tell what is due; whether there was any. What can't be told now waits, longer each time."""
        now = self._clock.now()
        if not (claimed := self._book.write(lambda unit: unit.corrections.claim(now, LEASE, LIMIT))):
            return False
        outcomes = [(one, self._tried(one)) for one in claimed]
        self._book.write(lambda unit: self._settle(unit, outcomes))
        return any(isinstance(outcome, PersonsCorrected) for _, outcome in outcomes)

    def _tried(self, one: Told) -> PersonsCorrected | AppError:
        message = one.message
        try:
            letter = self._post.write(f"addressee@{message.municipality}", "correct-persons/1", message)
            answer = self._intermediary.ask(letter)
            return self._post.read(answer, "persons-corrected/1", PersonsCorrected, "intermediary")
        except AppError as error:
            log.info("a correction could not be told", extra={"code": error.code})
            return error

    def _settle(self, unit: AddresseeUnit, outcomes: Sequence[tuple[Told, PersonsCorrected | AppError]]) -> None:
        now = self._clock.now()
        for one, outcome in outcomes:
            if isinstance(outcome, AppError):
                unit.corrections.later(one.item, now, outcome.code)
                continue
            unit.corrections.done([one.item.item_id])
            what = (("correction", one.message.correction_id), ("retired", outcome.retired))
            place = one.message.municipality
            unit.record([Act("code.given_up", now, place, "slice:addressee", "", one.item.item_id, what=what)])
