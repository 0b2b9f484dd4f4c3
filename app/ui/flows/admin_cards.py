"""Staff cards on the screen: which there are, the second administrator's word, and the end of a lost one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from app.services.manage_cards import is_waiting, may_approve
from app.services.ports.seat import Press, Session
from app.ui.flows.admin_acts import AdminActs, day_of, moment
from app.ui.flows.admin_reading import AdminFlow
from app.ui.kit import Kit
from app.ui.screens.admin_cards import AdminCardsScreen, Deed, StaffCardShown
from app.wire.staff import KeyRow, Keys


class CardsFlow(AdminFlow[AdminCardsScreen]):
    """``register_asked`` carries the staff number whose card is to be registered, "" for none yet."""

    register_asked = Signal(str)

    def __init__(self, kit: Kit, screen: AdminCardsScreen, acts: AdminActs) -> None:
        super().__init__(kit, screen, acts)
        self._words = kit.texts.admin_cards
        self._whose = ""
        self._rows: dict[str, KeyRow] = {}
        screen.look_asked.connect(self.look)
        screen.approve_asked.connect(partial(self._on_deed, acts.cards.approve, self._on_approved))
        screen.revoke_asked.connect(partial(self._on_deed, acts.cards.revoke, self._on_revoked))
        screen.register_asked.connect(self.register_asked)

    def start(self) -> None:
        self.look("")

    def end(self) -> None:
        super().end()
        self._whose, self._rows = "", {}

    def look(self, staff_id: str) -> None:
        """Read the cards of ``staff_id``, "" for those that wait."""
        if self._session is not None:
            self._whose = staff_id
            self._screen.show_loading()
            shown = self._acts.cards.shown
            self.ask(lambda press, session: shown(press, session, staff_id), partial(self._on_cards, staff_id))

    def look_again(self) -> None:
        """Read again what was read last."""
        self.look(self._whose)

    def _on_cards(self, staff_id: str, keys: Keys) -> None:
        if self._session is not None and staff_id == self._whose:
            self._rows = {row.key_id: row for row in keys.rows}
            own = self._session.actor.staff_id
            self._screen.show_cards(staff_id, [card_shown(self._kit, row, own) for row in keys.rows])

    def _on_deed(
        self, deed: Callable[[Press, Session, KeyRow], KeyRow], done: Callable[[KeyRow], None], key_id: str
    ) -> None:
        row = self._rows.get(key_id)
        if self._session is not None and row is not None:
            self._screen.show_working()
            self.ask(lambda press, session: deed(press, session, row), done)

    def _on_approved(self, row: KeyRow) -> None:
        words = self._words
        self._screen.banner.show_text("success", words.approved_title(row.staff_id, row.label), words.approved_text)
        self.look_again()

    def _on_revoked(self, row: KeyRow) -> None:
        words = self._words
        self._screen.banner.show_text("success", words.revoked_title(row.staff_id, row.label), words.revoked_text)
        self.look_again()


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
