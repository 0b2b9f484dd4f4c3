"""Receiving systems: how far each is; suspended, resumed, tried again, sent to again from a sequence on."""

from functools import partial

from app.domain.distribution import DistributionRules
from app.services.ports.seat import Session
from app.services.tend_distribution import TEND, TendDistribution
from app.ui.flows.distribution_words import DistributionReader
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.kit import Kit
from app.ui.screens.distribution_systems import DistributionSystemsScreen, SystemLine
from app.wire.resident_base_office import Systems, TurnSystem

_DIGITS = 15


class SystemsFlow(OfficeFlow[DistributionSystemsScreen]):
    """Works between ``begin`` and ``end``."""

    def __init__(
        self,
        kit: Kit,
        screen: DistributionSystemsScreen,
        means: OfficeMeans,
        case: TendDistribution,
        rules: DistributionRules,
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._reader = case, DistributionReader(kit, rules)
        screen.refresh_asked.connect(self.look)
        screen.asked.connect(self._on_asked)

    def begin(self, session: Session) -> None:
        """Open the list."""
        self.enter(session)
        self.look()

    def look(self) -> None:
        """Read it (again)."""
        self.screen.show_working()
        self.ask(self._case.systems, self._on_systems)

    def _on_systems(self, found: Systems) -> None:
        self._show(found)

    def _show(self, found: Systems) -> list[SystemLine]:
        words, now, tends = self._kit.texts.distribution_systems, self._kit.clock.now(), self.may(TEND)
        lines = [self._reader.system(one, now, tends=tends) for one in found.rows]
        stopped = sum(one.state in {"stopped", "suspended"} for one in found.rows)
        waiting = sum(max(0, one.last - one.told) for one in found.rows)
        self.screen.show_lines(lines, words.count(len(lines), stopped, waiting))
        return lines

    def _on_asked(self, system: str, act: str, why: str, first: str) -> None:
        if act == "resend" and not (first.isascii() and first.isdigit() and len(first) <= _DIGITS and int(first)):
            self.screen.show_first_wrong(self._kit.texts.distribution_systems.first_wrong)
            return
        self.screen.show_working()
        asked = TurnSystem(system=system, act=act, reason=why, first=int(first or 0))
        self.ask(lambda press, it: self._case.turn(press, it, asked), partial(self._on_turned, asked))

    def _on_turned(self, asked: TurnSystem, found: Systems) -> None:
        words = self._kit.texts.distribution_systems
        acts = {
            "again": words.again,
            "resend": words.resend,
            "suspend": words.suspend,
            "resume": words.resume,
        }
        for one in self._show(found):
            if one.system == asked.system:
                title, text = words.done(one.title, acts[asked.act]), words.done_text(one.state)
                self.screen.banner.show_text("success", title, text)
