"""When a lock wants the password besides the staff card: after failed tries, and some hours after it was given last."""

from dataclasses import replace

from app.domain.counter_rules import PASSWORD_AFTER_S
from app.domain.lease import Ending, LeaseCount
from app.services.follow_rules import FollowRules
from app.services.ports.alone import HeldPassword, PasswordMemory, Uptime

FREE_TRIES = 5
"""Failed tries in a row to unlock; from the fifth on the password is asked for besides. Assumed."""


class PasswordClock:
    """Counts, for each person at this PC, by clocks that a restart does not stop and nobody sets back."""

    def __init__(self, memory: PasswordMemory, uptime: Uptime, rules: FollowRules) -> None:
        self._memory = memory
        self._uptime = uptime
        self._rules = rules

    def given(self, staff_id: str) -> None:
        """The right password was given: it counts from now."""
        count = LeaseCount(float(PASSWORD_AFTER_S[1]), 0.0, self._uptime.reading())
        self._memory.hold_password(staff_id, HeldPassword(count))

    def passed(self, staff_id: str) -> None:
        """The card alone unlocked: failed tries before it are forgiven, the time goes on."""
        held = self._memory.held_password(staff_id)
        if held is not None and held.failures:
            self._memory.hold_password(staff_id, replace(held, failures=0))

    def failed(self, staff_id: str) -> None:
        """A try to unlock failed."""
        held = self._memory.held_password(staff_id)
        if held is not None:
            self._memory.hold_password(staff_id, replace(held, failures=held.failures + 1))

    def demand(self, staff_id: str) -> None:
        """The card opens nothing: from now on the password is due."""
        held = self._memory.held_password(staff_id)
        if held is not None:
            self._memory.hold_password(staff_id, replace(held, failures=max(held.failures, FREE_TRIES)))

    def is_due(self, staff_id: str) -> bool:
        """Whether the password is asked for besides the card; so it is where nothing is known."""
        held = self._memory.held_password(staff_id)
        if held is None:
            return True
        counted = replace(held, count=held.count.counted(self._uptime.reading()))
        if held.count.is_worth_keeping(counted.count):
            self._memory.hold_password(staff_id, counted)
        if counted.failures >= FREE_TRIES or counted.count.ended is not Ending.RUNS:
            return True
        return counted.count.used_s >= self._rules.present().rules.password_after_s
