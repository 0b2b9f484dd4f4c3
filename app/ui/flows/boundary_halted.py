"""What was given up on its way: sent again in its old place, or closed with a reason."""

from collections.abc import Callable, Mapping

from app.services.ports.seat import Session
from app.ui.flows.network_flow import NetworkActs, NetworkFlow, moment
from app.ui.flows.network_queue import cause
from app.ui.kit import Kit
from app.ui.screens.boundary_halted import BoundaryHaltedScreen, HaltedShown
from app.ui.screens.register_fields import MISSING, FieldShown
from app.wire.jukirelay_staff import Halted, HaltedSettled, SettleHalted

NO_PLACE = "no_municipality_code"
"""The cause of a move whose municipality has no code. As the boundary names it."""


class HaltedFlow(NetworkFlow[BoundaryHaltedScreen]):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: BoundaryHaltedScreen, acts: NetworkActs) -> None:
        super().__init__(kit, screen, acts)
        screen.selected.connect(self._on_selected)

    def begin(self, session: Session) -> None:
        """Open the list."""
        self.enter(session)
        self.look()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"refresh": self.look, "again": self._again, "close": self._close}

    def look(self) -> None:
        """Read it (again)."""
        self.read(lambda press, it: self._acts.boundary.halted(press, it), self._on_rows)  # noqa: PLW0108 -- typed

    def _on_rows(self, found: Halted) -> None:
        self._values.clear()
        self.screen.show_form((), {})
        self.screen.show_deeds(("refresh",))
        self.screen.show_halted([
            HaltedShown(
                item_id=one.item_id,
                kind=self.word("link_kind", one.kind),
                made=moment(one.made_at, ""),
                entry=one.entry_id or self._kit.texts.network.nothing,
                cause=cause(self._kit, one.cause),
                needs_place=one.cause == NO_PLACE,
            )
            for one in found.rows
        ])

    def _on_selected(self, row: HaltedShown) -> None:
        words = self._kit.texts.boundary_halted
        self._values.clear()
        fields = [FieldShown("reason", words.reason, support=words.reason_support)]
        if row.needs_place:
            fields.append(FieldShown("place", words.place, support=words.place_support))
        self.screen.show_form(fields, self._values)
        self.screen.show_deeds(("refresh", "again", "close"))

    def _again(self) -> None:
        row, words = self.screen.marked(), self._kit.texts.boundary_halted
        if row is None:
            return
        missing = {"place": MISSING} if row.needs_place and not self.said("place") else {}
        self.screen.show_missing(missing)
        if not missing:
            self._settle(
                SettleHalted(item_id=row.item_id, outcome="again", municipality=self.said("place")), words.sent
            )

    def _close(self) -> None:
        row, words = self.screen.marked(), self._kit.texts.boundary_halted
        missing = {} if self.said("reason") else {"reason": MISSING}
        self.screen.show_missing(missing)
        if row is not None and not missing:
            self._settle(SettleHalted(item_id=row.item_id, outcome="close", reason=self.said("reason")), words.closed)

    def _settle(self, asked: SettleHalted, title: str) -> None:
        def settled(_: HaltedSettled) -> None:
            self.look()
            self.screen.banner.show_text("success", title, self._kit.texts.network.kept)

        self.write(lambda press, it: self._acts.boundary.settle(press, it, asked), settled)
