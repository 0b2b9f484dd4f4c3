"""照会の一覧: a section's enquiries with state, age, expected time and next step; asked again or ended."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from app.domain.era import wareki
from app.services.ports.seat import Press, Session
from app.services.section_enquiries import MAKE, READ
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_form import FormAsked, Values
from app.ui.flows.network_queue import age
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import FactShown, facts_of
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import MISSING, FieldShown
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.relay_section import EnquiryOpened, SectionEnquiries, SectionEnquiry

_ENDED = frozenset({"answered", "refused"})


def enquiries_screen(kit: Kit) -> ExchangeScreen:
    """The list."""
    words, common = kit.texts.exchange.enquiries, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.state, 170),
            ColumnLook(words.enquiry),
            ColumnLook(words.about, 150, is_name=True),
            ColumnLook(words.provider, 150),
            ColumnLook(words.age, 130, is_number=True),
            ColumnLook(words.expected, 150),
            ColumnLook(words.step, 220),
        ),
        before=common.before,
        deeds=(
            Deed("open", words.open, "preview", words.open_key, is_primary=True),
            Deed("look", common.look, "search", common.look_key),
        ),
        form_columns=3,
        facts_name=words.facts,
        facts_rows=3,
        opens="open",
    )
    return ExchangeScreen(kit, look)


class EnquiriesFlow(ExchangeFlow):
    """``opened`` carries an enquiry's id."""

    opened = Signal(str)

    def begin(self, session: Session) -> None:
        """Open the form and read the first list."""
        self.enter(session)
        words, tasks = self.words.enquiries, self._tasks()
        self._values.update({"task": tasks[0][0] if tasks else "", "open": "yes"})
        fields = (
            FieldShown("task", self.words.common.task, "choice", tasks, required=True),
            FieldShown("open", words.only_open, "yes_no"),
        )
        self.screen.show_form(fields, self._values)
        if tasks:
            self.look()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self.look, "open": self._open}

    def look(self) -> None:
        """Read them (again)."""
        task, only_open = self.said("task"), self.said("open") == "yes"
        if not task:
            self.screen.show_missing({"task": MISSING})
            return
        self.read(lambda press, it: self._cases.section.listed(press, it, task, only_open=only_open), self._on_read)

    def _tasks(self) -> tuple[tuple[str, str], ...]:
        """Procedures that enquire and whose answers this person may read."""
        named = {name for name, _ in self.owners(READ)}
        found = ((one.id, one.short_title) for one in self._acts.procedures.values() if one.enquiries)
        return tuple((name, title) for name, title in found if name in named or "*" in named)

    def _on_read(self, found: SectionEnquiries) -> None:
        words = self.words.enquiries
        self.screen.show_lines([self._line(one) for one in found.rows], words.none)
        if found.more:
            self.screen.banner.show_text("information", words.more, words.more_text)

    def _open(self) -> None:
        if name := self.screen.marked():
            self.opened.emit(name)

    def _line(self, row: SectionEnquiry) -> LineShown:
        words = self.words.enquiries
        cells = (
            Cell(*self.state_of(row)),
            self._acts.enquiry(row.procedure, row.enquiry),
            row.subject.name,
            row.provider_name or self._acts.place(row.provider) or words.own,
            age(self._kit, row.accepted_at),
            self.at(row.expected_at),
            self.word("next_step", row.next_step),
        )
        why = self._kit.messages.refusal(row.reason) if row.reason else ""
        facts = facts_of(
            (words.process_number, row.process_number),
            (self.words.common.person, row.subject.business_number),
            (words.accepted, words.by_at(row.staff_id, self.at(row.accepted_at))),
            (words.delay, why),
            (words.tries, words.tries_next(row.attempts, self.at(row.next_at)) if row.attempts else ""),
        )
        return LineShown(row.enquiry_id, cells, facts)

    def state_of(self, row: SectionEnquiry) -> tuple[str, Kind]:
        """How it stands, in a word and a colour."""
        if row.kind:
            return self.word("answer_kind", row.kind), "success" if row.kind == "value" else "warning"
        kinds: dict[str, Kind] = {"refused": "error", "stopped": "error"}
        return self.word("enquiry_state", row.state), kinds.get(row.state, "information")


def enquiry_screen(kit: Kit) -> ExchangeScreen:
    """One, as it is sent."""
    words, common = kit.texts.exchange.enquiry_one, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        deeds=(
            Deed("again", words.again, "commit", words.again_key, is_primary=True),
            Deed("close", words.close, "return_case", words.close_key),
            Deed("refresh", common.refresh, "refresh", common.refresh_key),
        ),
        facts_name=words.facts,
        facts_rows=8,
    )
    return ExchangeScreen(kit, look)


class EnquiryOneFlow(EnquiriesFlow):
    """``again_asked`` and ``close_asked`` carry a ``FormAsked``."""

    again_asked = Signal(object)
    close_asked = Signal(object)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._seen: EnquiryOpened | None = None
        self._id = ""

    def show(self, session: Session, enquiry_id: str) -> None:
        """Open one."""
        self.enter(session)
        self._id = enquiry_id
        self.screen.show_deeds(("refresh",))
        self.look()

    def end(self) -> None:
        super().end()
        self._seen, self._id = None, ""

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"refresh": self.look, "again": self._again, "close": self._close}

    def look(self) -> None:
        """Read it (again)."""
        name = self._id
        self.read(lambda press, it: self._cases.section.open(press, it, name), self._on_opened)

    def _on_opened(self, seen: EnquiryOpened) -> None:
        self._seen = seen
        words, row = self.words.enquiry_one, seen.row
        self.screen.show_lead(words.lead(self.state_of(row)[0], self.word("next_step", row.next_step)))
        self.screen.show_facts((*self._answer(seen), *self._request(seen)))
        deeds = ["refresh"]
        if any(name in {row.procedure, "*"} for name, _ in self.owners(MAKE)):
            deeds.append("again" if row.state in _ENDED else "close")
        self.screen.show_deeds(deeds)

    def _answer(self, seen: EnquiryOpened) -> tuple[FactShown, ...]:
        if seen.answer is None:
            return ()
        words = self.words.enquiry_one
        answered = FactShown(
            words.answered,
            words.answered_at(self.word("answer_kind", seen.answer.kind), self.at(seen.answer.answered_at)),
        )
        return (answered, *self.items(seen.answer.items))

    def _request(self, seen: EnquiryOpened) -> tuple[FactShown, ...]:
        """Exactly what goes out, then what names it."""
        words, row = self.words.enquiry_one, seen.row
        return facts_of(
            (words.provider, row.provider_name or self._acts.place(row.provider)),
            (words.provider_why, self.word("provider_why", seen.provider_why) if seen.provider_why else ""),
            (words.about, words.person_of(row.subject.name, row.subject.business_number)),
            (words.information, self.about(seen.information, row.tax_year, seen.since, seen.until)),
            (words.as_of, "" if seen.as_of is None else wareki(seen.as_of)),
            (words.items, self.names(seen.items)),
            (words.task, self._acts.task(row.procedure)),
            (words.purpose, seen.purpose),
            (words.basis, words.basis_of(self.word("permission_series", seen.series), seen.item)),
            (words.consent, self.word("consent", seen.consent)),
            (words.asked_on, wareki(seen.asked_on)),
            (words.process_number, row.process_number),
            (words.digest, seen.digest or words.no_digest),
            (words.key_id, seen.key_id),
            (words.trace, seen.trace),
            (words.enquiry_id, row.enquiry_id),
        )

    def _again(self) -> None:
        seen, words = self._seen, self.words.enquiry_again
        if seen is None:
            return

        def work(press: Press, it: Session, values: Values, name: str) -> object:
            signed = values.get("consent") == "yes"
            return self._cases.section.ask_again(press, it, seen, name, signed=signed)

        needs = seen.consent in {"required", "unknown"}
        consent = FieldShown("consent", words.consent, "yes_no", support=words.consent_support, required=True)
        label = self._acts.enquiry(seen.row.procedure, seen.row.enquiry)
        lead = words.lead(label, seen.row.subject.name)
        told = (words.done, words.done_text)
        self.again_asked.emit(FormAsked(lead, (consent,) if needs else (), work, told))

    def _close(self) -> None:
        seen, words = self._seen, self.words.enquiry_close
        if seen is None:
            return

        def work(press: Press, it: Session, values: Values, _: str) -> object:
            return self._cases.section.close(press, it, seen.row.enquiry_id, values["reason"])

        reason = FieldShown("reason", words.reason, "choice", self.options("stopped_reason"), required=True)
        label = self._acts.enquiry(seen.row.procedure, seen.row.enquiry)
        lead = words.lead(label, seen.row.subject.name)
        self.close_asked.emit(FormAsked(lead, (reason,), work, (words.done, words.done_text)))
