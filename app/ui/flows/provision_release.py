"""One held-back enquiry with its content exactly as it would be sent: proposed to whoever decides, or decided."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from app.services.ports.seat import Session
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ExchangeLook, ExchangeScreen
from app.ui.screens.fact_table import FactShown, facts_of
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import MISSING, FieldShown
from app.wire.provision import ReleaseSettled, ReleaseView

_REASONS = {"released": "release", "refused": "refuse"}
_DIGEST = 16


def release_screen(kit: Kit) -> ExchangeScreen:
    """The content above, what is done with it below."""
    words = kit.texts.exchange.release
    look = ExchangeLook(
        title=words.title,
        deeds=(
            Deed("decide", words.decide, "commit", words.decide_key, is_primary=True, question=words.decide_question),
            Deed("check", words.check, "to_supervisor", words.check_key, question=words.check_question),
        ),
        form_columns=2,
        facts_name=words.facts,
        facts_rows=6,
    )
    return ExchangeScreen(kit, look)


class ReleaseFlow(ExchangeFlow):
    """``done`` carries a title and a sentence."""

    done = Signal(str, str)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._view: ReleaseView | None = None

    def begin(self, session: Session, process_number: str) -> None:
        """Open one."""
        self.enter(session)
        self.screen.show_deeds(())
        self.read(lambda press, it: self._cases.releases.open(press, it, process_number), self._on_read)

    def end(self) -> None:
        super().end()
        self._view = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"check": lambda: self._settle(is_final=False), "decide": lambda: self._settle(is_final=True)}

    def edit(self, name: str, value: str) -> None:
        """Reasons hang on what is done."""
        super().edit(name, value)
        if name == "outcome":
            self._values["reason"] = ""
            self._show_form()

    def _on_read(self, view: ReleaseView) -> None:
        self._view = view
        words, row = self.words.release, view.row
        about, task = self.about(row.information, row.tax_year, row.since, row.until), self._acts.task(row.task)
        self.screen.show_lead(words.lead(self._acts.place(row.requester), task, about))
        self.screen.show_facts(self._facts(view))
        self._values.update({"outcome": row.proposal or "released", "reason": row.proposal_reason})
        if row.may:
            self._show_form()
        self.screen.show_deeds(row.may)
        if not row.may:
            why = words.nothing_two if row.needs_two and not row.checked_by else words.nothing_mine
            self.screen.banner.show_text("information", words.nothing, why)

    def _show_form(self) -> None:
        words, outcome = self.words.release, self.said("outcome")
        fields = (
            FieldShown("outcome", words.outcome, "choice", self.options("release_outcome"), required=True),
            FieldShown("reason", words.reason, "choice", self.reasons(_REASONS.get(outcome, "")), required=True),
        )
        self.screen.show_form(fields, self._values)

    def _facts(self, view: ReleaseView) -> tuple[FactShown, ...]:
        """What is sent first, then about whom, then what proves it."""
        words, row = self.words.release, view.row
        sent = self.items(view.items) or (FactShown(words.content, self.word("answer_kind", view.kind)),)
        asked = FactShown(words.asked_items, self.names(view.asked_items))
        marks = self._kit.texts.office.between.join(
            words.mark(self.word("flag_kind", one.kind), self.word("provision_reason", one.reason))
            for one in view.flags
        )
        rest = facts_of(
            (words.person, view.person),
            (words.marks, marks),
            (words.purpose, row.purpose),
            (words.process_number, row.process_number),
            (words.version, str(view.replica_version) if view.replica_version else ""),
            (words.digest, view.digest[:_DIGEST]),
            (words.request_digest, view.request_digest[:_DIGEST]),
        )
        return (*sent, asked, *rest)

    def _settle(self, *, is_final: bool) -> None:
        view, words = self._view, self.words.release
        outcome, reason = self.said("outcome"), self.said("reason")
        missing = {"outcome": MISSING} if not outcome else {}
        if not reason:
            missing["reason"] = words.reason_missing
        self.screen.show_missing(missing)
        if missing or view is None:
            return
        use = self._cases.releases.decide if is_final else self._cases.releases.check
        self.write(lambda press, it: use(press, it, view, outcome, reason), self._on_settled)

    def _on_settled(self, settled: ReleaseSettled) -> None:
        words = self.words.release
        state = self.word("release_state", settled.row.state)
        text = words.done_checked if settled.row.state == "checked" else words.done_decided
        self.done.emit(words.done(state), text)
