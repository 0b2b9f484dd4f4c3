"""Pictures of the clerk's side of the resident's display: checking, signing on paper, its monitor, a fee, the strip."""

from PySide6.QtWidgets import QWidget

from app.domain.resident_view import CallOut
from app.ui.resident.words import BASE, load_resident_words
from app.ui.screen import Screen
from app.ui.screens.resident_check import CheckedItem, CheckShown, ResidentCheckScreen
from app.ui.screens.resident_monitor import MonitorNumber, MonitorShown, ResidentMonitorScreen
from app.ui.screens.resident_say import ResidentSayScreen
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.resident_strip import ResidentStrip
from app.ui.window import Window


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Each screen, the check in each of its states."""
    return (
        Shot("17-resident-check", lambda: _check(stage)[0]),
        Shot("17-resident-check-no-display", lambda: _no_display(stage)),
        Shot("17-resident-check-signing", lambda: _signing(stage)),
        Shot("17-resident-check-paper-missing", lambda: _paper(stage)),
        Shot("17-resident-say", lambda: _with_strip(stage, ResidentSayScreen(stage.kit))),
        Shot("17-resident-monitor", lambda: _monitors(stage, wrong=False)),
        Shot("17-resident-monitor-own", lambda: _monitors(stage, wrong=True)),
        Shot("17-resident-monitor-number", lambda: MonitorNumber(stage.kit, 2)),
    )


def _with_strip(stage: Stage, screen: Screen) -> Window:
    """The window while the display is shown, a call-out on it."""
    window, strip = stage.window(screen), ResidentStrip(stage.kit)
    words = load_resident_words(training=stage.training)
    strip.show_language(words.language(BASE).name)
    strip.show_state(stage.kit.texts.resident_display.state_other(words.say(BASE, CallOut.WAIT.value).text))
    strip.show()
    window.foot.addWidget(strip)
    return window


def _check(stage: Stage) -> tuple[Window, ResidentCheckScreen]:
    words, visit = stage.kit.texts.resident_check, stage.sample["visit"]
    screen = ResidentCheckScreen(stage.kit)
    window = _with_strip(stage, screen)
    items = [
        CheckedItem(name, visit[f"{name}_official"], visit[value])
        for name, value in (("name", "variant_name"), ("address", "address"), ("birth", "birth"), ("phone", "phone"))
    ]
    screen.show_check(
        CheckShown(
            words.page_text(1, 2),
            stage.kit.messages.word("resident_language", BASE),
            words.state_check,
            items,
            can_answer=True,
        )
    )
    return window, screen


def _no_display(stage: Stage) -> QWidget:
    words = stage.kit.texts.resident_check
    window, screen = _check(stage)
    screen.banner.show_text("warning", words.no_display_title, words.no_display_text, words.no_display_next)
    return window


def _signing(stage: Stage) -> QWidget:
    words = stage.kit.texts.resident_check
    window, screen = _check(stage)
    language = stage.kit.messages.word("resident_language", "vi")
    screen.show_check(CheckShown(words.page_text(2, 2), language, words.state_sign, (), can_answer=False))
    return window


def _paper(stage: Stage) -> QWidget:
    window, screen = _check(stage)
    screen.show_paper_missing()
    return window


def _monitors(stage: Stage, *, wrong: bool) -> QWidget:
    words, sample = stage.kit.texts.resident_monitor, stage.sample["monitors"]
    screen = ResidentMonitorScreen(stage.kit)
    window = stage.bare_window(screen)
    size = words.size_text(1920, 1080)
    screen.show_monitors((
        MonitorShown(1, sample["own"], sample["own_plug"], size, is_own=True, is_chosen=False),
        MonitorShown(2, sample["facing"], sample["facing_plug"], size, is_own=False, is_chosen=True),
    ))
    if wrong:
        screen.banner.show_text("error", words.own_title, words.own_text)
    return window
