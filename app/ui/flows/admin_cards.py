"""Staff cards on the screen: which there are, the second administrator's word, and the end of a lost one."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.services.manage_cards import is_waiting, may_approve
from app.services.ports.seat import Session
from app.ui.flows.admin_acts import AdminActs, day_of, moment
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.admin_cards import AdminCardsScreen, Deed, StaffCardShown
from app.wire.staff import KeyRow, Keys


class CardsFlow(QObject):
    """``register_asked`` carries the staff number whose card is to be registered, "" for none yet."""

    register_asked = Signal(str)

    def __init__(self, kit: Kit, screen: AdminCardsScreen, acts: AdminActs) -> None:
        super().__init__(screen)
        self._kit, self._words, self._screen, self._acts = kit, kit.texts.admin_cards, screen, acts
        self._errands = Errands(self)
        self._session: Session | None = None
        self._whose = ""
        self._rows: dict[str, KeyRow] = {}
        screen.look_asked.connect(self.look)
        screen.approve_asked.connect(self._on_approve)
        screen.revoke_asked.connect(self._on_revoke)
        screen.register_asked.connect(self.register_asked)

    def begin(self, session: Session) -> None:
        """The screen is open: what waits is read."""
        self._session = session
        self._screen.wipe()
        self.look("")

    def end(self) -> None:
        """Nothing of anybody's cards stays."""
        self._errands.drop()
        self._session, self._whose, self._rows = None, "", {}
        self._screen.wipe()

    def look(self, staff_id: str) -> None:
        """Read the cards of ``staff_id``, "" for those that wait."""
        if self._session is not None:
            self._whose = staff_id
            self._screen.show_loading()
            work = partial(self._acts.cards.shown, self._acts.press(), self._session, staff_id)
            self._errands.run(self._acts.lane, work, partial(self._on_cards, staff_id), self._on_failed)

    def look_again(self) -> None:
        """Read again what was read last."""
        self.look(self._whose)

    def _on_cards(self, staff_id: str, keys: Keys) -> None:
        if self._session is not None and staff_id == self._whose:
            self._rows = {row.key_id: row for row in keys.rows}
            own = self._session.actor.staff_id
            self._screen.show_cards(staff_id, [card_shown(self._kit, row, own) for row in keys.rows])

    def _on_approve(self, key_id: str) -> None:
        row = self._rows.get(key_id)
        if self._session is not None and row is not None:
            self._screen.show_working()
            work = partial(self._acts.cards.approve, self._acts.press(), self._session, row)
            self._errands.run(self._acts.lane, work, self._on_approved, self._on_failed)

    def _on_revoke(self, key_id: str) -> None:
        row = self._rows.get(key_id)
        if self._session is not None and row is not None:
            self._screen.show_working()
            work = partial(self._acts.cards.revoke, self._acts.press(), self._session, row)
            self._errands.run(self._acts.lane, work, self._on_revoked, self._on_failed)

    def _on_approved(self, row: KeyRow) -> None:
        words = self._words
        self._screen.banner.show_text("success", words.approved_title(row.staff_id, row.label), words.approved_text)
        self.look_again()

    def _on_revoked(self, row: KeyRow) -> None:
        words = self._words
        self._screen.banner.show_text("success", words.revoked_title(row.staff_id, row.label), words.revoked_text)
        self.look_again()

    def _on_failed(self, error: AppError) -> None:
        self._screen.show_failed(self._kit.messages.of(error))


def card_shown(kit: Kit, row: KeyRow, own: str) -> StaffCardShown:
    """A card as the administrator ``own`` sees it."""
    words = kit.texts.admin_cards
    deeds: set[Deed] = set() if row.revoked_at is not None else {"revoke"}
    note = ""
    if is_waiting(row):
        note = words.your_own if row.staff_id == own else words.registered_by_you
        if may_approve(row, own):
            deeds.add("approve")
            note = words.yours_to_approve
    shown = partial(
        StaffCardShown,
        key_id=row.key_id,
        staff_id=row.staff_id,
        label=row.label,
        registered=words.by(moment(row.registered_at), row.registered_by),
        approved=row.approved_by or "―",
        deeds=frozenset(deeds),
        note=note,
    )
    if row.revoked_at is not None:
        return shown(state=words.revoked(day_of(row.revoked_at)), kind="quiet")
    return shown(state=words.waits, kind="information") if is_waiting(row) else shown(state=words.good, kind="success")
