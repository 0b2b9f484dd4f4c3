"""One picture that shows the parts in their states, so that a change in the look is seen at once."""

from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import WrongCode
from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.alerts import Note
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import Button
from app.ui.widgets.chip import ICON_OF, Chip
from app.ui.widgets.choice import Choice, Pick, YesNo
from app.ui.widgets.code_field import CodeField
from app.ui.widgets.compare import Compared, CompareTable, Match
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import LongTextField, TextField
from app.ui.widgets.photo import PhotoBox
from app.ui.widgets.read_only import ReadOnlyField
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.steps import Step, StepNavigation, StepState
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.timeline import Happening, Timeline
from app.ui.widgets.verdict import VerdictRow

_TALL = 1880


class Gallery(Screen):
    """All parts on one screen, with the invented words ``t``. It asks nothing."""

    def __init__(self, kit: Kit, words: dict[str, str]) -> None:
        super().__init__(kit, words["title"])
        self._t = words
        self._names = (words["name_1"], words["name_2"], words["name_3"])
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(16)
        for place, field in enumerate((*self._typed_fields(), *self._picked_fields())):
            grid.addWidget(field, place // 2, place % 2)
        self.body.addWidget(self._steps())
        self.body.addLayout(grid)
        self.body.addLayout(self._chips())
        self.body.addLayout(self._proofs())
        self.body.addWidget(self._compared())
        self.body.addLayout(self._tables())
        self.body.addStretch(1)
        self.foot.addLayout(self._buttons())
        actions = ("search", "refresh", "save", "return_case")
        self.offer(
            *(Offer(action, words[action], self._nothing) for action in actions),
            Offer("commit", words["register"], self._nothing),
        )
        self.banner.show_message(kit.messages.of(WrongCode(left=9, key="face_b")))

    def _nothing(self) -> None:
        """A picture asks nothing."""

    def _typed_fields(self) -> tuple[QWidget, ...]:
        kit, t = self.kit, self._t
        text = TextField(kit, t["name"], required=True, support=t["name_support"])
        text.show_text(self._names[0])
        wrong = TextField(kit, t["kana"], required=True, support=t["kana_support"])
        wrong.show_error(t["kana_error"])
        day, wrong_day = DateField(kit, t["birth"], required=True), DateField(kit, t["moved"], required=False)
        day.show_date(date(1990, 4, 1))
        wrong_day.show_date(date(2026, 11, 20))
        wrong_day.show_error(t["moved_error"])
        code = CodeField(kit, t["code_b"], (6, 4, 4), support=t["code_b_support"])
        code.line.setText("020401 2031 00")
        dots = CodeField(kit, t["pin"], (4,), dots=True, support=t["pin_support"])
        dots.line.setText("12")
        return text, wrong, day, wrong_day, code, dots

    def _picked_fields(self) -> tuple[QWidget, ...]:
        kit, t = self.kit, self._t
        choice = Choice(kit, t["relation"], (("1", t["child"]), ("2", t["parent"])), required=True)
        fixed = ReadOnlyField(kit, t["address"], reason=t["address_reason"])
        fixed.show_value(t["building_value"])
        pick = Pick(kit, t["means"], (("card", t["means_card"]), ("eye", t["means_eye"])), required=True)
        pick.show_value("card")
        answer = YesNo(kit, t["spouse"], required=True)
        return choice, fixed, pick, answer, LongTextField(kit, t["memo"], required=False)

    def _steps(self) -> QWidget:
        steps = StepNavigation(self.kit)
        states = (StepState.DONE, StepState.CURRENT, StepState.ERROR, StepState.SKIPPED, StepState.AHEAD)
        steps.show_steps([Step(f"{self._t['step']}{n}", state) for n, state in enumerate(states, start=1)])
        return steps

    def _chips(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        for kind in ICON_OF:
            line.addWidget(Chip(self.kit, self._t["state"], kind))
        for name in self._names:
            label = ResidentName(self.kit, 28)
            label.show_name(name)
            line.addWidget(label)
        line.addStretch(1)
        return line

    def _proofs(self) -> QHBoxLayout:
        t, verdicts = self._t, QVBoxLayout()
        rows = (
            (t["issuer"], Verified()),
            (t["record"], Failed("card_record_altered")),
            (t["chip"], NotChecked("card_outside_signature")),
        )
        for question, verdict in rows:
            row = VerdictRow(self.kit, question)
            row.show_verdict(verdict)
            verdicts.addWidget(row)
        info = Banner(self.kit)
        info.show_text("warning", t["warning"], t["warning_text"], t["warning_next"])
        verdicts.addWidget(info)
        verdicts.addStretch(1)
        photo = PhotoBox(self.kit)
        photo.show_png(grey_png())
        line = QHBoxLayout()
        line.setSpacing(24)
        for box in (photo, PhotoBox(self.kit)):
            line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(verdicts, 1)
        return line

    def _compared(self) -> QWidget:
        t = self._t
        table = CompareTable(self.kit, t["compared"])
        table.show_compared((
            Compared(t["name"], self._names[0], t["plain_name"], Match.DIFFERENT),
            Compared(t["relation"], t["child"], t["child"], Match.SAME),
            Compared(t["building"], "", t["building_value"], Match.MISSING),
        ))
        return table

    def _tables(self) -> QHBoxLayout:
        t = self._t
        columns = (
            Column[str](t["name"], lambda name: name, is_name=True),
            Column[str](t["state"], lambda _: Cell(t["waiting"], "information", "pending"), 140),
            Column[str](t["minutes"], lambda _: "12", 60, is_number=True),
        )
        full = Table(self.kit, t["queue"], columns, empty=t["nothing"])
        full.show_rows(self._names)
        empty = Table(self.kit, t["empty_queue"], columns, empty=t["nothing"])
        empty.show_rows(())
        line = Timeline(self.kit, t["timeline"])
        line.show_happenings((
            Happening("10:02:11", t["second_staff"], t["began"]),
            Happening("10:03:05", t["second_staff"], t["was_read"], t["was_read_detail"], "success"),
            Happening("10:05:40", t["second_staff"], t["returned"], t["returned_detail"], "warning"),
        ))
        row = QHBoxLayout()
        row.setSpacing(16)
        for widget in (full, empty, line):
            widget.setFixedHeight(180)
            row.addWidget(widget, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Button(self._t["register"], "primary", final=True))
        line.addWidget(Button(self._t["save"]))
        line.addWidget(Button(self._t["leave"], "text"))
        line.addStretch(1)
        return line


def grey_png() -> bytes:
    """A grey picture in the place of a photo."""
    image = QImage(120, 160, QImage.Format.Format_Grayscale8)
    image.fill(QColor("#b3b3b3"))
    return png_of(image)


def png_of(image: QImage) -> bytes:
    """The picture as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def shots(stage: Stage) -> tuple[Shot, ...]:
    """The gallery in the window, and tall enough to show all of it."""
    return (
        Shot("90-gallery", lambda: _window(stage, 768)),
        Shot("91-gallery-tall", lambda: _window(stage, _TALL)),
    )


def _window(stage: Stage, height: int) -> QWidget:
    t = stage.sample["gallery"]
    window = stage.window(Gallery(stage.kit, t))
    window.alerts.show_alerts((Note(t["alert"], t["alert_text"]), Note(t["notice"], t["notice_text"], "information")))
    window.alerts.show_pending((Note(t["pending"], t["pending_text"], "information", "pending"),))
    window.resize(window.width(), height)
    return window
