"""An office that states rules and leases to a terminal, and clocks of a PC that a test moves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.clock import Clock
from app.domain.counter_rules import CounterRules
from app.domain.lease import Reading
from app.services.ports.seat import Press, Session
from app.trust.sign import SigningKey
from app.trust.statement import LEASE, RULES, signer_of, state
from app.wire.counter_rules import StatedCards, StatedLease, StatedRules, row_of
from app.wire.message import encode
from app.wire.staff import RightRow
from tests.fakes.office import Line


@dataclass
class MovedUptime:
    """The clocks of a PC."""

    wall: datetime
    run_s: float = 1000.0
    boot: str = "boot-1"

    def reading(self) -> Reading:
        return Reading(self.boot, self.run_s, self.wall)

    def passes(self, **by: float) -> None:
        """Time passes, awake or asleep."""
        self.wall += timedelta(**by)
        self.run_s += timedelta(**by).total_seconds()

    def restarts(self, **off: float) -> None:
        """The machine is off for a while and starts again."""
        self.wall += timedelta(**off)
        self.run_s, self.boot = 20.0, f"{self.boot}+"


@dataclass
class StatingOffice:
    """``CounterOffice``: signs what a test wants it to state.

    ``changed``: parts of the rules that differ from what is right; ``sends``: a note in place of the right one.
    ``cards``: what it knows of everybody's staff cards; none is needed at first.
    """

    line: Line
    clock: Clock
    signing: SigningKey
    rules_now: CounterRules = field(default_factory=lambda: CounterRules(second_factor=False))
    version: int = 1
    changed: dict[str, object] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)
    sends: str | None = None
    cards: StatedCards = field(default_factory=lambda: StatedCards(rp_id="madoguchi.mihon.example", needed=False))

    def rules(self, press: Press, session: Session) -> str:
        self.line.use()
        return self._sent(self.stated_rules(session))

    def lease(self, press: Press, session: Session) -> str:
        self.line.use()
        actor = session.actor
        told = StatedLease(
            municipality=actor.municipality,
            terminal=actor.terminal,
            staff_id=actor.staff_id,
            name=actor.name,
            department=actor.department,
            rights=tuple(RightRow(r.act, r.procedure, r.item_class, r.since, r.until) for r in actor.rights),
            granted_at=self.clock.now(),
            lasts_s=self.rules_now.lease_s,
            cards=self.cards,
        )
        return self._sent(self._signed(LEASE, actor.municipality, told))

    def stated_rules(self, session: Session, **changed: object) -> str:
        """Signed rules, with ``changed`` parts."""
        actor = session.actor
        told: dict[str, object] = {
            "municipality": actor.municipality,
            "terminal": actor.terminal,
            "version": self.version,
            "issued_at": self.clock.now(),
            "rules": row_of(self.rules_now),
        }
        return self._signed(RULES, actor.municipality, StatedRules(**(told | self.changed | changed)))

    def _signed(self, kind: str, municipality: str, told: object) -> str:
        return state(kind, encode(told), signer_of(municipality), self.signing)

    def _sent(self, note: str) -> str:
        self.given.append(note)
        return note if self.sends is None else self.sends
