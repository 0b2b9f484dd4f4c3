"""Preview: from the ask for a paper to its painted page in the window, checked for glyphs and room; and its PDF."""
# ruff: noqa: ANN401 -- the window's types are imported late

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.figures import Figure, p50, p95

P50_S, P95_S = 0.5, 1.5
PDF_P50_S, PDF_P95_S = 0.3, 1.0
SCALE = "every form in turn, 1 to 3 pages, window offscreen at 1366x768, fonts known; names with variants"
FIRST = "the first paper after the start: fonts are looked for"


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """One window on one press. The engine plays no part: no store is opened."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as folder:
        window = _Window(Path(folder))
        first = window.shown(window.papers(-1)[0])
        seen, made = [], []
        for number in range(3 if small else 20):
            print(f"round {number + 1}", file=sys.stderr)
            seen += [window.shown(one) for one in window.papers(2 * number)]
            made += [window.pressed(one) for one in window.papers(2 * number + 1)]
        papers = window.papers(-2)
        window.close()
    from bench.floors import preview as floors

    bare = [floors.pages(window.templates, one.form, window.inputs(one)) for one in papers]
    rows = [
        Figure("preview_p50", p50(seen), "s", floor=p50(bare), goal=P50_S, scale=SCALE),
        Figure("preview_p95", p95(seen), "s", floor=p95(bare), goal=P95_S, scale=SCALE),
        Figure("preview_first", first, "s", goal=P95_S, scale=FIRST),
        Figure("form_pdf_p50", p50(made), "s", goal=PDF_P50_S, scale=SCALE),
        Figure("form_pdf_p95", p95(made), "s", goal=PDF_P95_S, scale=SCALE),
    ]
    return [row.row() for row in rows]


class _Window:
    """The desk for printing in a window of its own, over a folder; papers of every form."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from app.client.printing import shipped_print_rules
        from app.domain.clock import SystemClock, SystemRandom
        from app.paper.folder import FolderQueue
        from app.paper.press import FormPress
        from app.services.ports.seat import press
        from app.services.print_paper import PrintPaper, PrintParts
        from app.shipped import resource
        from app.ui.background import Lane
        from app.ui.flows.print_acts import PrintActs
        from app.ui.flows.print_paper import PrintDesk
        from app.ui.kit import open_kit
        from app.ui.screen import Screen
        from app.ui.screens.locked import LockedScreen
        from app.ui.window import Window

        self.templates = resource("forms")
        self._application = QApplication.instance() or QApplication(["bench"])
        clock, random = SystemClock(), SystemRandom()
        kit = open_kit(self._application, clock)  # type: ignore[arg-type]
        self._window = Window(kit, self._application, LockedScreen(kit), training=True)  # type: ignore[arg-type]
        self._press, self._lanes = FormPress(self.templates), (Lane("printing"), Lane("office"), Lane("paper"))
        parts = PrintParts(FolderQueue(folder, "PDF"), self._press, _NoChoices(), _nothing)
        use_case = PrintPaper(parts, _NoJournal(), shipped_print_rules(), random)
        acts = PrintActs(partial(press, clock, random), *self._lanes[:2], use_case)
        self._desk = PrintDesk(kit, self._window, acts)
        self._before = Screen(kit, "bench")
        self._window.resize(1366, 768)
        self._window.open_screen(self._before)
        self._window.show()
        self._settle(self._window.isVisible)

    def papers(self, number: int) -> list[Any]:
        """A content for each form, half a page to three pages; each ``number`` has other values."""
        from app.domain.form import FormContent, FormRow, FormSection

        names = sorted(one.stem for one in self.templates.glob("*.typ") if one.stem not in {"frame", "certificate"})
        people = ("渡邉\U000e0102　葵", "\U00020bb7野　一郎", "NGUYEN THI HOA", "髙𣘺　蓮")
        rows = [("氏名", one) for one in people] + [
            (f"項目{at}", f"見本市中央区北一条西二丁目{number}番{at}号") for at in range(12)
        ]
        made = []
        for at, form in enumerate(names):
            sections = tuple(
                FormSection(f"{place}", tuple(FormRow(*row) for row in rows)) for place in range(1 + at % 4)
            )
            made.append(
                FormContent(
                    form=form,
                    title="見本の書類",
                    number=f"R08-{number}-{at:06}",
                    issued_on="令和8年11月21日",
                    issuer="見本市中央区長",
                    addressee=f"見本　花子{number} 様",
                    lead="次のとおり決定します。",
                    sections=sections,
                    reasons=("所得が下回るため。",),
                    instruction=("審査請求をすることができます。" * 6,),
                    mark="訓練",
                )
            )
        return made

    def shown(self, content: Any) -> float:
        """Seconds from the ask to the painted page."""
        from app.services.paper import PaperMark, set_paper

        began, painted = time.perf_counter(), []

        def show(paper: Any) -> None:
            self._desk.show(paper.title, paper)
            self._window.grab()
            painted.append(time.perf_counter() - began)

        work = partial(set_paper, self._press, content.title, content, PaperMark(content.form))
        self._lanes[2].run(work, owner=self._desk, done=show, failed=_fails)
        self._settle(lambda: bool(painted))
        self._desk.screen.closed.emit()
        return painted[0]

    def pressed(self, content: Any) -> float:
        """Seconds for the PDF."""
        began = time.perf_counter()
        self._press.press(content)
        return time.perf_counter() - began

    def inputs(self, content: Any) -> dict[str, str]:
        """What the template is handed, for the floor."""
        return self._press.inputs(content)

    def close(self) -> None:
        self._desk.end()
        self._window.close()
        for lane in self._lanes:
            lane.close()

    def _settle(self, done: Callable[[], bool]) -> None:
        end = time.perf_counter() + 60
        while not done():
            self._application.processEvents()
            if time.perf_counter() > end:
                raise TimeoutError("the window did not answer")


class _NoChoices:
    """Nobody has printed before."""

    def choice(self, *_: object) -> None:
        return None

    def keep_choice(self, *_: object) -> None:
        return None


class _NoJournal:
    """Nothing is printed in this bench."""

    def write(self, *_: object) -> None:
        raise RuntimeError("nothing is printed here")


def _nothing(*_: object) -> None:
    return None


def _fails(error: object) -> None:
    raise RuntimeError(str(error))
