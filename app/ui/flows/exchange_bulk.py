"""一括照会 by file: sent in parts, its rows counted by state, an outcome for each row kept as a file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal

from app.domain.conversion.layout import Layout
from app.errors import AppError
from app.services.bulk_parts import joined, parts_of
from app.services.ports.seat import Press, Session
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_keep import Choose, Keep, read_chosen
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import FactShown
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import MISSING, FieldShown
from app.ui.widgets.chip import Kind
from app.wire.relay_bulk import BulkState, BulkTaken, HandInBulk, LossMark

BULK = "enquiry.bulk"
_STATES: dict[str, Kind] = {"taken": "warning", "running": "information", "done": "success"}
_ID = 40


def bulk_screen(kit: Kit) -> ExchangeScreen:
    """The form above, how a file stands below."""
    words = kit.texts.exchange.bulk
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.row, 90, is_number=True),
            ColumnLook(words.field, 200),
            ColumnLook(words.loss, 330),
            ColumnLook(words.what, 230),
            ColumnLook(words.became),
        ),
        before=words.before,
        deeds=(
            Deed("send", words.send, "next_visit", words.send_key, is_primary=True),
            Deed("state", words.state, "search", words.state_key),
            Deed("keep", words.keep, "save", words.keep_key, question=words.keep_question),
        ),
        facts_name=words.facts,
        facts_rows=4,
        list_rows=2,
    )
    return ExchangeScreen(kit, look)


class BulkFlow(ExchangeFlow):
    """``keep`` and ``choose`` know dialogs and disks."""

    _came = Signal(int, int)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs, files: tuple[Choose, Keep]) -> None:
        super().__init__(kit, screen, acts)
        self._choose, self._keep_file = files
        self._state: BulkState | None = None
        self._came.connect(self._on_came)

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        words, tasks = self.words.bulk, self.owners(BULK)
        layouts, outcomes = self._layouts("enquiries"), self._layouts("outcomes")
        self._values |= {
            "task": tasks[0][0] if tasks else "",
            "layout": layouts[0][0] if layouts else "",
            "outcomes": outcomes[0][0] if outcomes else "",
            "file": f"{self.today():%Y%m%d}-1",
        }
        fields = (
            FieldShown("task", self.words.common.task, "choice", tasks, required=True),
            FieldShown("file", words.file, support=words.file_support, required=True),
            FieldShown("layout", words.layout, "choice", layouts, required=True),
            FieldShown("outcomes", words.outcomes, "choice", outcomes, required=True),
        )
        self.screen.show_form(fields, self._values)
        self.screen.show_deeds(("send", "state"))

    def end(self) -> None:
        super().end()
        self._state = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"send": self._send, "state": self.look, "keep": self._keep}

    def look(self) -> None:
        """How the file stands."""
        name = self.said("file")
        if not name:
            self.screen.show_missing({"file": MISSING})
            return
        self.read(lambda press, it: self._cases.files.state(press, it, name), self._on_state)

    def _layouts(self, use: str) -> tuple[tuple[str, str], ...]:
        return tuple((one.id, one.title) for one in self._acts.layouts if one.use == use)

    def _layout(self, name: str) -> Layout | None:
        return next((one for one in self._acts.layouts if one.id == self.said(name)), None)

    def _send(self) -> None:
        words, layout = self.words.bulk, self._layout("layout")
        missing = {one: MISSING for one in ("task", "file", "layout", "outcomes") if not self.said(one)}
        if len(self.said("file")) > _ID:
            missing["file"] = words.file_long
        self.screen.show_missing(missing)
        if missing or layout is None:
            return
        path = self._choose(words.send)
        if path is None:
            return
        values = {name: self.said(name) for name in ("task", "file", "layout", "outcomes")}
        self.write(lambda press, it: self._sent(press, it, path, (layout, values)), self._on_sent)

    def _sent(
        self, press: Press, it: Session, path: Path, what: tuple[Layout, dict[str, str]]
    ) -> tuple[list[BulkTaken], BulkState]:
        """Runs on the lane. What was sent before it broke off is known again by its content."""
        layout, values = what
        parts = list(parts_of(layout, read_chosen(path)))
        taken: list[BulkTaken] = []
        for number, body in enumerate(parts, 1):
            part = HandInBulk(
                batch_id=values["file"],
                procedure=values["task"],
                layout=values["layout"],
                outcomes=values["outcomes"],
                part=number,
                is_last=number == len(parts),
                body=body,
            )
            own = Press(trace=press.trace, key=f"{press.key}-{number}", at=press.at)
            taken.append(self._cases.files.hand_in(own, it, part))
            self._came.emit(number, len(parts))
        return taken, self._cases.files.state(press, it, values["file"])

    def _on_came(self, number: int, count: int) -> None:
        if self._session is not None:
            words = self.words.bulk
            self.screen.banner.show_text("information", words.sending(number, count), words.sending_text)

    def _on_sent(self, found: tuple[list[BulkTaken], BulkState]) -> None:
        words, (taken, state) = self.words.bulk, found
        self._on_state(state)
        losses = [one for part in taken for one in part.losses]
        lossy, rejected = sum(one.lossy for one in taken), sum(one.rejected for one in taken)
        self.screen.show_lines([loss_line(self, at, one) for at, one in enumerate(losses)], words.no_losses)
        rows = sum(one.rows for one in taken)
        if rejected or lossy:
            self.screen.banner.show_text("warning", words.sent_some, words.sent_some_text(rows, rejected, lossy))
        else:
            self.screen.banner.show_text("success", words.sent, words.sent_text(rows))

    def _on_state(self, state: BulkState) -> None:
        self._state = state
        words = self.words.bulk
        counts = [
            FactShown(self.word("bulk_row_state", name), words.rows_of(count))
            for name, count in sorted(state.counts.items())
        ]
        kind = _STATES.get(state.state, "quiet")
        self.screen.show_facts((
            FactShown(words.stands, self.word("bulk_state", state.state), kind),
            FactShown(words.rows, words.rows_of(state.rows)),
            *counts,
            FactShown(words.changed, self.at(state.changed_at)),
        ))
        self.screen.show_deeds(("send", "state", "keep") if state.state != "taken" else ("send", "state"))

    def _keep(self) -> None:
        state, layout, words = self._state, self._layout("outcomes"), self.words.bulk
        if state is None or layout is None:
            return

        def work(press: Press, it: Session) -> bytes:
            parts = self._cases.files.outcomes(press, it, state.batch_id)
            return joined(layout, (one.body for one in parts))

        def keep(content: bytes) -> None:
            self._keep_file(words.keep, words.file_name(state.batch_id), content, self._on_kept, self.on_failed)

        self.read(work, keep)

    def _on_kept(self, name: str) -> None:
        if name:
            self.screen.banner.show_text("success", self.words.bulk.kept, name)

    def on_failed(self, error: AppError) -> None:
        super().on_failed(error)
        self.screen.show_deeds(("send", "state"))


def loss_line(flow: ExchangeFlow, at: int, loss: LossMark) -> LineShown:
    """One step that lost something: where, what happened, from what to what."""
    common = flow.words.common
    row = f"{loss.row:,}" if loss.row else common.whole_file
    cells = (
        row,
        flow.word("layout_item", loss.field) if loss.field else common.none,
        flow.word("loss", loss.kind),
        loss.what or common.none,
        loss.became or common.none,
    )
    return LineShown(str(at), cells)
