"""Parties searched for a business by number, name or kana; restraint marks already in the list."""

from datetime import date

from PySide6.QtCore import Signal

from app.domain.social_rules import SocialRules
from app.services.ports.seat import Session
from app.services.tend_parties import ENTER, SEARCH, TendParties
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.flows.register_filing import day_in
from app.ui.flows.social_words import SocialReader, may
from app.ui.kit import Kit
from app.ui.restrained import show_restrained
from app.ui.screens.deed_table import ColumnShown
from app.ui.screens.register_fields import FieldShown
from app.ui.screens.social_lists import SocialListScreen
from app.wire.social_address import FindParties, Parties


class FindFlow(OfficeFlow[SocialListScreen]):
    """``opened`` carries business and 社会保障宛名番号; ``fresh_asked`` the business."""

    opened = Signal(str, str)
    fresh_asked = Signal(str)

    def __init__(
        self, kit: Kit, screen: SocialListScreen, means: OfficeMeans, case: TendParties, rules: SocialRules
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._reader = case, SocialReader(kit, rules)
        self._values: dict[str, str] = {}
        screen.edited.connect(self._on_edited)
        screen.asked.connect(self._on_asked)
        screen.refresh_asked.connect(self.search)

    def begin(self, session: Session) -> None:
        """Open the search with nothing in it but the business, where there is one only."""
        self.enter(session)
        self._values.clear()
        purposes = self._reader.purposes(session.actor, SEARCH, self.today())
        if len(purposes) == 1:
            self._values["purpose"] = purposes[0][0]
        words = self._kit.texts.social_find
        fields = (
            FieldShown("purpose", words.purpose, "choice", purposes, required=True),
            FieldShown("name", words.name),
            FieldShown("kana", words.kana),
            FieldShown("number", words.number),
            FieldShown("birth", words.birth, "day"),
        )
        self.screen.show_columns((
            ColumnShown(words.mark, 116),
            ColumnShown(words.kind, 110),
            ColumnShown(words.name, is_name=True),
            ColumnShown(words.kana, is_name=True),
            ColumnShown(words.birth, 120),
            ColumnShown(words.state, 130),
            ColumnShown(words.social_number, 216),
        ))
        self.screen.show_form(fields, self._values)
        self.screen.show_lines((), "", words.not_asked)
        self._offer()

    def end(self) -> None:
        super().end()
        self._values.clear()
        show_restrained(self.screen, there=False)

    def search(self) -> None:
        """Look for what is typed."""
        words, values = self._kit.texts.social_find, self._values
        terms = [name for name in ("name", "kana", "number") if values.get(name)]
        missing = {} if values.get("purpose") else {"purpose": words.purpose_missing}
        missing |= {} if terms else {"name": words.terms_missing}
        self.screen.show_missing(missing)
        if missing:
            return
        self.screen.banner.clear()
        self.screen.show_working()
        asked = FindParties(
            purpose=values["purpose"],
            name=values.get("name", ""),
            kana=values.get("kana", ""),
            birth=self._birth(),
            number=values.get("number", ""),
        )
        self.ask(lambda press, it: self._case.find(press, it, asked), self._on_found)

    def again(self, *, done: bool) -> None:
        """Back from a party: what was found is read anew where something was done."""
        if done:
            self.search()

    def _on_found(self, found: Parties) -> None:
        words = self._kit.texts.social_find
        lines = [self._reader.found(one) for one in found.rows]
        self.screen.show_lines(lines, (words.more if found.more else words.count)(len(lines)), words.none)
        show_restrained(self.screen, there=any(one.protected for one in found.rows))
        if lines:
            self.screen.to_lines()

    def _on_asked(self, key: str, deed: str, _why: str, _more: str) -> None:
        purpose = self._values.get("purpose", "")
        if deed == "search":
            self.search()
        elif deed == "open":
            self.opened.emit(purpose, key)
        else:
            self.fresh_asked.emit(purpose)

    def _on_edited(self, name: str, value: str) -> None:
        self._values[name] = value
        if name == "purpose":
            self._offer()

    def _offer(self) -> None:
        purpose = self._values.get("purpose", "")
        enters = self._session is not None and may(self._session.actor, ENTER, purpose, self.today())
        self.screen.show_general(frozenset({"search", "fresh"} if enters else {"search"}))

    def _birth(self) -> date | None:
        return day_in(self._values.get("birth", ""))
