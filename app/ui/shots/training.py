"""Pictures of what training adds: the small window while it opens, and its panel."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.errors import ServerFault
from app.ui.opening import Opening
from app.ui.resources import read_toml
from app.ui.shots.stage import Shot, Stage
from app.ui.texts.training import load_training_texts
from app.ui.training_panel import TrainingPanel, TrainingPersona, TrainingSignIn


def shots(stage: Stage) -> tuple[Shot, ...]:
    """The opening (a step, a failure) and the panel with a card on the reader."""
    return (
        Shot("00-training-opening", lambda: _opening(stage)),
        Shot("00-training-opening-failed", lambda: _failed(stage)),
        Shot("04-training-panel", lambda: _panel(stage)),
    )


def _opening(stage: Stage) -> QWidget:
    words = load_training_texts().training_opening
    window = Opening(stage.kit, words.title, words.close, training=True)
    window.tell(3, 4, words.step(3, 4, words.backend))
    return window


def _failed(stage: Stage) -> QWidget:
    words = load_training_texts().training_opening
    window = Opening(stage.kit, words.title, words.close, training=True)
    window.show_error(ServerFault(trace="start"))
    return window


def _panel(stage: Stage) -> QWidget:
    raw: dict[str, Any] = read_toml("text", "shots_training.toml")
    titles: dict[str, str] = read_toml("training", "panel.toml")["personas"]
    printed = tuple((key, raw[key]) for key in ("code_b", "number", "pin", "sign_password"))
    pairs = zip(titles.items(), raw["names"], strict=False)
    personas = [TrainingPersona(key, title, name, printed) for (key, title), name in pairs]
    staff = [
        TrainingSignIn(one["id"], one["name"], tuple(one["duties"]), raw["password"], "135790") for one in raw["staff"]
    ]
    panel = TrainingPanel(stage.kit, personas, staff)
    panel.show_lying(personas[0].name)
    return panel
