"""What the system says: the screen saver starts, the PC sleeps, another person's session comes to the front."""

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

_LOGIN, _LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_SESSION = f"{_LOGIN}.Session"
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver")
"""Source: the Desktop Entry and Idle Inhibition specifications of freedesktop.org; GNOME's own name; published."""
_PROPERTIES = "org.freedesktop.DBus.Properties"
_ANSWER_MS = 1000
"""How long logind is waited for, once, when the program starts. Assumed."""


class SystemWatch(QObject):
    """``leaving``: nobody looks at this screen any more. Linux: logind and the screen savers, over D-Bus.

    Said also when another session of this PC is locked: then this one locks once too often. On Windows nothing is
    heard here: ``app.desktop.windows_messages`` listens there.
    """

    leaving = Signal()

    def __init__(self, system: QDBusConnection, session: QDBusConnection, process: int) -> None:
        """``process``: whose session of the PC this is."""
        super().__init__()
        self._system, self._session, self._process = system, session, process

    def start(self) -> None:
        """Listen. A bus that is not there says nothing, and the lock after idle time remains."""
        hear = self._system.connect
        hear("", _LOGIN_PATH, f"{_LOGIN}.Manager", "PrepareForSleep", self, _slot("on_truth(bool)"))
        hear("", "", _SESSION, "Lock", self, _slot("on_lock()"))
        if path := self._own_session():
            hear("", path, _PROPERTIES, "PropertiesChanged", self, _slot("on_changed(QDBusMessage)"))
        for name in _SAVERS:
            self._session.connect("", "", name, "ActiveChanged", self, _slot("on_truth(bool)"))

    @Slot(bool)
    def on_truth(self, begins: bool) -> None:  # noqa: FBT001 -- as the signal has it
        """Sleep or screen saver; its end concerns nobody."""
        if begins:
            self.leaving.emit()

    @Slot()
    def on_lock(self) -> None:
        """The desktop locks."""
        self.leaving.emit()

    @Slot("QDBusMessage")
    def on_changed(self, message: QDBusMessage) -> None:
        """Something of this session changed: ask whether it still has the screen.

        What the message itself says of that lies in a map, which the library does not let Python read.
        """
        if message.arguments()[0] == _SESSION:
            asked = _call(message.path(), f"{_PROPERTIES}.Get", _SESSION, "Active")
            answers = _slot("on_active(QDBusMessage)"), _slot("on_unknown()")
            self._system.callWithCallback(asked, self, *answers, _ANSWER_MS)

    @Slot("QDBusMessage")
    def on_active(self, answer: QDBusMessage) -> None:
        """False: another session has come to the front."""
        if answer.arguments()[0].variant() is not True:
            self.leaving.emit()

    @Slot()
    def on_unknown(self) -> None:
        """The session changed and nobody says how: perhaps it is at its end."""
        self.leaving.emit()

    def _own_session(self) -> str:
        """The object of this program's session at logind; "" where there is none."""
        asked = _call(_LOGIN_PATH, f"{_LOGIN}.Manager.GetSessionByPID", self._process)
        found: list[Any] = self._system.call(asked, QDBus.CallMode.Block, _ANSWER_MS).arguments()
        return found[0].path() if found and hasattr(found[0], "path") else ""


def _call(path: str, method: str, *words: object) -> QDBusMessage:
    """A call of logind, not yet sent. ``method``: interface and name."""
    interface, _, name = method.rpartition(".")
    made = QDBusMessage.createMethodCall(_LOGIN, path, interface, name)
    made.setArguments(list(words))
    return made


def _slot(name: str) -> Any:  # noqa: ANN401 -- the library's types ask for bytes and its code for text
    return SLOT(name)


def system_watch(process: int) -> SystemWatch:
    """On the buses of this PC."""
    return SystemWatch(QDBusConnection.systemBus(), QDBusConnection.sessionBus(), process)
