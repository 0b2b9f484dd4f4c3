"""専決と代決 in the room of supervisors: the table is read, stand-ins are proposed, approved by another, ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject

from app.domain.clock import business_date
from app.domain.era import wareki_short
from app.domain.procedure import Procedure
from app.errors import AppError
from app.services.ports.seat import Press, Session
from app.services.supervise import DEPUTY, Supervise
from app.ui.background import Lane
from app.ui.flows.admin_acts import Door, Page
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.deputies import DeputiesScreen, DeputyAsked, DeputyShown, RuleShown
from app.ui.widgets.chip import Kind
from app.ui.window import Window
from app.wire.desk_review import DelegationShown, DeputyRow, ProposeDeputy, RuleRow

TASK = "deputies"
DAYS = 92
"""Days that are offered from today on; the office's table has the last word."""
_KINDS: dict[str, Kind] = {"proposed": "warning", "in_force": "success"}
_OPEN = frozenset({"proposed", "in_force"})


@dataclass(frozen=True, slots=True)
class DeputiesActs:
    """The use cases; ``lane``: they ask the office. ``new_id``: an identifier that nothing bears yet."""

    press: Callable[[], Press]
    lane: Lane
    supervise: Supervise
    procedures: Mapping[str, Procedure]
    new_id: Callable[[], str]


class DeputiesReader:
    """Makes words of messages."""

    def __init__(self, kit: Kit, procedures: Mapping[str, Procedure]) -> None:
        self._kit, self._procedures = kit, procedures

    def rules(self, found: DelegationShown) -> tuple[RuleShown, ...]:
        """The office's table, as it is read: from above."""
        titles = {one.id: one.title for one in found.levels}
        return tuple(RuleShown(self._about(one), titles.get(one.level, one.level)) for one in found.rules)

    def rows(self, found: DelegationShown, department: str) -> tuple[DeputyShown, ...]:
        """Every stand-in; somebody of another department only reads it."""
        titles = {one.id: one.title for one in found.levels}
        return tuple(self._row(one, titles, own=one.department == department) for one in found.deputies)

    def days(self) -> tuple[tuple[str, str], ...]:
        """From today on."""
        today = business_date(self._kit.clock.now())
        week = dict(self._kit.messages.words("weekday"))
        every = [today + timedelta(days=at) for at in range(DAYS + 1)]
        words = self._kit.texts.deputies
        return tuple((day.isoformat(), words.day(wareki_short(day), week[str(day.weekday())])) for day in every)

    def _about(self, rule: RuleRow) -> str:
        words, word = self._kit.texts.deputies, self._kit.messages.word
        named = [self._procedures[name].title if name in self._procedures else name for name in rule.procedures]
        said = [word("outcome", one) for one in rule.outcomes]
        parts = [words.join.join(named) or words.every, words.join.join(said)]
        if rule.from_yen:
            parts.append(words.from_yen(f"{rule.from_yen:,}"))
        return "　".join(part for part in parts if part)

    def _row(self, one: DeputyRow, titles: Mapping[str, str], *, own: bool) -> DeputyShown:
        words = self._kit.texts.deputies
        return DeputyShown(
            deputy_id=one.deputy_id,
            name=words.who(one.name, one.department),
            level=titles.get(one.level, one.level),
            span=words.from_to(wareki_short(one.since), wareki_short(one.until)),
            state=self._kit.messages.word("deputy_state", one.state),
            kind=_KINDS.get(one.state, "quiet"),
            proposed=one.proposed_by,
            approved=one.approved_by or "―",
            may_approve=own and one.state == "proposed" and not one.is_mine,
            may_end=own and one.state in _OPEN,
        )


class DeputiesFlow(QObject):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, window: Window, acts: DeputiesActs) -> None:
        super().__init__(window)
        self._kit, self._acts, self._reader = kit, acts, DeputiesReader(kit, acts.procedures)
        self._errands = Errands(self)
        self._session: Session | None = None
        self._rows: dict[str, DeputyRow] = {}
        self.screen = DeputiesScreen(kit, self._reader.days())
        self.screen.refresh_asked.connect(self._look)
        self.screen.proposed.connect(self._on_proposed)
        self.screen.approve_asked.connect(self._on_approve)
        self.screen.end_asked.connect(self._on_end)

    def begin(self, session: Session) -> None:
        """The page is open."""
        self._session = session
        self.screen.wipe()
        self._look()

    def end(self) -> None:
        """Nothing stays."""
        self._errands.drop()
        self._session, self._rows = None, {}
        self.screen.wipe()

    def _look(self) -> None:
        if self._session is not None:
            work = partial(self._acts.supervise.delegation, self._acts.press(), self._session)
            self._errands.run(self._acts.lane, work, self._on_shown, self._on_failed)

    def _on_shown(self, found: DelegationShown) -> None:
        if self._session is not None:
            self._rows = {one.deputy_id: one for one in found.deputies}
            rows = self._reader.rows(found, self._session.actor.department)
            levels = [(one.id, one.title) for one in found.levels]
            self.screen.show_delegation(self._reader.rules(found), rows, levels)

    def _on_proposed(self, asked: DeputyAsked) -> None:
        message = ProposeDeputy(
            deputy_id=self._acts.new_id(),
            level=asked.level,
            staff_id=asked.staff_id,
            since=date.fromisoformat(asked.since),
            until=date.fromisoformat(asked.until),
        )
        use = self._acts.supervise.propose
        self._settle(lambda press, session: use(press, session, message), self._kit.texts.deputies.proposed)

    def _on_approve(self, deputy_id: str) -> None:
        row, use = self._rows[deputy_id], self._acts.supervise.approve
        self._settle(lambda press, session: use(press, session, row), self._kit.texts.deputies.approved)

    def _on_end(self, deputy_id: str) -> None:
        row, use = self._rows[deputy_id], self._acts.supervise.end
        self._settle(lambda press, session: use(press, session, row), self._kit.texts.deputies.ended)

    def _settle(self, work: Callable[[Press, Session], DeputyRow], title: str) -> None:
        """Do it, say so, and read the list again."""
        session = self._session
        if session is None:
            return
        press = self._acts.press()

        def settled(_: DeputyRow) -> None:
            self.screen.show_done(title)
            self._look()

        self._errands.run(self._acts.lane, lambda: work(press, session), settled, self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self.screen.show_failed(self._kit.messages.of(error))


def deputies_door(kit: Kit) -> Door:
    """The way to it in the room of supervisors."""
    words = kit.texts.deputies
    return Door(TASK, DEPUTY, kit.texts.access.group, words.door, words.door_text)


def deputies_page(kit: Kit, window: Window, acts: DeputiesActs) -> Page:
    """What lies behind that door."""
    flow = DeputiesFlow(kit, window, acts)
    return Page(deputies_door(kit), flow.screen, flow)
