"""Contrast and type for people who see badly, computed from the colours that are really used."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.clock import SystemClock
from app.domain.resident_view import ResidentView
from app.ui.kit import Kit, open_kit
from app.ui.resident_display import ResidentDisplay
from app.ui.resources import resource
from app.ui.shots.every import every_shot
from app.ui.shots.stage import open_stage, settle
from app.ui.style import TINTED, dress, make_look
from app.ui.variants import NameFaces
from app.ui.widgets.table import Cell, Column, Table


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


@pytest.mark.parametrize("kind", TINTED)
def test_tinted_text_and_marks_reach_aa_on_a_marked_row(kind):
    look = make_look()
    assert contrast(look.colour(kind), look.colour("selected")) >= 4.5
    assert contrast(look.colour(f"{kind}_mark"), look.colour("selected")) >= 3


@pytest.mark.parametrize("ground", ["surface", "surface_dim", "selected", "primary"])
def test_the_focus_ring_is_seen_on_every_ground_by_one_of_its_bands(ground):
    look = make_look()
    bands = [contrast(look.colour(band), look.colour(ground)) for band in ("ring_inner", "ring_outer")]
    assert max(bands) >= 3
    assert contrast(look.colour("ring_inner"), look.colour("ring_outer")) >= 3


def test_white_on_the_primary_button_and_black_on_the_training_band_reach_aa():
    look = make_look()
    assert contrast(look.colour("text_on_dark"), look.colour("primary")) >= 4.5
    assert contrast(look.colour("training_text"), look.colour("training")) >= 4.5


NOT_IN_USE = re.compile(r":disabled|\[live=\"false\"\]")
"""What can't be used may be fainter. Source: WCAG 2.2, 1.4.3, published."""


def used_pairs() -> list[tuple[str, str, str]]:
    """(selector, text role, ground role) of every rule of the style sheet that sets both."""
    text = re.sub(r"/\*.*?\*/", "", resource("style", "window.qss").read_text(encoding="utf-8"), flags=re.DOTALL)
    found = []
    for selector, body in re.findall(r"([^{}]+)\{((?:[^{}]|\$\{\w+\})*)\}", text):
        roles = [re.search(rf"(?:^|[;\s]){part}:[^;]*\$\{{(\w+)\}}", body) for part in ("color", "background")]
        if all(roles) and not NOT_IN_USE.search(selector):
            found.append((selector.strip(), *(role[1] for role in roles)))
    return found


def test_every_rule_of_the_sheet_that_sets_text_on_a_ground_reaches_aa():
    look, pairs = make_look(), used_pairs()
    low = [pair for pair in pairs if contrast(look.colour(pair[1]), look.colour(pair[2])) < 4.5]
    assert low == []
    assert len(pairs) >= 6


@pytest.fixture
def black(qapp: QApplication) -> Iterator[None]:
    """A contrast theme as Windows has it: white on black, marked in yellow."""
    before, theme = qapp.palette(), QPalette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base, QPalette.ColorRole.HighlightedText):
        theme.setColor(role, QColor("#000000"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        theme.setColor(role, QColor("#ffffff"))
    theme.setColor(QPalette.ColorRole.Highlight, QColor("#ffff00"))
    qapp.setPalette(theme)
    yield
    qapp.setPalette(before)


@pytest.fixture
def contrast_kit(qapp: QApplication, black: None) -> Iterator[Kit]:
    """What a program is made of that began under that theme."""
    kit, theme = open_kit(qapp, SystemClock()), QPalette()
    for role, colour in BLACK:
        theme.setColor(role, QColor(colour))
    qapp.setPalette(theme)
    look = make_look(high_contrast=True)
    dress(qapp, look)
    yield replace(kit, look=look, names=NameFaces(look))
    open_kit(qapp, SystemClock())


BLACK = (
    *((role, "#000000") for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base)),
    *((role, "#000000") for role in (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Button)),
    *((role, "#ffffff") for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text)),
    *((role, "#ffffff") for role in (QPalette.ColorRole.ButtonText, QPalette.ColorRole.PlaceholderText)),
    (QPalette.ColorRole.Highlight, "#ffff00"),
)
IN_THEME = ("01-sign-in-refused", "12-person-several", "15-form-3-children", "75-access")
"""A banner, a table with marks, fields and steps, bars; with --endurance every picture but the resident's."""


def colours(picture: QImage) -> dict[str, float]:
    """Colours that cover more than 0.2 % of a picture: less is the soft edge of letters."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    found = Counter(memoryview(bytes(picture.constBits())).cast("I"))
    whole = picture.width() * picture.height()
    return {f"#{one & 0xFFFFFF:06x}": count / whole for one, count in found.items() if count > whole / 500}


def test_under_a_contrast_theme_every_screen_is_painted_in_its_colours_alone(
    contrast_kit: Kit, qapp: QApplication, pytestconfig: pytest.Config
):
    stage, wrong, seen = open_stage(contrast_kit, qapp), [], 0
    every = pytestconfig.getoption("--endurance")
    for shot in every_shot(stage):
        if shot.name not in IN_THEME and not (every and not shot.name.startswith("03-resident")):
            continue
        widget = shot.build()
        settle(qapp, widget)
        strange = [one for one in colours(widget.grab().toImage()) if not near(one)]
        wrong += [f"{shot.name}: {one}" for one in strange]
        seen += 1
        stage.put_away(widget)
    assert wrong == []
    assert seen >= len(IN_THEME)


def near(colour: str) -> bool:
    """Whether it is black, white or yellow, or lies under the pale mark of practice, which takes 3 %."""
    one = QColor(colour)
    parts = (one.red(), one.green(), one.blue())
    return any(max(abs(a - b) for a, b in zip(parts, of, strict=True)) <= 12 for of in _THEME)


_THEME = ((0, 0, 0), (255, 255, 255), (255, 255, 0))


def test_under_a_contrast_theme_what_stands_in_a_marked_row_can_be_read(contrast_kit: Kit, qtbot: QtBot):
    columns = (Column[str]("状態", lambda _: Cell("未確認", "warning"), 200),)
    table: Table[str] = Table(contrast_kit, "表", columns, empty="―")
    qtbot.addWidget(table)
    table.resize(220, 160)
    table.show_rows(("a",))
    table.show()
    row = table.viewport().grab(table.visualRect(table.model().index(0, 0)).adjusted(2, 2, -2, -4)).toImage()
    used = colours(row)
    assert "#ffff00" in used
    assert "#ffffff" not in used
    assert "#000000" in used


def test_the_residents_display_stays_black_on_white_whatever_the_clerk_set(contrast_kit: Kit, qtbot: QtBot):
    display = ResidentDisplay(contrast_kit, training=False, office="訓練区役所")
    qtbot.addWidget(display)
    display.show_view(ResidentView("A012"))
    display.show()
    used = colours(display.grab().toImage())
    assert used["#ffffff"] > 0.5
    assert "#000000" in used or "#1a1a1a" in used


def test_a_contrast_theme_of_the_system_is_taken_over_whole_with_thicker_lines(black: None):
    look = make_look(high_contrast=True)
    pairs = {(text, ground) for _, text, ground in used_pairs()} | {("text", "surface"), ("error", "error_soft")}
    low = [pair for pair in pairs if contrast(look.colour(pair[0]), look.colour(pair[1])) < 7]
    assert low == []
    assert set(re.findall(r"#[0-9a-f]{6}", look.sheet)) == {"#000000", "#ffffff", "#ffff00"}
    assert not re.search(r"border[^;]*\b1px", look.sheet)


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
