"""Rooms that nobody has opened yet are not made; once made they are as any other: kept, locked, wiped, left."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.secret import secret
from app.services.ports.seat import Session
from app.ui.flows.late_room import Front, LateRoom
from app.ui.flows.other_rooms import OtherRoomsDesk
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.screens.admin import TaskShown
from app.ui.screens.locked import LockedScreen
from app.ui.screens.password import PasswordScreen
from app.ui.set_aside import SetAside
from app.ui.window import Window
from app.wire.entry_draft import EntryDraft
from tests.support.slices import MORNING, person

DOOR = TaskShown("own.password", "自分", "パスワード", "パスワードを変える")
FORM = "own.form"


class Room(QObject):
    """A room with one real screen; counts what it is told."""

    left = Signal()
    finished = Signal(str, str)

    def __init__(self, kit: Kit, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.screen, self.told = PasswordScreen(kit), list[str]()
        self.screen.back_asked.connect(self.left)

    @property
    def doors(self) -> tuple[TaskShown, ...]:
        return (DOOR,)

    def offers(self, session: Session) -> frozenset[str]:
        del session
        return frozenset({DOOR.task})

    def begin(self, session: Session, door: str) -> None:
        self.told.append(f"{session.actor.staff_id} {door}")
        self._window.open_screen(self.screen)

    def resume(self, session: Session, typed: EntryDraft) -> bool:
        self.begin(session, typed.form)
        return True

    def end(self) -> None:
        self.told.append("end")
        self.screen.wipe()

    def save_now(self) -> None:
        self.told.append("save")


@dataclass
class House:
    """The window, a late room behind its door, and what a lock takes out."""

    window: Window
    late: Late[Room]
    desk: OtherRoomsDesk
    aside: SetAside

    def enter(self) -> Room:
        self.desk.begin(session())
        self.desk.screen.task_asked.emit(DOOR.task)
        return self.late.now()


def session(staff_id: str = "e01") -> Session:
    ends = MORNING + timedelta(hours=10)
    return Session(person(staff_id), "北市", "中央区役所", secret("t"), MORNING, ends, "key")


@pytest.fixture
def house(kit: Kit, qapp: QApplication, qtbot: QtBot) -> House:
    cover = LockedScreen(kit)
    window = Window(kit, qapp, cover, training=False)
    qtbot.addWidget(window)
    late = Late(window, lambda: Room(kit, window))
    front = Front((DOOR,), lambda _: frozenset({DOOR.task}), frozenset({FORM}))
    desk = OtherRoomsDesk(kit, window, (LateRoom(front, late),))
    aside = SetAside((window,), cover)
    window.part_made.connect(aside.learn)
    window.show()
    return House(window, late, desk, aside)


def field(room: Room) -> QLineEdit:
    return room.screen.findChildren(QLineEdit)[0]


def labels(room: Room) -> list[str]:
    return [one.text() for one in room.screen.findChildren(QLabel)]


def test_a_room_is_made_when_somebody_goes_in_and_is_the_same_one_the_next_time(house: House) -> None:
    assert house.desk.offers(session()) == {DOOR.task}
    house.desk.begin(session())
    assert house.late.made is None
    first = house.enter()
    assert house.window.current is first.screen
    first.screen.back_asked.emit()
    assert house.window.current is house.desk.screen
    assert house.enter() is first
    assert first.told == [f"e01 {DOOR.task}", f"e01 {DOOR.task}"]


def test_the_window_tells_of_a_new_room_before_anybody_uses_it(house: House) -> None:
    heard: list[str] = []
    house.window.part_made.connect(lambda part: heard.append("window") if isinstance(part, Room) else None)
    house.late.when_made(lambda room: heard.append(f"wing {room.told}"))
    house.enter()
    house.enter()
    assert heard == ["window", "wing []"]


def test_a_lock_the_end_of_a_session_and_a_foreign_draft_make_no_room(house: House) -> None:
    house.desk.begin(session())
    house.desk.save_now()
    work = house.aside.take_out()
    house.aside.put_back(work)
    house.desk.resume(session(), EntryDraft(form="another.form", values={}, about={}))
    house.desk.end()
    assert house.late.made is None


def test_a_half_typed_form_of_a_room_makes_it(house: House) -> None:
    house.desk.resume(session(), EntryDraft(form=FORM, values={}, about={}))
    assert house.late.made is not None
    assert house.late.made.told == [f"e01 {FORM}"]


def test_what_was_typed_in_a_late_room_leaves_the_window_at_a_lock_and_comes_back(house: House) -> None:
    room = house.enter()
    empty = labels(room)
    field(room).setText("けやき")
    work = house.aside.take_out()
    assert field(room).text() == ""
    assert labels(room) == empty, "what the program itself says stays as it is"
    house.aside.put_back(work)
    assert field(room).text() == "けやき"
    assert labels(room) == empty


def test_a_room_that_is_made_after_an_unlock_is_taken_out_by_the_next_lock(house: House) -> None:
    house.desk.begin(session())
    house.aside.put_back(house.aside.take_out())
    room = house.enter()
    field(room).setText("けやき")
    house.aside.take_out()
    assert field(room).text() == ""


def test_what_was_open_before_a_room_is_made_is_still_known_as_it_was_when_empty(house: House, kit: Kit) -> None:
    """Else what somebody typed meanwhile would count as the window's own, and stand there while locked."""
    early = house.enter()
    field(early).setText("けやき")
    other = Late(house.window, lambda: Room(kit, house.window))
    other.now()
    house.aside.take_out()
    assert field(early).text() == ""


def test_a_made_room_hears_of_the_lock_and_of_the_end_of_the_session(house: House) -> None:
    room = house.enter()
    field(room).setText("けやき")
    house.desk.save_now()
    house.desk.end()
    assert room.told[-2:] == ["save", "end"]
    assert field(room).text() == ""


def test_the_next_person_goes_into_the_same_room_with_their_own_session(house: House) -> None:
    room = house.enter()
    house.desk.end()
    house.desk.begin(session("e02"))
    house.desk.screen.task_asked.emit(DOOR.task)
    assert room.told[-1] == f"e02 {DOOR.task}"
