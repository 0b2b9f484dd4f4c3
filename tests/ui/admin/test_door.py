"""Who is let in, from where and back to where; and the administrator's own card after others lay on its reader."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt, Signal

from app.card.staff_card import FidoStaffCards
from app.client.admin import AdminWing
from app.domain.clock import SystemClock
from app.services.manage_cards import MANAGE
from app.services.ports.seat import Session
from app.ui.late import Late
from tests.support.staff_keys import staff_card
from tests.ui.admin.conftest import FIRST, Room
from tests.ui.admin.test_staff_cards import open_cards, press


class Front(QObject):
    """Where a door to the room is shown: the waiting screen or the queue, as far as the room knows them."""

    admin_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.offered: bool | None = None
        self.returns = 0

    @property
    def doors(self) -> "Front":
        return self

    def show_admin_offered(self, *, offered: bool) -> None:
        self.offered = offered

    def show_waiting(self) -> None:
        self.returns += 1

    def begin(self, session: Session) -> None:
        self.returns += 1


class Door:
    """The wing with both fronts; ``missing`` counts how often the window would have been locked."""

    def __init__(self, room: Room) -> None:
        self.visit, self.review, self.missing = Front(), Front(), 0
        self.cards = FidoStaffCards(room.reader.hold, SystemClock(), room.reader)
        self.wing = AdminWing(
            room.desk._kit, Late(room.window, lambda: room.desk), (self.visit, self.review), self.cards
        )
        self.wing.card_missing.connect(self._count)

    def _count(self) -> None:
        self.missing += 1


@pytest.fixture
def door(room: Room):
    made = Door(room)
    yield made
    made.wing.end()
    made.cards.close()


def test_the_door_is_shown_to_whoever_may_do_something_and_leads_back_where_one_came_from(
    room: Room, door: Door
) -> None:
    door.wing.begin(room.session(FIRST, "visit.read"))
    assert (door.visit.offered, door.review.offered) == (False, False)
    door.wing.begin(room.session(FIRST, MANAGE))
    assert (door.visit.offered, door.review.offered) == (True, True)
    for front in (door.visit, door.review):
        front.admin_asked.emit()
        room.at("管理")
        room.key(Qt.Key.Key_Escape)
        assert front.returns == 1


def test_a_card_may_be_taken_off_while_another_is_registered_and_must_lie_there_afterwards(
    room: Room, door: Door
) -> None:
    own = staff_card()
    room.reader.put(own)
    door.wing.begin(room.session(FIRST, MANAGE))
    assert door.wing.watches_card()
    door.visit.admin_asked.emit()
    open_cards(room)
    for lies, missing in ((True, 0), (False, 1)):
        press(room, "カードを登録")
        assert not door.wing.watches_card()
        room.reader.take()
        if lies:
            room.reader.put(own)
        room.key(Qt.Key.Key_Escape)
        room.at("職員カード")
        assert door.wing.watches_card()
        assert door.missing == missing


def test_whoever_signed_in_without_a_card_has_none_to_leave_there(room: Room, door: Door) -> None:
    door.wing.begin(replace(room.session(FIRST, MANAGE), second_factor="one_time_pass"))
    assert not door.wing.watches_card()
    door.visit.admin_asked.emit()
    open_cards(room)
    press(room, "カードを登録")
    room.key(Qt.Key.Key_Escape)
    assert door.missing == 0
