"""What is said before an enquiry goes: whether the person agreed, from when until when, whom to ask instead and why."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.clock import business_date
from app.domain.enquiry_period import Period, PeriodRule
from app.ui.kit import Kit
from app.ui.widgets.choice import Choice, Options, YesNo
from app.ui.widgets.date_field import DateField


@dataclass(frozen=True, slots=True)
class EnquiryAsked:
    """What one enquiry wants to be told. ``consent``: it is made with the person's own signed consent only.

    ``period``: what its row says of from–to, None where it is not asked by period; ``offered``: what is offered of it.
    ``others``: municipalities that may be asked instead of the offered one, for one of ``reasons``.
    """

    consent: bool = False
    period: PeriodRule | None = None
    offered: Period | None = None
    others: Options = ()
    reasons: Options = ()

    @property
    def is_asked(self) -> bool:
        """Whether there is anything that has to be said."""
        return self.consent or self.period is not None


NOTHING = EnquiryAsked()


@dataclass(frozen=True, slots=True)
class EnquirySaid:
    """What the clerk said when an enquiry is sent. ``signed``: the person's signed consent is at hand.

    ``provider``: another one than the offered one, with ``provider_reason``; "" for the offered one.
    """

    id: str
    signed: bool = False
    period: Period | None = None
    provider: str = ""
    provider_reason: str = ""


class EnquiryQuestions(QWidget):
    """The questions of one enquiry at a time, hidden while there are none. ``is_low``: side by side, to need little."""

    def __init__(self, kit: Kit, *, is_low: bool = False) -> None:
        super().__init__()
        self._kit, self._words = kit, kit.texts.enquiry
        self._id, self._asked = "", NOTHING
        words = self._words
        self._consent = YesNo(kit, words.consent, support="" if is_low else words.consent_support, required=True)
        self._since = DateField(kit, words.since, required=True)
        self._until = DateField(kit, words.until, required=True)
        self._other = Choice(kit, words.other_provider, (), required=False)
        self._reason = Choice(kit, words.provider_reason, (), required=True)
        self._other.changed.connect(lambda value: self._reason.setVisible(bool(value)))
        self._period, self._provider = _beside(self._since, self._until), _beside(self._other, self._reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._period)
        below = QHBoxLayout() if is_low else QVBoxLayout()
        below.setSpacing(24 if is_low else 12)
        for part in (self._consent, self._provider):
            below.addWidget(part, 1)
        column.addLayout(below)
        self.show_for("", NOTHING)

    def show_for(self, name: str, asked: EnquiryAsked) -> None:
        """Ask for the enquiry ``name``; of the same one what was said stays."""
        is_same = bool(name) and name == self._id
        self._id, self._asked = name, asked
        self._consent.setVisible(asked.consent)
        self._period.setVisible(asked.period is not None)
        self._provider.setVisible(bool(asked.others))
        self.setVisible(asked.is_asked or bool(asked.others))
        if is_same:
            return
        self._other.show_options(asked.others)
        self._reason.show_options(asked.reasons)
        self._reason.hide()
        self._consent.show_value("")
        for field in (self._consent, self._since, self._until, self._other, self._reason):
            field.clear_error()
        offered = asked.offered
        self._since.show_date(None if offered is None else offered.since)
        self._until.show_date(None if offered is None else offered.until)

    def answer(self) -> str:
        """What was said of the consent: yes, no, or "" while it is open or not asked."""
        return self._consent.value() if self._asked.consent else ""

    def first(self) -> QWidget:
        """Where to begin."""
        return self._since if self._asked.period is not None else self._consent

    def said(self) -> EnquirySaid | None:
        """What was said; None, with the reason beside its field, while something is missing or wrong."""
        asked, words = self._asked, self._words
        period, other, reason = None, self._other.value(), self._reason.value()
        if other and not reason:
            self._reason.show_error(words.provider_reason_missing)
            self._reason.setFocus()
            return None
        if asked.period is not None and (period := self._said_period(asked.period)) is None:
            return None
        signed = self._consent.value() == "yes"
        if asked.consent and not signed:
            self._consent.show_error(words.consent_missing)
            self._consent.setFocus()
            return None
        return EnquirySaid(self._id, asked.consent, period, other, reason if other else "")

    def _said_period(self, rule: PeriodRule) -> Period | None:
        since, until = self._since.check(), self._until.check()
        if since is not None and until is not None:
            fault = rule.fault(since, until, business_date(self._kit.clock.now()))
            if not fault:
                return Period(since, until)
            self._until.show_error(self._kit.messages.word("period_fault", fault))
            self._until.setFocus()
            return None
        at = self._since if since is None else self._until
        if not at.typed():
            at.show_error(self._kit.messages.word("period_fault", "missing"))
        at.setFocus()
        return None


def _beside(*fields: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(24)
    for field in fields:
        line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        kept = field.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        field.setSizePolicy(kept)
    return row
