"""What a visit took, from the window that counted it to the act that closes it: steps, keys, answers to alerts."""

from collections import deque
from dataclasses import dataclass

from app.wire.desk_counts import AlertAnswer, StepMeasure


@dataclass(frozen=True, slots=True)
class Took:
    """Of one visit; whose it was stands nowhere."""

    steps: tuple[StepMeasure, ...] = ()
    alerts: tuple[AlertAnswer, ...] = ()


NOTHING = Took()


class VisitTally:
    """Handed from the window's thread to the lane that closes the visit; each is taken once."""

    def __init__(self) -> None:
        self._kept: deque[Took] = deque(maxlen=1)

    def keep(self, took: Took) -> None:
        """A visit has ended so."""
        self._kept.append(took)

    def take(self) -> Took:
        """What was kept last, once."""
        try:
            return self._kept.pop()
        except IndexError:
            return NOTHING
