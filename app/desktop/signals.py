"""What the system says: the screen saver starts, the PC sleeps, another person's session comes to the front."""

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage

_LOGIN, _LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_SESSION = f"{_LOGIN}.Session"
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver")
"""Source: the Desktop Entry and Idle Inhibition specifications of freedesktop.org; GNOME's own name; published."""
_PROPERTIES = "org.freedesktop.DBus.Properties"


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
        """Another session comes to the front: this one is not active any more."""
        interface, changed, *_ = message.arguments()
        if interface == _SESSION and dict(changed).get("Active") is False:
            self.leaving.emit()

    def _own_session(self) -> str:
        """The object of this program's session at logind; "" where there is none."""
        manager = QDBusInterface(_LOGIN, _LOGIN_PATH, f"{_LOGIN}.Manager", self._system)
        if not manager.isValid():
            return ""
        found: list[Any] = manager.call("GetSessionByPID", self._process).arguments()
        return found[0].path() if found and hasattr(found[0], "path") else ""


def _slot(name: str) -> Any:  # noqa: ANN401 -- the library's types ask for bytes and its code for text
    return SLOT(name)


def system_watch(process: int) -> SystemWatch:
    """On the buses of this PC."""
    return SystemWatch(QDBusConnection.systemBus(), QDBusConnection.sessionBus(), process)
