"""手数料: what was taken for a certificate or a seal is noted with it, for the daily closing of the window."""

from collections.abc import Sequence
from datetime import datetime

from app.backend.register.service.changing import ChangeBook, ChangeUnit
from app.domain.call import Call
from app.domain.fee_closing import FeeLine

SOURCE = "register"


def note_fee(unit: ChangeUnit, call: Call, of: tuple[str, str], taken: tuple[int, str]) -> None:
    """``of``: number and kind; ``taken``: yen, below zero for what a correction gives back, and the ground."""
    number, kind = of
    yen, exemption = taken
    line = FeeLine(SOURCE, number, kind, yen, exemption, call.at)
    unit.fees.note(call.municipality, call.actor.terminal, line)


class NotedFees:
    """For the desk's daily closing."""

    def __init__(self, book: ChangeBook) -> None:
        self._book = book

    def taken(self, call: Call, since: datetime | None, through: datetime) -> Sequence[FeeLine]:
        """What was taken at the caller's own terminal."""
        where = (call.municipality, call.actor.terminal)
        return self._book.read(lambda unit: unit.fees.taken(*where, since, through))
