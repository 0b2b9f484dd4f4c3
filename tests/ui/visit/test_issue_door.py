"""The ways from a visit to certificates and seals (C-32): open to who may, with whom the visit is about."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.domain.rights import Right
from tests.ui.visit.conftest import Counter

SHIFT = Qt.KeyboardModifier.ShiftModifier


def to_procedures(counter: Counter) -> None:
    counter.find_by_card()
    counter.key(Qt.Key.Key_F12)
    counter.at("手続の選択")


@pytest.fixture
def asked(counter: Counter) -> list[tuple[str, str]]:
    """What the visit asked for, and about whom."""
    found: list[tuple[str, str]] = []
    for name, signal in (("certificates", counter.visit.certificates_asked), ("seals", counter.visit.seals_asked)):
        signal.connect(lambda present, name=name: found.append((name, present.hit.business_number)))
    return found


def test_who_may_issue_goes_on_to_certificates_and_seals_by_one_key(
    counter: Counter, asked: list[tuple[str, str]]
) -> None:
    session = counter.visit._session
    rights = (*session.actor.rights, Right("certificate.issue"), Right("seal.register"))
    counter.visit.end()
    counter.visit.begin(replace(session, actor=replace(session.actor, rights=rights)))
    to_procedures(counter)
    counter.key(Qt.Key.Key_F9)
    counter.key(Qt.Key.Key_F3, SHIFT)
    assert asked == [("certificates", "2001"), ("seals", "2001")]


def test_who_may_not_is_not_offered_it(counter: Counter, asked: list[tuple[str, str]]) -> None:
    to_procedures(counter)
    assert not {"証明書", "印鑑登録"} & {one.label for one in counter.screen.key_labels()}
    counter.key(Qt.Key.Key_F9)
    counter.key(Qt.Key.Key_F3, SHIFT)
    assert asked == []


def test_when_the_person_leaves_the_other_rooms_are_told(counter: Counter) -> None:
    told: list[str] = []
    counter.visit.visit_over.connect(lambda: told.append("over"))
    to_procedures(counter)
    counter.visit.close_asked.emit()
    counter.at("次の応対")
    assert told == ["over"]
