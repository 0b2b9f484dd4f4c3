"""The office on the screen while changes are collected: how it stands, and how it would stand with them."""

from PySide6.QtCore import QObject, Signal

from app.domain.clock import Clock
from app.services.change_draft import ChangeDraft, key_of, overlaid
from app.services.ports.seat import Session
from app.ui.flows.admin_acts import AdminActs
from app.ui.flows.admin_reading import AdminFlow, S
from app.ui.kit import Kit
from app.wire.staff_change import (
    DepartmentChange,
    PartChange,
    PersonChange,
    PostsChange,
    RightsChange,
    Roster,
    TerminalChange,
)

_NOBODY = Roster(people=(), departments=(), terminals=(), sessions=(), sections={})


class Staffing(QObject):
    """Shared by all pages of one room. ``changed``: a change was added, undone or taken out. ``reason``: as typed."""

    changed = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._base: Roster | None = None
        self._draft = ChangeDraft()
        self._seen: dict[tuple[type, str], object] = {}
        self._shown: Roster | None = None
        self.reason = ""

    @property
    def is_read(self) -> bool:
        """Whether it is known how the office stands."""
        return self._base is not None

    @property
    def base(self) -> Roster:
        """As it stands."""
        return self._base or _NOBODY

    @property
    def roster(self) -> Roster:
        """As it would stand with all that was collected."""
        if self._shown is None:
            self._shown = overlaid(self.base, self._draft.changes, self._clock.now())
        return self._shown

    @property
    def draft(self) -> ChangeDraft:
        """What was collected."""
        return self._draft

    def take(self, roster: Roster) -> None:
        """It was read anew how the office stands."""
        self._base, self._shown = roster, None

    def put(self, change: PartChange) -> bool:
        """Add a change in place of an earlier one of the same subject; False: everything stays as it is."""
        self._seen.setdefault(key_of(change), standing_of(self.base, change))
        before = self._draft
        self._become(before.put(change, self.base))
        return self._draft is not before

    def undo(self) -> None:
        """Go back one step."""
        self._become(self._draft.undone())

    def drop(self, place: int) -> None:
        """Take one change out."""
        self._become(self._draft.without(place))

    def clear(self) -> None:
        """They were sent, or are given up."""
        self._draft, self._seen, self._base, self._shown, self.reason = ChangeDraft(), {}, None, None, ""
        self.changed.emit()

    def outdated(self) -> tuple[PartChange, ...]:
        """Changes whose subject somebody else changed since they were made."""
        return tuple(one for one in self._draft.changes if self._seen.get(key_of(one)) != standing_of(self.base, one))

    def _become(self, draft: ChangeDraft) -> None:
        self._draft, self._shown = draft, None
        self.changed.emit()


class OfficeFlow(AdminFlow[S]):
    """A page that shows the office and collects changes. ``draft_asked``: the collected changes are wanted."""

    draft_asked = Signal()

    def __init__(self, kit: Kit, screen: S, acts: AdminActs, staffing: Staffing) -> None:
        super().__init__(kit, screen, acts)
        self._staffing = staffing
        staffing.changed.connect(self._on_changed)

    def start(self) -> None:
        if self._staffing.is_read:
            self.show()
        else:
            self.read()

    def read(self) -> None:
        """Read anew how the office stands."""
        self._screen.show_working()
        self.ask(self._acts.changes.roster, self._on_roster)

    def show(self) -> None:
        """Show the office; subclasses say how."""

    def _on_roster(self, roster: Roster) -> None:
        self._staffing.take(roster)
        self.show()

    def _on_changed(self) -> None:
        if self._session is not None and self._staffing.is_read:
            self.show()


def standing_of(roster: Roster, change: PartChange) -> object:
    """What ``change`` would replace; None for something new."""
    match change:
        case PersonChange():
            known = next((one for one in roster.people if one.staff_id == change.staff_id), None)
            return None if known is None else (known.name, known.office, known.active)
        case PostsChange() | RightsChange():
            known = next((one for one in roster.people if one.staff_id == change.staff_id), None)
            return None if known is None else (known.posts, known.rights)
        case DepartmentChange():
            return next((one for one in roster.departments if one.department == change.department), None)
        case TerminalChange():
            return next((one for one in roster.terminals if one.terminal == change.terminal), None)


def person_change(session: Session, staff_id: str, facts: tuple[str, str], *, active: bool) -> PersonChange:
    """A person as typed; ``facts``: name and office."""
    name, office = facts
    return PersonChange(
        staff_id=staff_id, name=name, municipality_name=session.municipality_name, office=office, active=active
    )
