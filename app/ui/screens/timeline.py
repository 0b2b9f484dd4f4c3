"""応対の記録: one visit as one timeline, of the desk and the terminals, filtered by person."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.choice import Choice
from app.ui.widgets.timeline import Happening, Timeline
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing somebody did. ``staff_id`` is what the filter goes by."""

    staff_id: str
    happening: Happening


class TimelineScreen(Screen):
    """``refresh_asked``: read again; ``left``: back."""

    refresh_asked = Signal()
    left = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.records
        super().__init__(kit, words.title, has_side=False)
        self._deeds: tuple[Deed, ...] = ()
        self._lead = Words(words.loading, "support")
        self._person = Choice(kit, words.person, ())
        self._person.setFixedWidth(kit.look.px(320))
        self._person.changed.connect(self._filter)
        self._line = Timeline(kit, words.name)
        head = QHBoxLayout()
        head.addWidget(self._lead, 1)
        head.addWidget(self._person)
        self.body.addLayout(head)
        self.body.addWidget(self._line, 1)
        self.back_asked.connect(self.left)
        self.offer(Offer("refresh", words.refresh, self.refresh_asked.emit), Offer("save", words.back, self.left.emit))

    def first_focus(self) -> QWidget:
        return self._line

    def show_deeds(self, deeds: Sequence[Deed], people: Sequence[tuple[str, str]], lead: str) -> None:
        """What happened, in the order given; ``people``: staff number and name of those who did something."""
        chosen = self._person.value()
        self._deeds = tuple(deeds)
        self._lead.show_text(lead)
        self._person.show_options(people)
        self._person.box.setItemText(0, self.kit.texts.records.everybody)
        self._person.show_value(chosen)
        self._filter(self._person.value())

    def show_error(self, message: Message) -> None:
        """Why the records can't be shown."""
        self._lead.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_deeds((), (), "")

    def _filter(self, staff_id: str) -> None:
        self._line.show_happenings([one.happening for one in self._deeds if staff_id in {"", one.staff_id}])
