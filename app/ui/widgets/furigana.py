"""フリガナ: a field that takes any kana, and the filling of it from what was typed before a name was converted."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.kana import wide_kana
from app.ui.kit import Kit
from app.ui.widgets.chip import Chip
from app.ui.widgets.field import TextField

_OF_THE_NAME = frozenset({"kana", "legal_kana"})


class KanaField(TextField):
    """Hiragana and narrow kana are taken too; they become wide katakana when the cursor leaves, never before."""

    def __init__(self, kit: Kit, label: str, *, required: bool | None = None, support: str = "") -> None:
        super().__init__(kit, label, required=required, support=support)
        self.line.editingFinished.connect(self._widen)
        self._automatic = Chip(kit, kit.texts.parts.automatic, "information")
        self._automatic.hide()
        self.add_beside_label(self._automatic)

    def fill(self, text: str) -> None:
        """Put in what nobody typed here, and tell it as a change."""
        self.line.setText(text)
        self.clear_error()
        self.changed.emit(text)

    def show_automatic(self, *, automatic: bool) -> None:
        """Mark what stands here as filled by the program, or not."""
        if automatic != self.is_automatic():
            self._automatic.setVisible(automatic)
            told = self._kit.texts.parts.automatic_told if automatic else ""
            self.line.setAccessibleDescription(f"{told} {self._support}".strip())

    def is_automatic(self) -> bool:
        """Whether it is marked so."""
        return not self._automatic.isHidden()

    def _widen(self) -> None:
        text = self.line.text()
        if (wide := wide_kana(text)) != text:
            self.fill(wide)


class Furigana(QObject):
    """Fills ``kana`` from the readings of ``name`` as long as nobody has typed there; marks it as automatic.

    What was typed, looked up or taken from a draft is never touched.
    """

    def __init__(self, name: TextField, kana: KanaField) -> None:
        super().__init__(name)
        self._name, self._kana = name, kana
        self._given = ""
        name.line.read.connect(self._on_read)
        name.changed.connect(self._on_name)
        kana.line.textChanged.connect(self._on_kana)

    def _on_read(self, reading: str, begins: bool) -> None:  # noqa: FBT001 -- Qt's
        stands = self._kana.line.text()
        goes_on = bool(stands) and stands == self._given
        if reading and (goes_on or (begins and not stands and reading.strip())):
            self._fill((self._given if goes_on else "") + wide_kana(reading))

    def _on_name(self, text: str) -> None:
        if not text and self._given and self._kana.line.text() == self._given:
            self._fill("")

    def _on_kana(self, text: str) -> None:
        self._given = text if text.split() == self._given.split() else ""
        self._kana.show_automatic(automatic=bool(self._given))

    def _fill(self, text: str) -> None:
        self._given = text
        self._kana.fill(text)
        self._kana.show_automatic(automatic=bool(text))


def read_along(fields: Mapping[str, QWidget]) -> None:
    """Have every フリガナ among the fields of one form, by id, filled from its name, where that is asked there too."""
    for one, kana in fields.items():
        name = fields.get(_name_of(one, fields))
        if isinstance(kana, KanaField) and isinstance(name, TextField):
            Furigana(name, kana)


def _name_of(kana: str, fields: Collection[str]) -> str:
    """The field whose reading ``kana`` holds, by their ids: x_name and x_kana, alias and alias_kana; "" for none."""
    if kana in _OF_THE_NAME:
        return "name" if "name" in fields else ""
    head = kana.removesuffix("_kana")
    return next((one for one in (f"{head}_name", head) if one != kana and one in fields), "")
