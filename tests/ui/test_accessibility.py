"""Every screen for people who do not see it, and the contrast for those who see it badly."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QTableView, QTreeView, QWidget

from app.domain.clock import SystemClock
from app.ui.kit import Kit, open_kit
from app.ui.shots.every import every_shot
from app.ui.shots.stage import Stage, open_stage, put_away, settle
from app.ui.style import TINTED, make_look


@pytest.fixture
def stage(qapp: QApplication, kit: Kit) -> Stage:
    return open_stage(kit, qapp)


def controls(widget: QWidget) -> Iterator[QWidget]:
    """What the keyboard can reach in ``widget``."""
    for child in (widget, *widget.findChildren(QWidget)):
        inside = isinstance(child.parentWidget(), QAbstractScrollArea)
        if (
            child.isVisible()
            and child.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not inside
            and not child.focusProxy()
        ):
            yield child


def unnamed(widget: QWidget) -> list[str]:
    found = []
    for control in controls(widget):
        spoken = QAccessible.queryAccessibleInterface(control)
        if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
            found.append(f"{type(control).__name__} in {type(control.parentWidget()).__name__}")
    return found


def test_every_screen_has_names_for_its_controls_fits_the_design_size_and_traps_no_key(
    stage: Stage, qapp: QApplication
):
    seen = 0
    for shot in every_shot(stage):
        widget = shot.build()
        settle(qapp, widget)
        seen += sum(1 for _ in controls(widget))
        assert unnamed(widget) == [], shot.name
        least = widget.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 768) == (True, True), (shot.name, least)
        assert not widget.findChildren(QTreeView), shot.name
        assert not any(table.tabKeyNavigation() for table in widget.findChildren(QTableView)), shot.name
        put_away(qapp, widget)
    assert seen > 20


def test_the_walk_finds_a_control_without_a_name(qtbot):
    window, table = QWidget(), QTableView()
    qtbot.addWidget(window)
    table.setParent(window)
    window.show()
    assert unnamed(window) == ["QTableView in QWidget"]


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("role", ["text", "text_support", "text_faint", "primary", *TINTED])
@pytest.mark.parametrize("ground", ["surface", "surface_dim"])
def test_text_reaches_aa_on_both_grounds(role, ground):
    look = make_look()
    assert contrast(look.colour(role), look.colour(ground)) >= 4.5


@pytest.mark.parametrize("kind", TINTED)
def test_tinted_text_and_marks_reach_aa_on_their_own_tint(kind):
    look = make_look()
    soft = look.colour(f"{kind}_soft")
    assert contrast(look.colour(kind), soft) >= 4.5
    assert contrast(look.colour(f"{kind}_mark"), soft) >= 3


def test_white_on_the_primary_button_and_black_on_the_training_band_reach_aa():
    look = make_look()
    assert contrast(look.colour("text_on_dark"), look.colour("primary")) >= 4.5
    assert contrast(look.colour("training_text"), look.colour("training")) >= 4.5


def test_with_high_contrast_only_the_systems_palette_is_used(qapp: QApplication):
    look = make_look(high_contrast=True)
    system = qapp.palette()
    known = {system.color(role).name() for role in type(system.ColorRole.Window) if role.name != "NColorRoles"}
    assert set(re.findall(r"#[0-9a-f]{6}", look.sheet)) <= known
    assert look.colour("text") == system.color(system.ColorRole.WindowText)
    assert look.colour("training") == system.color(system.ColorRole.Highlight)
    assert look.colour("error_soft") == system.color(system.ColorRole.Window)


def test_type_grows_with_the_scale_and_is_never_smaller_than_14(qapp: QApplication):
    kit = open_kit(qapp, SystemClock(), scale=1.5)
    assert kit.look.font(16).pixelSize() == 24
    assert min(int(size) for size in _sizes(make_look().sheet)) >= 14
    open_kit(qapp, SystemClock())


def _sizes(sheet: str) -> list[str]:
    return re.findall(r"font-size: (\d+)px", sheet)
