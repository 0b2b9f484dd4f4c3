"""C-31: what wants a look in the room of certificates is counted, by whether it was issued all the same."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.domain.person import Capacity
from app.domain.rights import Right
from app.ui.flows.visit_meter import ISSUE, VisitMeter
from app.wire.desk_counts import AlertAnswer
from tests.edge.backend.register.issuing import ENTRUSTED
from tests.ui.certificates.conftest import ISSUER, Counter


@pytest.fixture
def meter(counter: Counter) -> VisitMeter:
    """As the window's wiring connects it."""
    made = VisitMeter(counter.clock)
    made.begin()
    counter.room.alerts.connect(lambda notes: made.show_alerts(notes, ISSUE))
    counter.window.screen_opened.connect(made.stand)
    return made


def to_the_draft(counter: Counter) -> None:
    counter.room.begin(counter.present(capacity=Capacity.AGENT, presenter="代理　人", evidence=ENTRUSTED))
    counter.at("証明書の請求")
    counter.fill("個人番号")
    counter.key(Qt.Key.Key_F12)
    counter.at("証明書の内容の確認")


def test_what_was_looked_at_and_issued_counts_as_gone_on(counter: Counter, meter: VisitMeter) -> None:
    to_the_draft(counter)
    counter.tick("確かめた")
    counter.key(Qt.Key.Key_F12)
    counter.at("交付の一覧")
    counter.waits_for("番号だけ")
    assert meter.end().alerts == (AlertAnswer(kind="issue", answer="overridden"),)


def test_who_turned_back_followed_it_though_a_list_was_opened_later(counter: Counter, meter: VisitMeter) -> None:
    to_the_draft(counter)
    counter.key(Qt.Key.Key_Escape)
    counter.at("証明書の請求")
    counter.key(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    counter.at("交付の一覧")
    assert meter.end().alerts == (AlertAnswer(kind="issue", answer="heeded"),)


def test_a_restraint_is_a_kind_of_its_own_and_copies_of_others_do_not_override_it(
    counter: Counter, meter: VisitMeter
) -> None:
    counter.office.protect("301")
    knows = replace(ISSUER, rights=(*ISSUER.rights, Right("restraint.see")))
    counter.room.begin(counter.present(actor=knows))
    counter.at("証明書の請求")
    counter.fill()
    counter.says("責任者へ引き継いでください。")
    counter.key(Qt.Key.Key_F12)
    counter.at("証明書の内容の確認")
    counter.key(Qt.Key.Key_F12)
    counter.at("交付の一覧")
    counter.waits_for("番号だけ")
    assert meter.end().alerts == (AlertAnswer(kind="restraint", answer="heeded"),)
