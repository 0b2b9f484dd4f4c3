"""Parties and their entries as they are shown: where a protected person lives is in nothing that is not asked for."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.backend.socialaddress.ports.records import Account, Contact, Delivery, Entry, Party
from app.domain.address import fold_address
from app.domain.names import NameFolder
from app.wire.social_address import AccountRow, ContactRow, DeliveryRow, Mail, PartyRow

AHEAD, IN_FORCE, OVER, REPLACED = "ahead", "in_force", "over", "replaced"
STANDS, CORRECTED = "stands", "corrected"
SHOWN, NO_ADDRESS, WITHHELD = "shown", "none", "withheld"
HOME, SELF = "home", "self"
_SHOWN_OF_HOLDER = 1


def party_row(party: Party, *, shows_address: bool, hides: bool = False) -> PartyRow:
    """``shows_address``: also of a protected person; ``hides``: nobody's, for what they were before."""
    is_open = not hides and (shows_address or not party.is_protected)
    return PartyRow(
        social_number=party.social_number,
        kind=party.kind,
        state=party.state,
        name=party.name,
        kana=party.kana,
        birth=party.birth,
        birth_written=party.birth_written,
        sex=party.sex,
        address=party.address if is_open else "",
        address_state=(SHOWN if party.address else NO_ADDRESS) if is_open else WITHHELD,
        business_number=party.business_number,
        corporate_number=party.corporate_number,
        protected=party.is_protected,
        merged_into=party.merged_into,
        version=party.version,
    )


def state_on(entry: Entry, entries: Sequence[Entry], day: date) -> str:
    """Whether a delivery address or an account holds on ``day``; a row that is replaced later holds until then."""
    content = entry.content
    if isinstance(content, Contact):
        return CORRECTED if any(one.replaces == entry.entry_id for one in entries) else STANDS
    for one in entries:
        if one.replaces == entry.entry_id and not isinstance(one.content, Contact) and one.content.since <= day:
            return REPLACED
    if content.since > day:
        return AHEAD
    return OVER if content.until is not None and content.until < day else IN_FORCE


def deliveries_of(entries: Sequence[Entry], day: date) -> Iterator[tuple[Entry, Delivery, str]]:
    """Each delivery address with its state, oldest first."""
    for entry in entries:
        if isinstance(entry.content, Delivery):
            yield entry, entry.content, state_on(entry, entries, day)


def tells_home(party: Party, address: str, folder: NameFolder, others: Iterable[str] = ()) -> bool:
    """Whether an address would say where a protected person lives, however it is written, longer or shorter.

    ``others``: further addresses that are home to them.
    """
    if not party.is_protected:
        return False
    told, homes = fold_address(address, folder), [fold_address(one, folder) for one in (party.address, *others)]
    return any(_is_within(*sorted((told, home), key=len)) for home in homes if home)


def _is_within(shorter: str, longer: str) -> bool:
    """Whether one writing is part of the other, counts taken whole: 2-3 is not in 2-35."""
    return bool(shorter) and re.search(rf"(?<![0-9]){re.escape(shorter)}(?![0-9])", longer) is not None


@dataclass(frozen=True, slots=True)
class Sight:
    """How entries are looked at: on which day, folded how, and whether a protected person's home is shown.

    ``others``: further addresses that are home to them.
    """

    day: date
    folder: NameFolder
    shows_address: bool = False
    others: tuple[str, ...] = ()

    def hides(self, party: Party, content: Delivery) -> bool:
        """Whether this address is not to be told."""
        is_home = tells_home(party, content.address, self.folder, self.others)
        return not self.shows_address and (is_home or not is_trusted(party, content))


def is_trusted(party: Party, content: Delivery) -> bool:
    """Whether letters go there: those of a protected person nowhere that somebody else asked for, at whatever time."""
    return not party.is_protected or content.asked_by == SELF


def mail_of(party: Party, entries: Sequence[Entry], sight: Sight) -> Mail:
    """Where letters go: the delivery address in force, else home; of a protected person home is not told."""
    held = [content for _, content, state in deliveries_of(entries, sight.day) if state == IN_FORCE]
    held = [content for content in held if is_trusted(party, content)]
    held = [content for content in held if not sight.hides(party, content)]
    if held:
        return Mail(source="delivery", address=held[-1].address, addressee=held[-1].addressee or party.name)
    if party.is_protected and not sight.shows_address:
        return Mail(source=WITHHELD)
    return Mail(source=HOME, address=party.address, addressee=party.name)


def delivery_rows(party: Party, entries: Sequence[Entry], sight: Sight) -> tuple[DeliveryRow, ...]:
    """Newest first; one that would tell a protected person's home is there without its address."""
    rows = [
        DeliveryRow(
            entry_id=entry.entry_id,
            address="" if sight.hides(party, content) else content.address,
            addressee=content.addressee,
            since=content.since,
            until=content.until,
            reason=content.reason,
            asked_by=content.asked_by,
            asked_name=content.asked_name,
            state=WITHHELD if sight.hides(party, content) else state,
            by=entry.by,
            at=entry.at,
        )
        for entry, content, state in deliveries_of(entries, sight.day)
    ]
    return tuple(reversed(rows))


def contact_rows(entries: Sequence[Entry], day: date, *, is_open: bool) -> tuple[ContactRow, ...]:
    """Newest first. ``is_open`` False: what was said is not told, since it may say where somebody lives."""
    rows = [
        ContactRow(
            entry_id=entry.entry_id,
            how=entry.content.how,
            spoke_with=entry.content.spoke_with if is_open else "",
            spoke_at=entry.content.spoke_at,
            what=entry.content.what if is_open else "",
            corrects=entry.replaces,
            state=state_on(entry, entries, day) if is_open else WITHHELD,
            by=entry.by,
            at=entry.at,
        )
        for entry in entries
        if isinstance(entry.content, Contact)
    ]
    return tuple(reversed(rows))


def account_rows(
    entries: Sequence[Entry], day: date, masked: Callable[[Account], str] | None
) -> tuple[AccountRow, ...]:
    """Newest first. ``masked``: how a number is shown, None for all of it."""
    rows = [
        AccountRow(
            entry_id=entry.entry_id,
            bank=entry.content.bank,
            branch=entry.content.branch,
            kind=entry.content.kind,
            number=entry.content.number if masked is None else masked(entry.content),
            holder=entry.content.holder if masked is None else entry.content.holder[:_SHOWN_OF_HOLDER],
            since=entry.content.since,
            until=entry.content.until,
            public=entry.content.public,
            confirmed_on=entry.content.confirmed_on,
            masked=masked is not None,
            state=state_on(entry, entries, day),
            by=entry.by,
            at=entry.at,
        )
        for entry in entries
        if isinstance(entry.content, Account)
    ]
    return tuple(reversed(rows))
