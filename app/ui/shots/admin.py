"""Pictures of the administrators' room: staff cards, registering one, a one-time pass."""

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from app.errors import StaffCardAbsent
from app.ui.flows.admin import task_list
from app.ui.flows.admin_acts import CARDS, NEEDS
from app.ui.flows.admin_cards import card_shown
from app.ui.flows.admin_register import register_message
from app.ui.screen import Screen
from app.ui.screens.admin import AdminScreen
from app.ui.screens.admin_cards import AdminCardsScreen
from app.ui.screens.admin_pass import AdminPassScreen
from app.ui.screens.admin_register import AdminRegisterScreen
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.button import Button
from app.ui.window import Window
from app.wire.staff import KeyRow

_DAY = datetime(2026, 11, 20, 1, 12, tzinfo=UTC)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    return (
        Shot("60-admin", lambda: _room(stage, frozenset(NEEDS))),
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
    )


def _window(stage: Stage, screen: Screen) -> Window:
    window = stage.window(screen)
    window.show_visit(None)
    return window


def _room(stage: Stage, offered: frozenset[str]) -> QWidget:
    screen = AdminScreen(stage.kit, task_list(stage.kit))
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
