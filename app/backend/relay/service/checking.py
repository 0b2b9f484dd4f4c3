"""What the relay holds against its own rows before an enquiry exists: nothing of what a screen says is believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.domain.call import Call
from app.domain.deadlines import tax_year
from app.domain.enquiry_period import PeriodRule
from app.domain.exchange_sides import Sides
from app.domain.permission import PermissionList, Wish, tax_year_is_plausible
from app.domain.procedure import Enquiry as Rule
from app.domain.rights import ANY
from app.errors import Refused
from app.wire.relay import MakeEnquiry

Rules = Mapping[tuple[str, str], Rule]
"""Procedure id and enquiry id → the enquiry as the procedure's data state it."""

LONGEST_AGE = timedelta(days=366)
"""How far back a receipt date may lie. Assumed."""
SIGNED = "signed"
"""The person's own signed consent is at hand."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """An enquiry that the rows allow."""

    rule: Rule
    series: str
    item: str
    items: tuple[str, ...]


class Gate:
    """Holds an enquiry against rights, the procedure's data and the permission list."""

    def __init__(self, rules: Rules, permissions: PermissionList, sides: Sides) -> None:
        self._rules = rules
        self._permissions = permissions
        self._sides = sides

    def rule(self, procedure: str, enquiry: str) -> Rule | None:
        """The enquiry as the procedure's data state it; None for none such."""
        return self._rules.get((procedure, enquiry))

    @property
    def provider_reasons(self) -> frozenset[str]:
        """What may be said for asking another municipality than the rule's."""
        return self._sides.provider_reasons

    def admit(self, call: Call, asked: MakeEnquiry) -> Allowed:
        """What is allowed of ``asked``.

        Errors: NotAllowed without the right; Refused with a reason of the list or the year.
        """
        rule = self._rules.get((asked.procedure, asked.enquiry))
        call.demand("enquiry.make", asked.procedure, ANY if rule is None else rule.item_class)
        if rule is None or asked.information != rule.information:
            raise Refused(reason="not_on_list")
        if asked.purpose != rule.purpose:
            raise Refused(reason="wrong_purpose")
        basis = rule.basis_on(call.day)
        if basis is None:
            raise Refused(reason="not_in_force")
        wish = Wish(
            path=rule.path,
            series=basis.series,
            item=basis.item,
            requester="municipality",
            task=asked.procedure,
            purpose=asked.purpose,
            information=asked.information,
            provider=rule.provider if rule.provider.startswith("body:") else "municipality",
            items=(),
            day=call.day,
        )
        reason = self._permissions.refusal(wish)
        row = self._permissions.row(wish)
        if reason or row is None:
            raise Refused(reason=reason or "not_on_list")
        self._demand_told(call, asked, rule)
        return Allowed(rule, basis.series, basis.item, row.items)

    def _demand_told(self, call: Call, asked: MakeEnquiry, rule: Rule) -> None:
        """What the clerk has to say besides: the year, the day or the period, and that the person agreed."""
        if rule.period is not None:
            _demand_period(call, asked, rule.period)
        elif asked.since is not None or asked.until is not None:
            raise Refused(reason="wrong_enquiry_period")
        elif rule.information in self._sides.dated:
            _demand_day(call, asked)
        else:
            self._demand_year(call, asked, rule)
        if rule.consent in self._sides.consents and asked.consent != SIGNED:
            raise Refused(reason="consent_missing")

    @staticmethod
    def _demand_year(call: Call, asked: MakeEnquiry, rule: Rule) -> None:
        """The year is the rule's for the receipt date, which can't lie ahead or long ago."""
        is_recent = call.day - LONGEST_AGE <= asked.requested_on <= call.day
        if not is_recent or asked.as_of is not None or not tax_year_is_plausible(asked.tax_year, call.day):
            raise Refused(reason="unknown_year")
        expected = tax_year(rule, asked.requested_on)
        if expected is not None and expected.year != asked.tax_year:
            raise Refused(reason="wrong_year")


def _demand_day(call: Call, asked: MakeEnquiry) -> None:
    """The reference date (基準日) lies at most a year back and not ahead, and no year is named besides."""
    is_recent = call.day - LONGEST_AGE <= asked.requested_on <= call.day
    day = asked.as_of
    if not is_recent or asked.tax_year or day is None or not call.day - LONGEST_AGE <= day <= call.day:
        raise Refused(reason="wrong_reference_date")


def _demand_period(call: Call, asked: MakeEnquiry, rule: PeriodRule) -> None:
    """From a day to one that is not before it, ahead only where the row says so; neither year nor day besides."""
    is_recent = call.day - LONGEST_AGE <= asked.requested_on <= call.day
    if not is_recent or asked.tax_year or asked.as_of or rule.fault(asked.since, asked.until, call.day):
        raise Refused(reason="wrong_enquiry_period")
