"""Starts a comparison of the city's file with one level."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from app.services.ports.seat import Session
from app.ui.flows.network_flow import NetworkFlow
from app.ui.screens.network_start import NetworkStartScreen
from app.ui.screens.register_fields import FieldShown
from app.wire.jukinet_counter import Comparison, StartComparison


class StartFlow(NetworkFlow[NetworkStartScreen]):
    """``done`` carries a title and a sentence: it runs."""

    done = Signal(str, str)

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        words = self._kit.texts.network_start
        self._values["level"] = "prefecture"
        fields = (
            FieldShown("level", words.level, "pick", self.options("network_level"), required=True),
            FieldShown("sample", words.sample, support=words.sample_support),
        )
        self.screen.show_form(fields, self._values)

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"start": self._start}

    def _start(self) -> None:
        words, sample = self._kit.texts.network_start, self.said("sample")
        is_wrong = bool(sample) and not (sample.isascii() and sample.isdigit())
        self.screen.show_missing({"sample": words.sample_wrong} if is_wrong else {})
        if not is_wrong:
            asked = StartComparison(
                comparison_id=self.entry_id(), level=self.said("level") or "prefecture", sample=int(sample or 0)
            )
            self.write(lambda press, it: self._acts.levels.compare(press, it, asked), self._on_started)

    def _on_started(self, found: Comparison) -> None:
        words = self._kit.texts.network_start
        self.done.emit(words.started(self.word("network_level", found.level)), words.started_text)
