"""Use applications: listed, opened, decided by another person, taken back or ended."""

from PySide6.QtCore import Signal

from app.domain.distribution import NUMBER, DistributionRules
from app.services.ports.seat import Session
from app.services.tend_distribution import APPLY, DECIDE, TendDistribution
from app.ui.flows.distribution_words import DistributionReader
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.flows.register_words import moment
from app.ui.kit import Kit
from app.ui.screens.distribution_use import Deed, DistributionUseScreen, UseShown
from app.ui.screens.distribution_uses import DistributionUsesScreen
from app.ui.screens.fact_table import FactShown, facts_of
from app.wire.resident_base_office import ApplicationRow, Applications

_ORDER = ("waiting", "approved")


class UsesFlow(OfficeFlow[DistributionUsesScreen]):
    """``opened`` carries an ``ApplicationRow``."""

    opened = Signal(object)
    fresh_asked = Signal()

    def __init__(
        self,
        kit: Kit,
        screen: DistributionUsesScreen,
        means: OfficeMeans,
        case: TendDistribution,
        rules: DistributionRules,
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._reader = case, DistributionReader(kit, rules)
        self._rows: dict[str, ApplicationRow] = {}
        screen.refresh_asked.connect(self.look)
        screen.fresh_asked.connect(self.fresh_asked)
        screen.opened.connect(self._on_opened)

    def begin(self, session: Session) -> None:
        """Open the list."""
        self.enter(session)
        self.screen.show_offered(applies=self.may(APPLY))
        self.look()

    def end(self) -> None:
        super().end()
        self._rows.clear()

    def look(self) -> None:
        """Read it (again)."""
        self.screen.show_working()
        self.ask(self._case.applications, self._on_rows)

    def _on_rows(self, found: Applications) -> None:
        words, today = self._kit.texts.distribution_uses, self.today()
        rows = sorted(found.rows, key=lambda one: _ORDER.index(one.state) if one.state in _ORDER else len(_ORDER))
        self._rows.clear()
        self._rows.update({one.application_id: one for one in rows})
        waiting = sum(one.state == "waiting" for one in rows)
        self.screen.show_lines([self._reader.use(one, today) for one in rows], words.count(len(rows), waiting))

    def _on_opened(self, application_id: str) -> None:
        if application_id in self._rows:
            self.opened.emit(self._rows[application_id])


class UseFlow(OfficeFlow[DistributionUseScreen]):
    """One application."""

    def __init__(
        self,
        kit: Kit,
        screen: DistributionUseScreen,
        means: OfficeMeans,
        case: TendDistribution,
        rules: DistributionRules,
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._reader = case, DistributionReader(kit, rules)
        self._row: ApplicationRow | None = None
        screen.refresh_asked.connect(self.look)
        screen.asked.connect(self._on_asked)

    def begin(self, session: Session, row: ApplicationRow) -> None:
        """Open one."""
        self.enter(session)
        self._on_row(row)

    def end(self) -> None:
        super().end()
        self._row = None

    def look(self) -> None:
        """Read it again."""
        row = self._row
        if row is not None:
            self.ask(self._case.applications, lambda found: self._on_rows(row.application_id, found))

    def _on_rows(self, application_id: str, found: Applications) -> None:
        for one in found.rows:
            if one.application_id == application_id:
                self.screen.banner.clear()
                self._on_row(one)

    def _on_row(self, row: ApplicationRow) -> None:
        self._row = row
        self.screen.show_use(self._shown(row))

    def _on_asked(self, deed: Deed, why: str) -> None:
        row, case = self._row, self._case
        if row is None:
            return
        self.screen.show_working()
        if deed in {"approve", "refuse"}:
            approve = deed == "approve"
            self.ask(lambda press, it: case.decide(press, it, row, why, approve=approve), self._on_done)
        else:
            self.ask(lambda press, it: case.end(press, it, row, why), self._on_done)

    def _on_done(self, row: ApplicationRow) -> None:
        words = self._kit.texts.distribution_use
        self._on_row(row)
        state, _ = self._reader.state(row, self.today())
        text = words.done_approved if row.state == "approved" else words.done_text
        self.screen.banner.show_text("success", words.done(state), text)

    def _shown(self, row: ApplicationRow) -> UseShown:
        words, reader = self._kit.texts.distribution_use, self._reader
        state, _ = reader.state(row, self.today())
        decided = words.by_at(row.decided_by, moment(row.decided_at)) if row.decided_at is not None else ""
        facts = facts_of(
            (words.state, state),
            (words.system, row.title),
            (words.purpose, row.purpose),
            (words.ground, reader.ground(row.system)),
            (words.period, reader.period(row)),
            (words.before, words.with_before if row.with_before else words.without_before),
            (words.entered, words.by_at(row.entered_by, moment(row.entered_at))),
            (words.decided, decided),
            (words.reason, row.reason),
        )
        numbered = self._kit.texts.distribution_uses
        items = tuple(
            FactShown(reader.item(one), numbered.with_number, "warning")
            if one == NUMBER
            else FactShown(reader.item(one), "")
            for one in row.items
        )
        return UseShown(facts, items, self._deeds(row), self._notes(row))

    def _is_own(self, row: ApplicationRow) -> bool:
        return self._session is not None and row.entered_by == self._session.actor.staff_id

    def _deeds(self, row: ApplicationRow) -> frozenset[Deed]:
        found = set[Deed]()
        if row.state == "waiting" and self.may(DECIDE) and not self._is_own(row):
            found |= {"approve", "refuse"}
        if row.state == "waiting" and self.may(APPLY) and self._is_own(row):
            found.add("withdraw")
        if row.state == "approved" and self.may(APPLY) and self.today() <= row.until:
            found.add("end")
        return frozenset(found)

    def _notes(self, row: ApplicationRow) -> tuple[str, ...]:
        words = self._kit.texts.distribution_use
        if row.state != "waiting":
            return ()
        return (words.waits, words.own) if self._is_own(row) else (words.waits,)
