"""What people do at a list in scenarios: wait for a row, go to it, open it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from tests.e2e.deeds import LANGUAGE, Stage
from tests.support.clerk import Clerk


@LANGUAGE.says(r"「(.+)」の行がある")
def has_row(stage: Stage, text: str) -> None:
    tables = stage.clerk.window.findChildren(QTableView)
    stage.clerk.wait(
        lambda: any(_row(one, text) is not None for one in tables if one.isVisible()), f"a row with {text}"
    )


@LANGUAGE.says(r"「(.+)」の行が出るまで読み直す")
def reads_again_until(stage: Stage, text: str) -> None:
    """What another office's pump brings comes a moment later; the list is read by key."""
    clerk = stage.clerk

    def is_there() -> bool:
        if _row_of(clerk, text) is None:
            clerk.key(Qt.Key.Key_F5)
        return _row_of(clerk, text) is not None

    clerk.wait(is_there, f"a row with {text}")


@LANGUAGE.says(r"一覧で「(.+)」を選ぶ")
def picks(stage: Stage, text: str) -> None:
    moves_to(stage, text)
    stage.clerk.enter()


def moves_to(stage: Stage, text: str) -> None:
    """In the list, row by row."""
    clerk = stage.clerk
    clerk.wait(lambda: _row_of(clerk, text) is not None, f"a row with {text}")
    table, row = clerk.focus(), _row_of(clerk, text)
    assert isinstance(table, QTableView)
    assert row is not None
    while (at := table.currentIndex().row()) != row:
        clerk.key(Qt.Key.Key_Down if at < row else Qt.Key.Key_Up)


@LANGUAGE.says(r"一覧で控えた番号の行へ移る")
def moves_to_what_was_noted(stage: Stage) -> None:
    moves_to(stage, stage.noted["number"])


@LANGUAGE.says(r"一覧で控えた番号を選ぶ")
def picks_what_was_noted(stage: Stage) -> None:
    picks(stage, stage.noted["number"])


def _row_of(clerk: Clerk, text: str) -> int | None:
    """The row with ``text`` of the table that has the cursor."""
    table = clerk.focus()
    return _row(table, text) if isinstance(table, QTableView) else None


def _row(table: QTableView, text: str) -> int | None:
    model = table.model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return next((row for row in rows if any(text in str(model.index(row, one).data()) for one in columns)), None)
