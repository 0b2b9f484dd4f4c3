"""ファイルの変換: a file of a business system in another layout; each step that lost something is told, none silent."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from app.services.extract_file import extract_rows
from app.services.ports.seat import Press, Session
from app.ui.flows.exchange_bulk import loss_line
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_keep import Choose, Keep, read_chosen
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import MISSING, FieldShown
from app.wire.relay_bulk import Converted, ConvertFile

CONVERT = "exchange.convert"


def convert_screen(kit: Kit) -> ExchangeScreen:
    """The form above, what was lost below."""
    words = kit.texts.exchange.convert
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.row, 110, is_number=True),
            ColumnLook(words.field, 210),
            ColumnLook(words.loss, 330),
            ColumnLook(words.what, 240),
            ColumnLook(words.became),
        ),
        before=words.before,
        deeds=(
            Deed("convert", words.convert, "commit", words.convert_key, is_primary=True),
            Deed("keep", words.keep, "save", words.keep_key),
            Deed("keep_losses", words.keep_losses, "copy", words.keep_losses_key),
        ),
        form_columns=2,
    )
    return ExchangeScreen(kit, look)


class ConvertFlow(ExchangeFlow):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs, files: tuple[Choose, Keep]) -> None:
        super().__init__(kit, screen, acts)
        self._choose, self._keep_file = files
        self._found: Converted | None = None
        self._lines: tuple[LineShown, ...] = ()
        self._name = ""

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        words, options = self.words.convert, tuple((one.id, one.title) for one in self._acts.layouts)
        fields = (
            FieldShown("source", words.source, "choice", options, required=True),
            FieldShown("target", words.target, "choice", options, words.target_support, required=True),
        )
        self.screen.show_form(fields, self._values)
        self.screen.show_deeds(("convert",))

    def end(self) -> None:
        super().end()
        self._found, self._lines, self._name = None, (), ""

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"convert": self._convert, "keep": self._keep, "keep_losses": self._keep_losses}

    def _convert(self) -> None:
        words, _common = self.words.convert, self.words.common
        missing = {one: MISSING for one in ("source", "target") if not self.said(one)}
        uses = {one.id: one.use for one in self._acts.layouts}
        if not missing and uses[self.said("source")] != uses[self.said("target")]:
            missing["target"] = words.other_use
        self.screen.show_missing(missing)
        path = None if missing else self._choose(words.convert)
        if path is None:
            return
        source, target, self._name = self.said("source"), self.said("target"), path.name
        self.read(partial(self._sent, path, source, target), self._on_read)

    def _sent(self, path: Path, source: str, target: str, press: Press, it: Session) -> Converted:
        asked = ConvertFile(source=source, target=target, body=read_chosen(path))
        return self._cases.files.convert(press, it, asked)

    def _on_read(self, found: Converted) -> None:
        words = self.words.convert
        self._found = found
        faults = [self._fault(at, one) for at, one in enumerate(found.faults)]
        self._lines = (*faults, *(loss_line(self, at, one) for at, one in enumerate(found.losses)))
        self.screen.show_lines(self._lines, words.none)
        self.screen.show_lead(words.lead(f"{found.rows:,}", f"{found.lossy:,}", f"{len(found.faults):,}"))
        self.screen.show_deeds(("convert", "keep", "keep_losses") if self._lines else ("convert", "keep"))
        if found.faults:
            self.screen.banner.show_text("error", words.faulty, words.faulty_text)
        elif found.lossy:
            self.screen.banner.show_text("warning", words.lossy, words.lossy_text)
        else:
            self.screen.banner.show_text("success", words.whole, words.whole_text)

    def _fault(self, at: int, fault: str) -> LineShown:
        row, _, kind = fault.partition(":")
        common = self.words.common
        return LineShown(f"fault-{at}", (row, common.none, self.word("row_fault", kind), common.none, common.none))

    def _keep(self) -> None:
        found, words = self._found, self.words.convert
        if found is not None:
            self._keep_file(words.keep, words.file_name(self._name), found.body, self._on_kept, self.on_failed)

    def _keep_losses(self) -> None:
        words = self.words.convert
        head = (words.row, words.field, words.loss, words.what, words.became)
        content = extract_rows(head, [tuple(map(str, one.cells)) for one in self._lines])
        self._keep_file(words.keep_losses, words.losses_name(self._name), content, self._on_kept, self.on_failed)

    def _on_kept(self, name: str) -> None:
        if name:
            self.screen.banner.show_text("success", self.words.convert.kept, name)
