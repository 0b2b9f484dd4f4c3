"""手数料と日締め before who takes money and who counts it."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from app.domain.era import wareki_short
from app.services.keep_till import CLOSE, KeepTill
from app.services.ports.book import FeeChange
from app.services.ports.seat import Press, Session
from app.ui.flows.case_form import Asking, Change
from app.ui.flows.fees_words import TillReader
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.kit import Kit
from app.ui.screens.case_form import CaseAnswer, CaseAsk
from app.ui.screens.fees_closing import FeesClosingScreen
from app.ui.screens.fees_till import AGREE, CORRECT, REFUSE, VOID, FeesTillScreen, FeeToTake
from app.wire.desk_fees import (
    CloseTill,
    CorrectEntry,
    DecideVoid,
    FeeDone,
    FeeRow,
    SignClosing,
    TakeFee,
    Till,
    VoidFee,
)

NOW = -1


class TillFlow(OfficeFlow[FeesTillScreen]):
    """``form_asked`` carries an ``Asking``; ``closing_asked``: the daily closing is wanted."""

    form_asked = Signal(object)
    closing_asked = Signal()

    def __init__(self, kit: Kit, means: OfficeMeans, case: KeepTill) -> None:
        super().__init__(kit, FeesTillScreen(kit), means)
        self._case, self._reader = case, TillReader(kit)
        self._till: Till | None = None
        self._position = NOW
        self._sent: tuple[FeeToTake, Press, str] | None = None
        self.screen.refresh_asked.connect(self.again)
        self.screen.kind_chosen.connect(self._on_kind)
        self.screen.take_asked.connect(self._on_take)
        self.screen.act_asked.connect(self._on_act)
        self.screen.closing_asked.connect(self.closing_asked)

    def begin(self, session: Session, position: int = NOW) -> None:
        """Open the till, or an earlier closing."""
        self.enter(session)
        self._till, self._position, self._sent = None, position, None
        self.again()

    def end(self) -> None:
        super().end()
        self._till = self._sent = None

    def again(self, *, done: bool = False) -> None:
        """Read it anew."""
        del done
        position = self._position
        self.ask(lambda press, session: self._case.till(press, session, position), self._on_till)

    def _on_till(self, till: Till) -> None:
        words, is_first = self._kit.texts.fees_till, self._till is None
        self._till = till
        total, lead = self._reader.money(till.total), words.lead
        past = next((one for one in till.closings if one.position == self._position), None)
        if is_first:
            self.screen.show_kinds(tuple((one.kind, one.title) for one in till.kinds))
        note = "" if till.register or past is not None else words.no_register
        said = lead(total) if past is None else words.lead_past(wareki_short(past.day), total)
        self.screen.show_till(self._reader.rows(till), said, note, takes=past is None)

    def _on_kind(self, kind: str) -> None:
        till = self._till
        known = None if till is None else next((one for one in till.kinds if one.kind == kind), None)
        if till is not None:
            self.screen.show_kind(self._reader.price(till, kind), known.exemptions if known else ())

    def _on_take(self, wanted: FeeToTake) -> None:
        before = self._sent
        if before is None or before[0] != wanted:
            self._sent = (wanted, self._means.press(), self._means.new_id())
        if self._sent is None:
            return
        _, press, name = self._sent
        asked = TakeFee(
            fee_id=name, kind=wanted.kind, count=wanted.count, exemption=wanted.exemption, about=wanted.about
        )
        self.screen.show_working()
        self.ask(lambda at, session: self._case.change(at, session, asked), self._on_taken, press)

    def _on_taken(self, done: FeeDone) -> None:
        taken, words, till = self._sent, self._kit.texts.fees_till, self._till
        self._sent = None
        kind = "" if taken is None or till is None else self._reader.title(till, taken[0].kind)
        self.screen.clear_form()
        self.again()
        said = words.taken_text(kind, self._reader.money(done.yen))
        self.screen.banner.show_text("success", words.taken_title(done.number), said)

    def _on_act(self, fee_id: str, act: str) -> None:
        till = self._till
        row = None if till is None else next((one for one in till.rows if one.fee_id == fee_id), None)
        if till is None or row is None:
            return
        if act in {AGREE, REFUSE}:
            self._decide(row, agreed=act == AGREE)
        elif act in {VOID, CORRECT}:
            asks = TillAsks(self._kit, self._reader, till, self._case.change)
            self.form_asked.emit(asks.void(row) if act == VOID else asks.correct(row, self._means.new_id()))

    def _decide(self, row: FeeRow, *, agreed: bool) -> None:
        words = self._kit.texts.fees_till
        asked = DecideVoid(fee_id=row.fee_id, version=row.version, agreed=agreed)
        said = (words.agreed_title, words.agreed_text) if agreed else (words.refused_title, words.refused_text)

        def done(_: FeeDone) -> None:
            self.again()
            self.screen.banner.show_text("success", *said)

        self.screen.show_working()
        self.ask(lambda press, session: self._case.change(press, session, asked), done)


class ClosingFlow(OfficeFlow[FeesClosingScreen]):
    """``form_asked`` carries an ``Asking``; ``look_asked`` a closing's position."""

    form_asked = Signal(object)
    look_asked = Signal(int)

    def __init__(self, kit: Kit, means: OfficeMeans, case: KeepTill) -> None:
        super().__init__(kit, FeesClosingScreen(kit), means)
        self._case, self._reader = case, TillReader(kit)
        self._till: Till | None = None
        self.screen.refresh_asked.connect(self.again)
        self.screen.count_asked.connect(self._on_count)
        self.screen.sign_asked.connect(lambda position, version: self._sign(position, version, take_back=False))
        self.screen.take_back_asked.connect(lambda position, version: self._sign(position, version, take_back=True))
        self.screen.look_asked.connect(self.look_asked)

    def begin(self, session: Session) -> None:
        """Open the closing."""
        self.enter(session)
        self._till = None
        self.again()

    def end(self) -> None:
        super().end()
        self._till = None

    def again(self, *, done: bool = False) -> None:
        """Read it anew."""
        del done
        self.ask(self._case.till, self._on_till)

    def _on_till(self, till: Till) -> None:
        self._till = till
        words = self._kit.texts.fees_closing
        waits = bool(till.closings) and not till.closings[0].second_name
        may = self.may(CLOSE) and not waits and till.register and bool(till.rows)
        note = words.waiting_note if waits else "" if till.register else self._kit.texts.fees_till.no_register
        total = words.sum(self._reader.money(till.total))
        self.screen.show_past(self._reader.closings(till))
        self.screen.show_sums(self._reader.sums(till), total, note, may_count=may)

    def _on_count(self) -> None:
        if self._till is not None:
            asks = TillAsks(self._kit, self._reader, self._till, self._case.close)
            self.form_asked.emit(asks.count())

    def _sign(self, position: int, version: int, *, take_back: bool) -> None:
        words = self._kit.texts.fees_closing
        asked = SignClosing(position=position, version=version, take_back=take_back)
        said = (words.again_title, words.again_text) if take_back else (words.signed_title, words.signed_text)

        def done(_: object) -> None:
            self.again()
            self.screen.banner.show_text("success", *said)

        self.screen.show_working()
        self.ask(lambda press, session: self._case.close(press, session, asked), done)


class TillAsks:
    """What the forms of a till ask for."""

    def __init__(self, kit: Kit, reader: TillReader, till: Till, send: Callable[..., object]) -> None:
        self._words, self._reader, self._till, self._send = kit.texts.till_form, reader, till, send

    def void(self, row: FeeRow) -> Asking:
        """Why an entry is to be void."""
        words = self._words
        lead = words.void_lead(self._reader.title(self._till, row.kind), self._reader.money(row.yen))
        ask = CaseAsk(words.void_heading(row.number), lead, words.void_do, note=words.void_note, needs_note=True)

        def change(answer: CaseAnswer) -> FeeChange:
            return VoidFee(fee_id=row.fee_id, version=row.version, reason=answer.note)

        return Asking(ask, change, self._send, (words.voided_title, words.voided_text))

    def correct(self, row: FeeRow, name: str) -> Asking:
        """By how much an entry that is closed was wrong."""
        words = self._words
        lead = words.correct_lead(self._reader.title(self._till, row.kind), self._reader.money(row.yen))
        ask = CaseAsk(
            words.correct_heading(row.number), lead, words.correct_do, name=words.correct_name,
            note=words.correct_note, needs_note=True, name_is_yen=True,
        )  # fmt: skip

        def change(answer: CaseAnswer) -> Change | None:
            yen = answer.yen
            return None if not yen else CorrectEntry(fee_id=name, corrects=row.fee_id, yen=yen, reason=answer.note)

        return Asking(ask, change, self._send, (words.corrected_title, words.corrected_text))

    def count(self) -> Asking:
        """The cash that was counted."""
        words, total = self._words, self._till.total
        ask = CaseAsk(
            words.count_heading, words.count_lead(self._reader.money(total)), words.count_do, name=words.count_name,
            note=words.count_note, name_is_yen=True,
        )  # fmt: skip

        def change(answer: CaseAnswer) -> Change | None:
            if answer.yen is None:
                return None
            return CloseTill(counted=answer.yen, total=total, reason=answer.note)

        return Asking(ask, change, self._send, (words.counted_title, words.counted_text))
