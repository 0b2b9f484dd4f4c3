"""Linkage records: searched by person, system and period for a reason; older ones are added page by page."""

from datetime import date

from app.domain.distribution import DistributionRules
from app.services.ports.seat import Session
from app.services.tend_distribution import TendDistribution
from app.ui.flows.distribution_words import DistributionReader
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.flows.register_filing import day_in
from app.ui.kit import Kit
from app.ui.screens.distribution_linkage import DistributionLinkageScreen
from app.ui.screens.register_fields import UNREAD, FieldShown
from app.wire.resident_base_office import AskLinkage, Linkage, LinkageRow


class LinkageFlow(OfficeFlow[DistributionLinkageScreen]):
    """Works between ``begin`` and ``end``."""

    def __init__(
        self,
        kit: Kit,
        screen: DistributionLinkageScreen,
        means: OfficeMeans,
        case: TendDistribution,
        rules: DistributionRules,
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._rules, self._reader = case, rules, DistributionReader(kit, rules)
        self._values: dict[str, str] = {}
        self._asked: AskLinkage | None = None
        self._rows: list[LinkageRow] = []
        screen.edited.connect(self._on_edited)
        screen.search_asked.connect(self.search)
        screen.more_asked.connect(self._on_more)

    def begin(self, session: Session) -> None:
        """Open the search with nothing in it."""
        self.enter(session)
        self._forget()
        self.screen.show_form(self._fields(), self._values)

    def end(self) -> None:
        super().end()
        self._forget()

    def search(self) -> None:
        """Look for what is typed."""
        words, values = self._kit.texts.distribution_linkage, self._values
        missing = {} if values.get("subject") or values.get("system") else {"subject": words.subject_missing}
        missing |= {} if values.get("reason") else {"reason": words.reason_missing}
        if missing or any(values.get(name, "").startswith(UNREAD) for name in ("since", "until")):
            self.screen.show_missing(missing)
            return
        asked = AskLinkage(
            reason=values["reason"],
            subject=values.get("subject", ""),
            system=values.get("system", ""),
            since=self._day("since"),
            until=self._day("until"),
        )
        self._rows.clear()
        self._asked = asked
        self._look(asked)

    def _on_more(self) -> None:
        asked = self._asked
        if asked is not None and self._rows:
            self._look(
                AskLinkage(
                    reason=asked.reason,
                    subject=asked.subject,
                    system=asked.system,
                    since=asked.since,
                    until=asked.until,
                    before=self._rows[-1].index,
                )
            )

    def _look(self, asked: AskLinkage) -> None:
        self.screen.show_working()
        self.ask(lambda press, it: self._case.linkage(press, it, asked), self._on_found)

    def _on_found(self, found: Linkage) -> None:
        words, is_first = self._kit.texts.distribution_linkage, not self._rows
        self._rows.extend(found.rows)
        people = len({one.subject for one in self._rows})
        count = words.count_more if found.more else words.count
        lines = [self._reader.record(one) for one in self._rows]
        self.screen.show_lines(lines, count(len(lines), people), more=found.more)
        if is_first and lines:
            self.screen.to_results()

    def _on_edited(self, name: str, value: str) -> None:
        self._values[name] = value

    def _day(self, name: str) -> date | None:
        return day_in(self._values.get(name, ""))

    def _fields(self) -> tuple[FieldShown, ...]:
        words = self._kit.texts.distribution_linkage
        systems = tuple((one.id, one.title) for one in self._rules.systems.values())
        return (
            FieldShown("subject", words.subject),
            FieldShown("system", words.system, "choice", systems),
            FieldShown("reason", words.reason, support=words.reason_support, required=True),
            FieldShown("since", words.since, "day"),
            FieldShown("until", words.until, "day"),
        )

    def _forget(self) -> None:
        self._values.clear()
        self._rows.clear()
        self._asked = None
