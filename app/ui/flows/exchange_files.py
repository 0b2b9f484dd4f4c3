"""副本のファイル: the files of an owner with how far each came; sent in parts, stopped, gone on with, withdrawn."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal, SignalInstance

from app.errors import AppError
from app.services.extract_file import extract_rows
from app.services.ports.seat import Press, Session
from app.services.replica_parts import ReplicaSource, open_replica_file
from app.services.tend_replica import DELETE, ENTER, READ, announced
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_form import FormAsked, Values, reason_field
from app.ui.flows.exchange_keep import Choose, Keep
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import FactShown, facts_of
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import MISSING, FieldShown
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.replica_file import (
    AskRejectedRows,
    RejectedLine,
    RejectedLines,
    ReplicaFiles,
    ReplicaFileState,
    WithdrawReplicaFile,
)

_STATES: dict[str, Kind] = {"coming": "information", "done": "success", "broken": "error"}


def files_screen(kit: Kit) -> ExchangeScreen:
    """The form above, the files below."""
    words, common = kit.texts.exchange.files, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.file),
            ColumnLook(words.information, 260),
            ColumnLook(words.state, 130),
            ColumnLook(words.progress, 120),
            ColumnLook(words.changed, 110, is_number=True),
            ColumnLook(words.unchanged, 110, is_number=True),
            ColumnLook(words.rejected, 110, is_number=True),
        ),
        before=common.before,
        deeds=(
            Deed("look", common.look, "search", common.look_key),
            Deed("send", words.send, "next_visit", words.send_key, is_primary=True),
            Deed("stop", words.stop, "hold", words.stop_key, is_primary=True),
            Deed("rejected", words.show_rejected, "preview", words.rejected_key),
            Deed("withdraw", words.withdraw, "return_case", words.withdraw_key),
        ),
        facts_name=words.facts,
        facts_rows=3,
        opens="rejected",
    )
    return ExchangeScreen(kit, look)


class FilesFlow(ExchangeFlow):
    """``withdraw_asked`` carries a ``FormAsked``, ``rejected_asked`` a ``ReplicaFileState``."""

    withdraw_asked = Signal(object)
    rejected_asked = Signal(object)
    _came = Signal(object)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs, choose: Choose) -> None:
        super().__init__(kit, screen, acts)
        self._choose = choose
        self._files: tuple[ReplicaFileState, ...] = ()
        self._sending: _Sending | None = None
        self._came.connect(self._on_came)
        screen.selected.connect(lambda _: self._offer())

    def begin(self, session: Session) -> None:
        """Open the form and read the files."""
        self.enter(session)
        owners = self.owners(READ)
        self._values |= {"owner": owners[0][0] if owners else "", "year": str(self.today().year)}
        self._show_form()
        if owners:
            self.look()

    def end(self) -> None:
        if self._sending is not None:
            self._sending.goes_on = False
        super().end()
        self._files, self._sending = (), None

    def edit(self, name: str, value: str) -> None:
        """Kinds of information hang on whose they are."""
        super().edit(name, value)
        if name == "owner":
            self._show_form()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {
            "look": self.look,
            "send": self._send,
            "stop": self._stop,
            "rejected": self._rejected,
            "withdraw": self._withdraw,
        }

    def look(self) -> None:
        """Read them (again)."""
        owner = self.said("owner")
        self.read(lambda press, it: self._cases.replica.files(press, it, owner), self._on_read)

    def _show_form(self) -> None:
        words, common = self.words.files, self.words.common
        kinds = self.informations(self.said("owner"))
        self._values["information"] = kinds[0][0] if kinds else ""
        fields = (
            FieldShown("owner", common.owner, "choice", self.owners(READ), required=True),
            FieldShown("information", words.information, "choice", kinds, required=True),
            FieldShown("year", words.year, support=words.year_support),
        )
        self.screen.show_form(fields, self._values)
        self._offer()

    def _on_read(self, found: ReplicaFiles) -> None:
        self._files = found.files
        self.screen.show_lines([self._line(one) for one in found.files], self.words.files.none)
        self._offer()

    def _line(self, row: ReplicaFileState) -> LineShown:
        words = self.words.files
        cells = (
            row.file_id,
            self.about(row.information, row.tax_year),
            Cell(self.word("replica_file_state", row.state), _STATES.get(row.state, "quiet")),
            words.parts_of(row.next_part, row.parts),
            f"{row.changed:,}",
            f"{row.unchanged:,}",
            f"{row.rejected:,}",
        )
        goes_on = words.goes_on(row.next_part + 1) if row.state == "coming" else ""
        broken = words.broken if row.state == "broken" else ""
        facts = facts_of(
            (words.rows, f"{row.rows:,}"),
            (words.begun, self.at(row.begun_at)),
            (words.last, self.at(row.changed_at)),
            (words.now, goes_on or broken),
        )
        return LineShown(row.file_id, cells, facts)

    def _marked(self) -> ReplicaFileState | None:
        return next((one for one in self._files if one.file_id == self.screen.marked()), None)

    def _offer(self) -> None:
        if self._sending is not None:
            self.screen.show_deeds(("stop",))
            return
        owner, row, deeds = self.said("owner"), self._marked(), ["look"]
        if owner in dict(self.owners(ENTER)):
            deeds.append("send")
        if row is not None and row.rejected:
            deeds.append("rejected")
        if row is not None and row.state in {"done", "broken"} and owner in dict(self.owners(DELETE)):
            deeds.append("withdraw")
        self.screen.show_deeds(deeds)

    def _send(self) -> None:
        words, information = self.words.files, self.said("information")
        rule, year = self._acts.rules.information.get(information), self.said("year")
        if rule is None or (rule.by_year and not year.isdecimal()):
            self.screen.show_missing({"year": words.year_wrong} if rule else {"information": MISSING})
            return
        self.screen.show_missing({})
        path = self._choose(words.send)
        if path is None or self._session is None:
            return
        self._sending = sending = _Sending(self._came)
        tax_year, place = int(year) if rule.by_year else 0, self._acts.municipality
        self.screen.banner.show_text("information", words.reading, path.name)
        self._offer()

        def work(press: Press, it: Session) -> ReplicaFileState:
            source = open_replica_file(path, rule)
            asked = announced((place, source.name), (information, tax_year, source.columns), source.parts)
            sending.source = source
            return self._cases.replica.send(press, it, asked, source.parts, sending.told)

        self.ask(work, self._on_sent)

    def _stop(self) -> None:
        if self._sending is not None:
            self._sending.goes_on = False
            self.screen.banner.show_text("information", self.words.files.stopping, self.words.files.stopping_text)

    def _on_came(self, state: ReplicaFileState) -> None:
        """A part more has come: told while the next one is on its way."""
        if self._sending is not None and self._session is not None:
            words = self.words.files
            done, rejected = words.parts_of(state.next_part, state.parts), f"{state.rejected:,}"
            self.screen.banner.show_text("information", words.sending(done), words.sending_text(rejected))

    def _on_sent(self, state: ReplicaFileState) -> None:
        words = self.words.files
        self._sending = None
        self.look()
        if state.state == "coming":
            text = words.stopped_text(words.parts_of(state.next_part, state.parts))
            self.screen.banner.show_text("warning", words.stopped, text)
        elif state.state == "done" and not state.rejected:
            self.screen.banner.show_text("success", words.done, words.done_text(f"{state.rows:,}"))
        elif state.state == "done":
            self.screen.banner.show_text("warning", words.done_some, words.done_some_text(f"{state.rejected:,}"))
        else:
            self.screen.banner.show_text("error", words.broken_title, words.broken)

    def on_failed(self, error: AppError) -> None:
        self._sending = None
        super().on_failed(error)
        self._offer()

    def _rejected(self) -> None:
        row = self._marked()
        if row is not None and row.rejected:
            self.rejected_asked.emit(row)

    def _withdraw(self) -> None:
        row, words, place = self._marked(), self.words.file_withdraw, self._acts.municipality
        if row is None:
            return

        def work(press: Press, it: Session, said: Values, _: str) -> object:
            asked = WithdrawReplicaFile(municipality=place, file_id=row.file_id, reason=said["reason"])
            return self._cases.replica.withdraw(press, it, asked)

        fields = (reason_field(words.reason, self.reasons("delete")),)
        lead = words.lead(row.file_id, f"{row.changed + row.unchanged:,}")
        self.withdraw_asked.emit(FormAsked(lead, fields, work, (words.done, words.done_text)))


class _Sending:
    """A file on its way: its lane asks after each part whether to go on."""

    def __init__(self, came: SignalInstance) -> None:
        self._came = came
        self.goes_on = True
        self.source: ReplicaSource | None = None

    def told(self, state: ReplicaFileState) -> bool:
        """Called on the lane; the signal is queued to the window."""
        self._came.emit(state)
        return self.goes_on


def rejected_screen(kit: Kit) -> ExchangeScreen:
    """Rows of a file that were not registered."""
    words = kit.texts.exchange.rejected
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.line, 100, is_number=True),
            ColumnLook(words.reason, 420),
            ColumnLook(words.text),
        ),
        before=kit.texts.exchange.common.loading,
        deeds=(
            Deed("keep", words.keep, "save", words.keep_key, is_primary=True),
            Deed("more", words.more, "next_part", words.more_key),
        ),
        facts_name=words.facts,
        facts_rows=1,
    )
    return ExchangeScreen(kit, look)


class RejectedFlow(ExchangeFlow):
    """A page at a time; kept as a file with all that was read."""

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs, keep: Keep) -> None:
        super().__init__(kit, screen, acts)
        self._keep_file = keep
        self._file: ReplicaFileState | None = None
        self._rows: tuple[RejectedLine, ...] = ()

    def begin(self, session: Session, file: ReplicaFileState) -> None:
        """Open the first page."""
        self.enter(session)
        self._file, self._rows = file, ()
        self.screen.show_deeds(())
        self._more()

    def end(self) -> None:
        super().end()
        self._file, self._rows = None, ()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"keep": self._keep, "more": self._more}

    def _more(self) -> None:
        file = self._file
        if file is None:
            return
        after = self._rows[-1].line if self._rows else 0
        asked = AskRejectedRows(municipality=self._acts.municipality, file_id=file.file_id, after=after)
        self.read(lambda press, it: self._cases.replica.rejected(press, it, asked), self._on_read)

    def _on_read(self, found: RejectedLines) -> None:
        words, file = self.words.rejected, self._file
        self._rows += found.rows
        lines = [
            LineShown(
                str(one.line),
                (f"{one.line:,}", self.word("rejected_row", one.reason), one.text),
                (FactShown(words.text, one.text),),
            )
            for one in self._rows
        ]
        self.screen.show_lines(lines, words.none)
        if file is not None:
            self.screen.show_lead(words.lead(file.file_id, f"{len(self._rows):,}", f"{file.rejected:,}"))
        self.screen.show_deeds(("keep",) if found.is_last else ("keep", "more"))
        self.screen.to_list()

    def _keep(self) -> None:
        words, file = self.words.rejected, self._file
        if file is None:
            return
        rows = [(str(one.line), self.word("rejected_row", one.reason), one.text) for one in self._rows]
        content = extract_rows((words.line, words.reason, words.text), rows)
        self._keep_file(words.keep, words.file_name(file.file_id), content, partial(self._on_kept), self.on_failed)

    def _on_kept(self, name: str) -> None:
        if name:
            self.screen.banner.show_text("success", self.words.rejected.kept, name)
