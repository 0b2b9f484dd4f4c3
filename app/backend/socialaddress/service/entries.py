"""送付先, 応対記録 and 口座: rows for one business each; a new row takes the place of an old one, which stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.backend.socialaddress.ports import SocialBook, SocialUnit
from app.backend.socialaddress.ports.records import Account, Contact, Content, Delivery, Entry, Party
from app.backend.socialaddress.service import guard
from app.backend.socialaddress.service.views import AHEAD, IN_FORCE, SELF, state_on, tells_home
from app.domain.act import act_of
from app.domain.bank_account import bank_account
from app.domain.call import Call
from app.domain.names import NameFolder
from app.domain.social_rules import SocialRules
from app.errors import BadFormat, Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.social_address_entries import EndEntry, EntryKept, KeepAccount, KeepContact, KeepDelivery

ASKED_BY = frozenset({SELF, "representative", "family", "official"})
Check = Callable[[SocialUnit, Party], None]
"""What must hold of a party for what is entered; raises what does not."""
Kept = KeepDelivery | KeepContact | KeepAccount
_KINDS: dict[type[Kept], tuple[str, str]] = {
    KeepDelivery: ("delivery", guard.DELIVER),
    KeepContact: ("contact", guard.CONTACT),
    KeepAccount: ("account", guard.ACCOUNT),
}


class EntryService:
    """The use cases of entries."""

    def __init__(self, book: SocialBook, rules: SocialRules, folder: NameFolder) -> None:
        self._book = book
        self._rules = rules
        self._folder = folder

    def deliver(self, call: Call, asked: KeepDelivery) -> EntryKept:
        """Keep a delivery address.

        Errors: NotAllowed; BadFormat; Refused ``entry_reason_missing``, ``entry_period_reversed``, for a protected
        person ``delivery_is_home`` and ``protected_requester`` (somebody else asked); Conflict where it was replaced.
        """
        if asked.asked_by not in ASKED_BY:
            raise BadFormat(field="asked_by")
        if not asked.address.strip():
            raise BadFormat(field="address")
        _demand_period(asked.since, asked.until)
        content = Delivery(
            address=asked.address.strip(),
            addressee=asked.addressee.strip(),
            since=asked.since,
            until=asked.until,
            reason=asked.reason.strip(),
            asked_by=asked.asked_by,
            asked_name=asked.asked_name.strip(),
        )

        def check(unit: SocialUnit, party: Party) -> None:
            guard.demand_text(asked.reason)
            if not party.is_protected:
                return
            if asked.asked_by != SELF:
                raise Refused("protected_requester")
            others = guard.other_homes(unit, party, guard.numbers_of(unit, party))
            if tells_home(party, content.address, self._folder, others):
                raise Refused("delivery_is_home")

        return self._keep(call, asked, asked.replaces, content, check)

    def note_contact(self, call: Call, asked: KeepContact) -> EntryKept:
        """Keep what was spoken; a correction is a row of its own. Errors: NotAllowed; BadFormat; Refused; Conflict."""
        if asked.how not in self._rules.hows:
            raise NotUnderstood(what="how")
        if asked.spoke_at > call.at:
            raise BadFormat(field="spoke_at")
        content = Contact(asked.how, asked.spoke_with.strip(), asked.spoke_at, asked.what.strip())

        def check(_: SocialUnit, __: Party) -> None:
            guard.demand_text(asked.spoke_with, "contact_incomplete")
            guard.demand_text(asked.what, "contact_incomplete")

        return self._keep(call, asked, asked.corrects, content, check)

    def keep_account(self, call: Call, asked: KeepAccount) -> EntryKept:
        """Keep a bank account. One per business holds at a time: another one replaces it, or ``account_in_force``."""
        _demand_period(asked.since, asked.until)
        if asked.public != (asked.confirmed_on is not None):
            raise BadFormat(field="confirmed_on")
        read = bank_account(asked.bank, asked.branch, asked.kind, asked.number, asked.holder)
        content = Account(
            bank=read.bank,
            branch=read.branch,
            kind=read.kind,
            number=read.number,
            holder=read.holder,
            since=asked.since,
            until=asked.until,
            public=asked.public,
            confirmed_on=asked.confirmed_on,
        )

        def check(unit: SocialUnit, party: Party) -> None:
            entries = unit.entries.of(call.municipality, guard.numbers_of(unit, party), asked.purpose)
            for entry in entries:
                is_held = isinstance(entry.content, Account) and state_on(entry, entries, call.day) in {AHEAD, IN_FORCE}
                if is_held and entry.entry_id != asked.replaces and _overlap(entry.content, content):
                    raise Refused("account_in_force")

        return self._keep(call, asked, asked.replaces, content, check)

    def end(self, call: Call, asked: EndEntry) -> EntryKept:
        """A delivery address or an account ends with a day, as a new row. Errors: NotAllowed; Refused; Conflict."""
        entry_id = guard.demand_id(asked.entry_id)
        self._rules.demand_purpose(asked.purpose)
        may_end = {Delivery: guard.DELIVER, Account: guard.ACCOUNT}

        def work(unit: SocialUnit) -> EntryKept:
            before = unit.entries.one(call.municipality, asked.ends)
            act = None if before is None else may_end.get(type(before.content))
            is_own = before is not None and before.purpose == asked.purpose
            if not is_own or before is None or act is None or isinstance(before.content, Contact):
                raise NotAllowed
            guard.demand(call, act, asked.purpose)
            _demand_period(before.content.since, asked.until)
            over = replace(before.content, until=asked.until, reason=guard.demand_text(asked.reason))
            entry = replace(
                before, entry_id=entry_id, replaces=asked.ends, content=over, by=call.actor.staff_id, at=call.at
            )
            self._demand_replaceable(unit, entry, guard.whole(unit, call.municipality, asked.social_number))
            unit.entries.add(entry)
            unit.entries.ends(call.municipality, asked.ends, asked.until)
            return self._recorded(unit, call, entry, "ended", asked.visit_id)

        with guard.refusals_kept(self._book, call, "social.entry_end", asked.ends):
            return self._book.write(lambda unit: unit.once(call, asked, EntryKept, lambda: work(unit)))

    def _keep(self, call: Call, asked: Kept, replaces: str, content: Content, check: Check) -> EntryKept:
        kind, act = _KINDS[type(asked)]
        guard.demand(call, act, self._rules.demand_purpose(asked.purpose))
        entry_id = guard.demand_id(asked.entry_id)

        def work(unit: SocialUnit) -> EntryKept:
            party = guard.whole(unit, call.municipality, asked.social_number)
            check(unit, party)
            entry = Entry(
                municipality=call.municipality,
                entry_id=entry_id,
                social_number=party.social_number,
                kind=kind,
                purpose=asked.purpose,
                replaces=replaces,
                content=content,
                by=call.actor.staff_id,
                at=call.at,
            )
            if replaces:
                self._demand_replaceable(unit, entry, party)
                if not isinstance(content, Contact):
                    unit.entries.ends(call.municipality, replaces, content.since)
            unit.entries.add(entry)
            return self._recorded(unit, call, entry, "kept", asked.visit_id)

        with guard.refusals_kept(self._book, call, f"social.{kind}", asked.social_number):
            return self._book.write(lambda unit: unit.once(call, asked, EntryKept, lambda: work(unit)))

    def _demand_replaceable(self, unit: SocialUnit, entry: Entry, party: Party) -> None:
        """Errors: NotAllowed where that row is not of the same kind, business and party; Conflict where it is over."""
        numbers = guard.numbers_of(unit, party)
        entries = unit.entries.of(entry.municipality, numbers, entry.purpose)
        if not any(one.entry_id == entry.replaces and one.kind == entry.kind for one in entries):
            raise NotAllowed
        if any(one.replaces == entry.replaces for one in entries):
            raise Conflict(version=2)

    def _recorded(self, unit: SocialUnit, call: Call, entry: Entry, done: str, visit: str) -> EntryKept:
        kind = f"social.{entry.kind}_{done}"
        what = {"purpose": entry.purpose, "entry": entry.entry_id, "replaces": entry.replaces}
        act = act_of(call, kind, visit=visit, about=entry.social_number, **what)
        return EntryKept(entry_id=entry.entry_id, proof=unit.record([act])[0])


def _demand_period(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Refused("entry_period_reversed")


def _overlap(held: Content, new: Account) -> bool:
    if isinstance(held, Contact):
        return False
    return (held.until is None or new.since <= held.until) and (new.until is None or held.since <= new.until)
