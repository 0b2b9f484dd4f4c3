"""What a screen reader gets from a window on a real screen: the tree and the announcements, over the system's bus.

A client of AT-SPI 2 in plain D-Bus. Source: the interfaces of at-spi2-core, published; that Qt answers them under
xcb and not offscreen: measured.
"""

import contextlib
import os
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.support.process import program, running, wait_for

ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
_AT_ONCE = 64
"""Questions that are under way together; more of them would fill the socket from both ends."""
_BITS = {
    4: "checked",
    7: "editable",
    8: "enabled",
    11: "focusable",
    12: "focused",
    16: "modal",
    17: "multi line",
    23: "selected",
    24: "sensitive",
    25: "showing",
    30: "visible",
    33: "required",
    36: "invalid entry",
}
"""Places of the states that are asked after. Source: AtspiStateType, published."""

_ROLES = {
    7: "check box",
    11: "combo box",
    16: "dialog",
    20: "filler",
    23: "frame",
    29: "label",
    31: "list",
    32: "list item",
    39: "panel",
    40: "password text",
    43: "button",
    44: "radio button",
    55: "table",
    56: "table cell",
    57: "column header",
    58: "row header",
    61: "text",
    75: "application",
}
"""Source: AtspiRole, published."""

At = tuple[str, str]
"""(name on the bus, path) of a thing on the screen."""


@dataclass(frozen=True)
class Node:
    """One thing as a reader sees it, and what lies in it. ``name``: its label where it has one, as readers do."""

    role: str
    name: str
    description: str
    states: frozenset[str]
    parts: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass
class Said:
    """An announcement. ``urgent``: what is being read is broken off for it."""

    text: str
    urgent: bool


@contextlib.contextmanager
def accessibility_bus(home: Path) -> Iterator[dict[str, str]]:
    """A session bus on which the accessibility bus starts by itself; the variables that lead there."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    address = f"unix:path={runtime}/bus"
    found = {
        "DBUS_SESSION_BUS_ADDRESS": address,
        "XDG_RUNTIME_DIR": str(runtime),
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    command = [program("dbus-daemon"), "--session", "--nofork", "--nopidfile", f"--address={address}"]
    with running(command, log=home / "bus.log", env={**os.environ, **found}):
        wait_for(lambda: _answers(runtime / "bus"), "the session bus")
        yield found


def _answers(place: Path) -> bool:
    """Whether somebody listens there: the file is there a moment before."""
    with socket.socket(socket.AF_UNIX) as line, contextlib.suppress(OSError):
        line.connect(str(place))
        return True
    return False


@dataclass
class Reader:
    """A screen reader's end of the bus."""

    bus: DBusConnection
    said: list[Said] = field(default_factory=list)
    focused: list[At] = field(default_factory=list)

    def application(self, timeout_s: float = 30.0) -> At:
        """The one program with a window. It tells the registry of itself once its window is shown."""
        end = time.monotonic() + timeout_s
        root = (REGISTRY, ROOT)
        while not (found := self.ask([(root, ACCESSIBLE, "GetChildren", "", ())])[0]):
            assert time.monotonic() < end, "no program is on the accessibility bus"
            time.sleep(0.02)
        name, path = found[0]
        return str(name), str(path)

    def tree(self, at: At, *, hidden: bool = False) -> Node:
        """What is shown there, or ``hidden`` parts too."""
        found: dict[At, tuple[str, str, str, frozenset[str]]] = {}
        below: dict[At, list[At]] = {}
        line = [at]
        while line:
            here = [one for one in dict.fromkeys(line) if one not in found]
            line = []
            for place, (node, inner) in zip(here, self._look(here), strict=True):
                found[place] = node if node[0] != "combo box" else self._labelled(place, node)
                is_seen = hidden or "showing" in node[3] or place == at
                below[place] = inner if is_seen else []
                line += below[place]
        return _joined(at, found, below)

    def ask(self, questions: Sequence[tuple[At, str, str, str, tuple[Any, ...]]]) -> list[Any]:
        """The first value of each answer, in order; None where the thing is gone."""
        answers: dict[int, Any] = {}
        order: list[int] = []
        waiting = deque(questions)
        open_now: set[int] = set()
        while waiting or open_now:
            while waiting and len(open_now) < _AT_ONCE:
                (name, path), interface, method, signature, body = waiting.popleft()
                message = new_method_call(DBusAddress(path, name, interface), method, signature or None, body)
                serial = next(self.bus.outgoing_serial)
                self.bus.send(message, serial=serial)
                open_now.add(serial)
                order.append(serial)
            message = self.bus.receive(timeout=30)
            serial = message.header.fields.get(HeaderFields.reply_serial, 0)
            if serial in open_now:
                open_now.discard(serial)
                is_answer = message.header.message_type is MessageType.method_return
                answers[serial] = message.body[0] if is_answer else None
            else:
                self._hear(message)
        return [answers[serial] for serial in order]

    def listen(self, *texts: str, timeout_s: float = 30.0) -> list[str]:
        """Hear what comes until all of ``texts`` have been part of something said; those that never were."""
        end = time.monotonic() + timeout_s
        while missing := [text for text in texts if not any(text in one.text for one in self.said)]:
            if time.monotonic() > end:
                return missing
            with contextlib.suppress(TimeoutError):
                self._hear(self.bus.receive(timeout=0.2))
        return []

    def _look(self, places: Sequence[At]) -> Iterator[tuple[tuple[str, str, str, frozenset[str]], list[At]]]:
        wanted = "org.freedesktop.DBus.Properties"
        questions: list[tuple[At, str, str, str, tuple[Any, ...]]] = []
        for at in places:
            questions += [
                (at, ACCESSIBLE, "GetRole", "", ()),
                (at, wanted, "Get", "ss", (ACCESSIBLE, "Name")),
                (at, wanted, "Get", "ss", (ACCESSIBLE, "Description")),
                (at, ACCESSIBLE, "GetState", "", ()),
                (at, ACCESSIBLE, "GetChildren", "", ()),
            ]
        answers = self.ask(questions)
        for place in range(0, len(answers), 5):
            role, name, description, bits, inner = answers[place : place + 5]
            states = frozenset(word for bit, word in _BITS.items() if bits and bits[bit // 32] >> bit % 32 & 1)
            node = (_ROLES.get(role, str(role)), _text(name), _text(description), states)
            yield node, [(str(to), str(path)) for to, path in inner or ()]

    def _labelled(self, at: At, node: tuple[str, str, str, frozenset[str]]) -> tuple[str, str, str, frozenset[str]]:
        """A list's own name is what is chosen in it."""
        relations = self.ask([(at, ACCESSIBLE, "GetRelationSet", "", ())])[0] or ()
        labels = [one for kind, places in relations if kind == _LABELLED_BY for one in places]
        if not labels:
            return node[0], "", *node[2:]
        questions = [(one, "org.freedesktop.DBus.Properties", "Get", "ss", (ACCESSIBLE, "Name")) for one in labels]
        return node[0], " ".join(map(_text, self.ask(questions))), *node[2:]

    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type is not MessageType.signal:
            return
        if fields.get(HeaderFields.member) == "Announcement":
            _, politeness, _, text, *_ = message.body
            self.said.append(Said(_text(text), urgent=politeness == _ASSERTIVE))


_ASSERTIVE, _LABELLED_BY = 2, 2
"""Source: AtspiLive and AtspiRelationType, published."""


@contextlib.contextmanager
def reader(found: dict[str, str]) -> Iterator[Reader]:
    """A reader that has told the registry what it wants to hear."""
    with open_dbus_connection(found["DBUS_SESSION_BUS_ADDRESS"]) as session:
        asked = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        address = str(session.send_and_get_reply(new_method_call(asked, "GetAddress"), timeout=30).body[0])
    with open_dbus_connection(address) as bus:
        heard = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object")
        bus.send_and_get_reply(message_bus.AddMatch(heard), timeout=30)
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        bus.send_and_get_reply(new_method_call(registry, "RegisterEvent", "s", ("object:announcement",)), timeout=30)
        yield Reader(bus)


def _text(value: object) -> str:
    """The text of a variant."""
    return str(value[1]) if isinstance(value, tuple) else ""


def _joined(at: At, found: dict[At, tuple[str, str, str, frozenset[str]]], below: dict[At, list[At]]) -> Node:
    parts = tuple(_joined(one, found, below) for one in below[at])
    return Node(*found[at], parts)
