"""不開示・自動応答不可: the marks of an owner, of one person or all; set with a reason, lifted by another person."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from app.services.ports.seat import Press, Session
from app.services.release_provisions import FLAG
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_form import FormAsked, Values, reason_field
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import facts_of
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import FieldShown
from app.ui.widgets.table import Cell
from app.wire.provision import AskFlags, FlagRow, Flags, SetFlag


def flags_screen(kit: Kit) -> ExchangeScreen:
    """The form above, the marks below."""
    words, common = kit.texts.exchange.flags, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.state, 130),
            ColumnLook(words.kind, 150),
            ColumnLook(words.information, 200),
            ColumnLook(common.person, 220),
            ColumnLook(words.reason),
            ColumnLook(words.by, 120),
            ColumnLook(words.at, 150),
        ),
        before=common.before,
        deeds=(
            Deed("look", common.look, "search", common.look_key, is_primary=True),
            Deed("fresh", words.fresh, "next_visit", words.fresh_key),
            Deed("clear", words.clear, "return_case", words.clear_key),
        ),
        facts_name=words.facts,
        facts_rows=2,
    )
    return ExchangeScreen(kit, look)


class FlagsFlow(ExchangeFlow):
    """``set_asked`` and ``clear_asked`` carry a ``FormAsked``."""

    set_asked = Signal(object)
    clear_asked = Signal(object)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._rows: tuple[FlagRow, ...] = ()
        screen.selected.connect(lambda _: self._offer())

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        words, common, owners = self.words.flags, self.words.common, self.owners(FLAG)
        self._values.update({"owner": owners[0][0] if owners else "", "cleared": "no"})
        fields = (
            FieldShown("owner", common.owner, "choice", owners, required=True),
            FieldShown("person", common.person, support=words.person_support),
            FieldShown("cleared", words.also_cleared, "yes_no"),
        )
        self.screen.show_form(fields, self._values)
        self._offer()
        if owners:
            self.look()

    def end(self) -> None:
        super().end()
        self._rows = ()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self.look, "fresh": self._fresh, "clear": self._clear}

    def look(self) -> None:
        """Read the marks (again)."""
        number, wrong = self.number("person") if self.said("person") else ("", "")
        self.screen.show_missing({"person": wrong} if wrong else {})
        if wrong:
            return
        asked = AskFlags(owner=self.said("owner"), person=number, also_cleared=self.said("cleared") == "yes")
        self.read(lambda press, it: self._cases.releases.flags(press, it, asked), self._on_read)

    def _on_read(self, found: Flags) -> None:
        words = self.words.flags
        self._rows = found.rows
        self.screen.show_lines([self._line(one) for one in found.rows], words.none)
        self._offer()

    def _line(self, row: FlagRow) -> LineShown:
        words, common = self.words.flags, self.words.common
        lifted = words.lifted(row.cleared_by, self.at(row.cleared_at)) if not row.is_set else ""
        why = self.word("provision_reason", row.cleared_reason) if row.cleared_reason else ""
        cells = (
            Cell(words.is_set, "warning") if row.is_set else Cell(words.is_cleared, "quiet"),
            self.word("flag_kind", row.kind),
            row.information or words.all_information,
            row.person or common.everybody,
            self.word("provision_reason", row.reason),
            row.set_by,
            self.at(row.set_at),
        )
        who = "" if row.may or not row.is_set else words.not_mine
        return LineShown(row.flag_id, cells, facts_of((words.cleared, lifted), (words.why, why), (words.clear, who)))

    def _marked(self) -> FlagRow | None:
        return next((one for one in self._rows if one.flag_id == self.screen.marked()), None)

    def _offer(self) -> None:
        row = self._marked()
        self.screen.show_deeds(("look", "fresh", "clear") if row is not None and row.may else ("look", "fresh"))

    def _fresh(self) -> None:
        words, common, owner = self.words.flag_set, self.words.common, self.said("owner")

        def faults(values: Values) -> dict[str, str]:
            if not values["information"] and not values["person"]:
                return {"information": words.on_nothing}
            wrong = self._wrong(values["person"])
            return {"person": wrong} if wrong else {}

        def work(press: Press, it: Session, values: Values, _: str) -> object:
            asked = SetFlag(
                owner=owner,
                kind=values["kind"],
                information=values["information"],
                person=values["person"].rjust(15, "0") if values["person"] else "",
                reason=values["reason"],
            )
            return self._cases.releases.set_flag(press, it, asked)

        fields = (
            FieldShown("kind", words.kind, "choice", self.options("flag_kind"), required=True),
            FieldShown("information", words.information, "choice", self.informations(owner), words.information_support),
            FieldShown("person", common.person, support=words.person_support),
            reason_field(words.reason, self.reasons("flag")),
        )
        told = (words.done, words.done_text)
        lead = words.lead(self._acts.owner(owner))
        values = {"person": self.said("person"), "kind": "no_auto_answer"}
        self.set_asked.emit(FormAsked(lead, fields, work, told, values, faults))

    def _wrong(self, typed: str) -> str:
        sound = typed.isascii() and typed.isdigit() and len(typed) <= 15  # noqa: PLR2004 -- digits of a 宛名番号
        return "" if sound or not typed else self.words.common.number_wrong

    def _clear(self) -> None:
        row, words = self._marked(), self.words.flag_clear
        if row is None:
            return

        def work(press: Press, it: Session, values: Values, _: str) -> object:
            return self._cases.releases.clear_flag(press, it, row, values["reason"])

        about = row.information or self.words.flags.all_information
        lead = words.lead(self.word("flag_kind", row.kind), about, row.person or self.words.common.everybody)
        fields = (reason_field(words.reason, self.reasons("clear")),)
        self.clear_asked.emit(FormAsked(lead, fields, work, (words.done, words.done_text)))
