"""What happens to the window's work at a lock: it is taken out and sealed; what arrives meanwhile is sealed too."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from app.errors import AppError
from app.store.work import FileWorkStore
from app.store.work import SetAside as SealedAside
from app.ui.background import Held, Lane
from app.ui.packed import pack, unpack
from app.ui.set_aside import SetAside

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Sealed:
    """An answer that waits. ``kept``: the parts of the program that it names."""

    seal: SealedAside
    box: bytes
    kept: list[object]


class PutAway:
    """Between lock and unlock the work is one sealed value. On the window's thread.

    ``owner``: whose answers on the lanes are the lock's own and come at once.
    """

    def __init__(self, aside: SetAside, work: FileWorkStore, lanes: Sequence[Lane], owner: QObject) -> None:
        self._aside, self._work, self._lanes, self._owner = aside, work, tuple(lanes), owner
        self._seal: SealedAside | None = None
        self._sealed: bytes | None = None

    def begin(self) -> None:
        """While the work store is still open: what seals is taken from it; it needs no key."""
        try:
            self._seal = SealedAside(self._work)
        except AppError as error:
            log.warning("nothing to seal the window's work with", extra={"code": error.code})
            self._seal = None

    def put(self) -> None:
        """Take the work out. What can't be sealed is not kept: the drafts are saved by themselves."""
        work = self._aside.take_out()
        self._sealed = None if self._seal is None else self._seal.seal(work)
        work.wipe()
        held = Held(self._owner, partial(_put_away, self._seal), _taken_out)
        for lane in self._lanes:
            lane.hold(held)

    def come_back(self) -> None:
        """Put the work back, then hand on what arrived; the work store is open again."""
        sealed, self._sealed = self._sealed, None
        if sealed is not None and self._seal is not None:
            self._aside.put_back(self._seal.open(sealed))
        for lane in self._lanes:
            lane.release(deliver=sealed is not None)

    def forget(self) -> None:
        """The session ends while locked: the work is what the drafts hold, answers that wait are nobody's."""
        self._sealed = None
        self._aside.forget()
        for lane in self._lanes:
            lane.release(deliver=False)


def _put_away(seal: SealedAside | None, value: object) -> object:
    """An answer as it may lie about; an error names nobody."""
    if seal is None or value is None or isinstance(value, AppError):
        return value
    kept: list[object] = []
    return _Sealed(seal, seal.seal(pack(value, kept)), kept)


def _taken_out(value: object) -> object:
    return unpack(value.seal.open(value.box), value.kept) if isinstance(value, _Sealed) else value
