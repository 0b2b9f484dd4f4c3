"""What happens to things in scenarios: a printer and its paper, the power, and what the program kept meanwhile."""

import time

from app.client.printing import FOLDER
from tests.e2e.deeds import LANGUAGE, Stage


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
    keys = stage.clerk.keys
    stage.clerk = stage.restart()
    stage.clerk.keys = keys


@LANGUAGE.says(r"カーソルは「(.+)」の欄にあり「(.*)」と入っている")
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
