"""A window with one paper to print, on a real print service."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.act import Act
from app.domain.clock import SystemRandom
from app.domain.form import FormContent, FormRow, FormSection
from app.domain.rights import Actor
from app.domain.secret import secret
from app.services.paper import Paper, PaperMark, set_paper
from app.services.ports.seat import Session, press
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from tests.support.cups import Cups, Sheets
from tests.support.printing import Printed, forms
from tests.support.slices import MORNING, MovedClock
from tests.ui.review.conftest import ActList
from tests.ui.visit.conftest import Hands

NAME = "架空　花子"
BEFORE = "手続の選択"
CLERK = Actor("131016", "s001", "見本　次郎", "d1", "t1", ())


def a_paper(name: str = NAME, *, form: str = "notice", asks_leave: bool = False, is_single: bool = False) -> Paper:
    """A paper about ``name``, set by the real press."""
    content = FormContent(
        form=form, title="認定通知書", number="R08-000012", issued_on="令和8年11月21日", issuer="見本市中央区長",
        addressee=f"{name} 様", lead="次のとおり決定します。",
        sections=(FormSection("請求者", (FormRow("氏名", name),)),), reasons=(), instruction=(), mark="訓練",
    )  # fmt: skip
    mark = PaperMark(form, "R08-000012", "v1", "a1", asks_leave=asks_leave, is_single=is_single)
    return set_paper(forms(), content.title, content, mark)


@dataclass
class Desk(Hands):
    """A clerk before the window, the print service behind it, and the PC's record."""

    cups: Cups
    sheets: Sheets
    printed: Printed
    journal: ActList
    clock: MovedClock

    def show(self, paper: Paper, printer: str = "window") -> None:
        """The paper stands in the window, the printer is chosen."""
        self.printed.desk.show("認定通知書", paper)
        self.at("印刷")
        self.choose(printer)

    def choose(self, printer: str) -> None:
        box = self.screen.order.printer  # type: ignore[attr-defined]
        self.bot.waitUntil(lambda: box.box.findData(printer) > 0)
        box.show_value(printer)

    def acts(self, kind: str) -> list[Act]:
        return [act for act in self.journal.acts if act.kind == kind]

    def ended(self) -> dict[str, object]:
        """What the record says of the last job's end, once it says so."""
        self.bot.waitUntil(lambda: len(self.acts("paper.ended")) == len(self.acts("paper.sent")))
        return dict(self.acts("paper.ended")[-1].detail())


@pytest.fixture(scope="module")
def sheets(cups: Cups) -> Sheets:
    """The printer at the window; another one is the default, and nothing may ever come out there."""
    cups.add("default")
    cups.make_default("default")
    return cups.add("window", "1階 カウンター")


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, kit: Kit, tmp_path: Path, cups: Cups, sheets: Sheets) -> Iterator[Desk]:
    clock, journal = MovedClock(MORNING), ActList()
    kit = replace(kit, clock=clock)
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    window.open_screen(Screen(kit, BEFORE))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    printed = Printed((kit, window), partial(press, clock, SystemRandom()), journal, tmp_path / "papers", cups.queue)
    now = clock.now()
    printed.desk.begin(Session(CLERK, "見本市", "中央区役所", secret("t"), now, now.replace(year=2027), "key"))
    yield Desk(window, qtbot, cups, sheets, printed, journal, clock)
    printed.close()
    sheets.as_at_first()


F9, F11, F12, SHIFT = Qt.Key.Key_F9, Qt.Key.Key_F11, Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier
