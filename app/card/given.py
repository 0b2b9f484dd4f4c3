"""Readers without hardware: cards are objects handed in; everything above the wire is the same as with PC/SC."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from app.card.channel import Channel
from app.card.monitor import SILENCE_S, Life, ReaderThread
from app.card.opened import OpenCard
from app.domain.clock import Clock
from app.errors import CardRemoved, NoReader
from app.services.card_port import Card, Insertion, Progress, ReaderSeen, ReadersSeen, Stage, Watch

T = TypeVar("T")


class GivenChip(Protocol):
    """A card as an object."""

    @property
    def atr(self) -> bytes: ...

    def insert(self) -> None:
        """It is put on a reader."""
        ...

    def pull(self) -> None:
        """It is taken off, from any thread, also while it answers."""
        ...

    def power_down(self) -> None: ...

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """One command. Errors: ConnectionError when it was taken off."""
        ...


class GivenReaders:
    """Readers by name, on which ``put`` and ``take`` lay cards. Training and demonstrations use them."""

    def __init__(self, names: tuple[str, ...], clock: Clock, *, silence_s: float = SILENCE_S) -> None:
        self._clock = clock
        self._thread = ReaderThread(clock, silence_s=silence_s)
        self._chips: dict[str, GivenChip] = {}
        self._listeners: tuple[Callable[[ReadersSeen], None], ...] = ()
        self._seen = ReadersSeen(service_runs=True, readers=tuple(map(ReaderSeen, names)))
        self._epoch = 0

    def put(self, reader: str, chip: GivenChip) -> Insertion:
        """Lay a card on a reader, instead of one that lies there. Errors: NoReader."""
        if reader not in {each.name for each in self._seen.readers}:
            raise NoReader
        self.take(reader)
        chip.insert()
        self._chips[reader] = chip
        self._epoch += 1
        at = Insertion(reader, self._epoch)
        self._publish(ReaderSeen(reader, insertion=at, atr=chip.atr))
        return at

    def take(self, reader: str) -> None:
        """Take the card off a reader, also in the middle of a command."""
        chip = self._chips.pop(reader, None)
        if chip is not None:
            chip.pull()
            self._epoch += 1
            self._publish(ReaderSeen(reader))

    def seen(self) -> ReadersSeen:
        """What lies where."""
        return self._seen

    def watch(self, changed: Callable[[ReadersSeen], None]) -> Callable[[], None]:
        """Call ``changed`` at each change, on the thread that puts or takes."""
        self._listeners = (*self._listeners, changed)

        def end() -> None:
            self._listeners = tuple(each for each in self._listeners if each is not changed)

        return end

    def use(self, at: Insertion, work: Callable[[Card], T], watch: Watch) -> T:
        """Have ``work`` done with the card on the reader's thread."""
        return self._thread.run(partial(self._use, at, work, watch))

    def close(self) -> None:
        """Take all cards off and end the thread."""
        for reader in tuple(self._chips):
            self.take(reader)
        self._thread.close()

    def _use(self, at: Insertion, work: Callable[[Card], T], watch: Watch, life: Life) -> T:
        watch.progress(Progress(Stage.CONNECTING))
        life.beat()
        chip = self._chips.get(at.reader)
        if chip is None or at not in self._seen.cards:
            raise CardRemoved
        life.connected()
        try:
            return work(OpenCard(Channel(_GivenLine(chip), watch, clock=self._clock, beat=life.beat)))
        finally:
            chip.power_down()

    def _publish(self, changed: ReaderSeen) -> None:
        readers = tuple(changed if each.name == changed.name else each for each in self._seen.readers)
        self._seen = ReadersSeen(service_runs=True, readers=readers)
        for listener in self._listeners:
            listener(self._seen)


class _GivenLine:
    def __init__(self, chip: GivenChip) -> None:
        self._chip = chip

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        try:
            return self._chip.transmit(apdu)
        except ConnectionError:
            raise CardRemoved from None
