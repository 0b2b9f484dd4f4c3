"""名寄せ: parties found alike, merging and its undoing asked for by one person and decided by another."""

from functools import partial

from app.domain.social_rules import SocialRules
from app.services.ports.seat import Session
from app.services.tend_social import DECIDE, MERGE, TendSocial
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.flows.social_words import SocialReader, may, when
from app.ui.kit import Kit
from app.ui.screens.deed_table import ColumnShown, DeedLine
from app.ui.screens.register_fields import FieldShown
from app.ui.screens.social_lists import SocialListScreen
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.social_address_merge import DecideMerge, MergeRow, Merges, ProposeMerge

_STATE: dict[str, Kind] = {"alike": "information", "proposed": "warning", "undoing": "warning", "merged": "success"}
_YES = "yes"
_DEEDS = {"propose": ("propose",), "undo": ("undo",), "decide": ("approve", "turn_down"), "turn_down": ("turn_down",)}


class MergesFlow(OfficeFlow[SocialListScreen]):
    """Works between ``begin`` and ``end``."""

    def __init__(
        self, kit: Kit, screen: SocialListScreen, means: OfficeMeans, case: TendSocial, rules: SocialRules
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._reader = case, SocialReader(kit, rules)
        self._values: dict[str, str] = {}
        self._rows: dict[str, MergeRow] = {}
        screen.edited.connect(self._on_edited)
        screen.asked.connect(self._on_asked)
        screen.refresh_asked.connect(self.look)

    def begin(self, session: Session) -> None:
        """Open the list of the first business of this person."""
        self.enter(session)
        self._values.clear()
        words, day = self._kit.texts.social_merges, self.today()
        purposes = self._reader.purposes(session.actor, MERGE, day)
        self._values.update({"purpose": purposes[0][0] if purposes else "", "decided": "no"})
        fields = (
            FieldShown("purpose", words.purpose, "choice", purposes, required=True),
            FieldShown("decided", words.decided, "yes_no"),
        )
        self.screen.show_columns((
            ColumnShown(words.state, 150),
            ColumnShown(words.party, is_name=True),
            ColumnShown(words.into, is_name=True),
            ColumnShown(words.signs, 260),
            ColumnShown(words.last, 210),
        ))
        self.screen.show_form(fields, self._values)
        self.look()

    def end(self) -> None:
        super().end()
        self._values.clear()
        self._rows.clear()

    def look(self) -> None:
        """Read it (again)."""
        purpose, decided = self._values.get("purpose", ""), self._values.get("decided") == _YES
        if purpose:
            self.screen.show_working()
            self.ask(lambda press, it: self._case.merges(press, it, purpose, decided=decided), self._on_rows)

    def _on_rows(self, found: Merges) -> None:
        words = self._kit.texts.social_merges
        self._rows.clear()
        self._rows.update({one.merge_id: one for one in found.rows})
        lines = [self._line(one) for one in found.rows]
        self.screen.show_lines(lines, (words.more if found.more else words.count)(len(lines)), words.none)

    def _line(self, one: MergeRow) -> DeedLine:
        words, word = self._kit.texts.social_merges, self._kit.messages.word
        last = one.steps[-1] if one.steps else None
        said = [words.step(word("merge_state", step.state), step.by, when(step.at), step.reason) for step in one.steps]
        return DeedLine(
            key=one.merge_id,
            cells=(
                Cell(word("merge_state", one.state), _STATE.get(one.state, "quiet")),
                words.named(one.party_name, one.party),
                words.named(one.into_name, one.into),
                self._kit.texts.office.between.join(word("merge_sign", sign) for sign in one.signs),
                "" if last is None else f"{when(last.at)} {last.by}",
            ),
            note=self._kit.texts.office.between.join(said),
            deeds=frozenset(deed for one_may in one.may for deed in _DEEDS.get(one_may, ())) & self._allowed(),
        )

    def _allowed(self) -> frozenset[str]:
        if self._session is None:
            return frozenset()
        actor, purpose, day = self._session.actor, self._values.get("purpose", ""), self.today()
        asks = {"propose", "undo"} if may(actor, MERGE, purpose, day) else set()
        decides = {"approve", "turn_down"} if may(actor, DECIDE, purpose, day) else set()
        return frozenset(asks | decides)

    def _on_asked(self, key: str, deed: str, why: str, _: str) -> None:
        row, purpose = self._rows.get(key), self._values.get("purpose", "")
        if row is None:
            return
        self.screen.show_working()
        done = partial(self._on_done, deed)
        if deed in {"approve", "turn_down"}:
            outcome = "approved" if deed == "approve" else "turned_down"
            decided = DecideMerge(purpose=purpose, merge_id=key, version=row.version, outcome=outcome, reason=why)
            self.ask(lambda press, it: self._case.decide(press, it, decided), done)
        else:
            asked = ProposeMerge(purpose=purpose, party=row.party, into=row.into, reason=why, undo=deed == "undo")
            self.ask(lambda press, it: self._case.propose(press, it, asked), done)

    def _on_done(self, deed: str, row: MergeRow) -> None:
        words, purpose = self._kit.texts.social_merges, self._values.get("purpose", "")
        decided = self._values.get("decided") == _YES
        state = self._kit.messages.word("merge_state", row.state)
        text = words.waits if deed in {"propose", "undo"} else ""

        def shown(found: Merges) -> None:
            self._on_rows(found)
            self.screen.banner.show_text("success", words.done(state), text)

        self.ask(lambda press, it: self._case.merges(press, it, purpose, decided=decided), shown)

    def _on_edited(self, name: str, value: str) -> None:
        self._values[name] = value
        self.look()
