"""Words of the training panel."""

from dataclasses import dataclass

from app.ui.resources import read_toml
from app.ui.texts.reading import read_section


@dataclass(frozen=True, slots=True)
class TrainingPanelTexts:
    """``[training_panel]``."""

    title: str
    lead: str
    personas: str
    persona: str
    name: str
    nobody: str
    code_b: str
    number: str
    pin: str
    sign_password: str
    pin_1: str
    pin_2: str
    card_number: str
    put: str
    take: str
    lying_: str
    taken: str
    working: str
    staff: str
    staff_id: str
    duties: str
    between: str
    password_: str

    staff_lying_: str

    def staff_lying(self, staff_id: str) -> str:
        return self.staff_lying_.format(staff_id=staff_id)

    def password(self, password: str, card_pin: str) -> str:
        return self.password_.format(password=password, card_pin=card_pin)

    def lying(self, name: str) -> str:
        return self.lying_.format(name=name)


@dataclass(frozen=True, slots=True)
class TrainingOpeningTexts:
    """``[training_opening]``: what training says while it is set up and opened."""

    title: str
    authority: str
    city: str
    backend: str
    window: str
    step_: str
    opened: str
    close: str

    def step(self, number: int, count: int, text: str) -> str:
        return self.step_.format(number=number, count=count, text=text)


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """resources/text/training.toml."""

    training_panel: TrainingPanelTexts
    training_opening: TrainingOpeningTexts


def load_training_texts() -> TrainingTexts:
    """The words, checked. Errors: TextFault."""
    return read_section(TrainingTexts, read_toml("text", "training.toml"), "training.toml")
