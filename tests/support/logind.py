"""What a counter hears of logind: its one session on a bus, which comes to the front and leaves it."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME, MANAGER = "org.freedesktop.login1", "/org/freedesktop/login1"
SESSION, OTHER = f"{MANAGER}/session/_32", f"{MANAGER}/session/_33"
"""Paths as logind escapes them: of session 2, and of the one that others sit at."""
PROPERTIES = "org.freedesktop.DBus.Properties"
UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"
WORDS = ("show", "hide", "idle", "other", "end")


@dataclass
class Logind:
    """A process of its own, as logind is: the client may wait for it."""

    process: subprocess.Popen[str]

    def tell(self, word: str) -> None:
        """``show``, ``hide``: the session comes to the front, leaves it. ``idle``: only its idle hint changes.

        ``other``: another session leaves the front. ``end``: the session changes, and asked for it is not there.
        """
        assert word in WORDS
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == f"{word}\n"


@contextmanager
def logind(address: str, of_process: int) -> Iterator[Logind]:
    """On the bus at ``address``, with a session for ``of_process`` and for no other."""
    command = [sys.executable, "-m", "tests.support.logind", address, str(of_process)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        try:
            yield Logind(process)
        finally:
            process.kill()


class _Service:
    """Answers, and says what it is told to say."""

    def __init__(self, bus: DBusConnection, other_bus: DBusConnection, of_process: int) -> None:
        """Two connections, one for each thread."""
        self._bus, self._other_bus, self._of_process = bus, other_bus, of_process
        self._active, self._ended = True, False

    def serve(self) -> None:
        """Take the name, and answer to it for ever."""
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        _say("up\n")
        while True:
            self._answer(self._bus.receive())

    def _answer(self, call: Message) -> None:
        if call.header.message_type is not MessageType.method_call:
            return
        match call.header.fields[HeaderFields.member], call.header.fields[HeaderFields.path], call.body:
            case "GetSessionByPID", path, (process,) if path == MANAGER and process == self._of_process:
                self._bus.send(new_method_return(call, "o", (SESSION,)))
            case "Get", path, (_, "Active") if path == SESSION and not self._ended:
                self._bus.send(new_method_return(call, "v", (("b", self._active),)))
            case _:
                self._bus.send(new_error(call, UNKNOWN))

    def tell(self, word: str) -> None:
        """What ``Logind.tell`` was given."""
        path, name, value = (OTHER if word == "other" else SESSION), "Active", word == "show"
        if word in {"show", "hide"}:
            self._active = value
        elif word == "idle":
            name, value = "IdleHint", True
        self._ended = word == "end"
        about = DBusAddress(path, interface=PROPERTIES)
        changed = (f"{NAME}.Session", {name: ("b", value)}, [])
        self._other_bus.send(new_signal(about, "PropertiesChanged", "sa{sv}as", changed))


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def main(words: Sequence[str]) -> None:
    """Serve until killed; what to say comes line by line."""
    address, of_process = words
    service = _Service(open_dbus_connection(address), open_dbus_connection(address), int(of_process))
    Thread(target=service.serve, daemon=True).start()
    for line in sys.stdin:
        service.tell(line.strip())
        _say(line)


if __name__ == "__main__":
    main(sys.argv[1:])
