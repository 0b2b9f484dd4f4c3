"""What the smart card service says of its readers, look by look, and which card is which."""

import logging
from collections.abc import Callable
from functools import partial
from time import sleep

from smartcard import scard

from app.card.pcsc import PLUG_AND_PLAY, Context, SlotState
from app.card.pinpad import GET_FEATURES, PadKnowledge
from app.domain.clock import Clock
from app.errors import NoReader
from app.services.card_port import Insertion, ReaderSeen, ReadersSeen

log = logging.getLogger(__name__)

_COUNT_BITS = 16
_HOLD_STEP_S = 0.01
_MOST_HELD_LOOKS = 60
_COUNTED_S, _SOON_S = 0.9, 0.2
"""By when the service has counted a card that went away under us (it looks every 0.4 s, measured); how soon to look."""


class Slots:
    """The monitor's memory of the readers' states; belongs to its thread but for what a use asks and tells of cards.

    Each new start of the service counts its insertions from the beginning: the generation keeps epochs apart. So do the
    breaks: where a card went away under us and the service counted nothing, what lies there now is another one (a swap
    within 0.4 s is not seen by pcscd 1.9.9 at a virtual reader, measured).
    """

    def __init__(self, pads: PadKnowledge, clock: Clock, serves: Callable[[str], bool]) -> None:
        self._pads = pads
        self._serves = serves
        self._clock = clock
        self._broken: dict[str, tuple[int, float]] = {}
        self._breaks: dict[str, int] = {}
        self._context: Context | None = None
        self._last: dict[str, SlotState] = {}
        self._held: dict[str, int] = {}
        self._generation = 0

    def epoch(self, slot: SlotState) -> int:
        breaks = self._breaks.get(slot.name, 0)
        return (breaks << _COUNT_BITS | self._generation) << _COUNT_BITS | slot.count

    def broke(self, at: Insertion, now_s: float) -> None:
        """A use has lost this card: it is not used again, whatever the service says of it."""
        slot = self._last.get(at.reader)
        if slot is not None and self.epoch(slot) == at.epoch:
            self._broken[at.reader] = at.epoch, now_s

    def has_broken(self, at: Insertion) -> bool:
        """Whether this card was lost in a use and the service has not counted it yet."""
        epoch, _ = self._broken.get(at.reader, (None, 0.0))
        return epoch == at.epoch

    def look(self, timeout_s: float) -> ReadersSeen:
        """Wait for a change against the last look and tell the present state. Errors: ServiceDown."""
        if self._context is None:
            self._context = Context()
            self._generation += 1
        names = (*filter(self._serves, self._context.names()), PLUG_AND_PLAY)
        known = {name: self._last[name].word if name in self._last else scard.SCARD_STATE_UNAWARE for name in names}
        try:
            slots = self._context.states(known, min(timeout_s, _SOON_S) if self._broken else timeout_s)
        except NoReader:
            slots = tuple(self._last.values())  # one went away while we waited: the next look lists anew
        self._count_gone({slot.name for slot in slots})
        self._last = {slot.name: self._settled(slot) for slot in slots}
        self._held = {name: looks for name, looks in self._held.items() if name in self._last}
        if self._held:
            sleep(_HOLD_STEP_S)
        self._mend(self._clock.monotonic())
        self._ask_pads(self._context)
        return ReadersSeen(service_runs=True, readers=tuple(map(self._reader, filter(_is_real, self._last.values()))))

    def _count_gone(self, present: set[str]) -> None:
        """A reader that was pulled out counts from the beginning when it is back: what lies there then is another."""
        for name in self._last.keys() - present:
            self._breaks[name] = self._breaks.get(name, 0) + 1

    def _mend(self, now_s: float) -> None:
        """Forget breaks that the service has counted; those it has not in time were swaps it has missed."""
        for name, (epoch, since_s) in tuple(self._broken.items()):
            slot = self._last.get(name)
            if slot is not None and self.epoch(slot) == epoch:
                if now_s < since_s + _COUNTED_S:
                    continue
                log.info("a card was swapped unseen", extra={"reader": name})
                self._breaks[name] = self._breaks.get(name, 0) + 1
            if self._broken[name] == (epoch, since_s):
                del self._broken[name]

    def _ask_pads(self, context: Context) -> None:
        """Ask readers not asked yet, unless another program has one: asking must not wait for it."""
        self._pads.keep(tuple(self._last))
        for slot in filter(_is_real, self._last.values()):
            if not (
                self._pads.knows(slot.name) or slot.flags & (scard.SCARD_STATE_INUSE | scard.SCARD_STATE_EXCLUSIVE)
            ):
                self._pads.learn(slot.name, partial(context.ask, slot.name, GET_FEATURES))

    def forget(self) -> None:
        """Drop a context that has failed."""
        if self._context is not None:
            self._context.release()
        self._context, self._last, self._held = None, {}, {}

    def wake(self) -> None:
        """End a wait, from any thread."""
        context = self._context
        if context is not None:
            context.cancel()

    def _settled(self, slot: SlotState) -> SlotState:
        """The new state, or the last one while the service has not counted a card's coming or going yet.

        pcscd 1.9.9 tells the change up to 0.4 s before it counts it; a card put down in between would be taken for the
        one before (measured; tests/edge/card/test_removal.py fails without).
        """
        last = self._last.get(slot.name)
        looks = self._held.pop(slot.name, 0)
        if last is None or last.present == slot.present or last.count != slot.count or looks >= _MOST_HELD_LOOKS:
            return slot
        self._held[slot.name] = looks + 1
        return last

    def _reader(self, slot: SlotState) -> ReaderSeen:
        return ReaderSeen(
            slot.name,
            insertion=Insertion(slot.name, self.epoch(slot)) if slot.present else None,
            atr=slot.atr,
            in_use=bool(slot.flags & (scard.SCARD_STATE_INUSE | scard.SCARD_STATE_EXCLUSIVE)),
            mute=bool(slot.flags & scard.SCARD_STATE_MUTE),
            pin_pad=self._pads.has(slot.name),
        )


def _is_real(slot: SlotState) -> bool:
    return slot.name != PLUG_AND_PLAY
