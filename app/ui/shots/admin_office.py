"""Pictures of the screens that show a large office and collect changes of it."""

from datetime import UTC, date, datetime

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from app.domain.clock import business_date
from app.errors import DataFault
from app.services.change_draft import ChangeDraft, overlaid
from app.services.transfer_file import Line
from app.ui.flows.admin_change_words import ChangeReader
from app.ui.flows.admin_departments import department_shown
from app.ui.flows.admin_draft import draft_lines
from app.ui.flows.admin_people import person_shown
from app.ui.flows.admin_rights import matrix_of
from app.ui.flows.admin_terminals import terminal_shown
from app.ui.flows.admin_transfers import PlanReader
from app.ui.screen import Screen
from app.ui.screens.admin_departments import AdminDepartmentsScreen
from app.ui.screens.admin_draft import AdminDraftScreen
from app.ui.screens.admin_people import AdminPeopleScreen
from app.ui.screens.admin_person import AdminPersonScreen, PersonEntered, PostShown
from app.ui.screens.admin_rights import AdminRightsScreen
from app.ui.screens.admin_terminals import AdminTerminalsScreen
from app.ui.screens.admin_transfers import AdminTransfersScreen
from app.ui.shots.stage import Shot, Stage
from app.ui.window import Window
from app.wire.staff import RightRow
from app.wire.staff_change import (
    DepartmentRow,
    PersonRow,
    PlannedRow,
    PostRow,
    PostsChange,
    RightsChange,
    Roster,
    TerminalRow,
    Transfer,
)

_NOW = datetime(2026, 11, 20, 1, 12, tzinfo=UTC)
_MARCH, _APRIL = date(2027, 3, 31), date(2027, 4, 1)
_MANY = 40


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    return (
        Shot("66-admin-people", lambda: _people(stage, _roster(stage))),
        Shot("66-admin-people-none", lambda: _people(stage, _empty())),
        Shot("66-admin-person", lambda: _person(stage, is_new=False)),
        Shot("66-admin-person-new", lambda: _person(stage, is_new=True)),
        Shot("67-admin-departments", lambda: _departments(stage)),
        Shot("68-admin-rights", lambda: _rights(stage, "procedure")),
        Shot("68-admin-rights-items", lambda: _rights(stage, "item_class")),
        Shot("68-admin-rights-nobody", lambda: _nobody(stage)),
        Shot("69-admin-terminals", lambda: _terminals(stage, confirmed=True)),
        Shot("69-admin-terminals-unconfirmed", lambda: _terminals(stage, confirmed=False)),
        Shot("70-admin-draft", lambda: _draft(stage, changed=False)),
        Shot("70-admin-draft-outdated", lambda: _draft(stage, changed=True)),
        Shot("70-admin-draft-none", lambda: _window(stage, AdminDraftScreen(stage.kit))),
        Shot("71-admin-transfers", lambda: _window(stage, AdminTransfersScreen(stage.kit))),
        Shot("71-admin-transfers-wrong", lambda: _transfers(stage, wrong=True)),
        Shot("71-admin-transfers-right", lambda: _transfers(stage, wrong=False)),
    )


def _window(stage: Stage, screen: Screen) -> Window:
    window = stage.window(screen)
    window.show_visit(None)
    return window


def _empty() -> Roster:
    return Roster(people=(), departments=(), terminals=(), sessions=(), sections={})


def _right(act: str, procedure: str = "*", item_class: str = "*", until: date | None = None) -> RightRow:
    return RightRow(act=act, procedure=procedure, item_class=item_class, until=until)


def _person_row(
    t: dict[str, str], staff_id: str, name: str, posts: tuple[PostRow, ...], rights: tuple[RightRow, ...] = ()
) -> PersonRow:
    return PersonRow(
        staff_id=staff_id, name=name, office=t["office"], active=True, posts=posts, rights=rights, effective=()
    )


def _roster(stage: Stage) -> Roster:
    t = stage.sample["admin"]
    former, department, long = t["former"], t["department"], t["long_department"]
    posts = (PostRow(department=former, until=_MARCH), PostRow(department=department, since=_APRIL))
    own = (_right("visit.open"), _right("item.show", item_class="my_number", until=_MARCH))
    here = PostRow(department=former, until=_MARCH)
    first = (
        _person_row(t, t["staff_id"], t["name"], posts, own),
        _person_row(t, t["approver"], t["long_name"], (PostRow(department=long),)),
        _person_row(t, "k1003", t["name"], (here,)),
        replace(_person_row(t, "k1004", t["name"], ()), active=False),
        _person_row(t, "k1005", t["name"], ()),
    )
    there = (PostRow(department=department),)
    more = tuple(_person_row(t, f"k2{at:03}", t["name"], there) for at in range(_MANY))
    departments = (
        DepartmentRow(former, (former,), (_right("register.search"), _right("application.receive"))),
        DepartmentRow(department, (department,), (_right("application.read"), _right("application.check"))),
        DepartmentRow(long, (former, department), ()),
    )
    terminals = (
        TerminalRow("T-01", "3", _NOW, None, "5f" * 32, t["approver"]),
        TerminalRow("T-02", "4", _NOW, None, "", t["administrator"]),
        TerminalRow("T-03", "12", _NOW, _NOW, "a0" * 32, t["approver"]),
    )
    sections = dict.fromkeys(("claim", "change"), department) | dict.fromkeys(("move", "leave"), former)
    return Roster((*first, *more), departments, terminals, (), sections)


def _people(stage: Stage, roster: Roster) -> QWidget:
    screen = AdminPeopleScreen(stage.kit)
    window = _window(stage, screen)
    day = business_date(_NOW)
    screen.show_people([person_shown(stage.kit, one, day, is_touched=one.staff_id == "k1003") for one in roster.people])
    screen.show_draft(1 if roster.people else 0)
    return window


def _person(stage: Stage, *, is_new: bool) -> QWidget:
    t, screen = stage.sample["admin"], AdminPersonScreen(stage.kit)
    window = _window(stage, screen)
    posts = (PostShown(t["former"], None, _MARCH), PostShown(t["department"], _APRIL, None))
    known = PersonEntered(t["staff_id"], t["name"], t["office"], posts)
    shown = PersonEntered("", "", t["office"], ()) if is_new else known
    screen.show_person(shown, [t["former"], t["department"]], is_new=is_new)
    screen.show_draft(0 if is_new else 2)
    if is_new:
        screen.do("save")
    return window


def _departments(stage: Stage) -> QWidget:
    screen = AdminDepartmentsScreen(stage.kit)
    window = _window(stage, screen)
    roster = _roster(stage)
    rows = enumerate(roster.departments)
    screen.show_departments([department_shown(stage.kit, one, at * 31, is_touched=at == 1) for at, one in rows])
    screen.show_draft(1)
    return window


def _rights(stage: Stage, axis: str) -> QWidget:
    t, screen = stage.sample["admin"], AdminRightsScreen(stage.kit)
    window = _window(stage, screen)
    base = _roster(stage)
    wished = (*base.people[0].rights, _right("number.search", "claim"))
    roster = overlaid(base, (RightsChange(staff_id=t["staff_id"], rights=wished),))
    titles = {name: t[f"procedure_{name}"] for name in ("claim", "change", "move", "leave")}
    found = matrix_of(stage.kit, titles, (base, roster), ("person", t["staff_id"]), (axis, business_date(_NOW)))
    screen.show_day(business_date(_NOW))
    screen.show_axis(axis)
    screen.show_matrix(found.label, found.columns, found.rows, found.note)
    screen.show_draft(1)
    return window


def _nobody(stage: Stage) -> QWidget:
    screen = AdminRightsScreen(stage.kit)
    window = _window(stage, screen)
    screen.show_day(business_date(_NOW))
    found = matrix_of(stage.kit, {}, (_empty(), _empty()), ("", ""), ("procedure", business_date(_NOW)))
    screen.show_matrix(found.label, found.columns, found.rows, found.note)
    return window


def _terminals(stage: Stage, *, confirmed: bool) -> QWidget:
    screen = AdminTerminalsScreen(stage.kit)
    window = _window(stage, screen)
    rows = enumerate(_roster(stage).terminals)
    screen.show_terminals([terminal_shown(stage.kit, one, is_touched=at == 1) for at, one in rows])
    screen.show_draft(1)
    if not confirmed:
        screen.do("save")
    return window


def _draft(stage: Stage, *, changed: bool) -> QWidget:
    t, screen, roster = stage.sample["admin"], AdminDraftScreen(stage.kit), _roster(stage)
    window = _window(stage, screen)
    posts = (PostRow(department=t["former"], until=_MARCH), PostRow(department=t["long_department"], since=_APRIL))
    draft = ChangeDraft().put(PostsChange(staff_id=t["staff_id"], posts=posts), roster)
    draft = draft.put(RightsChange(staff_id=t["approver"], rights=(_right("number.search", until=_MARCH),)), roster)
    reader = ChangeReader(stage.kit, roster)
    lines = [line for at, one in enumerate(draft.changes) for line in draft_lines(reader, one, at)]
    screen.show_lines(lines, len(draft.changes))
    if changed:
        words = stage.kit.texts.admin_draft
        screen.banner.show_text("warning", words.outdated(t["name"]), words.outdated_text)
    return window


def _transfers(stage: Stage, *, wrong: bool) -> QWidget:
    t, screen, words = stage.sample["admin"], AdminTransfersScreen(stage.kit), stage.kit.texts.admin_transfers
    window = _window(stage, screen)
    reader = PlanReader(stage.kit, _roster(stage))
    move = Transfer(staff_id=t["staff_id"], leaves=t["former"], department=t["department"], on=_APRIL)
    posts = (PostRow(department=t["former"]),)
    after = (PostRow(department=t["former"], until=_MARCH), PostRow(department=t["department"], since=_APRIL))
    rights = (_right("visit.open", until=_MARCH),)
    good = PlannedRow(t["staff_id"], "", posts, after, rights, rights)
    rows = [reader.row(Line(f"a.csv:{at}", move), good) for at in range(2, 8)]
    faults = (
        reader.fault(DataFault(what="not_a_date", place="a.csv:9.on")),
        reader.row(Line("a.csv:11", move), PlannedRow(t["approver"], "other_post")),
    )
    screen.show_files(words.files("idou-r9.csv", words.roles_file("yakuwari.toml")))
    screen.show_rows([*faults, *rows] if wrong else rows, len(faults) if wrong else 0)
    return window
