"""What comes to a counter in a day: visits of several kinds, each done at the window by keys alone."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from app.shipped import resource
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.drawing import Drawing
from app.standin.cards.files import CardMaker
from app.standin.cards.holder import Holder
from app.standin.city.values import City
from tests.support.cards import VirtualReader
from tests.support.far_window import BETWEEN, FarWindow

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@dataclass
class Hall:
    """A window, who is in the city, and the reader that stands on the counter."""

    window: FarWindow
    city: City
    reader: VirtualReader
    maker: CardMaker
    password: str

    def holder(self, persona: str) -> Holder:
        return self.city.personas[persona].card

    def lay(self, persona: str) -> None:
        """A new card each time, with the counters of a new card."""
        self.reader.put(self.maker.make(self.holder(persona)))


def maker() -> CardMaker:
    """Makes the personas' cards."""
    return CardMaker(TrainingAuthority.load(resource("training", "card")), Drawing())


def certificate_for_oneself(hall: Hall) -> None:
    """The resident's own record, printed and handed over."""
    _issued(hall, "claimant_moved_in")


def certificate_by_alias(hall: Hall) -> None:
    """The same for somebody of another country."""
    _issued(hall, "foreign")


def claim(hall: Hall) -> None:
    """A claim with all that only the person knows, handed in."""
    window = hall.window
    _form(hall, "local_claimant")
    _answers(hall, "local_claimant")
    window.key(Key.Key_F12)
    window.at("提出の確認")
    window.key(Key.Key_F12)
    window.at("提出の結果")
    window.says("受付が完了しました")
    _over(window)


def enquiry_and_lock(hall: Hall) -> None:
    """An enquiry to the city before; in the middle the clerk is away; the rest is left for another day."""
    window = hall.window
    _form(hall, "undeclared")
    window.key(Key.Key_F5)
    window.at("情報照会")
    window.go_to("本人が署名した同意")
    window.type("1")
    window.key(Key.Key_F12)
    window.says("照会を送りました")
    _locked(hall)
    _over(window)


def protected(hall: Hall) -> None:
    """Somebody asks for a person who is protected, and hears nothing."""
    window = hall.window
    _known(hall, "local_claimant")
    window.key(Key.Key_F3)
    window.go_to("氏名")
    window.type(hall.city.resident_of("protected").name)
    window.key(Key.Key_F3)
    window.says("抑止のある人です")
    window.enter()
    window.says("この方の記録は、抑止されています")
    _over(window)


VISITS: tuple[Callable[[Hall], None], ...] = (
    certificate_for_oneself,
    claim,
    protected,
    certificate_by_alias,
    enquiry_and_lock,
)


def _next(window: FarWindow) -> None:
    """The next ticket stands there already, but for the first of the day."""
    if window.focus().text() == "":
        window.type("A001")
    window.key(Key.Key_F2)
    window.at("本人確認")


def _known(hall: Hall, persona: str) -> None:
    """By card, code and face to the one person found."""
    window = hall.window
    _next(window)
    hall.lay(persona)
    window.says("照合番号B　あと10回")
    window.go_to("照合番号B")
    window.type(hall.holder(persona).code_b)
    window.enter()
    window.enter()
    window.says("署名対象外")
    window.wait(lambda: "はい" in window.focus().name, "the question for the face")
    window.type("1")
    window.key(Key.Key_F12)
    window.at("住民検索")
    window.says("個人番号は登録済み")


def _issued(hall: Hall, persona: str) -> None:
    window = hall.window
    _known(hall, persona)
    window.key(Key.Key_F9)
    window.at("証明書の請求")
    window.says("交付可")
    window.key(Key.Key_F12)
    window.at("証明書の内容の確認")
    window.key(Key.Key_F12)
    window.at("印刷")
    window.key(Key.Key_F9)
    window.says("を保存しました")
    window.key(Key.Key_F11)
    window.at("交付の一覧")
    for label in ("渡した", "応対終了"):
        window.wait(lambda label=label: window.ask("offers").get("commit") == label, label)  # type: ignore[misc]
        window.key(Key.Key_F12)
    window.at(BETWEEN)


def _form(hall: Hall, persona: str) -> None:
    window = hall.window
    _known(hall, persona)
    window.key(Key.Key_F12)
    window.at("手続の選択")
    window.enter()
    window.at("申請入力")


def _answers(hall: Hall, persona: str) -> None:
    window = hall.window
    window.go_to("電話番号")
    window.type("09000000000")
    _choose(window, "職業", 3)
    _choose(window, "加入している年金", 2)
    window.key(Key.Key_PageDown)
    _choose(window, "配偶者の課税年度", 2)
    _choose(window, "配偶者の職業", 3)
    window.key(Key.Key_PageDown)
    for label in ("監護している", "生計"):
        window.go_to(label)
        window.type("1")
    window.key(Key.Key_PageDown)
    window.key(Key.Key_PageDown)
    window.type("2")
    window.go_to("金融機関")
    window.type("見本銀行")
    window.enter()
    window.type("本店")
    for label, text in (("種別", "1"), ("口座番号", "0001234"), ("口座名義", hall.city.resident_of(persona).kana)):
        window.go_to(label)
        window.type(text)
    window.key(Key.Key_PageDown)
    window.go_to("内容を本人が確認し")
    window.type("1")


def _choose(window: FarWindow, label: str, place: int) -> None:
    window.go_to(label)
    for _ in range(place):
        window.key(Key.Key_Down)


def _locked(hall: Hall) -> None:
    """The clerk goes away and comes back."""
    window = hall.window
    window.key(Key.Key_L, CONTROL)
    window.wait(window.is_locked, "the lock")
    window.wait(lambda: not window.ask("work_open"), "the work to be closed")
    window.type(hall.password)
    window.enter()
    window.enter()
    window.wait(lambda: not window.is_locked(), "the window")


def _over(window: FarWindow) -> None:
    """Finish, and everything of the person is gone from the screens."""
    window.key(Key.Key_F2, SHIFT)
    window.at(BETWEEN)
