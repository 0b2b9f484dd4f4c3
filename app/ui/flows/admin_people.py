"""Everybody on the screen, and one person's form: what is typed becomes a change among those that are collected."""

from datetime import date

from PySide6.QtCore import Signal

from app.domain.clock import business_date
from app.domain.era import wareki_short
from app.domain.rights import holds
from app.services.ports.seat import Session
from app.ui.flows.admin_acts import AdminActs
from app.ui.flows.admin_office import OfficeFlow, Staffing, person_change
from app.ui.kit import Kit
from app.ui.screens.admin_people import AdminPeopleScreen, PersonShown
from app.ui.screens.admin_person import AdminPersonScreen, PersonEntered, PostShown
from app.ui.widgets.chip import Kind
from app.wire.staff_change import PersonChange, PersonRow, PostRow, PostsChange, RightsChange


class PeopleFlow(OfficeFlow[AdminPeopleScreen]):
    """The list. ``person_asked`` carries a staff number, "" for somebody new; ``rights_asked`` a staff number."""

    person_asked = Signal(str)
    rights_asked = Signal(str)

    def __init__(self, kit: Kit, screen: AdminPeopleScreen, acts: AdminActs, staffing: Staffing) -> None:
        super().__init__(kit, screen, acts, staffing)
        screen.refresh_asked.connect(self.read)
        screen.draft_asked.connect(self.draft_asked)
        screen.undo_asked.connect(staffing.undo)
        screen.person_asked.connect(self.person_asked)
        screen.rights_asked.connect(self.rights_asked)
        screen.new_asked.connect(lambda: self.person_asked.emit(""))

    def show(self) -> None:
        day, staffing = business_date(self._kit.clock.now()), self._staffing
        touched = {one.staff_id for one in staffing.draft.changes if isinstance(one, _OF_PEOPLE)}
        shown = [
            person_shown(self._kit, one, day, is_touched=one.staff_id in touched) for one in staffing.roster.people
        ]
        self._screen.show_people(shown)
        self._screen.show_draft(len(staffing.draft.changes))


class PersonFlow(OfficeFlow[AdminPersonScreen]):
    """The form of one person. ``kept``: what was typed is among the collected changes."""

    kept = Signal()

    def __init__(self, kit: Kit, screen: AdminPersonScreen, acts: AdminActs, staffing: Staffing) -> None:
        super().__init__(kit, screen, acts, staffing)
        self._whose = ""
        screen.entered.connect(self._on_entered)
        screen.refresh_asked.connect(self.show)
        screen.draft_asked.connect(self.draft_asked)
        screen.undo_asked.connect(staffing.undo)

    def begin_with(self, session: Session, staff_id: str) -> None:
        """The form of ``staff_id``, "" for somebody new."""
        self._whose = staff_id
        self.begin(session)

    def show(self) -> None:
        roster, session = self._staffing.roster, self._session
        if session is None:
            return
        known = next((one for one in roster.people if one.staff_id == self._whose), None)
        if known is None:
            person = PersonEntered("", "", session.office, ())
        else:
            posts = tuple(PostShown(one.department, one.since, one.until) for one in known.posts)
            person = PersonEntered(known.staff_id, known.name, known.office, posts, active=known.active)
        departments = [one.department for one in roster.departments]
        self._screen.show_person(person, departments, is_new=known is None)
        self._screen.show_draft(len(self._staffing.draft.changes))

    def _on_entered(self, typed: PersonEntered) -> None:
        session, staffing = self._session, self._staffing
        if session is None:
            return
        is_known = any(one.staff_id == typed.staff_id for one in staffing.roster.people)
        if is_known and not self._whose:
            self._screen.show_taken(self._kit.texts.admin_person.taken)
            return
        person = person_change(session, typed.staff_id, (typed.name, typed.office), active=typed.active)
        posts = tuple(PostRow(department=one.department, since=one.since, until=one.until) for one in typed.posts)
        self._whose = typed.staff_id
        put = [staffing.put(person), staffing.put(PostsChange(staff_id=typed.staff_id, posts=posts))]
        if any(put):
            self.kept.emit()
        else:
            words = self._kit.texts.admin_office
            self._screen.banner.show_text("information", words.nothing_new)


_OF_PEOPLE = (PersonChange, PostsChange, RightsChange)


def person_shown(kit: Kit, one: PersonRow, day: date, *, is_touched: bool) -> PersonShown:
    """A person as the list shows them on ``day``."""
    words = kit.texts.admin_people
    held = [post for post in one.posts if holds(post.since, post.until, day)]
    later = [post for post in one.posts if post.since is not None and post.since > day]
    until = max((post.until for post in held if post.until is not None), default=None)
    is_open = any(post.until is None for post in held)
    state: tuple[str, Kind] = (words.in_service, "success")
    if not one.active:
        state = (words.gone, "quiet")
    elif not held:
        state = (words.comes, "information") if later else (words.no_post, "warning")
    if is_touched:
        state = (words.touched, "information")
    return PersonShown(
        staff_id=one.staff_id,
        name=one.name,
        department=words.join.join(post.department for post in held or later),
        until="" if is_open or until is None else wareki_short(until),
        state=state[0],
        kind=state[1],
    )
