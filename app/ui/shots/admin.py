"""Pictures of the administrators' room: staff cards, registering one, a one-time pass."""

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from app.errors import StaffCardAbsent
from app.ui.flows.admin_acts import CARDS, shown
from app.ui.flows.admin_cards import card_shown
from app.ui.flows.admin_change_words import ChangeReader
from app.ui.flows.admin_changes import change_shown
from app.ui.flows.admin_pages import own_doors
from app.ui.flows.admin_register import register_message
from app.ui.flows.admin_sessions import sessions_shown, tries_shown
from app.ui.screen import Screen
from app.ui.screens.admin import AdminScreen
from app.ui.screens.admin_cards import AdminCardsScreen
from app.ui.screens.admin_changes import AdminChangesScreen
from app.ui.screens.admin_pass import AdminPassScreen
from app.ui.screens.admin_register import AdminRegisterScreen
from app.ui.screens.admin_sessions import AdminSessionsScreen
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.button import Button
from app.ui.widgets.table import Table
from app.ui.window import Window
from app.wire.staff import KeyRow, RightRow
from app.wire.staff_change import (
    ChangeRow,
    PersonRow,
    PostRow,
    PostsChange,
    RightsChange,
    Roster,
    SessionRow,
    SignInRow,
    SignIns,
    TerminalChange,
    TerminalRow,
)

_DAY = datetime(2026, 11, 20, 1, 12, tzinfo=UTC)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    return (
        Shot("60-admin", lambda: _room(stage, frozenset(one.task for one in own_doors(stage.kit)))),
        Shot("60-admin-cards-only", lambda: _room(stage, frozenset({CARDS}))),
        Shot("61-admin-cards-waiting", lambda: _cards(stage, waiting=True)[0]),
        Shot("61-admin-cards-person", lambda: _cards(stage, waiting=False)[0]),
        Shot("61-admin-cards-none", lambda: _no_cards(stage)),
        Shot("61-admin-cards-revoke", lambda: _revoke(stage)),
        Shot("62-admin-register", lambda: _register(stage)),
        Shot("62-admin-register-no-card", lambda: _register(stage, failed=True)),
        Shot("62-admin-registered", lambda: _register(stage, done=True)),
        Shot("63-admin-pass", lambda: _pass(stage, issued=False)),
        Shot("63-admin-pass-issued", lambda: _pass(stage, issued=True)),
        Shot("64-admin-changes", lambda: _changes(stage, decided=False)),
        Shot("64-admin-changes-own-stale", lambda: _changes(stage, decided=False, mark=2)),
        Shot("64-admin-changes-reject", lambda: _reject(stage)),
        Shot("64-admin-changes-decided", lambda: _changes(stage, decided=True, mark=1)),
        Shot("65-admin-sessions", lambda: _sessions(stage)),
    )


def _window(stage: Stage, screen: Screen) -> Window:
    window = stage.window(screen)
    window.show_visit(None)
    return window


def _room(stage: Stage, offered: frozenset[str]) -> QWidget:
    screen = AdminScreen(stage.kit, [shown(door) for door in own_doors(stage.kit)])
    screen.show_offered(offered)
    return _window(stage, screen)


def _rows(stage: Stage) -> tuple[KeyRow, ...]:
    sample = stage.sample["admin"]
    staff_id, own, other = sample["staff_id"], sample["administrator"], sample["approver"]
    later = _DAY + timedelta(days=40)
    return (
        KeyRow("1", staff_id, sample["label"], _DAY, other, own, later),
        KeyRow("2", staff_id, sample["label"], _DAY, own, other),
        KeyRow("3", staff_id, sample["spare"], later, other),
        KeyRow("4", staff_id, sample["spare"], later, own),
    )


def _cards(stage: Stage, *, waiting: bool) -> tuple[Window, AdminCardsScreen]:
    sample, screen = stage.sample["admin"], AdminCardsScreen(stage.kit)
    rows = [card_shown(stage.kit, row, sample["administrator"]) for row in _rows(stage)]
    window = _window(stage, screen)
    screen.show_cards("" if waiting else sample["staff_id"], rows[2:] if waiting else rows)
    return window, screen


def _no_cards(stage: Stage) -> QWidget:
    screen = AdminCardsScreen(stage.kit)
    window = _window(stage, screen)
    screen.show_cards("", ())
    return window


def _revoke(stage: Stage) -> QWidget:
    window, screen = _cards(stage, waiting=True)
    screen.do("return_case")
    return window


def _register(stage: Stage, *, failed: bool = False, done: bool = False) -> QWidget:
    sample, screen = stage.sample["admin"], AdminRegisterScreen(stage.kit)
    window = _window(stage, screen)
    screen.show_person(sample["staff_id"])
    if failed:
        screen.show_error(register_message(stage.kit, StaffCardAbsent()))
    if done:
        screen.show_done(sample["staff_id"], sample["label"])
    return window


def _pass(stage: Stage, *, issued: bool) -> QWidget:
    sample, screen = stage.sample["admin"], AdminPassScreen(stage.kit)
    window = _window(stage, screen)
    if issued:
        screen.show_pass(sample["staff_id"], sample["pass"], "10:22")
    else:
        next(one for one in screen.findChildren(Button) if one.text() == stage.kit.texts.admin_pass.issue).click()
    return window


def _roster(stage: Stage) -> Roster:
    t = stage.sample["admin"]
    posts = (PostRow(department=t["former"], until=date(2027, 3, 31)),)
    rights = (RightRow("application.check", "*", "*"), RightRow("register.open", "*", "*"))
    people = (
        PersonRow(t["staff_id"], t["name"], t["office"], active=True, posts=posts, rights=rights, effective=rights),
        PersonRow(
            t["approver"], stage.sample["place"]["staff"], t["office"], active=True, posts=(), rights=(), effective=()
        ),
    )
    terminal = TerminalRow("T-01", "3", _DAY, None, "", t["approver"])
    open_now = SessionRow(t["staff_id"], "T-01", _DAY, _DAY + timedelta(hours=10))
    return Roster(people=people, departments=(), terminals=(terminal,), sessions=(open_now,), sections={})


def _change_rows(stage: Stage) -> tuple[ChangeRow, ...]:
    t = stage.sample["admin"]
    posts = PostsChange(
        t["staff_id"], (PostRow(t["former"], None, date(2027, 3, 31)), PostRow(t["department"], date(2027, 4, 1)))
    )
    rights = RightsChange(
        t["staff_id"], (RightRow("application.check", "*", "*"), RightRow("item.show", "*", "my_number"))
    )
    made = (
        ("1", posts, t["approver"]),
        ("2", rights, t["administrator"]),
        ("3", TerminalChange("T-01", "3", revoked=True), t["approver"]),
    )
    later = _DAY + timedelta(days=7)
    return tuple(ChangeRow(one, t["staff_id"], what, t["reason"], by, _DAY, later, "waiting") for one, what, by in made)


def _changes(stage: Stage, *, decided: bool, mark: int = 0) -> Window:
    t, screen = stage.sample["admin"], AdminChangesScreen(stage.kit)
    reader, rows = ChangeReader(stage.kit, _roster(stage)), _change_rows(stage)
    if decided:
        ends = zip(rows, ("approved", "rejected", "expired"), strict=True)
        rows = tuple(replace(row, outcome=end, decided_by=t["approver"], decided_at=_DAY) for row, end in ends)
        rows = (rows[0], replace(rows[1], decision_reason=t["refusal"]), rows[2])
    else:
        rows = (rows[0], rows[2], replace(rows[1], stale=True))
    window, own = _window(stage, screen), t["administrator"]
    changes = [change_shown(stage.kit, reader, row, own, decides=True) for row in rows]
    screen.show_changes(changes, decided=decided)
    for table in screen.findChildren(Table)[:1]:
        table.selectRow(mark)
    return window


def _reject(stage: Stage) -> QWidget:
    window = _changes(stage, decided=False)
    if isinstance(screen := window.current, AdminChangesScreen):
        screen.do("return_case")
    return window


def _sessions(stage: Stage) -> QWidget:
    screen = AdminSessionsScreen(stage.kit)
    window = _window(stage, screen)
    roster, t = _roster(stage), stage.sample["admin"]
    screen.show_sessions(sessions_shown(stage.kit, roster))
    causes = ("", "password", "unknown_person", "too_many_tries")
    who = (t["staff_id"], t["staff_id"], "", t["approver"])
    made = zip(who, causes, strict=True)
    rows = tuple(SignInRow(_DAY, one, "T-01", "sign_in", cause, "" if cause else "key") for one, cause in made)
    screen.show_tries(tries_shown(stage.kit, roster, SignIns(rows)), refused=False)
    return window
