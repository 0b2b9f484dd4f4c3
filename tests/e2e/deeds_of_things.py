"""What happens to things in scenarios: a printer and its paper, the power, and what the program kept meanwhile."""

import time
from datetime import timedelta

from PySide6.QtCore import Qt

from app.client.printing import FOLDER
from app.domain.clock import SystemClock, business_date
from tests.e2e.deeds import Stage
from tests.e2e.deeds_of_lists import LANGUAGE

_QUESTION = "聞き取り：質問"


@LANGUAGE.says(r"窓口にプリンターがある")
def has_a_printer(stage: Stage) -> None:
    stage.printer()


@LANGUAGE.says(r"プリンターの用紙がなくなる")
def runs_out(stage: Stage) -> None:
    stage.printer().take_paper_out()


@LANGUAGE.says(r"用紙を補充する")
def refills(stage: Stage) -> None:
    stage.printer().put_paper_in()


@LANGUAGE.says(r"プリンターから(\d+)部出ている")
def has_printed(stage: Stage, number: str) -> None:
    stage.clerk.wait(lambda: len(stage.printer().printed()) == int(number), f"{number} printed")


@LANGUAGE.says(r"二秒たつ")
def two_seconds_pass(stage: Stage) -> None:
    """As long as the program may take to have on the disk what was typed."""
    end_s = time.monotonic() + 2.0
    stage.clerk.wait(lambda: time.monotonic() >= end_s, "two seconds")


@LANGUAGE.says(r"停電で窓のプログラムが落ちる")
def loses_power(stage: Stage) -> None:
    """SIGKILL: nothing of the program runs any more, not even its handlers."""
    stage.clerk.process.kill()  # type: ignore[attr-defined]
    stage.clerk.process.wait(10)  # type: ignore[attr-defined]


@LANGUAGE.says(r"プログラムを起動し直す")
def starts_again(stage: Stage) -> None:
    keys, told = stage.clerk.keys, stage.clerk.told
    stage.clerk = stage.restart()
    stage.clerk.keys, stage.clerk.told = keys, told


@LANGUAGE.says(r"カーソルは「([^」]+)」の欄にあり「(.*)」と入っている")
def stands_in(stage: Stage, label: str, text: str) -> None:
    clerk = stage.clerk
    clerk.wait(lambda: clerk.focus().accessibleName().startswith(label), label)
    assert clerk.focus().text() == text  # type: ignore[attr-defined]


@LANGUAGE.says(r"紙は渡された")
def sheets_are_gone(stage: Stage) -> None:
    """Whoever asked for them has taken them along: training's printer leaves each in a folder."""
    sheets = list((stage.clerk.desktop._counter.settings.folder / FOLDER).iterdir())
    assert sheets
    for sheet in sheets:
        sheet.unlink()


@LANGUAGE.says(r"「([^」]+)」の欄の日付に西暦(\d+)年(\d+)月(\d+)日を入れる")
def fills_a_western_day(stage: Stage, label: str, *parts: str) -> None:
    stage.clerk.go_to(label)
    _type_day(stage, parts)


@LANGUAGE.says(r"「([^」]+)」と尋ね、([0-9])を打つ")
def asks(stage: Stage, question: str, answer: str) -> None:
    _is_asked(stage, question)
    stage.clerk.type(answer)
    stage.clerk.key(Qt.Key.Key_F12)


@LANGUAGE.says(r"「([^」]+)」と尋ね、(\d+)日前と答えを入れる")
def asks_for_a_day(stage: Stage, question: str, days: str) -> None:
    _is_asked(stage, question)
    day = business_date(SystemClock().now()) - timedelta(days=int(days))
    _type_day(stage, (str(day.year), str(day.month), str(day.day)))
    stage.clerk.key(Qt.Key.Key_F12)


@LANGUAGE.says(r"残りの質問は「わからない」で進む")
def asks_no_more(stage: Stage) -> None:
    clerk = stage.clerk
    while clerk.screen.title == _QUESTION:
        clerk.key(Qt.Key.Key_F12)


def _is_asked(stage: Stage, question: str) -> None:
    stage.clerk.at(_QUESTION)
    stage.clerk.wait(lambda: stage.clerk.focus().accessibleName().startswith(question), question)


def _type_day(stage: Stage, parts: tuple[str, ...]) -> None:
    stage.clerk.type("W")
    for part in parts:
        stage.clerk.key(Qt.Key.Key_Tab)
        stage.clerk.type(part)
