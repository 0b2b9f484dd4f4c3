"""What the flows of administration are handed, and what a page of the room is; a new page is one more row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from app.domain.clock import TOKYO
from app.domain.era import wareki_short
from app.domain.rights import Actor, allowed
from app.services.decide_changes import DecideChanges
from app.services.manage_cards import IssuePass, ManageCards
from app.services.ports.seat import Press, Session
from app.services.propose_changes import ProposeChanges
from app.services.take_over import TakeOver
from app.ui.background import Lane
from app.ui.flows.password import ChangePassword
from app.ui.screen import Screen
from app.ui.screens.admin import TaskShown

CARDS, ONE_TIME_PASS, CHANGES, SESSIONS = "cards", "one_time_pass", "changes", "sessions"
PEOPLE, DEPARTMENTS, RIGHTS, TERMINALS = "people", "departments", "rights", "terminals"
DRAFT, TRANSFERS, SECTION, PASSWORD = "draft", "transfers", "section", "password"


@dataclass(frozen=True, slots=True)
class AdminActs:
    """The use cases. ``press`` makes the value of one key press; ``lane``: all of them ask the office.

    ``procedures``: id → short title, in the order shown. ``choose_file`` asks for a file; None: the person gave up.
    """

    press: Callable[[], Press]
    lane: Lane
    cards: ManageCards
    issue_pass: IssuePass
    changes: DecideChanges
    propose: ProposeChanges
    procedures: Mapping[str, str] = field(default_factory=dict)
    choose_file: Callable[[str], Path | None] = lambda _: None
    take_over: TakeOver | None = None
    change_password: ChangePassword | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """One thing that can be done in the room, and the right it takes. ``group``: the heading it stands under."""

    task: str
    act: str
    group: str
    title: str
    text: str


class PageFlow(Protocol):
    """``begin`` opens a page for a session, ``end`` forgets everything shown."""

    def begin(self, session: Session) -> None: ...
    def end(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Page:
    """What lies behind a door."""

    door: Door
    screen: Screen
    flow: PageFlow


def tasks_of(actor: Actor, doors: Iterable[Door], day: date) -> frozenset[str]:
    """What this person may do here on ``day``; nothing for most."""
    return frozenset(door.task for door in doors if allowed(actor, door.act, "", "", day=day))


def shown(door: Door) -> TaskShown:
    """As it stands on the screen."""
    return TaskShown(door.task, door.group, door.title, door.text)


def day_of(at: datetime) -> str:
    """The day in the office."""
    return wareki_short(at.astimezone(TOKYO).date())


def moment(at: datetime) -> str:
    """Day and time in the office."""
    local = at.astimezone(TOKYO)
    return f"{wareki_short(local.date())} {local:%H:%M}"
