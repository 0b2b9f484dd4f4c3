"""The matrix of rights: what somebody may do on a day, from where and until when; cells become collected changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.clock import business_date
from app.domain.era import wareki_short
from app.domain.right_sources import Place, Source, department_sources, sources
from app.domain.rights import ANY, Department, Post, Right, Standing
from app.ui.flows.admin_acts import AdminActs
from app.ui.flows.admin_office import OfficeFlow, Staffing
from app.ui.kit import Kit
from app.ui.screens.admin_office import plain
from app.ui.screens.admin_rights import AdminRightsScreen, CellShown, RowShown
from app.ui.widgets.chip import Kind
from app.wire.staff import RightRow
from app.wire.staff_change import DepartmentChange, PersonRow, PostRow, RightsChange, Roster

PERSON, DEPARTMENT = "person", "department"
_MOST_NAMED = 3


class RightsFlow(OfficeFlow[AdminRightsScreen]):
    """Works on one person or one department at a time; what was collected of others stays collected."""

    def __init__(self, kit: Kit, screen: AdminRightsScreen, acts: AdminActs, staffing: Staffing) -> None:
        super().__init__(kit, screen, acts, staffing)
        self._subject = ("", "")
        self._axis = "procedure"
        self._day = business_date(kit.clock.now())
        screen.refresh_asked.connect(self.read)
        screen.draft_asked.connect(self.draft_asked)
        screen.undo_asked.connect(staffing.undo)
        screen.subject_asked.connect(self._on_subject)
        screen.axis_asked.connect(self._on_axis)
        screen.day_asked.connect(self._on_day)
        screen.grant_asked.connect(self._on_grant)
        screen.remove_asked.connect(self._on_remove)

    def look_at(self, kind: str, name: str) -> None:
        """Whose matrix is shown from now on: ("person", staff number) or ("department", name)."""
        self._subject = (kind, name)

    def start(self) -> None:
        self._axis, self._day = "procedure", business_date(self._kit.clock.now())
        self._screen.show_day(self._day)
        super().start()

    def show(self) -> None:
        stands = (self._staffing.base, self._staffing.roster)
        found = matrix_of(self._kit, self._acts.procedures, stands, self._subject, (self._axis, self._day))
        self._screen.show_matrix(found.label, found.columns, found.rows, found.note)
        self._screen.show_draft(len(self._staffing.draft.changes))

    def _on_subject(self, typed: str) -> None:
        """A staff number or a department's name first; else the only one in which every typed word occurs."""
        words, found = self._kit.texts.admin_rights, self._meant(typed)
        if len(found) == 1:
            self._subject = found[0][0]
            self.show()
            return
        names = words.join.join(label for _, label in found[:_MOST_NAMED])
        self._screen.show_unclear(words.several(len(found), names) if found else words.unknown)

    def _meant(self, typed: str) -> list[tuple[tuple[str, str], str]]:
        roster, reader = self._staffing.roster, MatrixReader(self._kit, self._acts.procedures)
        known = [((PERSON, one.staff_id), reader.person(one)) for one in roster.people]
        known += [((DEPARTMENT, one.department), one.department) for one in roster.departments]
        exact = [one for one in known if plain(typed) in {plain(one[0][1]), plain(one[1])}]
        wanted = plain(typed).split()
        return exact or [one for one in known if all(word in plain(one[1]) for word in wanted)]

    def _on_axis(self, axis: str) -> None:
        if axis != self._axis and self._session is not None:
            self._axis = axis
            self.show()

    def _on_day(self) -> None:
        day = self._screen.day()
        if day is not None and day != self._day and self._session is not None:
            self._day = day
            self.show()

    def _on_grant(self, act: str, column: int, since: date | None, until: date | None) -> None:
        place = self._place(act, column)
        right = RightRow(act=act, procedure=place.procedure, item_class=place.item_class, since=since, until=until)
        self._put((*(one for one in self._own() if not _is_at(one, place)), right))

    def _on_remove(self, act: str, column: int) -> None:
        place = self._place(act, column)
        self._put(tuple(one for one in self._own() if not _is_at(one, place)))

    def _place(self, act: str, column: int) -> Place:
        reader = MatrixReader(self._kit, self._acts.procedures)
        code = reader.columns(self._staffing.roster, self._axis)[column][0]
        return Place(act, code, ANY) if self._axis == "procedure" else Place(act, ANY, code)

    def _own(self) -> tuple[RightRow, ...]:
        return _rights_of(self._staffing.roster, self._subject)

    def _put(self, rights: tuple[RightRow, ...]) -> None:
        kind, name = self._subject
        if kind == PERSON:
            self._staffing.put(RightsChange(staff_id=name, rights=rights))
        elif kind == DEPARTMENT:
            known = next(one for one in self._staffing.roster.departments if one.department == name)
            self._staffing.put(DepartmentChange(department=name, sections=known.sections, rights=rights))


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix as text to show."""

    label: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[RowShown, ...]


def matrix_of(
    kit: Kit,
    procedures: Mapping[str, str],
    stands: tuple[Roster, Roster],
    subject: tuple[str, str],
    view: tuple[str, date],
) -> Matrix:
    """What ``subject`` may do. ``stands``: without and with what was collected; ``view``: axis and day."""
    base, roster = stands
    reader, words = MatrixReader(kit, procedures), kit.texts.admin_rights
    columns = tuple(title for _, title in reader.columns(roster, view[0]))
    before = frozenset(map(_right, _rights_of(base, subject)))
    if (person := _person(roster, subject)) is not None:
        rows = reader.rows(_standing(roster, person), roster, view, before)
        return Matrix(reader.person(person), reader.note(person, view[1]), columns, rows)
    if any(subject == (DEPARTMENT, one.department) for one in roster.departments):
        rights = tuple(map(_right, _rights_of(roster, subject)))
        return Matrix(subject[1], words.of_department, columns, reader.department_rows(rights, roster, view, before))
    return Matrix("", words.lead, columns, ())


class MatrixReader:
    """Makes the rows of a matrix. ``procedures``: id → short title."""

    def __init__(self, kit: Kit, procedures: Mapping[str, str]) -> None:
        self._kit, self._words, self._procedures = kit, kit.texts.admin_rights, procedures

    def person(self, one: PersonRow) -> str:
        """Number and name."""
        return self._kit.texts.admin_change.person(one.staff_id, one.name)

    def note(self, one: PersonRow, day: date) -> str:
        """Where the person belongs on ``day``."""
        posts = Standing(tuple(map(_post, one.posts)), (), ()).posts_on(day)
        if not one.active or not posts:
            return self._words.without_post
        return self._words.belongs(self._kit.texts.admin_people.join.join(post.department for post in posts))

    def columns(self, roster: Roster, axis: str) -> tuple[tuple[str, str], ...]:
        """Code and title of each column."""
        if axis == "procedure":
            known = [one for one in self._procedures if one in roster.sections]
            rest = sorted(one for one in roster.sections if one not in self._procedures)
            named = tuple((one, self._procedures.get(one, one)) for one in (*known, *rest))
            return ((ANY, self._words.all_procedures), *named)
        return ((ANY, self._words.all_classes), *self._kit.messages.words("item_class"))

    def rows(
        self, standing: Standing, roster: Roster, view: tuple[str, date], before: frozenset[Right]
    ) -> tuple[RowShown, ...]:
        """Of a person."""
        return self._rows(roster, view, lambda at: sources(standing, roster.sections, at, view[1]), before)

    def department_rows(
        self, rights: tuple[Right, ...], roster: Roster, view: tuple[str, date], before: frozenset[Right]
    ) -> tuple[RowShown, ...]:
        """Of a department."""
        return self._rows(roster, view, lambda at: department_sources(rights, at, view[1]), before)

    def _rows(
        self,
        roster: Roster,
        view: tuple[str, date],
        find: Callable[[Place], tuple[Source, ...]],
        before: frozenset[Right],
    ) -> tuple[RowShown, ...]:
        axis, day = view
        rows = []
        for act, name in self._kit.messages.words("right"):
            cells = []
            for code, title in self.columns(roster, axis):
                place = Place(act, code, ANY) if axis == "procedure" else Place(act, ANY, code)
                cells.append(self._cell((name, title), find(place), day, before))
            rows.append(RowShown(act, name, tuple(cells)))
        return tuple(rows)

    def _cell(
        self, names: tuple[str, str], found: tuple[Source, ...], day: date, before: frozenset[Right]
    ) -> CellShown:
        words = self._words
        head = words.cell(*names)
        if not found:
            return CellShown("", "quiet", words.no_right(head), is_own=False)
        first = found[0]
        own = next((one for one in found if one.is_exact and not one.department), None)
        is_new = any(not one.department and one.right not in before for one in found)
        kind: Kind = "information" if is_new else "success" if first.holds_on(day) else "quiet"
        detail = words.join.join(self._source(one) for one in found)
        right = own.right if own else None
        return CellShown(
            text=self._short(first, day),
            kind=kind,
            detail=words.detail(head, detail),
            is_own=own is not None,
            since=right.since if right else None,
            until=right.until if right else None,
        )

    def _short(self, one: Source, day: date) -> str:
        words = self._words
        origin = words.by_post if one.department else words.own
        if not one.holds_on(day) and one.since is not None:
            return words.from_day(origin, wareki_short(one.since))
        return origin if one.until is None else words.until_day(origin, wareki_short(one.until))

    def _source(self, one: Source) -> str:
        words = self._words
        origin = words.from_department(one.department) if one.department else words.own_right
        reach = "" if one.is_exact else words.reaches_further
        since = "" if one.since is None else wareki_short(one.since)
        until = "" if one.until is None else wareki_short(one.until)
        span = self._kit.texts.admin_change.span(since, until) if since or until else words.without_end
        return f"{origin}{reach}{span}"


def _person(roster: Roster, subject: tuple[str, str]) -> PersonRow | None:
    if subject[0] != PERSON:
        return None
    return next((one for one in roster.people if one.staff_id == subject[1]), None)


def _rights_of(roster: Roster, subject: tuple[str, str]) -> tuple[RightRow, ...]:
    """The rights granted to just this person or department."""
    kind, name = subject
    if kind == PERSON:
        return next((one.rights for one in roster.people if one.staff_id == name), ())
    return next((one.rights for one in roster.departments if one.department == name), ())


def _standing(roster: Roster, person: PersonRow) -> Standing:
    names = {one.department for one in person.posts}
    departments = tuple(
        Department(one.department, one.sections, tuple(map(_right, one.rights)))
        for one in roster.departments
        if one.department in names
    )
    own = tuple(map(_right, person.rights))
    return Standing(tuple(map(_post, person.posts)) if person.active else (), own, departments)


def _right(row: RightRow) -> Right:
    return Right(row.act, row.procedure, row.item_class, row.since, row.until)


def _post(row: PostRow) -> Post:
    return Post(row.department, row.since, row.until)


def _is_at(row: RightRow, place: Place) -> bool:
    return (row.act, row.procedure, row.item_class) == (place.act, place.procedure, place.item_class)
