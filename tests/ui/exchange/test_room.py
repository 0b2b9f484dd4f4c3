"""R-030: the exchange's rooms: only open doors, a form that a lock leaves with whom it was about, deeds by right."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.rights import Right
from app.errors import Unreachable
from app.ui.flows.exchange_pages import ACTS, BEFORE
from app.ui.kit import Kit
from app.ui.shots.exchange import Made
from app.ui.shots.stage import open_stage


@pytest.fixture
def made(qapp: QApplication, kit: Kit) -> Made:
    return Made(open_stage(kit, qapp))


def test_a_door_is_open_to_whoever_has_its_right_today_and_to_nobody_else(made: Made) -> None:
    room, window = made.room()
    session = made.session()
    assert room.offers(session) == {BEFORE + door for door in ACTS}
    over = Right("exchange.watch", until=date(2000, 1, 1))
    alone = replace(session.actor, rights=(Right("provision.trace", "city_tax"),))
    assert room.offers(replace(session, actor=alone)) == {f"{BEFORE}receivers"}
    nobody = replace(session.actor, rights=(over,))
    assert room.offers(replace(session, actor=nobody)) == frozenset()
    window.deleteLater()


def test_a_lock_leaves_a_form_and_what_it_knew_of_somebody(made: Made) -> None:
    room, window = made.room()
    room.begin(made.session(), f"{BEFORE}replica")
    replica = room.pages.replica.now()
    replica.edit("person", made.who)
    replica.deeds()["look"]()
    replica.deeds()["enter"]()
    form = room.forms["replica_row"].now()
    assert window.current is form.screen
    assert form._asked is not None
    room.save_now()
    assert window.current is replica.screen
    assert form._asked is None
    assert not form._values
    room.save_now()
    assert window.current is replica.screen, "a list stays where it is"
    window.deleteLater()


def test_a_list_is_made_when_somebody_first_goes_in_and_its_form_when_it_is_asked_for(made: Made) -> None:
    room, window = made.room()
    told: list[object] = []
    window.part_made.connect(told.append)
    room.begin(made.session(), f"{BEFORE}replica")
    pages = room.pages
    assert [name for name, page in vars(pages).items() if page.made is not None] == ["replica"]
    assert [form for form in room.forms.values() if form.made is not None] == []
    pages.replica.now().edit("person", made.who)
    pages.replica.now().deeds()["look"]()
    pages.replica.now().deeds()["enter"]()
    assert [name for name, form in room.forms.items() if form.made is not None] == ["replica_row"]
    assert told == [pages.replica.made, room.forms["replica_row"].made], "a lock learns both"
    window.deleteLater()


def test_nothing_of_anybody_stays_once_the_room_is_left(made: Made) -> None:
    room, window = made.room()
    room.begin(made.session(), f"{BEFORE}flags")
    assert room.pages.flags.now()._rows
    room.end()
    assert (room.pages.flags.now()._rows, room.pages.flags.now().screen.marked()) == ((), "")
    window.deleteLater()


def test_what_could_not_be_read_says_so_in_the_empty_list(made: Made) -> None:
    room, window = made.room(error=Unreachable())
    room.begin(made.session(), f"{BEFORE}runs")
    table = room.pages.runs.now().screen._table
    assert table is not None
    assert table._empty.text() == room.pages.runs.now()._kit.texts.office.not_read
    window.deleteLater()
