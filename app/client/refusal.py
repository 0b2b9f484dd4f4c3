"""Why the counter does not open, in a small window: who started it from a menu sees no terminal."""

from app.client.application import make_application
from app.domain.clock import Clock
from app.errors import AppError
from app.ui.kit import open_kit
from app.ui.opening import Opening


def show_refusal(error: AppError, clock: Clock) -> None:
    """Stay until somebody has closed the window."""
    kit = open_kit(make_application(), clock)
    Opening(kit, kit.texts.frame.program, kit.texts.parts.close, training=False).show_failed(error)
