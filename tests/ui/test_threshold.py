"""C-08, R-024, K-07, S03-6: what the window asks between signing in and work, by keys."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.password_rules import password_fault
from app.domain.rights import Actor
from app.domain.secret import Secret, secret
from app.errors import PasswordChanged, Refused
from app.services.entrance import Proof
from app.services.ports.office import Shown
from app.services.ports.seat import Elsewhere, Session
from app.services.sign_in import Former, Held
from app.ui.background import Lane
from app.ui.flows.threshold import PATIENCE_MS, ThresholdActs, ThresholdFlow
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.screens.sign_in import SignInScreen
from app.ui.widgets.button import Button
from app.ui.window import Window
from tests.ui.visit.conftest import Hands

AT = datetime(2026, 11, 20, 0, 12, tzinfo=UTC)
OLD, NEW = "はるのうみひねもす-1", "なつくさやつわものども-2"


@dataclass
class Office:
    """What is decided beneath the window, in order. ``work``: the password that the work on this PC hangs on."""

    work: str = OLD
    done: list[str] = field(default_factory=list)

    def end_elsewhere(self, held: Held) -> Held:
        self.done.append("ended elsewhere")
        return replace(held, session=replace(held.session, elsewhere=()))

    def change(self, held: Held, new: Secret, pin: Secret | None) -> Held:
        if fault := password_fault(new.text(), held.session.actor.staff_id):
            raise Refused(f"password_{fault}")
        self.done.append(f"changed with {'no card' if pin is None else pin.text()}")
        return held.with_password(new)

    def begin(self, held: Held, former: Former | None) -> Session:
        known = {held.proof.shown.password.text(), former.password.text() if former and former.password else ""}
        if former is not None and former.password is None:
            self.done.append("left sealed")
        elif self.work not in known:
            raise PasswordChanged
        return held.session

    def stop(self, held: Held) -> None:
        self.done.append(f"stopped {held.session.actor.staff_id}")


@dataclass
class Entrance(Hands):
    """The window, with somebody who has just shown who they are."""

    flow: ThresholdFlow
    office: Office
    begun: list[Session] = field(default_factory=list)

    def press(self, word: str) -> None:
        """Press the button that says ``word``."""
        next(one for one in self.screen.findChildren(Button) if one.text() == word).click()

    def come(self, **what: object) -> None:
        """Somebody whose session waits."""
        session = Session(Actor("991007", "k1001", "窓口", "", "T-1", ()), "", "", secret("t"), AT, AT, "key")
        proof = Proof(Shown(secret(str(what.pop("password", OLD)))))
        needs = bool(what.pop("needs_former", False))
        self.flow.begin(Held(replace(session, **what), proof, needs))  # type: ignore[arg-type]


@pytest.fixture
def entrance(qtbot: QtBot, qapp: QApplication, kit: Kit) -> Iterator[Entrance]:
    window, office, lane = Window(kit, qapp, LockedScreen(kit), training=True), Office(), Lane("office")
    qtbot.addWidget(window)
    window.open_screen(SignInScreen(kit))
    acts = ThresholdActs(office.end_elsewhere, office.change, office.begin, office.stop)
    made = Entrance(window, qtbot, ThresholdFlow(kit, window, lane, acts), office)
    made.flow.begun.connect(made.begun.append)
    window.show()
    window.activateWindow()
    yield made
    lane.close()


def test_it_says_where_else_one_is_signed_in_and_enter_ends_it_there(entrance: Entrance) -> None:
    entrance.come(elsewhere=(Elsewhere("T-05", "5", AT),))
    entrance.at("別の端末でサインインしています")
    assert entrance.flow._elsewhere._table.items() == (("5番窓口（T-05）", "R8.11.20 09:12"),)
    entrance.key(Qt.Key.Key_Return)
    entrance.bot.waitUntil(lambda: bool(entrance.begun))
    assert entrance.office.done == ["ended elsewhere"]


def test_escape_leaves_it_there_and_stops_here(entrance: Entrance) -> None:
    entrance.come(elsewhere=(Elsewhere("T-05", "5", AT),))
    entrance.key(Qt.Key.Key_Escape)
    entrance.bot.waitUntil(lambda: entrance.office.done == ["stopped k1001"])
    assert entrance.begun == []


def test_whoever_walks_away_from_the_question_is_not_signed_in(entrance: Entrance) -> None:
    entrance.come(elsewhere=(Elsewhere("T-05", "5", AT),))
    assert entrance.flow._patience.interval() == PATIENCE_MS == 180_000
    entrance.flow._patience.timeout.emit()
    entrance.bot.waitUntil(lambda: entrance.office.done == ["stopped k1001"])


def test_a_given_password_is_changed_before_anything_else_with_the_card(entrance: Entrance) -> None:
    entrance.come(must_change=True)
    entrance.says("管理者から渡されたパスワードは、最初の1回だけ使えます。")
    for words in ("短い", "短い", "135790"):
        entrance.type(words)
        entrance.key(Qt.Key.Key_Tab)
    entrance.key(Qt.Key.Key_F12)
    entrance.says("12文字以上が必要です。")
    for words in (NEW, "違うもの", "135790"):
        entrance.type(words)
        entrance.key(Qt.Key.Key_Tab)
    entrance.key(Qt.Key.Key_F12)
    entrance.says("新しいパスワードと一致しません。")
    assert entrance.office.done == []


def test_work_that_hangs_on_the_former_password_asks_for_it_once(entrance: Entrance) -> None:
    entrance.come(password=NEW, needs_former=True)
    entrance.says("前のパスワードを1回だけ入力すると")
    entrance.type("ちがうパスワード")
    entrance.key(Qt.Key.Key_F12)
    entrance.says("このパスワードでは開きません。")
    entrance.type(OLD)
    entrance.key(Qt.Key.Key_F12)
    entrance.bot.waitUntil(lambda: bool(entrance.begun))


def test_whoever_does_not_know_it_leaves_the_work_sealed_after_a_question(entrance: Entrance) -> None:
    entrance.come(password=NEW, needs_former=True)
    entrance.press("前のパスワードが分からない")
    entrance.says("管理者2名の回復用の鍵だけで開けます。")
    entrance.press("封をしたまま新しく始める")
    entrance.bot.waitUntil(lambda: bool(entrance.begun))
    assert entrance.office.done == ["left sealed"]


def test_the_sign_in_screen_says_that_use_outside_the_work_can_be_traced(entrance: Entrance) -> None:
    """C-13, R-056."""
    entrance.says("業務以外の利用は、だれが・いつ・何をしたかを後から確認できます。")
