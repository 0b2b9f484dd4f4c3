"""The look of the window, made from the design tokens: colours by purpose, fonts, icons, palette and style sheet."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Any

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.resources import read_toml, resource

SANS = ("BIZ UDPGothic", "BIZ UDPゴシック", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", "Meiryo")
MONO = ("BIZ UDGothic", "BIZ UDゴシック", "Noto Sans Mono CJK JP", "MS Gothic")
NAMES = ("IPAmjMincho", "IPAmj明朝", "BIZ UDMincho", "Noto Serif CJK JP", "Noto Sans CJK JP")
"""Names are set in IPAmj明朝, whose glyphs are those of 文字情報基盤 (published); the rest is for PCs without it."""

_MIDDLE = 127
"""Lightness that parts dark grounds from light ones, of 255."""

TINTED = ("success", "error", "warning", "information", "quiet")
"""Kinds of chip, banner and verdict: each has a text colour, a ``_mark`` colour and a ``_soft`` surface."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours by role, type and icons. ``scale`` enlarges type (1.0, 1.25, 1.5).

    ``high_contrast``: the person asked the system for more contrast: all colours are of its palette.
    """

    colours: Mapping[str, str]
    sheet: str
    scale: float
    high_contrast: bool
    drawings: dict[tuple[str, str], QByteArray] = field(default_factory=dict, compare=False, repr=False)

    def colour(self, role: str) -> QColor:
        """The colour for a purpose; KeyError for a role that roles.toml does not have."""
        return QColor(self.colours[role])

    def px(self, size: int) -> int:
        """``size`` pixels of type at the chosen scale."""
        return round(size * self.scale)

    def font(self, size: int, *, bold: bool = False, families: tuple[str, ...] = SANS) -> QFont:
        """A font by pixel size at 100 %; never under 14."""
        font = QFont()
        font.setFamilies(list(families))
        font.setPixelSize(self.px(size))
        font.setBold(bold)
        return font

    def icon(self, name: str, role: str) -> QSvgRenderer:
        """An icon of resources/icons in the colour of ``role``; its file is read once."""
        drawing = self.drawings.get((name, role))
        if drawing is None:
            text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
            text = text.replace("#ffffff", self.colours["surface"]).replace("currentColor", self.colours[role])
            drawing = self.drawings[name, role] = QByteArray(text.encode())
        return QSvgRenderer(drawing)

    def pixmap(self, name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
        """An icon as a picture of ``size`` logical pixels, for places that take no widget."""
        picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.icon(name, role).render(painter, QRectF(0, 0, size, size))
        painter.end()
        return picture


def asks_for_contrast() -> bool:
    """Whether the person has set the system to high contrast (Windows contrast themes; Qt 6.10+)."""
    hints = QGuiApplication.styleHints()  # PySide6 6.11.3 ends accessibility() with this object: hold it
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def make_look(*, scale: float = 1.0, high_contrast: bool = False) -> Look:
    """The look from the shipped tokens, or from the system's palette when ``high_contrast``."""
    if high_contrast:
        system = _system_colours()
        return Look(system, _sheet(system, scale).replace("1px", "2px"), scale, high_contrast=True)
    tokens = json.loads(resource("style", "tokens.json").read_text(encoding="utf-8"))["color"]
    colours = {role: _token(tokens, path) for role, path in read_toml("style", "roles.toml")["roles"].items()}
    return Look(colours, _sheet(colours, scale), scale, high_contrast=False)


def dress(application: QApplication, look: Look) -> None:
    """Give the whole program its style: Fusion, palette, sheet and base font. Nothing is done twice."""
    if application.property("look") == look.sheet + str(look.scale):
        return
    application.setProperty("look", look.sheet + str(look.scale))
    application.setStyle("Fusion")
    if not look.high_contrast:
        application.setPalette(palette_of(look))
    application.setFont(look.font(16))
    application.setStyleSheet(look.sheet)


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property the style sheet selects on, and have the sheet looked at again.

    A widget that was never shown is not looked at: it will be, with its properties as they stand then.
    """
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _token(tokens: Mapping[str, Any], path: str) -> str:
    value: Any = tokens
    for step in path.split("."):
        value = value[step]
    return str(value["value"] if isinstance(value, dict) else value)


def _sheet(colours: Mapping[str, str], scale: float) -> str:
    sizes = {f"px{size}": str(round(size * scale)) for size in (14, 16, 18, 20, 22, 24, 28, 32, 36)}
    families = {name: ", ".join(f'"{family}"' for family in group) for name, group in (("sans", SANS), ("mono", MONO))}
    template = Template(resource("style", "window.qss").read_text(encoding="utf-8"))
    drawings = {
        "chevron": "chevron-down" if QColor(colours["surface"]).lightness() > _MIDDLE else "chevron-down-light",
        "tick": "tick" if QColor(colours["primary"]).lightness() < _MIDDLE else "tick-dark",
    }
    pictures = {name: resource("icons", f"{file}.svg").as_posix() for name, file in drawings.items()}
    return template.substitute(colours, **sizes, **families, **pictures)


def palette_of(look: Look) -> QPalette:
    """The colours of ``look`` where Qt draws without the sheet."""
    palette = QPalette()
    for part, role in (
        (QPalette.ColorRole.Window, "surface_dim"),
        (QPalette.ColorRole.WindowText, "text"),
        (QPalette.ColorRole.Base, "surface"),
        (QPalette.ColorRole.AlternateBase, "surface_dim"),
        (QPalette.ColorRole.Text, "text"),
        (QPalette.ColorRole.Button, "surface"),
        (QPalette.ColorRole.ButtonText, "text"),
        (QPalette.ColorRole.Highlight, "primary"),
        (QPalette.ColorRole.HighlightedText, "text_on_dark"),
        (QPalette.ColorRole.PlaceholderText, "text_faint"),
        (QPalette.ColorRole.ToolTipBase, "surface"),
        (QPalette.ColorRole.ToolTipText, "text"),
        (QPalette.ColorRole.Link, "primary"),
    ):
        palette.setColor(part, look.colour(role))
    return palette


def _system_colours() -> dict[str, str]:
    """Every role from the system's palette: its own purpose if listed, else text on window."""
    table = read_toml("style", "roles.toml")
    palette = QGuiApplication.palette()

    def named(part: str) -> str:
        return palette.color(QPalette.ColorRole[part]).name()

    contrast = table["contrast"]
    return {role: named(_contrast_part(role, contrast)) for role in table["roles"]}


def _contrast_part(role: str, contrast: Mapping[str, str]) -> str:
    if role in contrast:
        return contrast[role]
    head = role.partition("_")[0]
    if "_soft" in role or head == "surface":
        return contrast["surface"]
    return contrast["primary"] if head == "primary" else contrast["text"]
