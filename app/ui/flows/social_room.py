"""社会保障宛名 before who is signed in: parties with their entries, merging, what was passed on."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.domain.social_rules import SocialRules
from app.services.ports.seat import Session
from app.services.tend_parties import SEARCH, TendParties
from app.services.tend_social import MERGE, TEND, TendSocial
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.register_path import RegisterPath
from app.ui.flows.social_entry import AccountFlow, ContactFlow, DeliveryFlow, EntryFlow
from app.ui.flows.social_find import FindFlow
from app.ui.flows.social_form import PartyFormFlow, SocialFormFlow
from app.ui.flows.social_merges import MergesFlow
from app.ui.flows.social_party import PartyFlow
from app.ui.flows.social_transfers import TransfersFlow
from app.ui.flows.social_words import SocialReader
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.screens.admin import TaskShown
from app.ui.screens.social_form import SocialFormScreen
from app.ui.screens.social_lists import find_screen, merges_screen, transfers_screen
from app.ui.screens.social_party import SocialPartyScreen
from app.ui.window import Window
from app.wire.entry_draft import EntryDraft
from app.wire.social_address import PartyView

FIND, MERGES, TRANSFERS = "social.find", "social.merges", "social.transfers"
_DOORS = {FIND: SEARCH, MERGES: MERGE, TRANSFERS: TEND}
_ENTRIES: dict[str, type[EntryFlow]] = {"deliveries": DeliveryFlow, "contacts": ContactFlow, "accounts": AccountFlow}
FORMS = frozenset({DeliveryFlow.form, ContactFlow.form, AccountFlow.form, PartyFormFlow.form})
"""What may be half typed here and gone on with."""


class SocialRoom(QObject):
    """See ``OtherRoom``."""

    left = Signal()
    finished = Signal(str, str)

    def __init__(
        self, face: tuple[Kit, Window], means: OfficeMeans, cases: tuple[TendParties, TendSocial], rules: SocialRules
    ) -> None:
        kit, window = face
        super().__init__(window)
        parties, office = cases
        self._kit, self._reader = kit, SocialReader(kit, rules)
        self._session: Session | None = None
        self._purpose = ""
        self._path = RegisterPath(window)
        self.find = Late(window, lambda: FindFlow(kit, find_screen(kit), means, parties, rules))
        self.party = Late(window, lambda: PartyFlow(kit, SocialPartyScreen(kit), means, cases, rules))
        words = kit.texts.social_form
        self.party_form = Late(
            window, lambda: PartyFormFlow(kit, SocialFormScreen(kit, words.party, words.save), means, parties, rules)
        )
        self.entries: dict[str, Late[EntryFlow]] = {
            "deliveries": Late(
                window,
                lambda: DeliveryFlow(kit, SocialFormScreen(kit, words.delivery, words.save), means, parties, rules),
            ),
            "contacts": Late(
                window,
                lambda: ContactFlow(kit, SocialFormScreen(kit, words.contact, words.save), means, parties, rules),
            ),
            "accounts": Late(
                window,
                lambda: AccountFlow(kit, SocialFormScreen(kit, words.account, words.save), means, parties, rules),
            ),
        }
        self.merges = Late(window, lambda: MergesFlow(kit, merges_screen(kit), means, office, rules))
        self.transfers = Late(window, lambda: TransfersFlow(kit, transfers_screen(kit), means, office, rules))
        self._connect()

    @property
    def doors(self) -> tuple[TaskShown, ...]:
        """Its doors, in their order."""
        return social_doors(self._kit)

    def offers(self, session: Session) -> frozenset[str]:
        """The doors that are open to this person today."""
        return social_offers(self._kit, self._reader, session)

    def begin(self, session: Session, door: str) -> None:
        """Go in by this door."""
        self._path.clear()
        self._session = session
        opening: dict[str, Callable[[], None]] = {
            FIND: self._open_find,
            MERGES: self._open_merges,
            TRANSFERS: self._open_transfers,
        }
        opening[door]()

    def resume(self, session: Session, typed: EntryDraft) -> bool:
        """Go on with a form that was half typed: about somebody new at once, else after the party is open."""
        parts = {flow.form: part for part, flow in _ENTRIES.items()} | {PartyFormFlow.form: ""}
        if typed.form not in parts or FIND not in self.offers(session):
            return False
        self.begin(session, FIND)
        purpose, number = typed.about.get("purpose", ""), typed.about.get("number", "")
        if number:
            self._open_party(purpose, number, (parts[typed.form], typed.about.get("replaces", "")))
        else:
            self._open_party_form(purpose)
        return True

    def end(self) -> None:
        """Forget everything shown; what is being typed is kept first."""
        self._path.clear()
        self._session, self._purpose = None, ""

    def save_now(self) -> None:
        """Keep what is being typed."""
        for page in self._forms():
            if page.made is not None:
                page.made.keep_now()

    def _forms(self) -> tuple[Late[SocialFormFlow], ...]:
        return (self.party_form, *self.entries.values())

    def _connect(self) -> None:
        self._path.left.connect(self.left)
        self._path.finished.connect(self.finished)
        self.find.when_made(lambda flow: flow.opened.connect(self._open_party))
        self.find.when_made(lambda flow: flow.fresh_asked.connect(self._open_party_form))
        self.party.when_made(lambda flow: flow.entry_asked.connect(self._open_entry))
        self.party.when_made(lambda flow: flow.correct_asked.connect(self._open_correction))
        for form in self._forms():
            form.when_made(lambda flow: flow.done.connect(self._on_done))
            form.when_made(lambda flow: flow.screen.back_asked.connect(self._path.back))
        for page in (self.find, self.party, self.merges, self.transfers):
            page.when_made(lambda flow: flow.screen.back_asked.connect(self._path.back))

    def _open_find(self) -> None:
        if self._session is not None:
            flow = self.find.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, flow.again, flow.end)

    def _open_merges(self) -> None:
        if self._session is not None:
            flow = self.merges.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, leave=flow.end)

    def _open_transfers(self) -> None:
        if self._session is not None:
            flow = self.transfers.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, leave=flow.end)

    def _open_party(self, purpose: str, number: str, going_on: tuple[str, str] | None = None) -> None:
        if self._session is not None:
            self._purpose, flow = purpose, self.party.now()
            flow.begin(self._session, purpose, number, going_on)
            self._path.enter(flow.screen, flow.again, flow.end)

    def _open_party_form(self, purpose: str) -> None:
        if self._session is not None:
            flow = self.party_form.now()
            flow.begin(self._session, purpose)
            self._path.enter(flow.screen, leave=flow.end)

    def _open_correction(self, view: PartyView) -> None:
        if self._session is not None:
            flow = self.party_form.now()
            flow.begin(self._session, self._purpose, view)
            self._path.enter(flow.screen, leave=flow.end)

    def _open_entry(self, part: str, view: PartyView, replaces: str) -> None:
        if self._session is not None and part in self.entries:
            flow = self.entries[part].now()
            flow.begin(self._session, self._purpose, view, replaces)
            self._path.enter(flow.screen, leave=flow.end)

    def _on_done(self, title: str, text: str) -> None:
        self._path.done([page.made.screen for page in self._forms() if page.made is not None], title, text)


def social_offers(kit: Kit, reader: SocialReader, session: Session) -> frozenset[str]:
    """The doors that are open to this person today."""
    day = business_date(kit.clock.now())
    return frozenset(door for door, act in _DOORS.items() if reader.purposes(session.actor, act, day))


def social_doors(kit: Kit) -> tuple[TaskShown, ...]:
    """The doors of this room."""
    words = kit.texts.social
    return (
        TaskShown(FIND, words.group, words.find, words.find_text),
        TaskShown(MERGES, words.group, words.merges, words.merges_text),
        TaskShown(TRANSFERS, words.group, words.transfers, words.transfers_text),
    )
