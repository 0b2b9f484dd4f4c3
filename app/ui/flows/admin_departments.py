"""Departments on the screen: entered, given other sections; their rights are the matrix's matter."""

import re
from collections import Counter

from PySide6.QtCore import Signal

from app.domain.clock import business_date
from app.domain.rights import holds
from app.ui.flows.admin_acts import AdminActs
from app.ui.flows.admin_office import OfficeFlow, Staffing
from app.ui.kit import Kit
from app.ui.screens.admin_departments import AdminDepartmentsScreen, DepartmentShown
from app.wire.staff_change import DepartmentChange, DepartmentRow

_BETWEEN = re.compile(r"[、，,\s]+")


class DepartmentsFlow(OfficeFlow[AdminDepartmentsScreen]):
    """``rights_asked`` carries a department."""

    rights_asked = Signal(str)

    def __init__(self, kit: Kit, screen: AdminDepartmentsScreen, acts: AdminActs, staffing: Staffing) -> None:
        super().__init__(kit, screen, acts, staffing)
        screen.refresh_asked.connect(self.read)
        screen.draft_asked.connect(self.draft_asked)
        screen.undo_asked.connect(staffing.undo)
        screen.rights_asked.connect(self.rights_asked)
        screen.entered.connect(self._on_entered)

    def show(self) -> None:
        day, staffing = business_date(self._kit.clock.now()), self._staffing
        people: Counter[str] = Counter()
        for one in staffing.roster.people:
            people.update({post.department for post in one.posts if one.active and holds(post.since, post.until, day)})
        touched = {one.department for one in staffing.draft.changes if isinstance(one, DepartmentChange)}
        shown = [
            department_shown(self._kit, one, people[one.department], is_touched=one.department in touched)
            for one in staffing.roster.departments
        ]
        self._screen.show_departments(shown)
        self._screen.show_draft(len(staffing.draft.changes))

    def _on_entered(self, name: str, typed: str) -> None:
        staffing = self._staffing
        known = next((one for one in staffing.roster.departments if one.department == name), None)
        sections = tuple(sorted(filter(None, _BETWEEN.split(typed))))
        change = DepartmentChange(department=name, sections=sections, rights=known.rights if known else ())
        words = self._kit.texts.admin_office
        if staffing.put(change):
            self._screen.banner.show_text("success", words.kept(name), words.kept_text)
        else:
            self._screen.banner.show_text("information", words.nothing_new)


def department_shown(kit: Kit, one: DepartmentRow, people: int, *, is_touched: bool) -> DepartmentShown:
    """A department as the list shows it. ``people``: who belong to it today."""
    words = kit.texts.admin_departments
    return DepartmentShown(
        department=one.department,
        sections=words.join.join(one.sections),
        people=str(people),
        rights=str(len(one.rights)),
        state=words.touched if is_touched else "",
        kind="information",
    )
