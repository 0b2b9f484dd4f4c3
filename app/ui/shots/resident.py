"""Pictures of the resident's display: every page in every language, and the clerk's side of it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.procedure import Kind
from app.domain.resident_view import (
    Audience,
    CallOut,
    CheckPage,
    FeePage,
    Item,
    Page,
    PlacePage,
    ResidentView,
    SaidPage,
    SignPage,
)
from app.domain.signature import Point
from app.ui.resident.sign_page import SignView
from app.ui.resident.words import BASE, LANGUAGES
from app.ui.resident_display import ResidentDisplay
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.pin_pad import PinAsk

_EVERYBODY = Audience(frozenset({"card", "register"}))


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Each page in やさしい日本語, some in a language with long words, once as in production."""
    return (
        *(_shot(stage, name, BASE) for name in _pages(stage)),
        *(_shot(stage, name, "vi") for name in ("check", "sign")),
        Shot("03-resident-check-production-vi", partial(_display, stage, "check", "vi", training=False)),
        Shot("03-resident-pin", lambda: _pin(stage)),
    )


def translated(stage: Stage) -> tuple[Shot, ...]:
    """Each page in each language, as in training."""
    return tuple(_shot(stage, name, language) for language in LANGUAGES if language != BASE for name in _pages(stage))


def _shot(stage: Stage, name: str, language: str) -> Shot:
    return Shot(f"03-resident-{name}-{language}", partial(_display, stage, name, language))


def _pages(stage: Stage) -> dict[str, Page | None]:
    items, what = _items(stage), stage.sample["visit"]["procedure"]
    return {
        "neutral": None,
        "check": CheckPage(_EVERYBODY, items, 1, 2),
        "which": CheckPage(_EVERYBODY, items, 1, 2, asks_which=True),
        "sign": SignPage(what),
        "fee": FeePage(1200),
        "next": PlacePage(stage.sample["visit"]["next_place"]),
        **{one.value.replace("_", "-"): SaidPage(one) for one in CallOut},
    }


def _items(stage: Stage) -> tuple[Item, ...]:
    visit = stage.sample["visit"]
    return (
        Item("name", visit["name_official"], visit["variant_name"], Kind.NAME, "register"),
        Item("address", visit["address_official"], visit["address"], Kind.ADDRESS, "register", is_address=True),
        Item("birth", visit["birth_official"], visit["birth"], Kind.DATE, "register"),
        Item("phone", visit["phone_official"], visit["phone"], Kind.PHONE, "entry"),
    )


def _display(stage: Stage, name: str, language: str, *, training: bool | None = None) -> QWidget:
    trains = stage.training if training is None else training
    display = ResidentDisplay(stage.kit, training=trains, office=stage.sample["place"]["office"])
    display.pages.show_visit(stage.sample["visit"]["ticket"], language)
    display.show_view(ResidentView(stage.sample["visit"]["ticket"], _pages(stage)[name]))
    sign = display.findChild(SignView)
    if sign is not None:
        _draw(sign)
    return display


def _draw(sign: SignView) -> None:
    """A line that goes up and down, pressed harder in its middle."""
    line = [Point(200 + 8 * at, 150 + (at * 37) % 60, 60 + (at * 9) % 190, 12 * at) for at in range(60)]
    sign.pad.show_strokes([line])


def _pin(stage: Stage) -> QWidget:
    display = ResidentDisplay(stage.kit, training=stage.training)
    words = stage.kit.messages.word
    pad = display.ask_pin(PinAsk(words("pin_ask", "user_pin"), words("pin_ask_second", "user_pin")))
    pad.press("1")
    return display
