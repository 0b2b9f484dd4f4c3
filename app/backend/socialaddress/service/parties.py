"""Parties at the counter: found, opened, their history, entered and corrected where no register tells of them."""

from dataclasses import dataclass, replace

from app.backend.socialaddress.ports import SocialBook, SocialUnit
from app.backend.socialaddress.ports.records import Account, Party, PartyKind, Term
from app.backend.socialaddress.service import guard
from app.backend.socialaddress.service.alike import Likeness
from app.backend.socialaddress.service.entering import entered, link_errand, read_given
from app.backend.socialaddress.service.terms import BIRTH, KANA, NAME, NUMBER, asked_terms, terms_of
from app.backend.socialaddress.service.views import (
    Sight,
    account_rows,
    contact_rows,
    delivery_rows,
    mail_of,
    party_row,
)
from app.domain.act import act_of
from app.domain.bank_account import AccountKind, BankAccount
from app.domain.call import Call
from app.domain.names import NameFolder
from app.domain.number import ReadNumber
from app.domain.social_rules import SocialRules
from app.errors import Conflict, NotAllowed, Refused
from app.wire.social_address import (
    AskPartyHistory,
    FindParties,
    KeepParty,
    OpenParty,
    Parties,
    PartyHistory,
    PartyKept,
    PartyState,
    PartyView,
    ProtectParty,
)

MOST = 50
"""Parties in one list. Assumed: who finds more has to say more."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the use cases of parties are made with."""

    rules: SocialRules
    folder: NameFolder
    read_number: ReadNumber


class PartyService:
    """The use cases of parties."""

    def __init__(self, book: SocialBook, means: Means) -> None:
        self._book = book
        self._rules = means.rules
        self._folder = means.folder
        self._read_number = means.read_number
        self._likeness = Likeness(means.folder)

    def find(self, call: Call, asked: FindParties) -> Parties:
        """Parties by number, name or kana; the record names who was found. Errors: NotAllowed; ``find_too_wide``."""
        guard.demand(call, guard.SEARCH, self._rules.demand_purpose(asked.purpose))
        terms = self._asked(asked)

        def look(unit: SocialUnit) -> Parties:
            found = unit.parties.find(call.municipality, terms, MOST + 1)
            rows = tuple(party_row(one, shows_address=False, hides=guard.is_hidden(unit, one)) for one in found[:MOST])
            hits = ",".join(row.social_number for row in rows)
            unit.record([
                act_of(call, "social.searched", visit=asked.visit_id, purpose=asked.purpose, hits=len(rows), found=hits)
            ])
            return Parties(rows=rows, more=len(found) > MOST)

        return self._book.write(look)

    def open(self, call: Call, asked: OpenParty) -> PartyView:
        """A party with its entries for one business.

        Errors: NotAllowed, also for what is shown only on purpose; Refused ``entry_reason_missing`` for that.
        """
        guard.demand(call, guard.READ, self._rules.demand_purpose(asked.purpose))
        with guard.refusals_kept(self._book, call, "social.open", asked.social_number):
            for wanted, act in ((asked.show_address, guard.SHOW_ADDRESS), (asked.show_accounts, guard.SHOW_ACCOUNT)):
                if wanted:
                    guard.demand(call, act, asked.purpose)
                    guard.demand_text(asked.reason)
            return self._book.write(lambda unit: self._opened(unit, call, asked))

    def history(self, call: Call, asked: AskPartyHistory) -> PartyHistory:
        """Every state of a party. Errors: NotAllowed."""
        guard.demand(call, guard.READ, self._rules.demand_purpose(asked.purpose))
        with guard.refusals_kept(self._book, call, "social.history", asked.social_number):
            if asked.show_address:
                guard.demand(call, guard.SHOW_ADDRESS, asked.purpose)

            def look(unit: SocialUnit) -> PartyHistory:
                found = unit.parties.history(call.municipality, asked.social_number)
                if not found:
                    raise NotAllowed
                is_open = asked.show_address or not guard.is_hidden(unit, found[0])
                unit.record([
                    act_of(
                        call,
                        "social.history_opened",
                        visit=asked.visit_id,
                        about=asked.social_number,
                        purpose=asked.purpose,
                        shown_address=asked.show_address,
                    )
                ])
                return PartyHistory(states=tuple(_state(one, is_open=is_open) for one in found))

            return self._book.write(look)

    def keep(self, call: Call, asked: KeepParty) -> PartyKept:
        """Enter a non-resident or a corporation, or correct one. Errors: NotAllowed; BadFormat; Conflict; Refused."""
        guard.demand(call, guard.ENTER, self._rules.demand_purpose(asked.purpose))
        given = read_given(asked, self._read_number)

        def work(unit: SocialUnit) -> PartyKept:
            before = self._correctable(unit, call, asked) if asked.social_number else None
            token = unit.parties.number_token(call.municipality, given.my_number) if given.my_number else ""
            number = before.social_number if before else unit.parties.next_number(call.municipality)
            party = entered(call, asked, (number, token), before)
            if before is not None and before.number_token and token not in {"", before.number_token}:
                raise Refused("other_number_linked")
            self._demand_new(unit, party)
            unit.parties.put(party, terms_of(party, self._folder))
            if given.my_number is not None:
                unit.outgoing.put(link_errand(party, given.my_number), call.at)
            alike = self._likeness.note(unit, party, by=call.actor.staff_id, at=call.at)
            kind = "social.corrected" if before else "social.entered"
            unit.record([
                act_of(
                    call,
                    kind,
                    visit=asked.visit_id,
                    about=party.social_number,
                    purpose=asked.purpose,
                    party=party.kind,
                    method=asked.method,
                    alike=len(alike),
                )
            ])
            shows = not party.is_protected or guard.may(call, guard.SHOW_ADDRESS, asked.purpose)
            return PartyKept(row=party_row(party, shows_address=shows), alike=alike)

        with guard.refusals_kept(self._book, call, "social.enter", asked.social_number):
            return self._book.write(lambda unit: unit.once(call, asked, PartyKept, lambda: work(unit)))

    def protect(self, call: Call, asked: ProtectParty) -> PartyKept:
        """Hide where somebody lives at once; to show it again takes another person than who hid it.

        Errors: NotAllowed; Conflict; Refused ``same_as_it_is``, ``protection_own``, ``protection_registers`` (the
        register hides it: it is lifted there).
        """
        guard.demand(call, guard.PROTECT, self._rules.demand_purpose(asked.purpose))

        def work(unit: SocialUnit) -> PartyKept:
            before = guard.whole(unit, call.municipality, asked.social_number)
            if before.version != asked.version:
                raise Conflict(version=before.version)
            if bool(before.protected_by) == asked.protected:
                raise Refused("protection_registers" if before.restrained and not asked.protected else "same_as_it_is")
            if before.protected_by == call.actor.staff_id:
                raise Refused("protection_own")
            kind = "social.protected" if asked.protected else "social.unprotected"
            party = replace(
                before,
                protected_by=call.actor.staff_id if asked.protected else "",
                version=before.version + 1,
                cause=kind.removeprefix("social."),
                by=call.actor.staff_id,
                at=call.at,
            )
            unit.parties.put(party, terms_of(party, self._folder))
            unit.record([act_of(call, kind, visit=asked.visit_id, about=party.social_number, purpose=asked.purpose)])
            return PartyKept(row=party_row(party, shows_address=False), alike=())

        with guard.refusals_kept(self._book, call, "social.protect", asked.social_number):
            guard.demand_text(asked.reason)
            return self._book.write(lambda unit: unit.once(call, asked, PartyKept, lambda: work(unit)))

    def _asked(self, asked: FindParties) -> tuple[Term, ...]:
        if asked.number:
            return ((NUMBER, asked.number.strip()),)
        terms = (*asked_terms(self._folder, NAME, asked.name), *asked_terms(self._folder, KANA, asked.kana))
        if not terms:
            raise Refused("find_too_wide")
        born = ((BIRTH, asked.birth.isoformat()),) if asked.birth else ()
        return tuple(dict.fromkeys((*terms, *born)))

    def _opened(self, unit: SocialUnit, call: Call, asked: OpenParty) -> PartyView:
        party = guard.whole(unit, call.municipality, asked.social_number)
        numbers = guard.numbers_of(unit, party)
        entries = unit.entries.of(call.municipality, numbers, asked.purpose)
        unit.record([
            act_of(
                call,
                "social.opened",
                visit=asked.visit_id,
                about=party.social_number,
                purpose=asked.purpose,
                shown_address=asked.show_address,
                shown_accounts=asked.show_accounts,
                reason=asked.reason.strip(),
            )
        ])
        is_open = asked.show_address or not party.is_protected
        others = guard.other_homes(unit, party, numbers)
        sight = Sight(call.day, self._folder, asked.show_address, others)
        return PartyView(
            row=party_row(party, shows_address=asked.show_address),
            mail=mail_of(party, entries, sight),
            merged=numbers[1:],
            deliveries=delivery_rows(party, entries, sight),
            contacts=contact_rows(entries, call.day, is_open=is_open),
            accounts=account_rows(entries, call.day, None if asked.show_accounts else _masked),
        )

    def _correctable(self, unit: SocialUnit, call: Call, asked: KeepParty) -> Party:
        party = unit.parties.many(call.municipality, [asked.social_number]).get(asked.social_number)
        if party is None or party.kind != asked.kind:
            raise NotAllowed
        if party.merged_into:
            raise Refused("party_merged")
        if party.version != asked.version:
            raise Conflict(version=party.version)
        guard.demand_text(asked.reason)
        return party

    def _demand_new(self, unit: SocialUnit, party: Party) -> None:
        if party.kind != PartyKind.CORPORATION:
            return
        same = unit.parties.find(party.municipality, [(NUMBER, party.corporate_number)], 2)
        if any(one.social_number != party.social_number for one in same):
            raise Refused("corporation_known")


def _masked(account: Account) -> str:
    kind = AccountKind(account.kind)
    return BankAccount(account.bank, account.branch, kind, account.number, account.holder).masked()


def _state(party: Party, *, is_open: bool) -> PartyState:
    """One state; where a protected person lived before is as hidden as where they live."""
    row = party_row(party, shows_address=is_open, hides=not is_open)
    return PartyState(row=row, cause=party.cause, by=party.by, at=party.at)
