"""Pictures of what concerns a card: entering a PIN on both sides, several cards, a reading that takes long."""

from PySide6.QtWidgets import QWidget

from app.ui.flows.pin_entry import PinKind
from app.ui.resident_display import ResidentDisplay
from app.ui.screens.pin_entry import EntryPlace, PinEntryScreen
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.pin_pad import PinAsk, PinPad


def shots(stage: Stage) -> tuple[Shot, ...]:
    """The resident's keypads and what the clerk sees meanwhile."""
    return (
        Shot("03-resident-pin", lambda: _display(stage, PinKind.ATTRIBUTES)),
        Shot("03-resident-password", lambda: _display(stage, PinKind.SIGN)),
        Shot("19-pin-entering", lambda: _entering(stage, EntryPlace.DISPLAY)),
        Shot("19-pin-on-reader", lambda: _entering(stage, EntryPlace.READER)),
        Shot("19-pin-turn", lambda: _ready(stage)),
        Shot("19-pin-last", lambda: _last(stage)),
        Shot("19-pin-turned", lambda: _turned(stage, PinKind.USER)),
        Shot("19-pin-turned-password", lambda: _turned(stage, PinKind.SIGN)),
    )


def ask_of(stage: Stage, kind: PinKind) -> PinAsk:
    """What is asked of the resident for this kind."""
    word, letters = stage.kit.messages.word, kind is PinKind.SIGN
    least, most = (6, 16) if letters else (4, 4)
    return PinAsk(word("pin_ask", kind.value), word("pin_ask_second", kind.value), least, most, letters=letters)


def _display(stage: Stage, kind: PinKind) -> QWidget:
    display = ResidentDisplay(stage.kit)
    pad = display.ask_pin(ask_of(stage, kind))
    display.show()
    _press(pad)
    return display


def _press(pad: PinPad) -> None:
    for character in ("1", "2"):
        pad.press(character)


def _screen(stage: Stage, place: EntryPlace, left: int) -> PinEntryScreen:
    screen = PinEntryScreen(stage.kit)
    screen.show_code(stage.kit.messages.word("pin_name", PinKind.USER.value), left, place)
    return screen


def _entering(stage: Stage, place: EntryPlace) -> QWidget:
    screen = _screen(stage, place, 3)
    window = stage.window(screen)
    screen.show_entering(4 if place is EntryPlace.DISPLAY else 0, takes_keys=True)
    if place is EntryPlace.DISPLAY:
        screen.show_typed(2, 4)
    return window


def _ready(stage: Stage) -> QWidget:
    screen = _screen(stage, EntryPlace.WINDOW, 3)
    window = stage.window(screen)
    screen.show_ready()
    return window


def _last(stage: Stage) -> QWidget:
    screen = _screen(stage, EntryPlace.WINDOW, 1)
    window = stage.window(screen)
    screen.show_last()
    return window


def _turned(stage: Stage, kind: PinKind) -> QWidget:
    window = stage.window(_screen(stage, EntryPlace.WINDOW, 3))
    pad = PinPad(stage.kit, ask_of(stage, kind))
    window.turn(pad)
    window.show()
    _press(pad)
    return window
