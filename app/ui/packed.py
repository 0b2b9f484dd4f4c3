"""Values of the window as bytes and back: what they share stays shared, parts of the program stay where they are."""

import io
import pickle
from collections.abc import Sequence
from functools import partial
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtGui import QPixmap

from app.domain.procedure import Procedure
from app.domain.secret import Secret, taken
from app.services.ports.seat import Session
from app.ui.background import Lane
from app.ui.kit import Kit
from app.ui.style import Look

STAYS: tuple[type, ...] = (
    QObject,
    Kit,
    Look,
    Lane,
    Session,
    Procedure,
    Secret,
    type,
    FunctionType,
    MethodType,
    BuiltinMethodType,
    partial,
)
"""Referred to, not taken out: parts of the program, and what it knows without any resident."""
_DATA = (str, bytes, bytearray, int, float, type(None), tuple, list, dict, set, frozenset)


def pack(value: object, kept: list[object]) -> Secret:
    """``value`` as bytes for ``unpack``; the parts of the program that it names are added to ``kept``."""
    file = io.BytesIO()
    _Packer(file, kept).dump(value)
    return taken(file.getvalue())


def unpack(packed: Secret, kept: Sequence[object]) -> Any:  # noqa: ANN401 -- whatever was packed
    """What was packed; ``packed`` is wiped."""
    with packed.lent() as raw:
        packed.wipe()
        return _Unpacker(io.BytesIO(raw), kept).load()


def is_value(obj: object) -> bool:
    """Whether it is plain data, or a value of ours: Qt's own and whatever else there is stays where it is."""
    home = type(obj).__module__
    return isinstance(obj, _DATA) or home == "datetime" or home.startswith("app.")


class _Packer(pickle.Pickler):
    """Packs values with what they share; parts of the program are named by their place in ``kept``."""

    def __init__(self, file: io.BytesIO, kept: list[object]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._kept = kept
        self._goes: dict[type, bool] = {}

    def persistent_id(self, obj: object) -> int | None:
        goes = self._goes.get(type(obj))
        if goes is None:
            goes = self._goes[type(obj)] = _goes(obj)
        if goes:
            return None
        self._kept.append(obj)
        return len(self._kept) - 1

    def reducer_override(self, obj: object) -> Any:  # noqa: ANN401 -- as the library has it
        return (_picture, (_png(obj),)) if isinstance(obj, QPixmap) else NotImplemented


class _Unpacker(pickle.Unpickler):  # noqa: S301 -- our own bytes, authenticated by the seal
    """Reads what this very process packed and the clerk's own key has sealed meanwhile: nobody else's bytes."""

    def __init__(self, file: io.BytesIO, kept: Sequence[object]) -> None:
        super().__init__(file)
        self._kept = kept

    def persistent_load(self, pid: int) -> object:
        return self._kept[pid]


def _goes(obj: object) -> bool:
    """Whether it is packed itself, as all of its type are."""
    return isinstance(obj, type | QPixmap) or (is_value(obj) and not isinstance(obj, STAYS))


def _png(picture: QPixmap) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG", 100)  # hardly packed: it lives for minutes, and a lock waits for it
    return bytes(buffer.data().data())


def _picture(png: bytes) -> QPixmap:
    made = QPixmap()
    made.loadFromData(png, "PNG")
    return made
