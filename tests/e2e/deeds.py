"""The sentences of scenarios and what each does at the real window, with the real card table and offices."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from app.domain.clock import SystemClock, business_date
from tests.e2e.script import Language
from tests.support.clerk import Clerk, back_to, leave, name_of, open_case, sign_in
from tests.support.cups import Sheets
from tests.support.hall import BACK, FRONT

LANGUAGE = Language()
REIWA = 2018
"""The year before the era's first."""
_KEYS = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "PageDown": Qt.Key.Key_PageDown}
_KEYS |= {"PageUp": Qt.Key.Key_PageUp, "Tab": Qt.Key.Key_Tab, "↓": Qt.Key.Key_Down, "↑": Qt.Key.Key_Up}
_KEYS |= {f"F{number}": Qt.Key(Qt.Key.Key_F1.value + number - 1) for number in range(1, 13)}
_KEYS |= {"空白": Qt.Key.Key_Space}
_KEYS |= {letter: Qt.Key(ord(letter)) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_WITH = {
    "": Qt.KeyboardModifier.NoModifier,
    "Shift+": Qt.KeyboardModifier.ShiftModifier,
    "Ctrl+": Qt.KeyboardModifier.ControlModifier,
}


@dataclass
class Stage:
    """Who plays, and what was written down in passing.

    ``go``: to a window of the hall, by its name; ``printer``: what lies at the printer; ``restart``: the program again,
    where it was killed.
    """

    clerk: Clerk
    go: Callable[[str], Clerk]
    printer: Callable[[], Sheets]
    restart: Callable[[], Clerk]
    noted: dict[str, str] = field(default_factory=dict)
    before: tuple[int, int] | None = None
    counted: tuple[int, int] | None = None

    def count(self) -> tuple[int, int]:
        """Keys since counting began: those that are counted, and those of what only the resident can know."""
        keys, told = self.before or (0, 0)
        return self.clerk.keys - keys, self.clerk.told - told


@LANGUAGE.says(r"職員(\w+)がサインインする")
def signs_in(stage: Stage, staff_id: str) -> None:
    sign_in(stage.clerk, staff_id)


@LANGUAGE.says(r"サインアウトする")
def signs_out(stage: Stage) -> None:
    stage.clerk.go_to("サインアウト")
    stage.clerk.enter()
    stage.clerk.at("サインイン")


@LANGUAGE.says(r"一覧を離れてサインアウトする")
def leaves(stage: Stage) -> None:
    leave(stage.clerk)


@LANGUAGE.says(r"打鍵を数えはじめる")
def counts(stage: Stage) -> None:
    stage.before = stage.clerk.keys, stage.clerk.told


@LANGUAGE.says(r"打鍵を数えおわる")
def has_counted(stage: Stage) -> None:
    stage.counted = stage.count()


@LANGUAGE.says(r"番号札(\w+)を呼ぶ")
def calls(stage: Stage, ticket: str) -> None:
    stage.clerk.type(ticket)
    stage.clerk.key(Qt.Key.Key_F2)
    stage.clerk.at("本人確認")


@LANGUAGE.says(r"カード(\w+)を置く")
def lays(stage: Stage, persona: str) -> None:
    stage.clerk.table.lay(persona)


@LANGUAGE.says(r"カードを取る")
def takes(stage: Stage) -> None:
    stage.clerk.table.take()


@LANGUAGE.says(r"(\w+)の照合番号Bで読む")
def reads(stage: Stage, persona: str) -> None:
    clerk = stage.clerk
    clerk.says("照合番号B　あと")
    clerk.go_to("照合番号B")
    clerk.type(clerk.table.holder(persona).code_b)
    clerk.key(Qt.Key.Key_F12)


@LANGUAGE.says(r"(\w+)の照合番号Aで番号を読む")
def reads_the_number(stage: Stage, persona: str) -> None:
    clerk = stage.clerk
    clerk.go_to("個人番号（照合番号A）")
    clerk.type(clerk.table.holder(persona).my_number)
    clerk.key(Qt.Key.Key_F12)


@LANGUAGE.says(r"券面と顔が同じと答えて進む")
def same_face(stage: Stage) -> None:
    clerk = stage.clerk
    clerk.wait(lambda: "はい" in clerk.focus().accessibleName(), "the question for the face")
    clerk.type("1")
    clerk.key(Qt.Key.Key_F12)


@LANGUAGE.says(r"画面は「(.+)」になる")
def stands_at(stage: Stage, title: str) -> None:
    stage.clerk.at(title)


@LANGUAGE.says(r"「(.+)」と出る")
def says(stage: Stage, text: str) -> None:
    stage.clerk.says(text)


@LANGUAGE.says(r"「(.+)」はどこにも出ていない")
def is_not_shown(stage: Stage, text: str) -> None:
    assert text not in stage.clerk.shown(), stage.clerk.shown()


@LANGUAGE.says(r"「(.+)」の欄に「(.*)」と入れる")
def fills(stage: Stage, label: str, text: str) -> None:
    stage.clerk.go_to(label)
    stage.clerk.type(text)


@LANGUAGE.says(r"「(.+)」の欄に、本人の言う「(.+)」を入れる")
def fills_what_is_told(stage: Stage, label: str, text: str) -> None:
    """Only whoever sits there can know it: the text is not counted, the way to the field is."""
    stage.clerk.go_to(label)
    stage.clerk.type(text, told=True)


@LANGUAGE.says(r"本人の言う「(.+)」を打つ")
def types_what_is_told(stage: Stage, text: str) -> None:
    stage.clerk.type(text, told=True)


@LANGUAGE.says(r"「(.+)」の欄の日付に(今日|(\d+)日前)を入れる")
def fills_a_day(stage: Stage, label: str, _: str, days: str | None) -> None:
    """From the era on: year, month and day."""
    day = business_date(SystemClock().now()) - timedelta(days=int(days or 0))
    stage.clerk.go_to(label)
    for part in (day.year - REIWA, day.month, day.day):
        stage.clerk.key(Qt.Key.Key_Tab)
        stage.clerk.type(str(part))


@LANGUAGE.says(r"「(.+)」の欄を「(.+)」に直す")
def mends(stage: Stage, label: str, text: str) -> None:
    stage.clerk.go_to(label)
    stage.clerk.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    stage.clerk.type(text)


@LANGUAGE.says(r"「(.+)」の欄で「(.+)」を選ぶ")
def picks_by_name(stage: Stage, label: str, text: str) -> None:
    """Down the list until it stands there."""
    clerk = stage.clerk
    clerk.go_to(label)
    box = clerk.focus()
    assert isinstance(box, QComboBox)
    clerk.bot.waitUntil(lambda: any(text in box.itemText(row) for row in range(box.count())))
    while text not in box.currentText():
        before = box.currentIndex()
        clerk.key(Qt.Key.Key_Down)
        assert box.currentIndex() != before, f"{text} is not offered"


@LANGUAGE.says(r"「(.+)」の欄で(\d+)番目を選ぶ")
def chooses(stage: Stage, label: str, place: str) -> None:
    stage.clerk.go_to(label)
    stage.clerk.type(place)


@LANGUAGE.says(r"「(.+)」の欄で↓を(\d+)回押す")
def steps(stage: Stage, label: str, times: str) -> None:
    """Waits for what is offered there: a list may come from another program, as that of the printers does."""
    stage.clerk.go_to(label)
    box = stage.clerk.focus()
    if isinstance(box, QComboBox):
        stage.clerk.bot.waitUntil(lambda: box.count() > box.currentIndex() + int(times))
    for _ in range(int(times)):
        stage.clerk.key(Qt.Key.Key_Down)


@LANGUAGE.says(r"カーソルは「([^」]+)」の欄にある")
def stands_at_field(stage: Stage, label: str) -> None:
    stage.clerk.wait(lambda: name_of(stage.clerk.focus()).startswith(label), label)


@LANGUAGE.says(r"「([^」]+)」の欄へEnterで進む")
def enters_on(stage: Stage, label: str) -> None:
    """One key: the field is the next that nobody has filled."""
    stage.clerk.enter()
    stands_at_field(stage, label)


@LANGUAGE.says(r"「([^」]+)」の欄へEnterで進み、([0-9A-Za-z]+)を打つ")
def enters_on_and_types(stage: Stage, label: str, text: str) -> None:
    enters_on(stage, label)
    stage.clerk.type(text)


@LANGUAGE.says(r"「([^」]+)」へ進む")
def goes_to(stage: Stage, label: str) -> None:
    stage.clerk.go_to(label)


@LANGUAGE.says(r"「(.+)」に印を付ける")
def ticks(stage: Stage, label: str) -> None:
    stage.clerk.go_to(label)
    stage.clerk.key(Qt.Key.Key_Space)


@LANGUAGE.says(r"「(.+)」のボタンを押す")
def presses_button(stage: Stage, label: str) -> None:
    stage.clerk.go_to(label)
    stage.clerk.enter()


@LANGUAGE.says(r"「(.+)」と打つ")
def types(stage: Stage, text: str) -> None:
    stage.clerk.type(text)


@LANGUAGE.says(r"(Shift\+|Ctrl\+)?(F\d+|Enter|Esc|PageDown|PageUp|Tab|空白|↓|↑|[A-Z])を押す")
def presses(stage: Stage, modifier: str | None, key: str) -> None:
    stage.clerk.key(_KEYS[key], _WITH[modifier or ""])


@LANGUAGE.says(r"受付番号を控える")
def notes(stage: Stage) -> None:
    found = re.search(r"\d{4}-\d{6}", stage.clerk.shown())
    assert found is not None, stage.clerk.shown()
    stage.noted["number"] = found[0]


@LANGUAGE.says(r"受付番号を「(\w+)」の番号として控える")
def notes_by_name(stage: Stage, name: str) -> None:
    """Where more than one is received in a visit. The one noted last is what is meant by the number noted."""
    notes(stage)
    stage.noted[name] = stage.noted["number"]


@LANGUAGE.says(r"「(\w+)」の番号を取り上げる")
def takes_up(stage: Stage, name: str) -> None:
    stage.noted["number"] = stage.noted[name]


@LANGUAGE.says(r"職員(\w+)が控えた番号の案件を開く")
def opens(stage: Stage, staff_id: str) -> None:
    open_case(stage.clerk, staff_id, stage.noted["number"])


@LANGUAGE.says(r"控えた番号について「(.+)」と出る")
def says_of(stage: Stage, text: str) -> None:
    stage.clerk.says(f"{stage.noted['number']} {text}")


@LANGUAGE.says(r"窓がロックされる")
def is_locked(stage: Stage) -> None:
    stage.clerk.wait(stage.clerk.window.is_locked, "the lock")


@LANGUAGE.says(r"合言葉でロックを解除する")
def unlocks(stage: Stage) -> None:
    clerk = stage.clerk
    clerk.wait(lambda: not clerk.desktop._counter.memory.work.is_open, "the work to be closed")
    clerk.type(clerk.table.cities.password.text())
    clerk.enter()
    clerk.enter()
    clerk.wait(lambda: not clerk.window.is_locked(), "the window")


@LANGUAGE.says(r"この市の基盤が止まる")
def stops(stage: Stage) -> None:
    stage.clerk.table.cities.here.kill()


@LANGUAGE.says(r"この市の基盤が動き出す")
def starts(stage: Stage) -> None:
    stage.clerk.table.cities.here.start()


@LANGUAGE.says(r"相手の市の基盤が止まる")
def stops_there(stage: Stage) -> None:
    stage.clerk.table.cities.there.kill()


@LANGUAGE.says(r"相手の市の基盤が動き出す")
def starts_there(stage: Stage) -> None:
    stage.clerk.table.cities.there.start()


@LANGUAGE.says(r"待っていたものが届く")
def arrives(stage: Stage) -> None:
    memory = stage.clerk.desktop._counter.memory
    stage.clerk.wait(lambda: not memory.postbox.waiting(), "what waited to be sent")
    assert memory.postbox.alarm() is None


@LANGUAGE.says(r"「(.+)」へ戻る")
def goes_back(stage: Stage, label: str) -> None:
    back_to(stage.clerk, label)


@LANGUAGE.says(r"F12で「(.+)」はできない")
def does_not_offer(stage: Stage, label: str) -> None:
    assert label not in [one.label for one in stage.clerk.screen.key_labels()]


@LANGUAGE.says(r"F12で「(.+)」ができる")
def offers(stage: Stage, label: str) -> None:
    offered = [("commit", label)]
    stage.clerk.wait(
        lambda: offered[0] in [(one.action, one.label) for one in stage.clerk.screen.key_labels()], f"F12: {label}"
    )


@LANGUAGE.says(r"奥の窓へ移る")
def goes_behind(stage: Stage) -> None:
    """Another PC of the same office, with its own screen and its own session."""
    stage.clerk = stage.go(BACK)


@LANGUAGE.says(r"窓口へ戻る")
def comes_to_the_front(stage: Stage) -> None:
    stage.clerk = stage.go(FRONT)
