"""What ends on a day is announced before: 30, 7 and 1 day ahead, each once."""

from datetime import date

STEPS = (30, 7, 1)
"""Days ahead at which somebody is told. Source: issue of the exchange, decided; X-Road's most frequent trouble."""
NEVER = 0
"""Nothing has been announced yet."""


def due(until: date, today: date, announced: int) -> int:
    """The step that is to be announced today, 0 for none. ``announced``: the last one that was, ``NEVER`` for none.

    A step that was slept through is not made up for: the nearest one that holds is told.
    """
    left = (until - today).days
    reached = [step for step in STEPS if left <= step]
    step = min(reached, default=NEVER)
    return step if step and (announced == NEVER or step < announced) else NEVER
