"""鍵の版: which versions of keys sign the exchange's letters here, which come next, and how long each still holds."""

from collections.abc import Callable, Mapping

from app.services.ports.seat import Session
from app.ui.flows.exchange_flow import ExchangeFlow
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.network_screen import Deed
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.relay_office import KeyRow, KeyStates

_STATES: dict[str, Kind] = {"signing": "success", "planned": "information"}
_URGENT, _SOON = 7, 30
"""Days before the end at which it is told. Source: the countdown of keys (30, 7, 1 days)."""


def keys_screen(kit: Kit) -> ExchangeScreen:
    """The list."""
    words, common = kit.texts.exchange.keys, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.sender),
            ColumnLook(words.version, 90, is_number=True),
            ColumnLook(words.state, 180),
            ColumnLook(words.since, 170),
            ColumnLook(words.until, 170),
            ColumnLook(words.left, 230),
        ),
        before=common.loading,
        deeds=(Deed("refresh", common.refresh, "refresh", common.refresh_key, is_primary=True),),
    )
    return ExchangeScreen(kit, look)


class KeysFlow(ExchangeFlow):
    """Works between ``begin`` and ``end``."""

    def begin(self, session: Session) -> None:
        """Open the list."""
        self.enter(session)
        self.screen.show_lead(self.words.keys.lead)
        self.look()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"refresh": self.look}

    def look(self) -> None:
        """Read it (again)."""
        self.read(lambda press, it: self._cases.watch.keys(press, it), self._on_read)  # noqa: PLW0108

    def _on_read(self, found: KeyStates) -> None:
        self.screen.show_lines([self._line(one) for one in found.rows], self.words.keys.none)
        ends = [one for one in found.rows if one.state == "signing" and self._left(one)[1] != "quiet"]
        if ends:
            words = self.words.keys
            self.screen.banner.show_text("warning", words.ending(len(ends)), words.ending_text)

    def _line(self, row: KeyRow) -> LineShown:
        words, common = self.words.keys, self.words.common
        since = self.at_day(row.since) if row.since else words.from_start
        until = self.at_day(row.until) if row.until else common.none
        cells = (
            self.word("key_sender", row.sender),
            str(row.version),
            Cell(self.word("key_state", row.state), _STATES.get(row.state, "quiet")),
            since,
            until,
            Cell(*self._left(row)) if row.state != "over" else common.none,
        )
        return LineShown(f"{row.sender}/{row.version}", cells)

    def _left(self, row: KeyRow) -> tuple[str, Kind]:
        words, left = self.words.keys, row.days_left
        if left is None:
            return words.no_end, "quiet"
        kind: Kind = "error" if left <= _URGENT else "warning" if left <= _SOON else "quiet"
        return words.days(left), kind
