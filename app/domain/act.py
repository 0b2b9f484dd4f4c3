"""What happened: one act by one person at one terminal, as journals, ledgers and timelines keep it."""

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.call import Call

Detail = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Act:
    """One act. ``kind`` is a stable dotted name (``application.checked``); ``visit`` and ``about`` are identifiers.

    ``what`` holds codes and identifiers only: no name, number or address stands in an act.
    """

    kind: str
    at: datetime
    municipality: str
    staff_id: str
    terminal: str
    trace: str
    visit: str = ""
    about: str = ""
    what: tuple[tuple[str, Detail], ...] = field(default=())

    def detail(self) -> dict[str, Detail]:
        """``what`` as a mapping."""
        return dict(self.what)


def act_of(call: Call, kind: str, *, visit: str = "", about: str = "", **what: Detail) -> Act:
    """The act that a request amounts to."""
    return Act(
        kind=kind,
        at=call.at,
        municipality=call.municipality,
        staff_id=call.actor.staff_id,
        terminal=call.actor.terminal,
        trace=call.trace,
        visit=visit,
        about=about,
        what=tuple(sorted(what.items())),
    )
