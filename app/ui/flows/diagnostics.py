"""The diagnosis runs part by part in the background; each part is shown as soon as it has been looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.services.diagnose import Diagnose, Finding, State, exported
from app.ui.announce import announce
from app.ui.background import Lane
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.diagnostics import DiagnosticsScreen, PartShown
from app.ui.widgets.chip import Kind

_KINDS: dict[State, Kind] = {
    State.WELL: "success",
    State.WARNED: "warning",
    State.UNWELL: "error",
    State.UNKNOWN: "quiet",
}


@dataclass(frozen=True, slots=True)
class DiagnosticsActs:
    """``keep``: where the result is written to, None when nobody chose a place; ``write`` writes it (DiskFull)."""

    diagnose: Diagnose
    version: str
    choose: Callable[[str, str, str], str | None]
    write: Callable[[str, str], None]


class DiagnosticsFlow(QObject):
    """Works between ``begin`` and ``end``; needs no session. ``left``: back to where the person came from."""

    left = Signal()

    def __init__(self, kit: Kit, lane: Lane, acts: DiagnosticsActs) -> None:
        self.screen = DiagnosticsScreen(kit)
        super().__init__(self.screen)
        self._kit, self._words, self._lane, self._acts = kit, kit.texts.diagnostics, lane, acts
        self._errands = Errands(self)
        self._findings: tuple[Finding, ...] = ()
        self.screen.look_asked.connect(self.look)
        self.screen.save_asked.connect(self._on_save)
        self.screen.back_asked.connect(self._on_back)

    def begin(self) -> None:
        """The screen is open: look at once."""
        self.screen.wipe()
        self.look()

    def end(self) -> None:
        """Nobody looks any more; what is still being looked at is dropped."""
        self._errands.drop()
        self._findings = ()
        self.screen.wipe()

    def look(self) -> None:
        """Look at everything anew."""
        self._errands.drop()
        self._findings = ()
        self.screen.banner.clear()
        self.screen.show_parts(())
        self._go_on(0)

    def show_found(self, findings: Sequence[Finding], *, is_done: bool) -> None:
        """What has been found so far; ``is_done``: nothing more comes."""
        self._findings = tuple(findings)
        self.screen.show_parts([self._shown(one) for one in self._findings])
        if is_done:
            self._on_done()
        elif findings:
            name = self._kit.messages.word("diagnosis_part", findings[-1].part)
            count = len(findings)
            self.screen.show_progress(self._words.looking(count, count + 1, name), "information")

    def _go_on(self, place: int) -> None:
        parts = self._acts.diagnose.parts
        if place == len(parts):
            self._on_done()
            return
        name = self._kit.messages.word("diagnosis_part", parts[place])
        self.screen.show_progress(self._words.looking(place + 1, len(parts), name), "information")
        work = partial(self._acts.diagnose.look, parts[place])
        self._errands.run(self._lane, work, partial(self._on_found, place), self._on_failed)

    def _on_found(self, place: int, found: tuple[Finding, ...]) -> None:
        self.show_found((*self._findings, *found), is_done=False)
        self._go_on(place + 1)

    def _on_done(self) -> None:
        wrong = sum(one.state in {State.WARNED, State.UNWELL} for one in self._findings)
        text = self._words.done(wrong) if wrong else self._words.all_well
        self.screen.show_progress(text, "warning" if wrong else "success")
        self.screen.mark_first_wrong()
        announce(self.screen, text)

    def _on_save(self) -> None:
        words = self._words
        place = self._acts.choose(words.save, words.file_name, words.file_kinds)
        if place is None:
            return
        text = exported(self._findings, self._kit.clock.now(), self._acts.version)
        self._errands.run(self._lane, partial(self._acts.write, place, text), self._on_saved, self._on_failed)

    def _on_saved(self, _: None) -> None:
        self.screen.banner.show_text("success", self._words.saved)

    def _on_failed(self, error: AppError) -> None:
        self.screen.banner.show_message(self._kit.messages.of(error))

    def _on_back(self) -> None:
        self.end()
        self.left.emit()

    def _shown(self, one: Finding) -> PartShown:
        word, words = self._kit.messages.word, self._words
        message = self._kit.messages.of_code(one.cause) if one.cause else None
        cause = message.why if message else word("diagnosis_cause", one.cause) if one.cause else ""
        fix = message.next if message else word("diagnosis_fix", one.cause) if one.cause else words.nothing_to_do
        figures = "　".join(
            word("diagnosis_figure", name).format(f"{round(value, 2):,}".removesuffix(".0"))
            for name, value in one.figures.items()
        )
        state = word("diagnosis_state", one.state.value)
        return PartShown(
            word("diagnosis_part", one.part),
            state,
            _KINDS[one.state],
            figures,
            cause or self._kit.texts.parts.empty_value,
            fix,
        )
