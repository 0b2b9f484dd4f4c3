"""課税情報 from the tax office: taken in order, each once; years, corrections and 未申告 kept apart, and passed on."""

from collections.abc import Sequence
from datetime import datetime

from app.backend.socialaddress.ports import SocialBook, SocialUnit
from app.backend.socialaddress.ports.records import TaxRow
from app.backend.socialaddress.service import guard
from app.backend.socialaddress.service.passing import Passing
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.permission import AnswerKind
from app.domain.social_rules import SocialRules, fiscal_year_of
from app.errors import AppError, NotAllowed, NotUnderstood
from app.link.letters import Correspondent, answer_each, demand_place, noted_in
from app.wire.letter import Letter
from app.wire.social_address_tax import (
    MOST,
    AskPartyTax,
    NotTaken,
    PartyTax,
    TaxNotice,
    TaxNotices,
    TaxTaken,
    TaxYearRow,
)

LINE = "taxes"
SENDER = "taxaddress"
KINDS = frozenset({AnswerKind.VALUE, AnswerKind.UNDECLARED, AnswerKind.NO_DATA})
_FIRST_YEAR = 1950


class TaxTaking:
    """Takes what the tax office tells, and shows it within a business."""

    def __init__(
        self, book: SocialBook, post: Correspondent, rules: SocialRules, passing: Passing, clock: Clock
    ) -> None:
        self._book = book
        self._post = post
        self._rules = rules
        self._passing = passing
        self._clock = clock
        self._noted = noted_in(book, post, "socialaddress", clock)

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Notices as they come: one answer for each letter."""
        return answer_each(letters, self._take, self._noted)

    def take_notices(self, sent: TaxNotices) -> TaxTaken:
        """Take what is new and follows on; a gap in front of it is told, and nothing behind it is taken (S05-2)."""
        municipality = sent.municipality

        def work(unit: SocialUnit) -> TaxTaken:
            at = self._clock.now()
            up_to = unit.marks.held(municipality, LINE)
            unused: list[NotTaken] = []
            for notice in sent.notices:
                if notice.sequence <= up_to:
                    continue
                if notice.sequence != up_to + 1:
                    missing = (up_to + 1, notice.sequence - 1)
                    break
                if reason := self._one(unit, municipality, notice, at):
                    unused.append(NotTaken(sequence=notice.sequence, reason=reason))
                up_to = notice.sequence
            else:
                missing = None
            unit.marks.move(municipality, LINE, up_to)
            return TaxTaken(municipality=municipality, up_to=up_to, missing=missing, not_used=tuple(unused))

        taken = self._book.write(work)
        self._passing.wake()
        return taken

    def seen(self, call: Call, asked: AskPartyTax) -> PartyTax:
        """What a business may see of a party's tax data: the items and years of its systems. Errors: NotAllowed."""
        guard.demand(call, guard.TAX, self._rules.demand_purpose(asked.purpose))
        approved = [
            one for one in self._rules.receivers.values() if one.purpose == asked.purpose and one.is_approved(call.day)
        ]
        running = fiscal_year_of(call.day)
        may_years = sorted({year for one in approved for year in range(running - one.years + 1, running + 1)})
        may_items = {item for one in approved for item in one.tax_items}

        def look(unit: SocialUnit) -> PartyTax:
            party = guard.whole(unit, call.municipality, asked.social_number)
            numbers = [*guard.numbers_of(unit, party), *([party.business_number] if party.business_number else [])]
            rows: list[TaxYearRow] = []
            for year in reversed(may_years):
                for number in numbers:
                    states = unit.taxes.states(call.municipality, (number, year))
                    rows += [_row(one.row, may_items, current=at == 0) for at, one in enumerate(states)]
            act = act_of(
                call,
                "social.tax_seen",
                visit=asked.visit_id,
                about=party.social_number,
                purpose=asked.purpose,
                years=len({row.fiscal_year for row in rows}),
            )
            unit.record([act])
            return PartyTax(rows=tuple(rows))

        with guard.refusals_kept(self._book, call, "social.tax", asked.social_number):
            return self._book.write(look)

    def _take(self, letter: Letter) -> Letter:
        sent = self._post.read(letter, "tax-notices/1", TaxNotices, SENDER)
        own = f"socialaddress@{sent.municipality}"
        if not self._post.serves(own):
            raise NotAllowed
        demand_place(letter, sent.municipality)
        if len(sent.notices) > MOST:
            raise NotUnderstood(what="notices")
        return self._post.write(own, "tax-taken/1", self.take_notices(sent))

    def _one(self, unit: SocialUnit, municipality: str, notice: TaxNotice, at: datetime) -> str:
        """Take one notice; why it can't be used, or ""."""
        key = (notice.subject, notice.fiscal_year)
        before = unit.taxes.rows(municipality, [key]).get(key)
        reason = self._why_not(notice, before)
        if not reason:
            row = _kept(municipality, notice)
            unit.taxes.put([row], at)
            self._passing.on_tax(unit, row, "received" if before is None else "corrected", at)
        what = (
            ("fiscal_year", notice.fiscal_year),
            ("outcome", reason or "taken"),
            ("revision", notice.revision),
            ("sequence", notice.sequence),
        )
        kind, trace = "social.tax_taken", f"taxes-{notice.sequence}"
        unit.record([Act(kind, at, municipality, f"slice:{SENDER}", "", trace, "", notice.subject, what)])
        return reason

    def _why_not(self, notice: TaxNotice, before: TaxRow | None) -> str:
        if notice.income_year != notice.fiscal_year - 1 or notice.fiscal_year < _FIRST_YEAR:
            return "wrong_year"
        if notice.kind not in KINDS or (notice.kind == AnswerKind.VALUE) != bool(notice.items):
            return "bad_state"
        if not set(notice.items) <= self._rules.tax_items:
            return "unknown_item"
        return "older_revision" if before is not None and notice.revision <= before.revision else ""


def _kept(municipality: str, notice: TaxNotice) -> TaxRow:
    return TaxRow(
        municipality=municipality,
        business_number=notice.subject,
        tax_year=notice.fiscal_year,
        residence=notice.residence,
        residence_name=notice.residence_name,
        kind=notice.kind,
        items=dict(notice.items),
        income_year=notice.income_year,
        revision=notice.revision,
        decided_on=notice.decided_on,
        reason=notice.reason,
        taxed_by=notice.taxed_by,
        taxed_by_name=notice.taxed_by_name,
    )


def _row(row: TaxRow, items: set[str], *, current: bool) -> TaxYearRow:
    return TaxYearRow(
        fiscal_year=row.tax_year,
        income_year=row.income_year or row.tax_year - 1,
        revision=row.revision,
        kind=row.kind,
        decided_on=row.decided_on,
        reason=row.reason,
        current=current,
        items={name: value for name, value in row.items.items() if name in items},
    )
