"""Hard copies and the clipboard: what a screen shows stays on it; each try is kept, and what the older rule allows."""

from collections.abc import Callable
from enum import StrEnum

from app.domain.act import Act
from app.domain.counter_rules import CounterRules
from app.errors import CopyNotAllowed
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Seat, Session
from app.services.record_act import Doing, recorded

COPY_REASONS = ("fault_report", "handed_on", "audit")
"""Why the work may need a picture of a screen. Assumed; the rule asks for a reason and leaves open which."""


class Tried(StrEnum):
    """What somebody tried: a picture of the screen, or its words on the clipboard."""

    CAPTURE = "capture"
    COPY = "copy"


class KeepFromCopying:
    """The use case. ``rules``: the office's as they hold now; by the older one a picture is taken with its reason."""

    def __init__(self, journal: Journal, seat: Seat, rules: Callable[[], CounterRules]) -> None:
        self._journal = journal
        self._seat = seat
        self._rules = rules

    def may_take(self) -> bool:
        """Whether the office's rule is the older one."""
        return self._rules().older_copy_rule

    def refused(self, press: Press, session: Session | None, tried: Tried, screen: str) -> None:
        """Somebody tried; nothing came of it. ``screen`` is its name, nothing that it shows. Errors: StoreError."""
        kind = f"{tried.value}.refused"
        if session is None:
            seat, what = self._seat, (("screen", screen),)
            self._journal.write(Act(kind, press.at, seat.municipality, "", seat.terminal, press.trace, what=what))
        else:
            self._journal.write(session.act(press, kind, screen=screen))

    def take(self, press: Press, session: Session, reason: str, screen: str) -> None:
        """Keep why a picture of ``screen`` is taken; it may be taken after this.

        Errors: CopyNotAllowed by the newer rule and without one of ``COPY_REASONS``; StoreError.
        """

        def demand() -> None:
            if not self.may_take() or reason not in COPY_REASONS:
                raise CopyNotAllowed

        known = reason if reason in COPY_REASONS else ""
        recorded(self._journal, (press, session), Doing("capture", what={"screen": screen, "reason": known}), demand)
