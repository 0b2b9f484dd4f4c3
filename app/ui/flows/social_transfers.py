"""課税情報の連携: what was passed on to systems of a business, what stopped, sent again from a number on."""

from collections.abc import Callable
from functools import partial

from app.domain.social_rules import SocialRules
from app.services.ports.seat import Session
from app.services.tend_social import TEND, TendSocial
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.flows.social_words import SocialReader, when
from app.ui.kit import Kit
from app.ui.screens.deed_table import ColumnShown, DeedLine
from app.ui.screens.register_fields import FieldShown
from app.ui.screens.social_lists import SocialListScreen
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.social_address_tax import SendAgain, TransferRow, TransferRows

_STATE: dict[str, Kind] = {"delivered": "success", "waiting": "information", "stopped": "error"}
_YES = "yes"


class TransfersFlow(OfficeFlow[SocialListScreen]):
    """Works between ``begin`` and ``end``."""

    def __init__(
        self, kit: Kit, screen: SocialListScreen, means: OfficeMeans, case: TendSocial, rules: SocialRules
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._reader = case, SocialReader(kit, rules)
        self._values: dict[str, str] = {}
        self._rows: dict[str, TransferRow] = {}
        screen.edited.connect(self._on_edited)
        screen.asked.connect(self._on_asked)
        screen.refresh_asked.connect(self.look)

    def begin(self, session: Session) -> None:
        """Open the list of the first business of this person."""
        self.enter(session)
        self._values.clear()
        words = self._kit.texts.social_transfers
        purposes = self._reader.purposes(session.actor, TEND, self.today())
        self._values.update({"purpose": purposes[0][0] if purposes else "", "stopped": "no"})
        fields = (
            FieldShown("purpose", words.purpose, "choice", purposes, required=True),
            FieldShown("stopped", words.stopped, "yes_no"),
        )
        self.screen.show_columns((
            ColumnShown(words.state, 140),
            ColumnShown(words.system),
            ColumnShown(words.sequence, 100),
            ColumnShown(words.social_number, 216),
            ColumnShown(words.year, 128),
            ColumnShown(words.occasion, 130),
            ColumnShown(words.made_at, 170),
        ))
        self.screen.show_form(fields, self._values)
        self.look()

    def end(self) -> None:
        super().end()
        self._values.clear()
        self._rows.clear()

    def look(self) -> None:
        """Read it (again)."""
        self._read(self._on_rows)

    def _read(self, done: Callable[[TransferRows], None]) -> None:
        purpose, stopped = self._values.get("purpose", ""), self._values.get("stopped") == _YES
        if purpose:
            self.screen.show_working()
            self.ask(lambda press, it: self._case.transfers(press, it, purpose, stopped=stopped), done)

    def _on_rows(self, found: TransferRows) -> None:
        words = self._kit.texts.social_transfers
        self._rows.clear()
        self._rows.update({f"{one.system}/{one.sequence}/{one.social_number}": one for one in found.rows})
        lines = [self._line(key, one) for key, one in self._rows.items()]
        self.screen.show_lines(lines, (words.more if found.more else words.count)(len(lines)), words.none)

    def _line(self, key: str, one: TransferRow) -> DeedLine:
        words, word = self._kit.texts.social_transfers, self._kit.messages.word
        items = self._kit.texts.office.between.join(word("tax_item", name) for name in one.item_names)
        is_link = not one.sequence
        return DeedLine(
            key=key,
            cells=(
                Cell(word("transfer_state", one.state), _STATE.get(one.state, "quiet")),
                words.linking if is_link else one.title,
                "" if is_link else str(one.sequence),
                one.social_number,
                "" if is_link else words.fiscal_year(one.fiscal_year),
                word("transfer_cause", one.occasion),
                when(one.made_at),
            ),
            note=words.why_stopped(self._kit.messages.refusal(one.cause)) if one.cause else words.items(items),
            deeds=frozenset() if is_link else frozenset({"again"}),
        )

    def _on_asked(self, key: str, _deed: str, _why: str, _more: str) -> None:
        row = self._rows.get(key)
        if row is not None:
            purpose = self._values.get("purpose", "")
            asked = SendAgain(purpose=purpose, system=row.system, from_sequence=row.sequence)
            self.screen.show_working()
            self.ask(lambda press, it: self._case.again(press, it, asked), partial(self._on_again, row))

    def _on_again(self, row: TransferRow, _: None) -> None:
        words = self._kit.texts.social_transfers

        def shown(found: TransferRows) -> None:
            self._on_rows(found)
            self.screen.banner.show_text("success", words.done(row.title, row.sequence), words.done_text)

        self._read(shown)

    def _on_edited(self, name: str, value: str) -> None:
        self._values[name] = value
        self.look()
