"""The till as text to show: amounts, entries, sums, closings."""

from app.domain.clock import TOKYO
from app.domain.era import wareki_short
from app.ui.flows.book_words import moment
from app.ui.kit import Kit
from app.ui.screens.fees_closing import ClosingLine, SumLine
from app.ui.screens.fees_till import AGREE, CORRECT, REFUSE, VOID, FeeLineShown
from app.ui.widgets.chip import Kind
from app.wire.desk_fees import ClosingRow, FeeRow, SumRow, Till

_STATES: dict[str, Kind] = {"taken": "success", "void_asked": "warning", "void": "quiet"}
_ACTS = {"void": (VOID,), "decide_void": (AGREE, REFUSE), "correct": (CORRECT,)}


class TillReader:
    """Makes words of a till."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def money(self, yen: int) -> str:
        """An amount."""
        return self._kit.texts.fees_till.money(f"{yen:,}")

    def title(self, till: Till, kind: str) -> str:
        """How a kind of fee is called."""
        return till.titles.get(kind, kind)

    def rows(self, till: Till) -> tuple[FeeLineShown, ...]:
        """Entries, the latest first."""
        return tuple(self._row(till, one) for one in till.rows)

    def sums(self, till: Till) -> tuple[SumLine, ...]:
        """By kind."""
        return tuple(self._sum(till, one) for one in till.sums)

    def closings(self, till: Till) -> tuple[ClosingLine, ...]:
        """The closings there were."""
        return tuple(self._closing(one) for one in till.closings)

    def price(self, till: Till, kind: str) -> str:
        """What one costs."""
        known = next((one for one in till.kinds if one.kind == kind), None)
        if known is None:
            return ""
        words, yen = self._kit.texts.fees_till, self.money(known.yen)
        return words.price_assumed(yen) if known.assumed else words.price(yen)

    def _row(self, till: Till, one: FeeRow) -> FeeLineShown:
        words = self._kit.texts.fees_till
        grounds = {name: title for kind in till.kinds for name, title in kind.exemptions}
        ground = words.correcting if one.corrects else grounds.get(one.exemption, one.exemption)
        return FeeLineShown(
            fee_id=one.fee_id,
            at=f"{one.taken_at.astimezone(TOKYO):%H:%M}",
            number=one.number,
            kind=self.title(till, one.kind),
            yen=self.money(one.yen),
            ground=ground,
            about=one.about,
            by=one.taken_name or words.certificate,
            state=self._kit.messages.word("fee_state", one.state),
            mark=_STATES.get(one.state, "quiet"),
            may=tuple(act for name in one.may for act in _ACTS[name]),
        )

    def _sum(self, till: Till, one: SumRow) -> SumLine:
        return SumLine(self.title(till, one.kind), f"{one.count:,}", f"{one.free:,}", self.money(one.yen))

    def _closing(self, one: ClosingRow) -> ClosingLine:
        words = self._kit.texts.fees_closing
        return ClosingLine(
            position=one.position,
            version=one.version,
            day=f"{wareki_short(one.day)}　{moment(one.through)[-5:]}",
            total=self.money(one.total),
            counted=self.money(one.counted),
            difference=self.money(one.counted - one.total),
            first=one.signed_name,
            second=one.second_name,
            state=words.closed if one.second_name else words.waits,
            kind="success" if one.second_name else "warning",
            may=one.may,
        )
