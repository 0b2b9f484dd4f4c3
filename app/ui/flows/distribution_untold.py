"""Changes that the register could not tell: listed with the reason, tried again one by one."""

from app.domain.distribution import DistributionRules
from app.services.ports.seat import Session
from app.services.tend_distribution import TendDistribution
from app.ui.flows.distribution_words import DistributionReader
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.flows.register_words import moment
from app.ui.kit import Kit
from app.ui.screens.distribution_untold import DistributionUntoldScreen, UntoldLine
from app.wire.resident_base_office import UntoldChanges


class UntoldFlow(OfficeFlow[DistributionUntoldScreen]):
    """Works between ``begin`` and ``end``."""

    def __init__(
        self,
        kit: Kit,
        screen: DistributionUntoldScreen,
        means: OfficeMeans,
        case: TendDistribution,
        rules: DistributionRules,
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._reader = case, DistributionReader(kit, rules)
        screen.refresh_asked.connect(self.look)
        screen.again_asked.connect(self._on_again)

    def begin(self, session: Session) -> None:
        """Open the list."""
        self.enter(session)
        self.look()

    def look(self) -> None:
        """Read it (again)."""
        self.screen.show_working()
        self.ask(self._case.untold, self._on_rows)

    def _on_rows(self, found: UntoldChanges) -> None:
        lines = [
            UntoldLine(
                position=one.position,
                subject=one.subject,
                laid_at=moment(one.laid_at),
                attempts=str(one.attempts),
                reason=self._reader.cause(one.reason),
            )
            for one in found.rows
        ]
        self.screen.show_lines(lines, self._kit.texts.distribution_untold.count(len(lines)))

    def _on_again(self, line: UntoldLine) -> None:
        self.screen.show_working()
        self.ask(lambda press, it: self._case.tell_again(press, it, line.position, line.subject), self._on_told)

    def _on_told(self, found: UntoldChanges) -> None:
        words = self._kit.texts.distribution_untold
        self._on_rows(found)
        self.screen.banner.show_text("success", words.done, words.done_text)
