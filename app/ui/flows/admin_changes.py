"""Changes that wait for a second administrator: read beside what stands now, agreed to or turned down."""

from functools import partial

from app.domain.clock import business_date
from app.domain.rights import allowed
from app.services.decide_changes import DECIDE, ChangesSeen, may_approve_change
from app.ui.flows.admin_acts import AdminActs, day_of, moment
from app.ui.flows.admin_change_words import ChangeReader
from app.ui.flows.admin_reading import AdminFlow
from app.ui.kit import Kit
from app.ui.screens.admin_changes import AdminChangesScreen, ChangeShown, Verdict
from app.ui.texts.admin import AdminChangesTexts
from app.ui.widgets.chip import Kind
from app.wire.staff_change import ChangeRow

_KINDS: dict[str, Kind] = {"waiting": "information", "approved": "success"}


class ChangesFlow(AdminFlow[AdminChangesScreen]):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: AdminChangesScreen, acts: AdminActs) -> None:
        super().__init__(kit, screen, acts)
        self._words = kit.texts.admin_changes
        self._is_decided = False
        self._rows: dict[str, ChangeRow] = {}
        screen.refresh_asked.connect(self._on_refresh)
        screen.other_asked.connect(self._on_other)
        screen.approve_asked.connect(self._on_approve)
        screen.reject_asked.connect(self._on_reject)
        screen.withdraw_asked.connect(self._on_withdraw)

    def start(self) -> None:
        self._is_decided = False
        self.look()

    def end(self) -> None:
        super().end()
        self._rows = {}

    def look(self) -> None:
        """Read again what is shown."""
        self._screen.show_loading()
        decided, shown = self._is_decided, self._acts.changes.shown
        done = partial(self._on_changes, decided=decided)
        self.ask(lambda press, session: shown(press, session, decided=decided), done)

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
        decides = allowed(session.actor, DECIDE, "", "", day=day)
        reader = ChangeReader(self._kit, seen.roster, procedures=self._acts.procedures)
        own = session.actor.staff_id
        shown = [change_shown(self._kit, reader, row, own, decides=decides) for row in seen.rows]
        self._screen.show_changes(shown, decided=decided)

    def _on_approve(self, change_id: str) -> None:
        row, approve = self._rows.get(change_id), self._acts.changes.approve
        if row is not None:
            self._screen.show_working()
            self.ask(lambda press, session: approve(press, session, row), self._on_done)

    def _on_reject(self, change_id: str, reason: str) -> None:
        row, reject = self._rows.get(change_id), self._acts.changes.reject
        if row is not None:
            self._screen.show_working()
            self.ask(lambda press, session: reject(press, session, row, reason), self._on_done)

    def _on_withdraw(self, change_id: str) -> None:
        row, withdraw = self._rows.get(change_id), self._acts.propose.withdraw
        if row is not None:
            self._screen.show_working()
            self.ask(lambda press, session: withdraw(press, session, row), self._on_done)

    def _on_done(self, row: ChangeRow) -> None:
        words = self._words
        titles = {"approved": words.approved_title, "rejected": words.rejected_title}
        title = titles.get(row.outcome, words.withdrawn_title)(row.subject)
        said, after = said_once(words, row)
        self._screen.banner.show_text("success", title, said, after)
        self.look()


def said_once(words: AdminChangesTexts, row: ChangeRow) -> tuple[str, str]:
    """What the office says to who approved and never again, and what to do with it; "" where there is nothing."""
    said, after = [], []
    if row.first_password:
        said.append(words.first_password(row.first_password))
        after.append(words.first_password_next)
    if row.enrolment_codes:
        said.extend(words.enrolment_code(terminal, code) for terminal, code in sorted(row.enrolment_codes.items()))
        after.append(words.enrolment_code_next)
    return "\n".join(said), "\n".join(after)


def change_shown(kit: Kit, reader: ChangeReader, row: ChangeRow, own: str, *, decides: bool) -> ChangeShown:
    """A change as the administrator ``own`` sees it, who ``decides`` or only looks."""
    words = kit.texts.admin_changes
    verdicts, notes = _standing(words, row, own, decides=decides)
    if row.decided_at is not None:
        notes.append(words.decided(moment(row.decided_at), reader.name(row.decided_by)))
    if row.decision_reason:
        notes.append(words.decision_reason(row.decision_reason))
    stale = row.outcome == "waiting" and row.stale
    return ChangeShown(
        change_id=row.change_id,
        kind_word=kit.messages.word("change_kind", str(type(row.change).__struct_config__.tag)),
        about=reader.about(row.change),
        proposed=words.by(moment(row.proposed_at), row.proposed_by),
        until=day_of(row.expires_at),
        state=words.is_stale if stale else kit.messages.word("change_outcome", row.outcome),
        kind="warning" if stale else _KINDS.get(row.outcome, "quiet"),
        lines=reader.lines(row.change),
        verdicts=verdicts,
        note="\n".join((words.reason(row.reason), *notes)),
    )


def _standing(
    words: AdminChangesTexts, row: ChangeRow, own: str, *, decides: bool
) -> tuple[frozenset[Verdict], list[str]]:
    """What ``own`` may say of a change, and why not more."""
    if row.outcome != "waiting":
        return frozenset(), []
    if own == row.proposed_by:
        return frozenset({"withdraw"}), [words.stale_own if row.stale else words.proposed_by_you]
    if row.stale:
        return frozenset({"reject"} if decides else ()), [words.stale]
    if not decides:
        return frozenset(), []
    if may_approve_change(row, own):
        return frozenset({"approve", "reject"}), []
    return frozenset({"reject"}), [words.about_you]
