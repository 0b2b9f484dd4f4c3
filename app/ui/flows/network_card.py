"""個人番号カードの運用状況: looked at by 住民票コード or by the card's check, changed with a reason."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from app.domain.resident_network import CARD_PROVED, CardState, CardStep
from app.services.ports.seat import Session
from app.services.use_network import CHECK
from app.ui.flows.network_check import Checked
from app.ui.flows.network_checked import CARD_KINDS
from app.ui.flows.network_flow import NetworkActs, NetworkFlow, day_of
from app.ui.kit import Kit
from app.ui.screens.network_card import NetworkCardScreen
from app.ui.screens.register_fields import MISSING, FieldShown
from app.wire.jukinet_counter import AskCard, CardReported, CardView, ReportCard

_DIGITS = 11
_LOST = frozenset({CardStep.SUSPEND, CardStep.ABOLISH})


class CardFlow(NetworkFlow[NetworkCardScreen]):
    """``check_asked``: the card that was brought is to be checked first."""

    check_asked = Signal()

    def __init__(self, kit: Kit, screen: NetworkCardScreen, acts: NetworkActs) -> None:
        super().__init__(kit, screen, acts)
        self._checked: Checked | None = None
        self._view: CardView | None = None
        self._seen_of = ""

    def begin(self, session: Session, checked: Checked | None = None) -> None:
        """Open it; after a check of the card at once with how it stands."""
        self.enter(session)
        self._checked, self._view, self._seen_of = checked, None, ""
        if checked is None:
            self._show_form()
        else:
            self._look()

    def end(self) -> None:
        super().end()
        self._checked, self._view, self._seen_of = None, None, ""

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self._look, "report": self._report, "check": self.check_asked.emit}

    def edit(self, name: str, value: str) -> None:
        super().edit(name, value)
        if name == "resident_code" and self._view is not None and self.said(name) != self._seen_of:
            self._view = None
            self.screen.show_state((self._kit.texts.network_card.unknown, "quiet"), *self._nothing())
            self._offer()

    def _nothing(self) -> tuple[str, str]:
        none = self._kit.texts.network_card.none
        return none, none

    def _look(self) -> None:
        checked, words = self._checked, self._kit.texts.network_card
        code = "" if checked is not None else self.said("resident_code")
        if checked is None and not (len(code) == _DIGITS and code.isascii() and code.isdigit()):
            self.screen.show_missing({"resident_code": words.code_wrong})
            return
        asked = AskCard(resident_code=code, check_id="" if checked is None else checked.answer.check_id)
        self.screen.show_missing({})
        self.read(lambda press, it: self._acts.use.card(press, it, asked), lambda view: self._on_view(view, code))

    def _on_view(self, view: CardView, code: str) -> None:
        self._view, self._seen_of = view, code
        self._values["step"] = ""
        number = view.card_number or ("" if self._checked is None else self._checked.card_number)
        self._values["card_number"] = number
        self._values.setdefault("event_day", self.today().isoformat())
        self._show_view(view)
        self._show_form()

    def _show_view(self, view: CardView) -> None:
        words, state = self._kit.texts.network_card, CardState(view.state)
        steps = self._kit.texts.office.between.join(self.word("card_step", one) for one in self._steps(view))
        self.screen.show_state(
            (self.word("card_state", state.value), CARD_KINDS.get(state, "error")),
            view.card_number or words.none,
            steps or words.none,
        )

    def _steps(self, view: CardView) -> tuple[str, ...]:
        """What may follow, and of that what may be reported without the card only where it need not be there."""
        return tuple(one for one in view.steps if self._checked is not None or CardStep(one) not in CARD_PROVED)

    def _show_form(self) -> None:
        words, view = self._kit.texts.network_card, self._view
        fields = []
        if self._checked is None:
            fields.append(
                FieldShown("resident_code", words.resident_code, "secret", support=words.resident_code_support)
            )
        if view is not None:
            steps = tuple((one, self.word("card_step", one)) for one in self._steps(view))
            fields += [
                FieldShown("step", words.step, "choice", steps, required=True),
                FieldShown("event_day", words.event_day, "day", required=True),
                FieldShown("card_number", words.card_number, required=True),
                FieldShown("lost", words.lost, "yes_no", support=words.lost_support),
                FieldShown("reason", words.reason, "long", support=words.reason_support, required=True),
            ]
        self.screen.show_form(fields, self._values)
        self._offer()
        if view is not None:
            self.screen.fields.focus("step")

    def _offer(self) -> None:
        deeds = ["look"] if self._checked is None else []
        if self._checked is None and self.may(CHECK):
            deeds.append("check")
        if self._view is not None and self._steps(self._view):
            deeds.append("report")
        self.screen.show_deeds(deeds)

    def _missing(self) -> dict[str, str]:
        words, day = self._kit.texts.network_card, day_of(self.said("event_day"))
        missing = {name: MISSING for name in ("step", "card_number", "reason") if not self.said(name)}
        if day is None or day > self.today():
            missing["event_day"] = words.day_wrong
        if self.said("lost") == "yes" and self.said("step") not in _LOST:
            missing["lost"] = words.lost_wrong
        return missing

    def _report(self) -> None:
        checked, view, missing = self._checked, self._view, self._missing()
        self.screen.show_missing(missing)
        day = day_of(self.said("event_day"))
        if missing or view is None or day is None:
            return
        asked = ReportCard(
            event_id=self.entry_id(),
            step=self.said("step"),
            card_number=self.said("card_number"),
            event_day=day,
            resident_code=self._seen_of,
            check_id="" if checked is None else checked.answer.check_id,
            lost=self.said("lost") == "yes",
            reason=self.said("reason"),
        )
        self.write(lambda press, it: self._acts.use.report_card(press, it, asked), self._on_reported)

    def _on_reported(self, done: CardReported) -> None:
        words = self._kit.texts.network_card
        state = self.word("card_state", done.state)
        code = self._seen_of
        self._view = None
        self._values.clear()
        self._values["resident_code"] = code
        self._seen_of = code
        self.screen.show_state((state, CARD_KINDS.get(done.state, "error")), *self._nothing())
        self.screen.show_still([self.word("card_still", one) for one in done.still])
        self._show_form()
        self.screen.banner.show_text("success", words.done(state), words.done_text)
