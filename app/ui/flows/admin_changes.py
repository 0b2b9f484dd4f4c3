"""Changes that wait for a second administrator: read beside what stands now, agreed to or turned down."""

from functools import partial

from PySide6.QtCore import QObject

from app.domain.clock import business_date
from app.domain.rights import allowed
from app.errors import AppError
from app.services.decide_changes import DECIDE, ChangesSeen, may_approve_change
from app.services.ports.seat import Session
from app.ui.flows.admin_acts import AdminActs, day_of, moment
from app.ui.flows.admin_change_words import ChangeReader
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.admin_changes import AdminChangesScreen, ChangeShown, Verdict
from app.ui.widgets.chip import Kind
from app.wire.staff_change import ChangeRow

_KINDS: dict[str, Kind] = {"waiting": "information", "approved": "success"}


class ChangesFlow(QObject):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: AdminChangesScreen, acts: AdminActs) -> None:
        super().__init__(screen)
        self._kit, self._words, self._screen, self._acts = kit, kit.texts.admin_changes, screen, acts
        self._errands = Errands(self)
        self._session: Session | None = None
        self._is_decided = False
        self._rows: dict[str, ChangeRow] = {}
        screen.refresh_asked.connect(self._on_refresh)
        screen.other_asked.connect(self._on_other)
        screen.approve_asked.connect(partial(self._on_verdict, approved=True))
        screen.reject_asked.connect(partial(self._on_verdict, approved=False))

    def begin(self, session: Session) -> None:
        """The screen is open: what waits is read."""
        self._session, self._is_decided = session, False
        self._screen.wipe()
        self.look()

    def end(self) -> None:
        """Nothing of anybody's stays."""
        self._errands.drop()
        self._session, self._rows = None, {}
        self._screen.wipe()

    def look(self) -> None:
        """Read again what is shown."""
        if self._session is not None:
            self._screen.show_loading()
            decided = self._is_decided
            work = partial(self._acts.changes.shown, self._acts.press(), self._session, decided=decided)
            self._errands.run(self._acts.lane, work, partial(self._on_changes, decided=decided), self._on_failed)

    def _on_refresh(self) -> None:
        self._screen.banner.clear()
        self.look()

    def _on_other(self) -> None:
        self._is_decided = not self._is_decided
        self._on_refresh()

    def _on_changes(self, seen: ChangesSeen, *, decided: bool) -> None:
        session = self._session
        if session is None or decided is not self._is_decided:
            return
        self._rows = {row.change_id: row for row in seen.rows}
        day = business_date(self._kit.clock.now())
        own = session.actor.staff_id if allowed(session.actor, DECIDE, "", "", day=day) else ""
        reader = ChangeReader(self._kit, seen.roster)
        self._screen.show_changes([change_shown(self._kit, reader, row, own) for row in seen.rows], decided=decided)

    def _on_verdict(self, change_id: str, *, approved: bool) -> None:
        row = self._rows.get(change_id)
        if self._session is not None and row is not None:
            self._screen.show_working()
            work = partial(self._acts.changes.decide, self._acts.press(), self._session, row, approved=approved)
            self._errands.run(self._acts.lane, work, self._on_decided, self._on_failed)

    def _on_decided(self, row: ChangeRow) -> None:
        words = self._words
        title = words.approved_title(row.subject) if row.outcome == "approved" else words.rejected_title(row.subject)
        text = words.first_password(row.first_password) if row.first_password else ""
        self._screen.banner.show_text("success", title, text, words.first_password_next if text else "")
        self.look()

    def _on_failed(self, error: AppError) -> None:
        self._screen.show_failed(self._kit.messages.of(error))


def change_shown(kit: Kit, reader: ChangeReader, row: ChangeRow, own: str) -> ChangeShown:
    """A change as the administrator ``own`` sees it; "": somebody who decides nothing."""
    words, verdicts = kit.texts.admin_changes, set[Verdict]()
    notes = [words.reason(row.reason)]
    if row.outcome == "waiting" and own:
        verdicts.add("reject")
        if may_approve_change(row, own):
            verdicts.add("approve")
        else:
            notes.append(words.proposed_by_you if own == row.proposed_by else words.about_you)
    if row.decided_at is not None:
        notes.append(words.decided(moment(row.decided_at), reader.name(row.decided_by)))
    return ChangeShown(
        change_id=row.change_id,
        kind_word=kit.messages.word("change_kind", str(type(row.change).__struct_config__.tag)),
        about=reader.about(row.change),
        proposed=words.by(moment(row.proposed_at), row.proposed_by),
        until=day_of(row.expires_at),
        state=kit.messages.word("change_outcome", row.outcome),
        kind=_KINDS.get(row.outcome, "quiet"),
        lines=reader.lines(row.change),
        verdicts=frozenset(verdicts),
        note="\n".join(notes),
    )
