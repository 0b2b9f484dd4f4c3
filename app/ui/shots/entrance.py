"""Pictures of signing in and of the lock."""

from PySide6.QtWidgets import QWidget

from app.errors import AppError, PasswordDue, SignInRefused, StaffPinWrong, Unreachable
from app.ui.messages import Message
from app.ui.screens.hard_copy import HardCopyScreen
from app.ui.screens.locked import LockedScreen, LockReason
from app.ui.screens.sign_in import SignInScreen
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.button import Button
from app.ui.window import Window


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Signing in (empty, refused, unreachable), locked (asked, wrong password)."""
    return (
        Shot("01-sign-in", lambda: _sign_in(stage)[0]),
        Shot("01-sign-in-refused", lambda: _refused(stage, SignInRefused())),
        Shot("01-sign-in-unreachable", lambda: _refused(stage, Unreachable())),
        Shot("01-sign-in-empty-fields", lambda: _empty(stage)),
        Shot("01-sign-in-card", lambda: _card(stage)),
        Shot("01-sign-in-card-wrong-pin", lambda: _card(stage, StaffPinWrong(left=5))),
        Shot("01-sign-in-pass", lambda: _pass(stage)),
        Shot("02-locked-card", lambda: _locked(stage, card=True, password=False)),
        Shot("02-locked-card-and-password", lambda: _locked_again(stage)),
        Shot("02-locked-card-offline", lambda: _locked(stage, card=True, password=False, left=(7, 59))),
        Shot("02-locked", lambda: _locked(stage)),
        Shot("02-locked-wrong-password", lambda: _locked(stage, refused=True)),
        Shot("02-lock-warning", lambda: _warned(stage)),
        Shot("02-copy-refused", lambda: _copy_refused(stage)),
        Shot("02-hard-copy-older-rule", lambda: stage.bare_window(HardCopyScreen(stage.kit))),
    )


def _sign_in(stage: Stage) -> tuple[Window, SignInScreen]:
    screen = SignInScreen(stage.kit, "0.1.0")
    return stage.bare_window(screen), screen


def _refused(stage: Stage, error: AppError) -> QWidget:
    window, screen = _sign_in(stage)
    screen.show_error(stage.kit.messages.of(error))
    return window


def _empty(stage: Stage) -> QWidget:
    window, screen = _sign_in(stage)
    screen.do("commit")
    return window


def _card(stage: Stage, error: AppError | None = None) -> QWidget:
    window, screen = _sign_in(stage)
    screen.show_card_step()
    if error is not None:
        screen.show_card_error(stage.kit.messages.of(error))
    return window


def _pass(stage: Stage) -> QWidget:
    window, screen = _sign_in(stage)
    screen.show_card_step()
    next(one for one in screen.findChildren(Button) if one.text() == stage.kit.texts.sign_in.use_pass).click()
    return window


def _cover(stage: Stage, *, card: bool, password: bool) -> tuple[Window, LockedScreen]:
    cover = LockedScreen(stage.kit)
    window = stage.window(SignInScreen(stage.kit), cover)
    cover.show_locked(LockReason.IDLE, stage.sample["place"]["staff_id"])
    window.lock()
    cover.show_needed(card=card, password=password)
    return window, cover


def _locked_again(stage: Stage) -> QWidget:
    window, cover = _cover(stage, card=True, password=True)
    cover.show_error(stage.kit.messages.of(PasswordDue()))
    return window


def _locked(
    stage: Stage,
    *,
    refused: bool = False,
    card: bool = False,
    password: bool = True,
    left: tuple[int, int] | None = None,
) -> QWidget:
    window, cover = _cover(stage, card=card, password=password)
    if left is not None:
        cover.show_left(stage.kit.texts.frame.offline_left(*left))
    if refused:
        words = stage.kit.texts.lock
        cover.show_error(Message(words.refused_title, words.refused_why, words.refused_next, SignInRefused.code))
    return window


def _warned(stage: Stage) -> QWidget:
    window, _ = _sign_in(stage)
    window.show_warning(stage.kit.texts.lock.soon(20))
    return window


def _copy_refused(stage: Stage) -> QWidget:
    window, _ = _sign_in(stage)
    window.notice.say(stage.kit.texts.copying.capture_refused)
    return window
