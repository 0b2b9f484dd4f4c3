"""What the flows of the register are handed, and what they share: an occasion to look, errands, failures shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from app.domain.clock import business_date
from app.domain.register_forms import RegisterForms
from app.domain.register_rules import RegisterRules
from app.domain.rights import ANY, ItemClass, allowed
from app.errors import AppError
from app.services.change_register import ChangeRegister
from app.services.decide_register import DecideRegister
from app.services.filing_drafts import FilingDrafts
from app.services.find_person import FindPerson
from app.services.look_back import LookBack
from app.services.ports.seat import Press, Session, Visit
from app.services.tend_restraints import TendRestraints
from app.ui.background import Lane
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.messages import Message
from app.wire.register import Ward

T = TypeVar("T")
SHOW = "item.show"


@dataclass(frozen=True, slots=True)
class RegisterActs:
    """The use cases. ``office``: the lane to the office; ``store``: that of this PC. ``procedures``: id → short title.

    ``new_id`` makes the identifier of what is entered.
    """

    press: Callable[[], Press]
    new_id: Callable[[], str]
    office: Lane
    store: Lane
    find_person: FindPerson
    change: ChangeRegister
    drafts: FilingDrafts
    decide: DecideRegister
    look_back: LookBack
    restraints: TendRestraints
    rules: RegisterRules
    forms: RegisterForms
    procedures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who looks, and what for: ``visit`` is a visit, else it holds a reason. ``wards``: those of the city, if any."""

    session: Session
    visit: Visit
    wards: tuple[Ward, ...] = ()

    def may(self, act: str, day: date) -> bool:
        """Whether this person has the right to it."""
        return allowed(self.session.actor, act, ANY, ANY, day=day)

    def may_show(self, procedures: Mapping[str, str], day: date) -> tuple[tuple[str, str], ...]:
        """Procedures for which this person may see a guarded item, with their titles."""
        actor = self.session.actor
        return tuple(
            (name, title)
            for name, title in procedures.items()
            if any(allowed(actor, SHOW, name, one, day=day) for one in ItemClass)
        )


class Shows(Protocol):
    """A screen of the register."""

    def show_working(self) -> None: ...
    def show_failed(self, message: Message) -> None: ...
    def wipe(self) -> None: ...


S = TypeVar("S", bound=Shows)


class RegisterFlow(QObject, Generic[S]):
    """Works between ``begin`` and ``end``; subclasses connect the screen."""

    def __init__(self, kit: Kit, screen: S, acts: RegisterActs) -> None:
        super().__init__()
        self._kit, self._acts, self.screen = kit, acts, screen
        self._errands = Errands(self)
        self._occasion: Occasion | None = None

    def enter(self, occasion: Occasion) -> None:
        """The screen is open for this occasion; whatever stood there is gone."""
        self._errands.drop()
        self._occasion = occasion
        self.screen.wipe()

    def end(self) -> None:
        """Nothing of anybody's stays."""
        self._errands.drop()
        self._occasion = None
        self.screen.wipe()

    def today(self) -> date:
        """The business day."""
        return business_date(self._kit.clock.now())

    def may(self, act: str) -> bool:
        """Whether who is here has the right to ``act``."""
        return self._occasion is not None and self._occasion.may(act, self.today())

    def ask(self, work: Callable[[Press, Occasion], T], done: Callable[[T], None], press: Press | None = None) -> None:
        """Ask the office; a failure is shown. Nothing while nobody is here. ``press``: of a try before this one."""
        occasion = self._occasion
        if occasion is not None:
            at = press or self._acts.press()
            self._errands.run(self._acts.office, lambda: work(at, occasion), done, self.on_failed)

    def on_failed(self, error: AppError) -> None:
        """Why it did not come about."""
        self.screen.show_failed(self._kit.messages.of(error))
