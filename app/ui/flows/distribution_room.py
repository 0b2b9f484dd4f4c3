"""個人基本 before who is signed in: use applications, receiving systems, linkage records, what could not be told."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.domain.distribution import DistributionRules
from app.domain.rights import ANY, allowed
from app.services.ports.seat import Session
from app.services.tend_distribution import LOOK, READ, TEND, TendDistribution
from app.ui.flows.distribution_linkage import LinkageFlow
from app.ui.flows.distribution_systems import SystemsFlow
from app.ui.flows.distribution_untold import UntoldFlow
from app.ui.flows.distribution_use_form import UseFormFlow
from app.ui.flows.distribution_uses import UseFlow, UsesFlow
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.register_path import RegisterPath, anew
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.screen import Screen
from app.ui.screens.admin import TaskShown
from app.ui.screens.distribution_linkage import DistributionLinkageScreen
from app.ui.screens.distribution_systems import DistributionSystemsScreen
from app.ui.screens.distribution_untold import DistributionUntoldScreen
from app.ui.screens.distribution_use import DistributionUseScreen
from app.ui.screens.distribution_use_form import DistributionUseFormScreen
from app.ui.screens.distribution_uses import DistributionUsesScreen
from app.ui.window import Window
from app.wire.entry_draft import EntryDraft
from app.wire.resident_base_office import ApplicationRow

USES, SYSTEMS, LINKAGE, UNTOLD = (
    "distribution.uses",
    "distribution.systems",
    "distribution.linkage",
    "distribution.untold",
)
_DOORS = {USES: READ, SYSTEMS: READ, LINKAGE: LOOK, UNTOLD: TEND}
FORMS = frozenset({UseFormFlow.form})
"""What may be half typed here and gone on with."""


class DistributionRoom(QObject):
    """See ``OtherRoom``."""

    left = Signal()
    finished = Signal(str, str)

    def __init__(
        self, face: tuple[Kit, Window], means: OfficeMeans, case: TendDistribution, rules: DistributionRules
    ) -> None:
        kit, window = face
        super().__init__(window)
        self._kit = kit
        self._session: Session | None = None
        self._path = RegisterPath(window)
        self.uses = Late(window, lambda: UsesFlow(kit, DistributionUsesScreen(kit), means, case, rules))
        self.use = Late(window, lambda: UseFlow(kit, DistributionUseScreen(kit), means, case, rules))
        self.use_form = Late(window, lambda: UseFormFlow(kit, DistributionUseFormScreen(kit), means, case, rules))
        self.systems = Late(window, lambda: SystemsFlow(kit, DistributionSystemsScreen(kit), means, case, rules))
        self.linkage = Late(window, lambda: LinkageFlow(kit, DistributionLinkageScreen(kit), means, case, rules))
        self.untold = Late(window, lambda: UntoldFlow(kit, DistributionUntoldScreen(kit), means, case, rules))
        self._path.left.connect(self.left)
        self._path.finished.connect(self.finished)
        self.uses.when_made(lambda flow: flow.opened.connect(self._open_use))
        self.uses.when_made(lambda flow: flow.fresh_asked.connect(self._open_form))
        self.use_form.when_made(lambda flow: flow.done.connect(partial(self._on_entered, flow.screen)))
        for page in (self.uses, self.use, self.use_form, self.systems, self.linkage, self.untold):
            page.when_made(lambda flow: flow.screen.back_asked.connect(self._path.back))

    @property
    def doors(self) -> tuple[TaskShown, ...]:
        """Its doors, in their order."""
        return distribution_doors(self._kit)

    def offers(self, session: Session) -> frozenset[str]:
        """The doors that are open to this person today."""
        return distribution_offers(self._kit, session)

    def begin(self, session: Session, door: str) -> None:
        """Go in by this door."""
        self._path.clear()
        self._session = session
        opening: dict[str, Callable[[], None]] = {
            USES: self._open_uses,
            SYSTEMS: self._open_systems,
            LINKAGE: self._open_linkage,
            UNTOLD: self._open_untold,
        }
        opening[door]()

    def resume(self, session: Session, typed: EntryDraft) -> bool:
        """Go on with an application that was half typed."""
        if typed.form != UseFormFlow.form or USES not in self.offers(session):
            return False
        self.begin(session, USES)
        self._open_form()
        return True

    def end(self) -> None:
        """Forget everything shown; what is being typed is kept first."""
        self._path.clear()
        self._session = None

    def save_now(self) -> None:
        """Keep what is being typed."""
        if self.use_form.made is not None:
            self.use_form.made.keep_now()

    def _open_uses(self) -> None:
        if self._session is not None:
            flow = self.uses.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, anew(flow.look), flow.end)

    def _open_use(self, row: ApplicationRow) -> None:
        if self._session is not None:
            flow = self.use.now()
            flow.begin(self._session, row)
            self._path.enter(flow.screen, leave=flow.end)

    def _open_form(self) -> None:
        if self._session is not None:
            flow = self.use_form.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, leave=flow.end)

    def _open_systems(self) -> None:
        if self._session is not None:
            flow = self.systems.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, anew(flow.look), flow.end)

    def _open_linkage(self) -> None:
        if self._session is not None:
            flow = self.linkage.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, leave=flow.end)

    def _open_untold(self) -> None:
        if self._session is not None:
            flow = self.untold.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, leave=flow.end)

    def _on_entered(self, screen: Screen, title: str, text: str) -> None:
        self._path.done((screen,), title, text)


def distribution_offers(kit: Kit, session: Session) -> frozenset[str]:
    """The doors that are open to this person today."""
    day = business_date(kit.clock.now())
    return frozenset(door for door, act in _DOORS.items() if allowed(session.actor, act, ANY, ANY, day=day))


def distribution_doors(kit: Kit) -> tuple[TaskShown, ...]:
    """The doors of this room."""
    words = kit.texts.distribution
    return (
        TaskShown(USES, words.group, words.uses, words.uses_text),
        TaskShown(SYSTEMS, words.group, words.systems, words.systems_text),
        TaskShown(LINKAGE, words.group, words.linkage, words.linkage_text),
        TaskShown(UNTOLD, words.group, words.untold, words.untold_text),
    )
