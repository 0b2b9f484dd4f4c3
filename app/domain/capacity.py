"""立場: what the presenter's capacity asks for under each regime, and what follows if it is not confirmed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.identity import Confirmation, Means, Part, Question, Regime, Result
from app.domain.person import Capacity


class Consequence(StrEnum):
    """What follows from what was confirmed. None of it stops a reception.

    ``NO_ISSUE``: J-1, nothing is issued. ``NOTICE_BY_POST``: J-2, taken all the same, and 届出受理通知 goes by post to
    the address before the change. ``WITHOUT_NUMBER``: N, taken without the number (番号法14条2項 completes it).
    Source: procedures.md 1.2, published.
    """

    CONFIRMED = "confirmed"
    NO_ISSUE = "no_issue"
    NOTICE_BY_POST = "notice_by_post"
    WITHOUT_NUMBER = "without_number"


class HandOver(StrEnum):
    """How the result reaches whom: to the presenter at the counter, by post to the registered address, not at all."""

    COUNTER = "counter"
    POST = "post"
    NEVER = "never"


_IF_NOT: dict[Regime, Consequence] = {
    Regime.CERTIFICATE: Consequence.NO_ISSUE,
    Regime.MOVE: Consequence.NOTICE_BY_POST,
    Regime.NUMBER: Consequence.WITHOUT_NUMBER,
}


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing to be confirmed, and of whom."""

    question: Question
    of: Part


@dataclass(frozen=True, slots=True)
class AuthorityPaper:
    """A kind of paper that proves authority, or the ground of a request."""

    id: str
    label: str
    confidence: str


@dataclass(frozen=True, slots=True)
class RegimeRule:
    """What one capacity asks for under one regime.

    ``papers``: ids of kinds that prove the authority, one suffices; ``by_register``: the household in the register
    shows it and no paper is needed.
    """

    regime: Regime
    needs: tuple[Needed, ...]
    papers: tuple[str, ...]
    by_register: bool
    confidence: str


@dataclass(frozen=True, slots=True)
class CapacityRule:
    """One capacity: what may be prefilled (``sees``: "card", "register"), how results are handed over."""

    capacity: Capacity
    sees: frozenset[str]
    hand_over: HandOver
    with_number: HandOver
    rules: Mapping[Regime, RegimeRule]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``missing``: what is not confirmed. ``fits`` False: this capacity does not exist under the regime."""

    consequence: Consequence
    missing: tuple[Needed, ...] = ()
    fits: bool = True


@dataclass(frozen=True, slots=True)
class CapacityTable:
    """All capacities, the kinds of paper, and which means answer for person or number under each regime."""

    capacities: Mapping[Capacity, CapacityRule]
    papers: tuple[AuthorityPaper, ...]
    means: Mapping[tuple[Regime, Question], frozenset[Means]]

    def rule(self, regime: Regime, capacity: Capacity) -> RegimeRule | None:
        """What this capacity asks for; None where it does not exist under the regime."""
        return self.capacities[capacity].rules.get(regime)

    def needs(self, regime: Regime, capacity: Capacity) -> tuple[Needed, ...]:
        """What is to be confirmed, in the order in which it is asked; nothing where the capacity does not exist."""
        rule = self.rule(regime, capacity)
        return () if rule is None else rule.needs

    def papers_for(self, capacity: Capacity, regime: Regime | None = None) -> tuple[AuthorityPaper, ...]:
        """Kinds of paper that prove the authority; without a regime those that do under any."""
        rules = self.capacities[capacity].rules.values()
        ids = {paper for rule in rules if regime in {None, rule.regime} for paper in rule.papers}
        return tuple(one for one in self.papers if one.id in ids)

    def may_see(self, path: str, capacity: Capacity) -> bool:
        """Whether a presenter may read what stands under ``path``; the office's own facts (office.today) all may.

        Prefill is a leak: who is neither the applicant nor the legal representative must not read what they did not
        bring. Source: known practice.
        """
        source = path.partition(".")[0]
        return source == "office" or source in self.capacities[capacity].sees


def consequence(
    table: CapacityTable, regime: Regime, capacity: Capacity, confirmations: Sequence[Confirmation]
) -> Outcome:
    """What follows. Of several confirmations of one thing the last counts; a linked number is not handed over."""
    rule = table.rule(regime, capacity)
    latest = {Needed(one.question, one.part): one for one in confirmations}
    if regime is Regime.NUMBER and _is_linked(latest.values()):
        return Outcome(Consequence.CONFIRMED, fits=rule is not None)
    if rule is None:
        return Outcome(_IF_NOT[regime], fits=False)
    missing = tuple(need for need in rule.needs if not _holds(table, rule, latest.get(need)))
    return Outcome(_IF_NOT[regime] if missing else Consequence.CONFIRMED, missing)


def _is_linked(latest: Iterable[Confirmation]) -> bool:
    return any(one.question is Question.NUMBER and one.means is Means.LINKED for one in latest)


def _holds(table: CapacityTable, rule: RegimeRule, found: Confirmation | None) -> bool:
    if found is None or found.result is not Result.CONFIRMED:
        return False
    if found.question is Question.AUTHORITY:
        if found.means is Means.REGISTER:
            return rule.by_register
        return found.means is Means.PAPER and bool(set(found.documents) & set(rule.papers))
    return found.means in table.means[rule.regime, found.question]
