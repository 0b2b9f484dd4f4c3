"""More to search by: the address, the ward of a designated city, and what this person searched for lately."""

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.widgets.choice import Choice
from app.ui.widgets.field import TextField

_ALL = "all"


@dataclass(frozen=True, slots=True)
class Entered:
    """What the clerk typed to search by, or to go on with somebody who is not in the register.

    ``address``: part of an address, also of a former one; ``ward``: its code, "" for the whole municipality.
    """

    name: str = field(repr=False)
    kana: str = field(repr=False)
    birth: date | None = field(repr=False)
    address: str = field(default="", repr=False)
    ward: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search by: an address alone would find half a street."""
        return not (self.name or self.kana or self.birth)


@dataclass(frozen=True, slots=True)
class HabitsShown:
    """What is offered. ``wards``: code and name; ``own``: the ward proposed; ``recent``: words and what was typed."""

    wards: tuple[tuple[str, str], ...] = ()
    own: str = ""
    recent: tuple[tuple[str, Entered], ...] = field(default=(), repr=False)


class SearchMore(QWidget):
    """A second row below name, kana and birth date. ``recalled`` carries an ``Entered`` that was chosen again."""

    recalled = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        words = kit.texts.register_search
        self._kit, self._shown = kit, HabitsShown()
        self.address = TextField(kit, words.address)
        self.ward = Choice(kit, words.ward, ())
        self.recent = Choice(kit, words.recent, ())
        self.recent.changed.connect(self._on_recent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(20)
        for widget, share in ((self.address, 4), (self.ward, 2), (self.recent, 4)):
            line.addWidget(widget, share)
        self.show_habits(HabitsShown())

    def show_habits(self, shown: HabitsShown) -> None:
        """Fill both lists; without wards there is no field for them."""
        words = self._kit.texts.register_search
        self._shown = shown
        self.ward.setVisible(bool(shown.wards))
        self.ward.show_options(((_ALL, words.all_wards), *shown.wards))
        self.ward.show_value(shown.own or _ALL)
        self.recent.show_options([(str(place), said) for place, (said, _) in enumerate(shown.recent)])
        self.recent.setVisible(bool(shown.recent))

    def ward_code(self) -> str:
        """The ward to look in, "" for all."""
        chosen = self.ward.value()
        return "" if chosen == _ALL or self.ward.isHidden() else chosen

    def wipe(self) -> None:
        """Nothing typed and nothing remembered stays."""
        self.address.show_text("")
        self.show_habits(HabitsShown())

    def show_entered(self, entered: Entered) -> None:
        """What was typed some other time."""
        self.address.show_text(entered.address)
        self.ward.show_value(entered.ward or _ALL)

    def _on_recent(self, place: str) -> None:
        if place:
            _, entered = self._shown.recent[int(place)]
            self.show_entered(entered)
            self.recalled.emit(entered)
