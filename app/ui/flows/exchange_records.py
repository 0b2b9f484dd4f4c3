"""情報提供等記録: a person's records of one section, marked; and 開示: what the person is shown, kept as a file."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal

from app.services.extract_file import extract_rows
from app.services.ports.seat import Press, Session
from app.services.tend_records import RECORD
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_form import FormAsked, Values
from app.ui.flows.exchange_keep import Keep
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import FactShown, facts_of
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import MISSING, FieldShown
from app.ui.widgets.table import Cell
from app.wire.exchange_record import (
    DisclosedRecords,
    DisclosedRow,
    DiscloseRecords,
    FindRecords,
    MarkRecord,
    RecordRow,
    Records,
)


def records_screen(kit: Kit) -> ExchangeScreen:
    """The form above, the records below."""
    words, common = kit.texts.exchange.records, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.at, 150),
            ColumnLook(words.side, 90),
            ColumnLook(words.partner, 150),
            ColumnLook(words.task),
            ColumnLook(words.information, 260),
            ColumnLook(words.answer, 130),
            ColumnLook(words.hidden, 170),
        ),
        before=common.before,
        deeds=(
            Deed("look", common.look, "search", common.look_key, is_primary=True),
            Deed("mark", words.mark, "copy", words.mark_key),
        ),
        facts_name=words.facts,
        facts_rows=3,
    )
    return ExchangeScreen(kit, look)


class RecordsFlow(ExchangeFlow):
    """``mark_asked`` carries a ``FormAsked``."""

    mark_asked = Signal(object)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._rows: tuple[RecordRow, ...] = ()

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        scopes = self.owners(RECORD)
        self._values["scope"] = scopes[0][0] if scopes else ""
        fields = (
            FieldShown("scope", self.words.records.scope, "choice", scopes, required=True),
            FieldShown("person", self.words.common.person, required=True),
        )
        self.screen.show_form(fields, self._values)
        self._offer()

    def end(self) -> None:
        super().end()
        self._rows = ()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self.look, "mark": self._mark}

    def look(self) -> None:
        """Read them (again)."""
        number, wrong = self.number("person")
        self.screen.show_missing({"person": wrong} if wrong else {})
        if wrong:
            return
        asked = FindRecords(scope=self.said("scope"), person=number)
        self.read(lambda press, it: self._cases.records.records(press, it, asked), self._on_read)

    def _on_read(self, found: Records) -> None:
        words = self.words.records
        self._rows = found.rows
        self.screen.show_lines([self._line(one) for one in found.rows], words.none)
        self.screen.show_lead(words.count(len(found.rows)) if found.rows else "")
        self._offer()
        self.screen.to_list()

    def _line(self, row: RecordRow) -> LineShown:
        words = self.words.records
        hidden = self.word("record_hidden", row.hidden) if row.hidden else words.shown
        cells = (
            self.at(row.at),
            self.word("record_side", row.side),
            self._acts.place(row.partner),
            self._acts.task(row.task),
            self.about(row.information, row.tax_year, row.asked_since, row.asked_until),
            self.word("answer_kind", row.answer),
            Cell(hidden, "warning" if row.hidden else "quiet"),
        )
        marks = [
            FactShown(
                self.word("record_mark", one.kind),
                words.marked_by(one.reason, one.text, one.by, self.at(one.made_at)),
            )
            for one in row.marks
        ]
        notes = self._kit.texts.office.between.join(self.word("provision_reason", one) for one in row.notes)
        facts = facts_of(
            (words.process_number, row.process_number), (words.notes, notes), (words.until, self.at_day(row.until))
        )
        return LineShown(f"{row.side}/{row.process_number}", cells, (*facts, *marks))

    def _marked(self) -> RecordRow | None:
        key = self.screen.marked()
        return next((one for one in self._rows if f"{one.side}/{one.process_number}" == key), None)

    def _offer(self) -> None:
        self.screen.show_deeds(("look", "mark") if self._rows else ("look",))

    def _mark(self) -> None:
        row, words, scope = self._marked(), self.words.record_mark, self.said("scope")
        if row is None:
            return

        def work(press: Press, it: Session, values: Values, _: str) -> object:
            asked = MarkRecord(
                scope=scope,
                side=row.side,
                process_number=row.process_number,
                kind=values["kind"],
                reason=values["reason"],
                text=values["text"],
            )
            return self._cases.records.mark(press, it, asked)

        def faults(values: Values) -> dict[str, str]:
            return {"text": words.text_missing} if values["kind"] == "correction" and not values["text"] else {}

        fields = (
            FieldShown("kind", words.kind, "choice", self.options("record_mark"), required=True),
            FieldShown("reason", words.reason, "long", required=True),
            FieldShown("text", words.text, "long", support=words.text_support),
        )
        about = self.about(row.information, row.tax_year, row.asked_since, row.asked_until)
        lead = words.lead(self.at(row.at), about)
        told = (words.done, words.done_text)
        self.mark_asked.emit(FormAsked(lead, fields, work, told, faults=faults))


def disclosure_screen(kit: Kit) -> ExchangeScreen:
    """What the person is shown."""
    words, common = kit.texts.exchange.disclosure, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.at, 150),
            ColumnLook(words.side, 90),
            ColumnLook(words.partner, 160),
            ColumnLook(words.task),
            ColumnLook(words.information, 260),
            ColumnLook(words.answer, 140),
            ColumnLook(words.wrong, 220),
        ),
        before=common.before,
        deeds=(
            Deed("look", words.look, "search", words.look_key, is_primary=True, question=words.look_question),
            Deed("keep", words.keep, "save", words.keep_key),
        ),
        facts_name=words.facts,
        facts_rows=2,
    )
    return ExchangeScreen(kit, look)


class DisclosureFlow(ExchangeFlow):
    """``keep`` writes a file where the person says."""

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs, keep: Keep) -> None:
        super().__init__(kit, screen, acts)
        self._keep_file = keep
        self._found: DisclosedRecords | None = None

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        words = self.words.disclosure
        fields = (
            FieldShown("person", self.words.common.person, required=True),
            FieldShown("request", words.request, support=words.request_support, required=True),
        )
        self.screen.show_form(fields, self._values)
        self.screen.show_deeds(("look",))

    def end(self) -> None:
        super().end()
        self._found = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self.look, "keep": self._keep}

    def look(self) -> None:
        """Have it shown; it is a disclosure, and recorded as one."""
        number, wrong = self.number("person")
        missing = {"person": wrong} if wrong else {}
        if not self.said("request"):
            missing["request"] = MISSING
        self.screen.show_missing(missing)
        if missing:
            return
        asked = DiscloseRecords(person=number, request_number=self.said("request"))
        self.write(lambda press, it: self._cases.records.disclose(press, it, asked), self._on_read)

    def _on_read(self, found: DisclosedRecords) -> None:
        words = self.words.disclosure
        self._found = found
        self.screen.show_lines([self._line(one) for one in found.rows], words.none)
        self.screen.show_lead(words.count(len(found.rows), found.hidden))
        self.screen.show_deeds(("look", "keep") if found.rows else ("look",))
        self.screen.to_list()

    def _line(self, row: DisclosedRow) -> LineShown:
        words = self.words.disclosure
        cells = self._cells(row)
        wrong = Cell(words.was_wrong, "warning") if row.was_wrong else Cell(words.not_wrong, "quiet")
        facts = facts_of(
            (words.process_number, row.process_number),
            (words.corrections, self._kit.texts.office.between.join(row.corrections)),
        )
        return LineShown(f"{row.side}/{row.process_number}", (*cells, wrong), facts)

    def _cells(self, row: DisclosedRow) -> tuple[str, ...]:
        return (
            self.at(row.at),
            self.word("record_side", row.side),
            self._acts.place(row.partner),
            self._acts.task(row.task),
            self.about(row.information, row.tax_year, row.asked_since, row.asked_until),
            self.word("answer_kind", row.answer),
        )

    def _keep(self) -> None:
        found, words = self._found, self.words.disclosure
        if found is None:
            return
        head = (
            words.at,
            words.side,
            words.partner,
            words.task,
            words.information,
            words.answer,
            words.wrong,
            words.corrections,
        )
        rows = [
            (*self._cells(one), words.was_wrong if one.was_wrong else words.not_wrong, " ".join(one.corrections))
            for one in found.rows
        ]
        content = extract_rows(head, rows)
        name = words.file_name(self.said("request"))
        self._keep_file(words.keep, name, content, partial(self._on_kept), self.on_failed)

    def _on_kept(self, file: str) -> None:
        if file:
            self.screen.banner.show_text("success", self.words.disclosure.kept, file)
