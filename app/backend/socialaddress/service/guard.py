"""Rights that name a business, refusals that are recorded, and parties as whoever asks may find them."""

import contextlib
from collections.abc import Iterator, Sequence

from app.backend.socialaddress.ports import SocialBook, SocialUnit
from app.backend.socialaddress.ports.records import MERGED, Party
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.rights import ANY
from app.errors import NotAllowed, NotUnderstood, Refused

SEARCH, READ, ENTER = "social.search", "social.read", "social.enter"
DELIVER, CONTACT, ACCOUNT = "social.delivery", "social.contact", "social.account"
PROTECT, TAX = "social.protect", "social.tax"
MERGE, DECIDE, TEND = "social.merge", "social.merge_decide", "social.tend"
SHOW_ADDRESS, SHOW_ACCOUNT = "social.show_address", "social.show_account"
_ID_LENGTH = 64
LONGEST = 1000
"""Characters of a text in words."""


def may(call: Call, act: str, purpose: str) -> bool:
    """Whether somebody has leave for ``act`` by a right that names this very business: a right for any reaches none."""
    named = (right for right in call.actor.rights if right.procedure == purpose and purpose != ANY)
    return any(right.covers(act, purpose, ANY, call.day) for right in named)


def demand(call: Call, act: str, purpose: str) -> None:
    """Errors: NotAllowed without such a right; looks like "does not exist" from outside."""
    if not may(call, act, purpose):
        raise NotAllowed


def demand_id(given: str) -> str:
    """Errors: NotUnderstood for an identifier that a caller can't have made."""
    if not given or len(given) > _ID_LENGTH or not given.replace("-", "").isalnum() or not given.isascii():
        raise NotUnderstood(what="id")
    return given


def demand_text(given: str, reason: str = "entry_reason_missing") -> str:
    """The text without what surrounds it. Errors: Refused ``reason`` for none; NotUnderstood for an endless one."""
    text = given.strip()
    if not text:
        raise Refused(reason)
    if len(text) > LONGEST:
        raise NotUnderstood(what="text")
    return text


@contextlib.contextmanager
def refusals_kept(book: SocialBook, call: Call, kind: str, about: str) -> Iterator[None]:
    """Record as ``<kind>_refused`` what is refused within."""
    try:
        yield
    except (NotAllowed, Refused) as refusal:
        code = refusal.reason if isinstance(refusal, Refused) else refusal.code
        refused = act_of(call, f"{kind}_refused", about=about[:_ID_LENGTH], reason=code)
        book.write(lambda unit: unit.record([refused]))
        raise


def whole(unit: SocialUnit, municipality: str, number: str) -> Party:
    """The party that ``number`` stands for now, where it was merged too. Errors: NotAllowed where there is none."""
    party = unit.parties.many(municipality, [number]).get(number)
    while party is not None and party.state == MERGED:
        number = party.merged_into
        party = unit.parties.many(municipality, [number]).get(number)
    if party is None:
        raise NotAllowed
    return party


def is_hidden(unit: SocialUnit, party: Party) -> bool:
    """Whether where it lives is hidden, or where whoever it was merged into lives."""
    return party.is_protected or (
        party.state == MERGED and whole(unit, party.municipality, party.social_number).is_protected
    )


def other_homes(unit: SocialUnit, party: Party, numbers: Sequence[str]) -> tuple[str, ...]:
    """Where those live that are merged into the party; ``numbers`` as ``numbers_of``."""
    others = [one for one in numbers if one != party.social_number]
    found = unit.parties.many(party.municipality, others) if others else {}
    return tuple(one.address for one in found.values() if one.address)


def numbers_of(unit: SocialUnit, party: Party) -> tuple[str, ...]:
    """The party's own number, then those of all that are merged into it."""
    found = [party.social_number]
    for number in found:
        found.extend(one for one in unit.merges.into(party.municipality, number) if one not in found)
    return tuple(found)
