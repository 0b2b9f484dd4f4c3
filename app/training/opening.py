"""What training says while it opens, in a small window and in the terminal, before the counter's parts are imported."""

import sys

from app.client.application import make_application
from app.domain.clock import Clock
from app.errors import AppError
from app.training.home import TERMINAL, WINDOW
from app.training.setup import TrainingSetup
from app.ui.kit import open_kit
from app.ui.opening import Opening
from app.ui.texts.training import load_training_texts

STEPS = ("authority", "city", "backend", "window")


class TrainingOpening:
    """Qt's application and the small window. ``stays``: a failure is shown until somebody closes it."""

    def __init__(self, clock: Clock, *, stays: bool) -> None:
        self.application = make_application()
        self.has_prepared = False
        self._words = load_training_texts().training_opening
        self._window = Opening(open_kit(self.application, clock), self._words.title, self._words.close, training=True)
        self._stays = stays

    def prepare(self, setup: TrainingSetup) -> bool:
        """Make the training data; whether they were finished: closing the window leaves them to the next start."""
        self.has_prepared = True

        def make() -> None:
            setup.prepare(said=self._say)
            setup.enrol([(TERMINAL.municipality, TERMINAL.terminal, WINDOW)])

        self._window.show_now()
        return self._window.do(make)

    def show(self) -> None:
        """Say that the counter's window opens now."""
        self._say("window")
        self._window.show_now()

    def show_failed(self, error: AppError) -> None:
        """Say why it does not open."""
        if self._stays:
            self._window.show_failed(error)

    def close(self) -> None:
        """The counter's window is there; say where the rest is."""
        print(self._words.opened, file=sys.stderr)
        self._window.close()

    def _say(self, step: str) -> None:
        """Tell a step, on any thread."""
        text = str(getattr(self._words, step))
        number, count = STEPS.index(step) + 1, len(STEPS)
        said = self._words.step(number, count, text) if self.has_prepared else text
        self._window.tell(number, count, said)
        print(said, file=sys.stderr)
