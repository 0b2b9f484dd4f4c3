"""How a process of the backend stands, part by part; asked by the installation's monitor."""

from datetime import datetime

from app.wire.message import Message


class HealthPart(Message, frozen=True):
    """One part. ``state``: well, warned (somebody should look) or unwell (something can't be done now).

    ``reason``: why it is not well, a code; "" when it is. ``where``: what of it is concerned; ``figures``: counts,
    days and seconds, by names.
    """

    name: str
    state: str
    reason: str
    where: tuple[str, ...]
    figures: dict[str, float]


class HealthState(Message, frozen=True):
    """All parts of one process. ``is_well``: none is unwell."""

    at: datetime
    is_well: bool
    parts: tuple[HealthPart, ...]
