"""Words of social insurance addresses: parties, their entries, merging, tax data passed on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SocialTexts:
    """The room of social insurance addresses: its doors."""

    group: str
    find: str
    find_text: str
    merges: str
    merges_text: str
    transfers: str
    transfers_text: str


@dataclass(frozen=True, slots=True)
class SocialFindTexts:
    """Parties searched."""

    title: str
    list: str
    purpose: str
    name: str
    kana: str
    number: str
    birth: str
    mark: str
    protected: str
    kind: str
    state: str
    social_number: str
    search: str
    search_key: str
    open: str
    open_key: str
    fresh: str
    fresh_key: str
    purpose_missing: str
    terms_missing: str
    not_asked: str
    none: str
    count_: str
    more_: str
    note_: str

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def more(self, count: int) -> str:
        return self.more_.format(count=count)

    def note(self, address: str) -> str:
        return self.note_.format(address=address)


@dataclass(frozen=True, slots=True)
class SocialPartyTexts:
    """One party."""

    title: str
    list: str
    facts: str
    part: str
    name: str
    kana: str
    kind: str
    state: str
    birth: str
    sex: str
    home: str
    mail: str
    mail_of_: str
    mail_withheld: str
    social_number: str
    business_number: str
    corporate_number: str
    merged: str
    mark: str
    protected: str
    withheld: str
    withheld_text: str
    no_address: str
    period: str
    period_of_: str
    by: str
    spoke_at: str
    how: str
    what: str
    bank: str
    number: str
    holder: str
    masked: str
    year: str
    tax_kind: str
    amounts: str
    decided_on: str
    at: str
    cause: str
    fiscal_year_: str
    tax_note_: str
    delivery_note_: str
    same_name: str
    no_name: str
    contact_note_: str
    public_account_: str
    history_note_: str
    count_: str
    none: str
    may_not: str
    next_part: str
    previous_part: str
    fresh: str
    fresh_key: str
    replace: str
    replace_key: str
    end: str
    end_key: str
    accounts: str
    accounts_key: str
    address: str
    address_key: str
    correct: str
    correct_key: str
    protect: str
    protect_key: str
    unprotect: str
    unprotect_key: str
    merge: str
    merge_key: str
    until: str
    until_support: str
    until_wrong: str
    into: str
    into_support: str
    into_missing: str
    why_end: str
    why_accounts: str
    why_address: str
    why_protect: str
    why_unprotect: str
    why_merge: str
    done_protected: str
    done_protected_text: str
    done_unprotected: str
    done_merge: str
    done_merge_text: str
    done_ended: str

    def mail_of(self, source: str, address: str) -> str:
        return self.mail_of_.format(source=source, address=address)

    def period_of(self, since: str, until: str) -> str:
        return self.period_of_.format(since=since, until=until)

    def fiscal_year(self, year: int) -> str:
        return self.fiscal_year_.format(year=year)

    def tax_note(self, year: int, revision: int, reason: str) -> str:
        return self.tax_note_.format(year=year, revision=revision, reason=reason)

    def delivery_note(self, addressee: str, asker: str, name: str, reason: str) -> str:
        return self.delivery_note_.format(addressee=addressee, asker=asker, name=name, reason=reason)

    def contact_note(self, whom: str, what: str) -> str:
        return self.contact_note_.format(whom=whom, what=what)

    def public_account(self, day: str) -> str:
        return self.public_account_.format(day=day)

    def history_note(self, name: str, birth: str) -> str:
        return self.history_note_.format(name=name, birth=birth)

    def count(self, count: int) -> str:
        return self.count_.format(count=count)


@dataclass(frozen=True, slots=True)
class SocialFormTexts:
    """Forms of parties and their entries."""

    party: str
    delivery: str
    contact: str
    account: str
    save: str
    entering: str
    correcting_: str
    fresh_: str
    replacing_: str
    reason_support: str
    written_support: str
    number_support: str
    method_support: str
    addressee_support: str
    until_support: str
    time_support: str
    time_wrong: str
    with_support: str
    bank_support: str
    branch_support: str
    account_support: str
    holder_support: str
    confirmed_support: str
    party_kept_: str
    alike_: str
    entry_kept: str

    def correcting(self, name: str) -> str:
        return self.correcting_.format(name=name)

    def fresh(self, name: str) -> str:
        return self.fresh_.format(name=name)

    def replacing(self, name: str) -> str:
        return self.replacing_.format(name=name)

    def party_kept(self, number: str) -> str:
        return self.party_kept_.format(number=number)

    def alike(self, count: int) -> str:
        return self.alike_.format(count=count)


@dataclass(frozen=True, slots=True)
class SocialMergesTexts:
    """Two parties that are one."""

    title: str
    list: str
    purpose: str
    decided: str
    state: str
    party: str
    into: str
    signs: str
    last: str
    named_: str
    step_: str
    count_: str
    more_: str
    none: str
    approve: str
    approve_key: str
    turn_down: str
    turn_down_key: str
    propose: str
    propose_key: str
    undo: str
    undo_key: str
    why_turn_down: str
    why_propose: str
    why_undo: str
    done_: str
    waits: str

    def named(self, name: str, number: str) -> str:
        return self.named_.format(name=name, number=number)

    def step(self, state: str, by: str, at: str, reason: str) -> str:
        return self.step_.format(state=state, by=by, at=at, reason=reason)

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def more(self, count: int) -> str:
        return self.more_.format(count=count)

    def done(self, state: str) -> str:
        return self.done_.format(state=state)


@dataclass(frozen=True, slots=True)
class SocialTransfersTexts:
    """Tax data passed on."""

    title: str
    list: str
    purpose: str
    stopped: str
    state: str
    system: str
    sequence: str
    social_number: str
    year: str
    occasion: str
    made_at: str
    fiscal_year_: str
    linking: str
    count_: str
    more_: str
    none: str
    items_: str
    why_stopped_: str
    again: str
    again_key: str
    done_: str
    done_text: str

    def fiscal_year(self, year: int) -> str:
        return self.fiscal_year_.format(year=year)

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def more(self, count: int) -> str:
        return self.more_.format(count=count)

    def items(self, items: str) -> str:
        return self.items_.format(items=items)

    def why_stopped(self, why: str) -> str:
        return self.why_stopped_.format(why=why)

    def done(self, system: str, number: int) -> str:
        return self.done_.format(system=system, number=number)
