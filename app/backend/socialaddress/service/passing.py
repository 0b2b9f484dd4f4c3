"""課税情報 passed on: to approved systems only, what each may have and said it needs, each transfer a record."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from app.backend.socialaddress.ports import Errand, SocialBook, SocialUnit
from app.backend.socialaddress.ports.records import Need, Party, TaxRow, Transfer
from app.backend.socialaddress.service import guard
from app.backend.socialaddress.service.views import Sight, mail_of
from app.domain.act import Act
from app.domain.clock import Clock, business_date
from app.domain.names import NameFolder
from app.domain.permission import AnswerKind
from app.domain.social_rules import Receiver, SocialRules, fiscal_year_of
from app.errors import AppError, NotAllowed, NotUnderstood
from app.link.letters import Correspondent, municipality_of
from app.wire.letter import Letter
from app.wire.message import Message
from app.wire.social_address_tax import (
    MOST,
    AskPartyItems,
    AskTax,
    AskTransfers,
    FoundParties,
    FoundTax,
    NeedsNoted,
    PartyItems,
    SocialNeeds,
    SocialTransfer,
    SocialTransfers,
    TaxFound,
    TaxWanted,
)

PUSH = "push"
S = TypeVar("S", SocialNeeds, AskTax, AskTransfers, AskPartyItems)
Wake = Callable[[], None]


class Passing:
    """What receiving systems ask, and what is laid out for them when tax data come."""

    def __init__(
        self, book: SocialBook, post: Correspondent, rules: SocialRules, folder: NameFolder, clock: Clock
    ) -> None:
        self._book = book
        self._post = post
        self._rules = rules
        self._folder = folder
        self._clock = clock
        self._wake: Wake = lambda: None

    def wakes(self, wake: Wake) -> None:
        """Whom to wake when something is to go out."""
        self._wake = wake

    def wake(self) -> None:
        """Something may have to go out."""
        self._wake()

    def answers(self, system: str) -> Callable[[Sequence[Letter]], list[Letter | AppError]]:
        """What answers the letters of one system."""

        def each(letters: Sequence[Letter]) -> list[Letter | AppError]:
            outcomes: list[Letter | AppError] = []
            for letter in letters:
                try:
                    outcomes.append(self._answer(system, letter))
                except AppError as error:
                    outcomes.append(error)
            self._wake()
            return outcomes

        return each

    def on_tax(self, unit: SocialUnit, row: TaxRow, cause: str, at: datetime) -> None:
        """Lay transfers out for every system that may have this year of this person and needs it."""
        place, number = row.municipality, row.business_number
        party = unit.parties.of_business(place, [number]).get(number) or unit.parties.many(place, [number]).get(number)
        if party is None:
            return
        party = guard.whole(unit, place, party.social_number)
        day = business_date(at)
        for need in unit.transfers.needs(place, guard.numbers_of(unit, party)):
            receiver = self._rules.receivers.get(need.system)
            if receiver is None or not receiver.is_approved(day) or row.tax_year < need.from_year:
                continue
            if receiver.may_have_year(row.tax_year, fiscal_year_of(day)):
                self._transfer(unit, receiver, need.social_number, (row, None, cause), at)

    def _answer(self, system: str, letter: Letter) -> Letter:
        municipality = municipality_of(letter)
        own = f"socialaddress@{municipality}"
        if not self._post.serves(own):
            raise NotAllowed
        day = business_date(self._clock.now())
        kind, answer = self._of_kind(system, letter, self._rules.receiver(system, day))
        return self._post.write(own, kind, answer)

    def _of_kind(self, system: str, letter: Letter, receiver: Receiver) -> tuple[str, Message]:
        match letter.kind:
            case "social-needs/1":
                needs = self._read(system, letter, SocialNeeds)
                return "needs-noted/1", self._book.write(lambda unit: self._noted(unit, receiver, needs))
            case "ask-tax/1":
                asked = self._read(system, letter, AskTax)
                return "found-tax/1", self._book.write(lambda unit: self._found(unit, receiver, asked))
            case "ask-transfers/1":
                again = self._read(system, letter, AskTransfers)
                return "social-transfers/1", self._book.write(lambda unit: self._again(unit, again))
            case "ask-party-items/1":
                wanted = self._read(system, letter, AskPartyItems)
                return "found-parties/1", self._book.write(lambda unit: self._parties(unit, receiver, wanted))
            case _:
                raise NotUnderstood(what="kind")

    def _read(self, system: str, letter: Letter, gives: type[S]) -> S:
        sent = self._post.read(letter, letter.kind, gives, system)
        if sent.system != system or sent.municipality != municipality_of(letter):
            raise NotAllowed
        return sent

    def _noted(self, unit: SocialUnit, receiver: Receiver, sent: SocialNeeds) -> NeedsNoted:
        """Keep the needs, and lay out what there is already."""
        if len(sent.needs) > MOST:
            raise NotUnderstood(what="needs")
        at, place = self._clock.now(), sent.municipality
        asked = [one.number for one in sent.needs]
        known = unit.parties.of_business(place, asked) | unit.parties.many(place, asked)
        acts = []
        for need in sent.needs:
            if (party := known.get(need.number)) is None:
                continue
            unit.transfers.put_need(Need(place, receiver.id, party.social_number, need.from_year, need.ended), at)
            what = (("ended", need.ended), ("from_year", need.from_year), ("system", receiver.id))
            acts.append(_act("social.need_noted", receiver, place, party.social_number, what, at))
            if not need.ended:
                self._lay_out(unit, receiver, party, need.from_year, at)
        unit.record(acts)
        numbers = tuple(known[one].social_number if one in known else "" for one in asked)
        return NeedsNoted(municipality=place, system=receiver.id, numbers=numbers)

    def _lay_out(self, unit: SocialUnit, receiver: Receiver, party: Party, first: int, at: datetime) -> None:
        """What there is already of a party."""
        numbers = _tax_numbers(unit, guard.whole(unit, party.municipality, party.social_number))
        for row in unit.taxes.of_persons(party.municipality, numbers, self._years(receiver, at, first)):
            self._transfer(unit, receiver, party.social_number, (row, None, "needed"), at)

    def _found(self, unit: SocialUnit, receiver: Receiver, asked: AskTax) -> FoundTax:
        if len(asked.wanted) > MOST:
            raise NotUnderstood(what="wanted")
        found = tuple(self._one(unit, receiver, asked.municipality, one) for one in asked.wanted)
        return FoundTax(municipality=asked.municipality, system=receiver.id, found=found)

    def _one(self, unit: SocialUnit, receiver: Receiver, place: str, wanted: TaxWanted) -> TaxFound:
        at = self._clock.now()
        reason = self._why_not(unit, receiver, place, wanted)
        if reason:
            what = (("fiscal_year", wanted.fiscal_year), ("reason", reason), ("system", receiver.id))
            unit.record([_act("social.tax_refused", receiver, place, wanted.social_number, what, at)])
            return TaxFound(social_number=wanted.social_number, fiscal_year=wanted.fiscal_year, kind="", reason=reason)
        party = guard.whole(unit, place, wanted.social_number)
        rows = unit.taxes.of_persons(place, _tax_numbers(unit, party), [wanted.fiscal_year])
        row = max(rows, key=lambda one: one.kind == AnswerKind.VALUE, default=None)
        if row is None:
            what = (("fiscal_year", wanted.fiscal_year), ("reason", AnswerKind.NO_DATA), ("system", receiver.id))
            unit.record([_act("social.tax_refused", receiver, place, wanted.social_number, what, at)])
            return TaxFound(social_number=wanted.social_number, fiscal_year=wanted.fiscal_year, kind=AnswerKind.NO_DATA)
        made = self._transfer(unit, receiver, wanted.social_number, (row, frozenset(wanted.items), "asked"), at)
        return TaxFound(
            social_number=wanted.social_number, fiscal_year=wanted.fiscal_year, kind=row.kind, transfer=on_wire(made)
        )

    def _why_not(self, unit: SocialUnit, receiver: Receiver, place: str, wanted: TaxWanted) -> str:
        """A number that stands for nobody and one that the system does not need are told apart by nobody."""
        needs = unit.transfers.needs(place, [wanted.social_number], receiver.id)
        if not needs or wanted.fiscal_year < needs[0].from_year:
            return "not_needed"
        if not set(wanted.items) <= receiver.tax_items or not wanted.items:
            return "item_not_allowed"
        is_allowed = receiver.may_have_year(wanted.fiscal_year, fiscal_year_of(business_date(self._clock.now())))
        return "" if is_allowed else "year_not_allowed"

    def _again(self, unit: SocialUnit, asked: AskTransfers) -> SocialTransfers:
        place, system = asked.municipality, asked.system
        sent = transfers_after(unit, place, system, asked.up_to)
        at = self._clock.now()
        what = (("after", asked.up_to), ("count", len(sent.transfers)), ("system", system))
        unit.record([Act("social.sent_again", at, place, f"slice:{system}", "", f"{PUSH}-{system}", what=what)])
        return sent

    def _parties(self, unit: SocialUnit, receiver: Receiver, asked: AskPartyItems) -> FoundParties:
        if len(asked.social_numbers) > MOST:
            raise NotUnderstood(what="social_numbers")
        place, at = asked.municipality, self._clock.now()
        needs = unit.transfers.needs(place, asked.social_numbers, receiver.id)
        needed = {need.social_number for need in needs}
        found, acts = [], []
        for number in asked.social_numbers:
            is_needed = number in needed
            party = guard.whole(unit, place, number) if is_needed else None
            found.append(self._items(unit, receiver, number, party, at))
            what = (("reason", "" if is_needed else "not_needed"), ("system", receiver.id))
            acts.append(_act("social.items_told", receiver, place, number, what, at))
        unit.record(acts)
        return FoundParties(municipality=place, system=receiver.id, parties=tuple(found))

    def _items(
        self, unit: SocialUnit, receiver: Receiver, number: str, party: Party | None, at: datetime
    ) -> PartyItems:
        if party is None:
            return PartyItems(social_number=number, reason="not_needed")
        may = receiver.party_items
        numbers = guard.numbers_of(unit, party)
        entries = unit.entries.of(party.municipality, numbers, receiver.purpose)
        sight = Sight(business_date(at), self._folder, others=guard.other_homes(unit, party, numbers))
        mail = mail_of(party, entries, sight) if "mail" in may else None
        return PartyItems(
            social_number=number,
            name=party.name if "name" in may else "",
            kana=party.kana if "kana" in may else "",
            birth=party.birth if "birth" in may else None,
            sex=party.sex if "sex" in may else "",
            mail=mail.address if mail else "",
            mail_source=mail.source if mail else "",
            protected=party.is_protected,
        )

    def _years(self, receiver: Receiver, at: datetime, first: int) -> list[int]:
        running = fiscal_year_of(business_date(at))
        return [year for year in range(running - receiver.years + 1, running + 1) if year >= first]

    def _transfer(
        self,
        unit: SocialUnit,
        receiver: Receiver,
        number: str,
        about: tuple[TaxRow, frozenset[str] | None, str],
        at: datetime,
    ) -> Transfer:
        """Lay one transfer out and record it. ``about``: the row, which items (None: all it may have), and why."""
        row, wanted, cause = about
        may = receiver.tax_items if wanted is None else receiver.tax_items & wanted
        items = {name: value for name, value in sorted(row.items.items()) if name in may}
        made = unit.transfers.add(
            Transfer(
                municipality=row.municipality,
                system=receiver.id,
                social_number=number,
                fiscal_year=row.tax_year,
                income_year=row.income_year or row.tax_year - 1,
                revision=row.revision,
                kind=row.kind,
                cause=cause,
                made_at=at,
                items=items,
            )
        )
        unit.outgoing.put(push_errand(row.municipality, receiver.id, made.sequence), at)
        what = (
            ("cause", cause),
            ("fiscal_year", row.tax_year),
            ("items", ",".join(items)),
            ("sequence", made.sequence),
            ("system", receiver.id),
        )
        unit.record([_act("social.passed", receiver, row.municipality, number, what, at)])
        return made


def push_errand(municipality: str, system: str, sequence: int, again: str = "") -> Errand:
    """Bring a system everything up to ``sequence``. ``again``: what tells this time from the one before."""
    name = f"{PUSH}/{system}/{sequence}/{again}"
    return Errand(municipality, PUSH, system, name, str(sequence).encode())


def transfers_after(unit: SocialUnit, municipality: str, system: str, up_to: int) -> SocialTransfers:
    """What a system is to be sent after ``up_to``."""
    found = unit.transfers.after(municipality, system, up_to, MOST + 1)
    gone = found[0].sequence - 1 if found and found[0].sequence > up_to + 1 else 0
    if not found and up_to < unit.transfers.newest(municipality, system):
        gone = unit.transfers.newest(municipality, system)
    return SocialTransfers(
        municipality=municipality,
        system=system,
        transfers=tuple(on_wire(one) for one in found[:MOST]),
        gone=gone,
        more=len(found) > MOST,
    )


def on_wire(one: Transfer) -> SocialTransfer:
    """A transfer as it travels."""
    return SocialTransfer(
        sequence=one.sequence,
        social_number=one.social_number,
        fiscal_year=one.fiscal_year,
        income_year=one.income_year,
        revision=one.revision,
        kind=one.kind,
        cause=one.cause,
        made_at=one.made_at,
        items=dict(one.items),
    )


def _tax_numbers(unit: SocialUnit, party: Party) -> list[str]:
    """Under which numbers the tax office may know a party."""
    own = [*guard.numbers_of(unit, party)]
    return [*own, party.business_number] if party.business_number else own


def _act(
    kind: str,
    receiver: Receiver,
    municipality: str,
    about: str,
    what: tuple[tuple[str, str | int | bool], ...],
    at: datetime,
) -> Act:
    return Act(kind, at, municipality, f"slice:{receiver.id}", "", f"{PUSH}-{receiver.id}", "", about, what)
