"""The readers of this PC through PC/SC: what lies where, and the use of one card at a time."""

import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from smartcard import scard

from app.card.channel import Channel
from app.card.monitor import SILENCE_S, Life, ReaderThread, Watching
from app.card.opened import OpenCard
from app.card.pcsc import Context, SlotState
from app.card.pinpad import PadKnowledge, PinPad, parse_liars
from app.card.reach import Reaches
from app.card.slots import Slots
from app.domain.clock import Clock
from app.errors import BadCardData, CardCancelled, CardError, CardRefused, CardRemoved, PadFailed
from app.services.card_port import Card, Insertion, Progress, ReadersSeen, Stage, Watch
from app.shipped import read_toml

log = logging.getLogger(__name__)

T = TypeVar("T")
_LOOK_S = 1.0


def _serves_all(_: str) -> bool:
    return True


class PcscReaders:
    """All readers the smart card service knows whose names ``serves`` accepts: some are for staff cards.

    Recovers by itself when the service stops and comes back.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        silence_s: float = SILENCE_S,
        lying_pads: tuple[str, ...] | None = None,
        serves: Callable[[str], bool] = _serves_all,
    ) -> None:
        self._clock = clock
        self._pads = PadKnowledge(
            parse_liars(read_toml("tables", "pin_pads.toml")) if lying_pads is None else lying_pads
        )
        self._reaches = Reaches()
        self._slots = Slots(self._pads, clock, serves)
        self._listeners: tuple[Callable[[ReadersSeen], None], ...] = ()
        self._seen = ReadersSeen(service_runs=True)
        self._thread = ReaderThread(clock, silence_s=silence_s)
        self._watching = Watching(self._look, self._lost, self._slots.wake)

    def settle(self, timeout_s: float) -> bool:
        """Wait until the readers were looked at once; false if that takes longer."""
        return self._watching.settle(timeout_s)

    def seen(self) -> ReadersSeen:
        """What lies where, as last looked at."""
        return self._seen

    def watch(self, changed: Callable[[ReadersSeen], None]) -> Callable[[], None]:
        """Call ``changed`` at each change. Watch first, then ask ``seen``: so nothing is missed."""
        self._listeners = (*self._listeners, changed)

        def end() -> None:
            self._listeners = tuple(each for each in self._listeners if each is not changed)

        return end

    def use(self, at: Insertion, work: Callable[[Card], T], watch: Watch) -> T:
        """Have ``work`` done with the card on the reader's thread."""
        return self._thread.run(partial(self._use, at, work, watch))

    def close(self) -> None:
        """End both threads."""
        self._watching.close()
        self._thread.close()

    def _look(self) -> None:
        self._publish(self._slots.look(_LOOK_S))

    def _lost(self, error: CardError) -> None:
        log.warning("smart card service lost", extra={"error": error.code})
        self._slots.forget()
        self._publish(ReadersSeen(service_runs=False))

    def _publish(self, seen: ReadersSeen) -> None:
        if seen == self._seen:
            return
        self._seen = seen
        for changed in self._listeners:
            changed(seen)

    def _use(self, at: Insertion, work: Callable[[Card], T], watch: Watch, life: Life) -> T:
        watch.progress(Progress(Stage.CONNECTING))
        life.beat()
        if self._slots.has_broken(at):
            raise CardRemoved
        try:
            return self._connected(at, work, watch, life)
        except CardRemoved:
            self._slots.broke(at, self._clock.monotonic())
            raise

    def _connected(self, at: Insertion, work: Callable[[Card], T], watch: Watch, life: Life) -> T:
        context = Context()
        try:
            wire = context.connect(at.reader, self._clock, partial(_not_cancelled, watch, life))
            try:
                life.connected()
                reach = self._reaches.of(at.reader, self._demand_same(context, at).atr)
                pad = PinPad(wire, life.beat) if self._pads.has(at.reader) else None
                return work(OpenCard(Channel(wire, watch, clock=self._clock, beat=life.beat, pad=pad, reach=reach)))
            except (BadCardData, CardRefused):
                wire.demand_card()
                raise
            except PadFailed:
                self._pads.distrust(at.reader)
                raise
            finally:
                wire.power_down()
        finally:
            context.release()

    def _demand_same(self, context: Context, at: Insertion) -> SlotState:
        """The card we hold is the one that was meant, not one put down in its place a moment ago."""
        (slot,) = context.states({at.reader: scard.SCARD_STATE_UNAWARE}, 0)
        if self._slots.epoch(slot) != at.epoch:
            raise CardRemoved
        return slot


def _not_cancelled(watch: Watch, life: Life) -> None:
    if watch.cancelled():
        raise CardCancelled
    life.beat()
