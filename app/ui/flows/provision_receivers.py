"""誤った情報の提供先: who was told what of a person or a file, notes to them, and what became of the notes."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from app.services.ports.seat import Press, Session
from app.services.tend_records import TRACE
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_form import FormAsked, Values, reason_field
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import facts_of
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import MISSING, FieldShown
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.exchange_record import (
    FindReceivers,
    ReceiverRow,
    Receivers,
    SendErrorNotes,
)

_NOTES: dict[str, Kind] = {"noted": "information", "received": "information", "acknowledged": "success"}


def receivers_screen(kit: Kit) -> ExchangeScreen:
    """The form above, the receivers below."""
    words, common = kit.texts.exchange.receivers, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.provided, 150),
            ColumnLook(words.requester, 160),
            ColumnLook(words.task),
            ColumnLook(words.told, 170),
            ColumnLook(words.version, 190),
            ColumnLook(words.note, 190),
        ),
        before=common.before,
        deeds=(
            Deed("look", common.look, "search", common.look_key, is_primary=True),
            Deed("note_one", words.note_one, "to_supervisor", words.note_one_key),
            Deed("note_all", words.note_all, "save", words.note_all_key),
            Deed("notes", words.notes, "records", words.notes_key),
        ),
        facts_name=words.facts,
        facts_rows=2,
    )
    return ExchangeScreen(kit, look)


class ReceiversFlow(ExchangeFlow):
    """``note_asked`` carries a ``FormAsked``; ``notes_asked`` an owner."""

    note_asked = Signal(object)
    notes_asked = Signal(str)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._rows: tuple[ReceiverRow, ...] = ()

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        owners = self.owners(TRACE)
        self._values.update({"owner": owners[0][0] if owners else "", "year": str(self.today().year)})
        self._show_form()
        self._offer()

    def end(self) -> None:
        super().end()
        self._rows = ()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {
            "look": self.look,
            "note_one": lambda: self._note([self.screen.marked()]),
            "note_all": lambda: self._note([one.process_number for one in self._rows if not one.note]),
            "notes": lambda: self.notes_asked.emit(self.said("owner")),
        }

    def edit(self, name: str, value: str) -> None:
        """Kinds of information hang on whose they are."""
        super().edit(name, value)
        if name == "owner":
            self._show_form()

    def look(self) -> None:
        """Find them (again)."""
        words, owner, information = self.words.receivers, self.said("owner"), self.said("information")
        missing = {} if information else {"information": MISSING}
        number, file = "", self.said("file")
        if bool(self.said("person")) == bool(file):
            missing["person"] = words.one_of
        elif self.said("person"):
            number, wrong = self.number("person")
            missing |= {"person": wrong} if wrong else {}
        rule, year = self._acts.rules.information.get(information), self.said("year")
        by_year = rule is not None and rule.by_year and bool(number)
        if by_year and not year.isdecimal():
            missing["year"] = words.year_wrong
        self.screen.show_missing(missing)
        if missing:
            return
        asked = FindReceivers(
            owner=owner, information=information, person=number, tax_year=int(year) if by_year else 0, file_id=file
        )
        self.read(lambda press, it: self._cases.records.receivers(press, it, asked), self._on_read)

    def _show_form(self) -> None:
        words, common = self.words.receivers, self.words.common
        kinds = self.informations(self.said("owner"))
        self._values["information"] = kinds[0][0] if kinds else ""
        fields = (
            FieldShown("owner", common.owner, "choice", self.owners(TRACE), required=True),
            FieldShown("information", words.information, "choice", kinds, required=True),
            FieldShown("year", words.year, support=words.year_support),
            FieldShown("person", common.person, support=words.person_support),
            FieldShown("file", words.file, support=words.file_support),
        )
        self.screen.show_form(fields, self._values)

    def _on_read(self, found: Receivers) -> None:
        words = self.words.receivers
        self._rows = found.rows
        lines = [self._line(one, found.present) for one in found.rows]
        self.screen.show_lines(lines, words.none)
        present = words.present(found.present) if found.present else words.present_none
        self.screen.show_lead(words.found(len(found.rows), present) if found.rows else "")
        self._offer()
        self.screen.to_list()

    def _line(self, row: ReceiverRow, present: int) -> LineShown:
        words = self.words.receivers
        version = words.version_of(row.replica_version)
        state: tuple[str, Kind] = (words.same, "quiet") if row.is_present else (words.other, "warning")
        note = self.word("error_note_state", row.note) if row.note else words.not_told
        cells = (
            self.at(row.provided_at),
            self._acts.place(row.requester),
            self._acts.task(row.task),
            self.word("answer_kind", row.kind),
            Cell(f"{version}　{state[0]}", state[1]) if present else version,
            Cell(note, _NOTES.get(row.note, "quiet")),
        )
        told = self._kit.texts.office.between.join(f"{one.item} {one.value}" for one in self.items(row.told))
        facts = facts_of(
            (words.process_number, row.process_number),
            (words.content, told),
            (words.note_reason, self.word("provision_reason", row.note_reason) if row.note_reason else ""),
            (words.received, self.at(row.received_at) if row.received_at else ""),
            (words.cause, self._cause(row.cause)),
        )
        return LineShown(row.process_number, cells, facts)

    def _cause(self, code: str) -> str:
        message = self._kit.messages.of_code(code) if code else None
        return code if message is None else message.title

    def _offer(self) -> None:
        waits = [one for one in self._rows if not one.note]
        deeds = ["look", "notes"]
        self.screen.show_deeds((*deeds, "note_one", "note_all") if waits else deeds)

    def _note(self, numbers: list[str]) -> None:
        words, owner = self.words.error_note, self.said("owner")
        wanted = tuple(one for one in numbers if one)
        if not wanted:
            return

        def work(press: Press, it: Session, values: Values, _: str) -> object:
            is_corrected = values["corrected"] == "yes"
            asked = SendErrorNotes(owner=owner, process_numbers=wanted, reason=values["reason"], corrected=is_corrected)
            return self._cases.records.send_notes(press, it, asked)

        fields = (
            reason_field(words.reason, self.reasons("error")),
            FieldShown("corrected", words.corrected, "yes_no", support=words.corrected_support, required=True),
        )
        told = (words.done(len(wanted)), words.done_text)
        self.note_asked.emit(FormAsked(words.lead(len(wanted)), fields, work, told))
