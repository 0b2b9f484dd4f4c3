"""One person's changes, cards and delivery addresses on their way; 送付先情報 laid behind them."""

from collections.abc import Callable, Mapping

from app.services.ports.seat import Session
from app.services.tend_boundary import DELIVER
from app.ui.flows.network_flow import NetworkFlow, moment
from app.ui.flows.network_queue import cause
from app.ui.screens.boundary_person import BoundaryPersonScreen, SentShown
from app.ui.screens.register_fields import MISSING, FieldShown
from app.ui.widgets.chip import Kind
from app.wire.jukirelay_staff import AskDelivery, Forwarding, ForwardingRow, Queued

_STATES: dict[str, Kind] = {"waiting": "information", "taken": "information", "done": "success", "stopped": "error"}


class PersonFlow(NetworkFlow[BoundaryPersonScreen]):
    """Works between ``begin`` and ``end``."""

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        words = self._kit.texts.boundary_person
        fields = [FieldShown("subject", words.subject, support=words.subject_support, required=True)]
        if self.may(DELIVER):
            fields.append(FieldShown("place", words.place, support=words.place_support))
        self.screen.show_form(fields, self._values)

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self._look, "deliver": self._deliver}

    def edit(self, name: str, value: str) -> None:
        super().edit(name, value)
        if name == "subject":
            self.screen.show_sent((), self._kit.texts.boundary_person.before)
            self.screen.show_deeds(("look",))

    def _look(self) -> None:
        subject, _words = self.said("subject"), self._kit.texts.boundary_person
        self.screen.show_missing({} if subject else {"subject": MISSING})
        if subject:
            self.read(lambda press, it: self._acts.boundary.of_person(press, it, subject), self._on_found)

    def _on_found(self, found: Forwarding) -> None:
        words = self._kit.texts.boundary_person
        self.screen.show_sent([self._shown(one) for one in found.rows], words.none)
        self.screen.show_deeds(("look", "deliver") if self.may(DELIVER) else ("look",))
        if not found.open_now:
            opens = moment(found.opens_at, words.unknown)
            self.screen.banner.show_text("information", words.closed_now, words.opens(opens))

    def _shown(self, one: ForwardingRow) -> SentShown:
        nothing = self._kit.texts.network.nothing
        return SentShown(
            kind=self.word("link_kind", one.kind),
            state=self.word("link_state", one.state),
            state_kind=_STATES.get(one.state, "quiet"),
            made=moment(one.made_at, ""),
            goes=moment(one.goes_at, nothing) if one.state == "waiting" else nothing,
            cause=cause(self._kit, one.cause) or nothing,
        )

    def _deliver(self) -> None:
        asked = AskDelivery(delivery_id=self.entry_id(), subject=self.said("subject"), place=self.said("place"))
        self.write(lambda press, it: self._acts.boundary.deliver(press, it, asked), self._on_queued)

    def _on_queued(self, found: Queued) -> None:
        words = self._kit.texts.boundary_person
        self._look()
        goes = moment(found.goes_at, words.unknown)
        self.screen.banner.show_text("success", words.queued, words.queued_text(goes))
