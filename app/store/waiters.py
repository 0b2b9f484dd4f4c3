"""Who waits to hear of an item, and what became final a moment ago; used by the window's threads and the pump's."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TimedOut

from app.services.ports.memory import Outcome, Waits

REMEMBERED = 64


class Waiters:
    """Item → who waits for its outcome. One waits for an item at a time."""

    def __init__(self) -> None:
        self._waiting: dict[str, Future[Outcome]] = {}
        self._heard: OrderedDict[str, Outcome] = OrderedDict()

    def names(self) -> tuple[str, ...]:
        """The items that somebody waits for now."""
        return tuple(self._waiting)

    def hear(self, item_id: str, wait_s: float, wake: Callable[[], None], else_: Callable[[], Outcome]) -> Outcome:
        """The outcome of an item, waited for at most ``wait_s`` after ``wake``; then what ``else_`` says.

        Whoever tells looks for the waiter first and is looked up after: what was told in between is not missed.
        """
        waiter: Future[Outcome] = Future()
        self._waiting[item_id] = waiter
        try:
            known = self._heard.get(item_id)
            if known is not None:
                return known
            wake()
            return waiter.result(wait_s)
        except TimedOut:
            return else_() if waiter.cancel() else waiter.result()
        finally:
            self._waiting.pop(item_id, None)

    def waits_for(self, item_id: str) -> bool:
        """Whether somebody waits for that item now."""
        return item_id in self._waiting

    def tell(self, item_id: str, outcome: Outcome) -> None:
        """What is final is remembered a while: who asks may come just after it happened."""
        if not isinstance(outcome, Waits):
            self._heard[item_id] = outcome
            while len(self._heard) > REMEMBERED:
                self._heard.popitem(last=False)
        waiter = self._waiting.get(item_id)
        if waiter is not None and not waiter.done() and waiter.set_running_or_notify_cancel():
            waiter.set_result(outcome)
