"""整合: starts a comparison, follows it while it runs, proposes how a difference is settled, or decides."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Signal

from app.domain.era import wareki
from app.domain.resident_network import Resolution
from app.errors import AppError, NotAllowed
from app.services.ports.seat import Session
from app.ui.flows.network_flow import NetworkActs, NetworkFlow, day_of, moment
from app.ui.kit import Kit
from app.ui.screens.network_compare import DifferenceShown, NetworkCompareScreen
from app.ui.screens.register_fields import MISSING, FieldShown
from app.ui.widgets.chip import Kind
from app.ui.widgets.compare import Compared, Match
from app.wire.jukinet_counter import Comparison, DecideResolution, DifferenceRow, ProposeResolution

FOLLOW_MS = 2000
"""How often a comparison that runs is looked at. Assumed."""
_STATES: dict[str, Kind] = {"open": "warning", "proposed": "information", "settled": "success"}
_FITS = {
    "only_here": (Resolution.RESEND, Resolution.EXPLAINED),
    "differs": (Resolution.RESEND, Resolution.EXPLAINED),
    "only_there": (Resolution.REMOVE_THERE, Resolution.EXPLAINED),
}
_NUMBERS = ("my_number", "resident_code")


class CompareFlow(NetworkFlow[NetworkCompareScreen]):
    """``decides``: before who approves, not before who works the differences off. ``start_asked``: a new comparison."""

    start_asked = Signal()

    def __init__(self, kit: Kit, screen: NetworkCompareScreen, acts: NetworkActs, *, decides: bool) -> None:
        super().__init__(kit, screen, acts)
        self._decides, self._all = decides, False
        self._found: Comparison | None = None
        self._follow = QTimer(self, interval=FOLLOW_MS, singleShot=True)
        self._follow.timeout.connect(self._look_quietly)
        screen.selected.connect(self._on_selected)

    def begin(self, session: Session) -> None:
        """Open it with the newest comparison."""
        self.enter(session)
        self._all, self._found = False, None
        self.screen.show_deeds(("start", "refresh", "other"))
        self.look()

    def end(self) -> None:
        self._follow.stop()
        super().end()
        self._found = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {
            "start": self.start_asked.emit,
            "refresh": self.look,
            "other": self._other,
            "propose": self._propose,
            "approve": lambda: self._decide("approved"),
            "return": lambda: self._decide("returned"),
        }

    def look(self) -> None:
        """Read it (again)."""
        levels, open_only = self._acts.levels, not self._all
        self.read(
            lambda press, it: levels.comparison(press, it, open_only=open_only, decides=self._decides), self._on_found
        )

    def on_failed(self, error: AppError) -> None:
        """That there was no comparison yet is no failure."""
        if isinstance(error, NotAllowed) and self._found is None:
            self._settled()
            self.screen.show_busy(busy=False)
            words = self._kit.texts.network_compare
            self.screen.show_differences((), words.never)
            return
        super().on_failed(error)

    def _look_quietly(self) -> None:
        if self.screen.is_busy:
            self._follow.start()
            return
        levels = self._acts.levels
        self.ask(lambda press, it: levels.progress(press, it, decides=self._decides), self._on_found)

    def _on_found(self, found: Comparison) -> None:
        words, word = self._kit.texts.network_compare, self.word
        self._found, running = found, found.state == "running"
        lead = words.lead(word("network_level", found.level), moment(found.started_at, ""), found.started_by)
        lead += words.runs(found.looked, found.total) if running else words.looked(found.looked)
        self.screen.show_progress(lead, found.looked, found.total, running=running)
        none = words.none_yet if running else words.none
        self.screen.show_differences([self._shown(one) for one in found.differences], none)
        if not found.differences:
            self._offer(None)
        if found.more:
            self.screen.banner.show_text("warning", words.more, words.more_text)
        if running:
            self._follow.start()

    def _other(self) -> None:
        self._all = not self._all
        self.look()

    def _shown(self, one: DifferenceRow) -> DifferenceShown:
        between = self._kit.texts.office.between
        how = self.word("resolution", one.resolution) if one.resolution else ""
        if one.reason:
            how = self._kit.texts.network_compare.with_reason(how, one.reason, one.proposed_by)
        there = dict(one.there)
        return DifferenceShown(
            difference_id=one.difference_id,
            kind=self.word("difference_kind", one.kind),
            name=one.name or there.get("name", ""),
            items=between.join(self.word("network_identity", item) for item in one.items),
            state=self.word("difference_state", one.state),
            state_kind=_STATES.get(one.state, "quiet"),
            how=how,
            rows=self._sides(one),
        )

    def _sides(self, one: DifferenceRow) -> tuple[Compared, ...]:
        """Items that are not the same first; of a number only that it is not."""
        here, there = dict(one.here), dict(one.there)
        hidden = self._kit.texts.register.hidden
        rows = [
            Compared(self.word("network_identity", name), hidden, hidden, Match.DIFFERENT)
            for name in _NUMBERS
            if name in one.items
        ]
        for name in dict.fromkeys((*here, *there)):
            left, right = (self._value(name, side.get(name, "")) for side in (here, there))
            if left or right:
                match = Match.SAME if left == right else Match.DIFFERENT if left and right else Match.MISSING
                rows.append(Compared(self.word("network_identity", name), left, right, match))
        return tuple(sorted(rows, key=lambda row: row.match is Match.SAME))

    def _value(self, name: str, value: str) -> str:
        if name == "birth" and (day := day_of(value)) is not None:
            return wareki(day)
        named = {"sex": "sex", "state": "network_person"}
        return self.word(named[name], value) if name in named and value else value

    def _marked(self) -> DifferenceRow | None:
        marked, found = self.screen.marked(), self._found
        if marked is None or found is None:
            return None
        return next((one for one in found.differences if one.difference_id == marked.difference_id), None)

    def _on_selected(self, _: DifferenceShown) -> None:
        self._offer(self._marked())

    def _offer(self, row: DifferenceRow | None) -> None:
        """What may be done with the marked one."""
        words, deeds = self._kit.texts.network_compare, ["start", "refresh", "other"]
        fields: tuple[FieldShown, ...] = ()
        if row is not None and "decide" in row.may and self._decides:
            deeds += ["approve", "return"]
        elif row is not None and "propose" in row.may and not self._decides:
            deeds.append("propose")
            options = tuple((one.value, self.word("resolution", one.value)) for one in _FITS.get(row.kind, ()))
            fields = (
                FieldShown("resolution", words.resolution, "choice", options, required=True),
                FieldShown("reason", words.reason, support=words.reason_support, required=True),
            )
        for name in ("resolution", "reason"):
            self._values.pop(name, None)
        self.screen.show_form(fields, self._values)
        self.screen.show_deeds(deeds)

    def _propose(self) -> None:
        row, _words = self._marked(), self._kit.texts.network_compare
        missing = {name: MISSING for name in ("resolution", "reason") if not self.said(name)}
        self.screen.show_missing(missing)
        if missing or row is None:
            return
        asked = ProposeResolution(
            difference_id=row.difference_id,
            version=row.version,
            resolution=self.said("resolution"),
            reason=self.said("reason"),
        )
        self.write(lambda press, it: self._acts.levels.propose(press, it, asked), self._on_done)

    def _decide(self, outcome: str) -> None:
        if (row := self._marked()) is not None:
            asked = DecideResolution(difference_id=row.difference_id, version=row.version, outcome=outcome)
            self.write(lambda press, it: self._acts.levels.decide(press, it, asked), self._on_done)

    def _on_done(self, row: DifferenceRow) -> None:
        words, found = self._kit.texts.network_compare, self._found
        state = self.word("difference_state", row.state)
        if found is not None:
            self.look()
        self.screen.banner.show_text("success", words.done(state), words.done_text)
