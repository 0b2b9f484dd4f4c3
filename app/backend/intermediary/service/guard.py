"""Rights that name the business that owns an information, reasons by the rules, and refusals that are recorded."""

import contextlib
from collections.abc import Iterator

from app.backend.intermediary.ports import IntermediaryBook
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.exchange_numbers import is_addressee_number
from app.domain.provision_rules import ProvisionRules
from app.domain.rights import named
from app.errors import NotAllowed, NotUnderstood, Refused

CHECK, RELEASE, FLAG = "provision.check", "provision.release", "provision.flag"
TRACE, RECORD, DISCLOSE = "provision.trace", "exchange.record", "exchange.disclose"
READ, ENTER, DELETE = "replica.read", "replica.enter", "replica.delete"
LONGEST = 1000
"""Characters of a text in words."""
_ID_LENGTH = 64


def may(call: Call, act: str, owner: str) -> bool:
    """Whether somebody has leave for ``act`` by a right that names this very owner: one for any reaches none."""
    return named(call.actor, act, owner, day=call.day)


def demand(call: Call, act: str, owner: str) -> None:
    """Errors: NotAllowed without such a right; looks like "does not exist" from outside."""
    if not may(call, act, owner):
        raise NotAllowed


def demand_owned(call: Call, act: str, rules: ProvisionRules, owner: str, information: str) -> None:
    """Errors: NotAllowed without the right, or for information that somebody else owns."""
    demand(call, act, owner)
    if rules.owner(information) != owner:
        raise NotAllowed


def owners(call: Call, rules: ProvisionRules, act: str) -> tuple[str, ...]:
    """The owners for whom somebody has this right."""
    known = dict.fromkeys(rule.owner for rule in rules.information.values())
    return tuple(owner for owner in known if may(call, act, owner))


def demand_reason(rules: ProvisionRules, what: str, reason: str) -> None:
    """Errors: Refused ``unknown_reason`` for a reason that may not be given for this."""
    if reason not in rules.reasons.get(what, frozenset()):
        raise Refused(reason="unknown_reason")


def demand_number(number: str) -> None:
    """Errors: NotUnderstood for what is no 統合宛名番号."""
    if not is_addressee_number(number):
        raise NotUnderstood(what="person")


def demand_text(text: str) -> str:
    """The text without what surrounds it. Errors: Refused for none; NotUnderstood for an endless one."""
    found = text.strip()
    if not found:
        raise Refused(reason="text_missing")
    if len(found) > LONGEST:
        raise NotUnderstood(what="text")
    return found


@contextlib.contextmanager
def refusals_kept(book: IntermediaryBook, call: Call, kind: str, about: str) -> Iterator[None]:
    """Record as ``<kind>_refused`` what is refused within."""
    try:
        yield
    except (NotAllowed, Refused) as refusal:
        code = refusal.reason if isinstance(refusal, Refused) else refusal.code
        refused = act_of(call, f"{kind}_refused", about=about[:_ID_LENGTH], reason=code)
        book.write(lambda unit: unit.record([refused]))
        raise
