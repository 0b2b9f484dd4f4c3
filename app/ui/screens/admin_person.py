"""職員の内容: name, office, in service or not, and posts with their periods; nothing counts before it is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.era import wareki_short
from app.ui.kit import Kit
from app.ui.screen import Offer
from app.ui.screens.admin_office import OfficeScreen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Choice, Pick
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Column, Table


@dataclass(frozen=True, slots=True)
class PostShown:
    """A post on the form."""

    department: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PersonEntered:
    """What stands in the form."""

    staff_id: str
    name: str
    office: str
    posts: tuple[PostShown, ...]
    active: bool = True


class AdminPersonScreen(OfficeScreen):
    """``entered`` carries a ``PersonEntered``. Posts change on the form first; ``undo_post`` goes one step back."""

    entered = Signal(object)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_person
        super().__init__(kit, words.title)
        self._words, self._is_new = words, False
        self._earlier: list[tuple[PostShown, ...]] = []
        self._staff_id = TextField(kit, words.staff_id, required=True)
        self._staff_id.line.setMaxLength(32)
        self._staff_id.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self._name = TextField(kit, words.name, required=True)
        self._name.line.setMaxLength(128)
        self._office = TextField(kit, words.office, required=True)
        self._office.line.setMaxLength(64)
        self._active = Pick(kit, words.active, (("yes", words.is_active), ("no", words.is_gone)))
        columns = (
            Column[PostShown](words.department, lambda row: row.department),
            Column[PostShown](words.since, lambda row: _day(row.since), 160),
            Column[PostShown](words.until, lambda row: _day(row.until), 160),
        )
        self._posts: Table[PostShown] = Table(kit, words.posts, columns, empty=words.no_posts)
        self._department = Choice(kit, words.department, ())
        self._since, self._until = DateField(kit, words.since), DateField(kit, words.until)
        self._undo_post = Button(words.undo_post)
        self._posts.selected.connect(self._on_marked)
        self._build()
        self.offer_here(Offer("save", words.keep_key, self._ask))

    def first_focus(self) -> QWidget:
        return self._staff_id.line if self._is_new else self._name.line

    def show_person(self, person: PersonEntered, departments: Sequence[str], *, is_new: bool) -> None:
        """The form as it would stand with what was collected."""
        self._is_new = is_new
        self._staff_id.show_text(person.staff_id)
        self._staff_id.line.setReadOnly(not is_new)
        self._name.show_text(person.name)
        self._office.show_text(person.office)
        self._active.show_value("yes" if person.active else "no")
        self._department.show_options([(one, one) for one in departments])
        self._since.show_date(None)
        self._until.show_date(None)
        self._earlier = []
        self._posts.show_rows(person.posts)
        self._show_undo()
        self.count.show_text(self._words.new_lead if is_new else self._words.lead)

    def show_taken(self, text: str) -> None:
        """The number is somebody's already."""
        self._staff_id.show_error(text)
        self._staff_id.line.setFocus()

    def wipe(self) -> None:
        super().wipe()
        self.show_person(PersonEntered("", "", "", ()), (), is_new=False)

    def _build(self) -> None:
        words = self._words
        left, right = Card(), Card(words.posts)
        for field in (self._staff_id, self._name, self._office, self._active):
            left.column.addWidget(field)
        left.column.addStretch(1)
        left.setFixedWidth(self.kit.look.px(380))
        right.add_filling(self._posts, self._posts.height_for(2))
        right.column.addWidget(self._department)
        right.column.addLayout(in_line(self._since, self._until, spacing=16))
        deeds = ((words.add, self._add), (words.replace, self._replace), (words.remove, self._remove))
        buttons = [Button(word) for word, _ in deeds]
        for button, (_, does) in zip(buttons, deeds, strict=True):
            button.clicked.connect(does)
        leave = Button(words.leave)
        leave.clicked.connect(self._leave)
        self._undo_post.clicked.connect(self._on_undo_post)
        right.column.addLayout(in_line(*buttons, leave, self._undo_post))
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left)
        columns.addWidget(right, 1)
        self.body.addWidget(self.count)
        self.body.addLayout(columns, 1)
        keep = Button(words.keep, "primary")
        keep.clicked.connect(self._ask)
        self.finish_foot(keep)

    def _on_marked(self, post: PostShown | None) -> None:
        if post is not None:
            self._department.show_value(post.department)
            self._since.show_date(post.since)
            self._until.show_date(post.until)

    def _typed(self) -> PostShown | None:
        """The post in the fields, None where something is wrong, which then is said."""
        since, until = self._since.check(), self._until.check()
        if self._since.error() or self._until.error():
            return None
        department = self._department.value()
        if not department:
            self._department.show_error(self._words.empty_department)
            return None
        if since is not None and until is not None and until < since:
            self._until.show_error(self._words.reversed)
            return None
        return PostShown(department, since, until)

    def _add(self) -> None:
        if (post := self._typed()) is not None:
            self._become((*self._posts.items(), post))

    def _replace(self) -> None:
        post, marked = self._typed(), self._posts.marked()
        if post is not None and marked is not None:
            self._become(tuple(post if one is marked else one for one in self._posts.items()))

    def _remove(self) -> None:
        if (marked := self._posts.marked()) is not None:
            self._become(tuple(one for one in self._posts.items() if one is not marked))

    def _leave(self) -> None:
        """Every post ends with the last day in the field; what would begin later falls away."""
        last = self._until.check()
        if last is None:
            if not self._until.error():
                self._until.show_error(self._words.empty_last)
            return
        kept = [one for one in self._posts.items() if one.since is None or one.since <= last]
        self._become(
            tuple(
                PostShown(one.department, one.since, last if one.until is None else min(one.until, last))
                for one in kept
            )
        )

    def _become(self, posts: tuple[PostShown, ...]) -> None:
        self._earlier.append(self._posts.items())
        ordered = sorted(posts, key=lambda one: (one.since or date.min, one.department))
        self._posts.show_rows(tuple(ordered))
        self._show_undo()

    def _on_undo_post(self) -> None:
        if self._earlier:
            self._posts.show_rows(self._earlier.pop())
            self._show_undo()

    def _show_undo(self) -> None:
        self._undo_post.setEnabled(bool(self._earlier))

    def _ask(self) -> None:
        words = self._words
        empty = [
            (field, text)
            for field, text in (
                (self._staff_id, words.empty_staff_id),
                (self._name, words.empty_name),
                (self._office, words.empty_office),
            )
            if not field.text()
        ]
        for field, text in empty:
            field.show_error(text)
        if empty:
            empty[0][0].line.setFocus()
            return
        self.entered.emit(
            PersonEntered(
                self._staff_id.text(),
                self._name.text(),
                self._office.text(),
                self._posts.items(),
                active=self._active.value() != "no",
            )
        )


def _day(day: date | None) -> str:
    return "" if day is None else wareki_short(day)
