"""Terminals on the screen: entered, enrolled anew, shut out, each as a change among those that are collected."""

import re

from app.ui.flows.admin_acts import AdminActs, moment
from app.ui.flows.admin_office import OfficeFlow, Staffing
from app.ui.kit import Kit
from app.ui.screens.admin_terminals import AdminTerminalsScreen, TerminalEntered, TerminalShown
from app.ui.widgets.chip import Kind
from app.wire.staff_change import TerminalChange, TerminalRow

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SHOWN = 16


class TerminalsFlow(OfficeFlow[AdminTerminalsScreen]):
    """A certificate's digest may be typed with colons and in capitals, as other programs show it."""

    def __init__(self, kit: Kit, screen: AdminTerminalsScreen, acts: AdminActs, staffing: Staffing) -> None:
        super().__init__(kit, screen, acts, staffing)
        screen.refresh_asked.connect(self.read)
        screen.draft_asked.connect(self.draft_asked)
        screen.undo_asked.connect(staffing.undo)
        screen.entered.connect(self._on_entered)
        screen.revoke_asked.connect(self._on_revoke)

    def show(self) -> None:
        staffing = self._staffing
        touched = {one.terminal for one in staffing.draft.changes if isinstance(one, TerminalChange)}
        shown = [
            terminal_shown(self._kit, one, is_touched=one.terminal in touched) for one in staffing.roster.terminals
        ]
        self._screen.show_terminals(shown)
        self._screen.show_draft(len(staffing.draft.changes))

    def _on_entered(self, typed: TerminalEntered) -> None:
        certificate = typed.certificate.replace(":", "").replace(" ", "").lower()
        if certificate and not _DIGEST.fullmatch(certificate):
            self._screen.show_wrong_certificate()
            return
        self._put(
            TerminalChange(
                terminal=typed.terminal,
                window=typed.window,
                certificate=certificate,
                display_hidden=True,
            )
        )

    def _on_revoke(self, terminal: str) -> None:
        known = next((one for one in self._staffing.base.terminals if one.terminal == terminal), None)
        if known is not None:
            self._put(TerminalChange(terminal=terminal, window=known.window, revoked=True))

    def _put(self, change: TerminalChange) -> None:
        words = self._kit.texts.admin_office
        self._staffing.put(change)
        self._screen.banner.show_text("success", words.kept(change.terminal), words.kept_text)


def terminal_shown(kit: Kit, one: TerminalRow, *, is_touched: bool) -> TerminalShown:
    """A terminal as the list shows it."""
    words = kit.texts.admin_terminals
    state: tuple[str, Kind] = (words.let_in, "success")
    if one.revoked_at is not None:
        state = (words.shut_out, "quiet")
    if is_touched:
        state = (words.touched, "information")
    return TerminalShown(
        terminal=one.terminal,
        window=one.window,
        enrolled=moment(one.enrolled_at),
        certificate=words.digest(one.certificate[:_SHOWN]) if one.certificate else words.first_certificate,
        checked=one.display_checked_by or words.unchecked,
        state=state[0],
        kind=state[1],
        is_revoked=one.revoked_at is not None,
    )
