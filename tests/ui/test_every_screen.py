"""Every screen in its states: named for who does not see it, reachable without a mouse, whole at any size of window."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.clock import SystemClock
from app.ui.kit import Kit, open_kit
from app.ui.screen import Screen
from app.ui.shots.every import every_shot
from app.ui.shots.stage import Shot, open_stage
from app.ui.widgets.button import Button
from app.ui.widgets.table import Cell, Column, Table
from app.ui.window import Window
from tests.support.fit import faults

pytestmark = pytest.mark.timeout(3600)  # with --endurance every screen is laid out eight times

DESIGN, FULL = (1366, 768), (1920, 1080)
SCALES = (1.0, 1.25, 1.5, 2.0)
RESIDENT = "03-resident"
"""The resident's window stands on a monitor of its own and is never smaller than the design size."""


def sizes() -> tuple[tuple[int, int], ...]:
    """What is left of both screens, as Qt counts, when the system enlarges everything to 100, 125, 150 and 200 %."""
    return tuple((int(width / scale), int(height / scale)) for width, height in (DESIGN, FULL) for scale in SCALES)


def controls(widget: QWidget, seen_in: QWidget) -> Iterator[QWidget]:
    """What the keyboard can reach in ``widget`` once it is shown."""
    for child in (widget, *widget.findChildren(QWidget)):
        inside = isinstance(child.parentWidget(), QAbstractScrollArea)
        reachable = child.focusPolicy() != Qt.FocusPolicy.NoFocus and not child.focusProxy()
        if reachable and not inside and child.isVisibleTo(seen_in):
            yield child


def spoken(control: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(control)
    return "" if found is None else found.text(QAccessible.Text.Name).strip()


def unnamed(widget: QWidget) -> list[str]:
    return [
        f"{type(control).__name__} in {type(control.parentWidget()).__name__}"
        for control in controls(widget, widget)
        if not spoken(control)
    ]


def not_to_be_read(widget: QWidget) -> list[str]:
    """Names with an access key's letter in them, pictures and signs without a word."""
    return [name for control in controls(widget, widget) if "&" in (name := spoken(control)) or name.endswith(")N(")]


def traps(widget: QWidget) -> list[str]:
    """What keeps Tab for itself, and trees, which readers do not read."""
    tables = [table.accessibleName() for table in widget.findChildren(QTableView) if table.tabKeyNavigation()]
    return [*tables, *(type(tree).__name__ for tree in widget.findChildren(QTreeView))]


def out_of_reach(widget: QWidget) -> list[str]:
    """Controls for the mouse alone: no chain of Tab leads there."""
    chain, at = set(), widget.nextInFocusChain()
    while at is not None and at is not widget and at not in chain:
        chain.add(at)
        at = at.nextInFocusChain()
    reached = {one for one in chain if one.focusPolicy() & Qt.FocusPolicy.TabFocus}
    buttons = [one for one in widget.findChildren(Button) if one.isVisibleTo(widget) and one.isEnabled()]
    return [one.text() for one in buttons if one not in reached and one.property("kind") not in _BY_HAND]


_BY_HAND = {"pin-digit", "pin-letter", "pin-end", "pin-give"}
"""The resident's own pad for a code: each of its keys lies on the keyboard too."""


ROLES: tuple[tuple[type[QWidget], QAccessible.Role], ...] = (
    (QCheckBox, QAccessible.Role.CheckBox),
    (QRadioButton, QAccessible.Role.RadioButton),
    (QPushButton, QAccessible.Role.Button),
    (QComboBox, QAccessible.Role.ComboBox),
    (QLineEdit, QAccessible.Role.EditableText),
    (QPlainTextEdit, QAccessible.Role.EditableText),
    (QTableView, QAccessible.Role.Table),
    (QListView, QAccessible.Role.List),
)
"""What each kind of control is to those who do not see it; Qt gives it on to AT-SPI and UI Automation."""


def not_what_it_is(widget: QWidget) -> list[str]:
    """Controls that are told as something else than they are."""
    found = []
    for control in controls(widget, widget):
        wanted = next((role for kind, role in ROLES if isinstance(control, kind)), None)
        told = QAccessible.queryAccessibleInterface(control)
        if wanted is not None and (told is None or told.role() is not wanted):
            found.append(f"{type(control).__name__} {spoken(control)}")
    return found


WORST = (
    "13-interview-plan-going-on",
    "17-resident-say",
    "19-certificate-copies",
    "19-pin-turned",
    "19-pin-turned-password",
    "63-admin-pass-issued",
    "75-access",
    "78-ledger-alarms",
    "101-distribution-use",
    "111-social-party-tax",
)
"""Screens that were cut when all were measured: a code that nothing breaks, keypads, wide tables, long amounts."""


def chosen(shots: tuple[Shot, ...], *, every: bool) -> list[Shot]:
    """All, or of each kind of screen the last picture, which mostly has the most on it, and the worst."""
    last = {"-".join(shot.name.split("-")[:2]): shot.name for shot in shots}
    return [shot for shot in shots if every or shot.name in WORST or shot.name in last.values()]


def kept_sizes(shot: Shot, place: int) -> tuple[tuple[int, int], ...]:
    """Each at the design size, one in four also at half of it, the worst at all sizes."""
    if shot.name in WORST:
        return sizes()
    return (DESIGN,) if place % 4 else (DESIGN, (683, 384))


@dataclass
class Walked:
    """What was found on all screens, by what was looked for."""

    seen: int = 0
    faulty: list[str] = field(default_factory=list)
    helpless: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def walked(qapp: QApplication, pytestconfig: pytest.Config) -> Iterator[Walked]:
    """One walk for all that is asked below: making the screens is what takes the time."""
    every = pytestconfig.getoption("--endurance")
    kit = open_kit(qapp, SystemClock())
    stage, found = open_stage(kit, qapp, spare=[]), Walked()
    for place, shot in enumerate(chosen(every_shot(stage), every=every)):
        wanted = sizes() if every else kept_sizes(shot, place)
        widget = shot.build()
        widget.setUpdatesEnabled(False)  # laid out, not painted
        widget.show()
        found.seen += sum(1 for _ in controls(widget, widget))
        for check in (unnamed, not_what_it_is, not_to_be_read, traps, out_of_reach):
            found.faulty += [f"{shot.name}: {check.__name__}: {fault}" for fault in check(widget)]
        screens = [one for one in widget.findChildren(Screen) if one.isVisibleTo(widget)]
        found.helpless |= {one.title for one in screens if kit.help.of(one.title) is None}
        found.unread += [f"{shot.name} {fault}" for fault in measured(qapp, shot, widget, wanted)]
        widget.hide()
        widget.setUpdatesEnabled(True)
        stage.put_away(widget)
    yield found
    for window in stage.spare or ():
        window.deleteLater()


def measured(
    application: QApplication, shot: Shot, widget: QWidget, wanted: tuple[tuple[int, int], ...]
) -> Iterator[str]:
    """What can't be read at one of these sizes. What is no window of the counter is not made smaller."""
    can_shrink = isinstance(widget, Window) and not shot.name.startswith(RESIDENT)
    for width, height in wanted:
        if width < DESIGN[0] and not can_shrink:
            continue
        widget.resize(width, height)
        for _ in range(3):  # what wraps is laid out anew once its width is known
            application.processEvents()
        yield from (f"{width}×{height}: {fault}" for fault in faults(widget))
        if can_shrink and (widget.width(), widget.height()) != (width, height):
            yield f"{width}×{height}: needs {widget.width()}×{widget.height()}"


def test_every_screen_is_named_needs_no_mouse_and_traps_no_key(walked: Walked):
    assert walked.faulty == []
    assert walked.seen > 500


def test_the_worst_screens_are_among_those_that_are_shown(kit: Kit, qapp: QApplication):
    assert set(WORST) <= {shot.name for shot in every_shot(open_stage(kit, qapp))}


def test_every_screen_has_help(walked: Walked):
    assert sorted(walked.helpless) == [], "resources/text/help.toml has no entry for these screens"


def test_nothing_is_cut_or_lies_on_something_else_at_any_enlargement(walked: Walked):
    assert walked.unread == [], "\n".join(walked.unread)


# what the walks find


def test_the_walk_finds_a_control_without_a_name_and_a_table_that_keeps_tab(qtbot: QtBot):
    window, table = QWidget(), QTableView()
    qtbot.addWidget(window)
    table.setParent(window)
    window.show()
    assert unnamed(window) == ["QTableView in QWidget"]
    assert traps(window) == [""]


def test_the_walk_finds_a_button_that_only_a_mouse_reaches(qtbot: QtBot):
    window, button = QWidget(), Button("押す")
    qtbot.addWidget(window)
    button.setParent(window)
    window.show()
    assert out_of_reach(window) == []
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert out_of_reach(window) == ["押す"]


@pytest.mark.parametrize("what", ["cut", "on each other", "outside", "head", "cell", "value"])
def test_the_measuring_finds_what_can_not_be_read(qtbot: QtBot, kit: Kit, what: str):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1400, 200)
    column = Column[str]("状態" if what == "cell" else "とても長い見出し", lambda _: Cell("処理を待っています"), 60)
    if what == "value":
        column = Column[str]("金額", lambda _: "合計所得金額 2,480,000、所得割額 98,700", 120)
    if what in {"head", "cell", "value"}:
        table: Table[str] = Table(kit, "表", (column,), empty="―")
        table.setParent(window)
        table.resize(300, 150)
        table.show_rows(("a",))
        table.horizontalHeader().resizeSection(0, 60)
    else:
        one, other = QLabel("読めるはずの文", window), QLabel("もう一つの文", window)
        one.setGeometry(0, 0, 20 if what == "cut" else 200, 40)
        other.setGeometry(1390 if what == "outside" else 0, 20 if what == "on each other" else 100, 200, 40)
    window.show()
    if what == "value":
        assert faults(window) == []
        table.setRowHeight(0, 40)
    assert faults(window)


def test_a_window_in_which_all_can_be_read_has_no_fault(qtbot: QtBot, kit: Kit):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 200)
    label = QLabel("読める文", window)
    label.setGeometry(0, 0, 200, 40)
    window.show()
    assert faults(window) == []
