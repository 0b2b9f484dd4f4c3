"""What the intermediary does by itself: cases whose time is over, error notes, and once a day what is past its time."""

from collections.abc import Sequence
from datetime import date

from app.backend.intermediary.service.noting import NoteSending
from app.backend.intermediary.service.recording import Recording
from app.backend.intermediary.service.releasing import Releasing
from app.domain.clock import Clock, business_date


class Errands:
    """Called by a pump."""

    def __init__(
        self,
        municipalities: Sequence[str],
        work: tuple[Releasing, NoteSending, Recording],
        clock: Clock,
    ) -> None:
        self._municipalities = municipalities
        self._releasing, self._sending, self._recording = work
        self._clock = clock
        self._cleared: date | None = None

    def turn(self) -> bool:
        """One portion of each; whether there may be more at once. Errors: those of the store, and of no neighbour."""
        today = business_date(self._clock.now())
        expired = self._releasing.expire()
        sent = self._sending.turn()
        cleared = 0
        if self._cleared != today:
            cleared = sum(self._recording.expire(place) for place in self._municipalities)
            cleared += sum(self._recording.expire_replica(place) for place in self._municipalities)
            self._cleared = None if cleared else today
        return bool(expired or sent or cleared)
