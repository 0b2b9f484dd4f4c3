"""What the flows of administration are handed: the use cases, and the lane they run on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.clock import TOKYO
from app.domain.rights import Actor, allowed
from app.services.decide_changes import READ, DecideChanges
from app.services.manage_cards import MANAGE, PASS, IssuePass, ManageCards
from app.services.ports.seat import Press
from app.ui.background import Lane

CARDS, ONE_TIME_PASS, CHANGES, SESSIONS = "cards", "one_time_pass", "changes", "sessions"
NEEDS = {CARDS: MANAGE, ONE_TIME_PASS: PASS, CHANGES: READ, SESSIONS: READ}
"""Each task, in the order of the room, and the act a right to it names."""


@dataclass(frozen=True, slots=True)
class AdminActs:
    """The use cases. ``press`` makes the value of one key press; ``lane``: all of them ask the office."""

    press: Callable[[], Press]
    lane: Lane
    cards: ManageCards
    issue_pass: IssuePass
    changes: DecideChanges


def tasks_of(actor: Actor, day: date) -> frozenset[str]:
    """What this person may do here on ``day``; nothing for most."""
    return frozenset(task for task, act in NEEDS.items() if allowed(actor, act, "", "", day=day))


def day_of(at: datetime) -> str:
    """The day in the office."""
    return f"{at.astimezone(TOKYO):%Y/%m/%d}"


def moment(at: datetime) -> str:
    """Day and time in the office."""
    return f"{at.astimezone(TOKYO):%Y/%m/%d %H:%M}"
