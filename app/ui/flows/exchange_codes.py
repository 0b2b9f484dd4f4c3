"""符号の取得状況 of a person: whether the number is linked and how far the code is, never the code; and 自己情報."""

from collections.abc import Callable, Mapping

from app.services.ports.seat import Session
from app.services.section_enquiries import STATE
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import FactShown
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import MISSING, FieldShown
from app.ui.widgets.chip import Kind
from app.wire.addressee import LinkState
from app.wire.own_information import OwnProvided, OwnProvidedContent, OwnProvidedRow

_CODES: dict[str, Kind] = {"acquired": "success", "none": "quiet"}


def codes_screen(kit: Kit) -> ExchangeScreen:
    """The form above, the state below."""
    words, common = kit.texts.exchange.codes, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        deeds=(Deed("look", common.look, "search", common.look_key, is_primary=True),),
        facts_name=words.facts,
        facts_rows=3,
    )
    return ExchangeScreen(kit, look)


class CodesFlow(ExchangeFlow):
    """Works between ``begin`` and ``end``."""

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        words = self.words.codes
        named = {name for name, _ in self.owners(STATE)}
        tasks = tuple(
            (one.id, one.short_title) for one in self._acts.procedures.values() if one.id in named or "*" in named
        )
        self._values["task"] = tasks[0][0] if tasks else ""
        fields = (
            FieldShown("task", self.words.common.task, "choice", tasks, required=True),
            FieldShown("person", self.words.common.person, required=True),
        )
        self.screen.show_lead(words.lead)
        self.screen.show_form(fields, self._values)

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self.look}

    def look(self) -> None:
        """Ask (again)."""
        number, wrong = self.number("person")
        missing = {"person": wrong} if wrong else {}
        task = self.said("task")
        if not task:
            missing["task"] = MISSING
        self.screen.show_missing(missing)
        if not missing:
            self.read(lambda press, it: self._cases.section.code(press, it, task, number), self._on_read)

    def _on_read(self, found: LinkState) -> None:
        words = self.words.codes
        linked: tuple[str, Kind] = (words.linked, "success") if found.number_linked else (words.not_linked, "warning")
        kind = _CODES.get(found.code_state, "information")
        self.screen.show_facts((
            FactShown(self.words.common.person, found.business_number),
            FactShown(words.number, *linked),
            FactShown(words.code, self.word("code_state", found.code_state), kind),
            FactShown(words.means, self.word("code_means", found.code_state if found.number_linked else "no_number")),
        ))


def own_screen(kit: Kit) -> ExchangeScreen:
    """What a resident was given of their own information."""
    words, common = kit.texts.exchange.own, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.provided, 150),
            ColumnLook(words.information),
            ColumnLook(words.kind, 200),
            ColumnLook(words.asked, 150),
        ),
        before=common.before,
        deeds=(
            Deed("look", common.look, "search", common.look_key, is_primary=True),
            Deed("content", words.content, "preview", words.content_key, question=words.content_question),
        ),
        facts_name=words.facts,
        facts_rows=4,
        list_rows=2,
        opens="content",
    )
    return ExchangeScreen(kit, look)


class OwnFlow(ExchangeFlow):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._rows: tuple[OwnProvidedRow, ...] = ()

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        self.screen.show_form((FieldShown("person", self.words.common.person, required=True),), self._values)
        self.screen.show_deeds(("look",))

    def end(self) -> None:
        super().end()
        self._rows = ()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self.look, "content": self._content}

    def look(self) -> None:
        """Read it (again)."""
        number, wrong = self.number("person")
        self.screen.show_missing({"person": wrong} if wrong else {})
        if not wrong:
            self.read(lambda press, it: self._cases.notify.provided(press, it, number), self._on_read)

    def _on_read(self, found: OwnProvided) -> None:
        words = self.words.own
        self._rows = found.rows
        lines = [
            LineShown(
                one.request_id,
                (
                    self.at(one.provided_at),
                    self.about(one.information, one.tax_year),
                    self.word("answer_kind", one.kind),
                    self.at(one.asked_at),
                ),
            )
            for one in found.rows
        ]
        self.screen.show_lines(lines, words.none)
        self.screen.show_deeds(("look", "content") if lines else ("look",))
        self.screen.to_list()

    def _content(self) -> None:
        if name := self.screen.marked():
            self.read(lambda press, it: self._cases.notify.content(press, it, name), self._on_content)

    def _on_content(self, found: OwnProvidedContent) -> None:
        kind = FactShown(self.words.own.kind, self.word("answer_kind", found.row.kind))
        self.screen.show_facts((kind, *self.items(found.items)))
