"""照会先: whom the rule asks and why, told before an enquiry is made; a clerk's other choice stands on a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.backend.relay.ports import RelayBook
from app.backend.relay.service.checking import Gate
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import NotAllowed, NotUnderstood, Refused
from app.link.letters import Correspondent, Neighbour
from app.wire.relay import AskProviders, MakeEnquiry, Providers, RuledProvider
from app.wire.tax import AskFirstJanuary, FirstJanuaries, FirstJanuary, PersonYear

FIRST_JANUARY, TAXED_ELSEWHERE, CASE = "first_january", "taxed_elsewhere", "case"
"""Why a municipality is asked: the address of 1 January; 住登外課税, as the tax section knows; the case names it."""
MOST = 64


@dataclass(frozen=True, slots=True)
class Ruled:
    """Whom to ask, "" for nobody known. ``why``: a code of the rule, or the clerk's reason."""

    code: str
    name: str = ""
    why: str = ""


def ruled(lived: FirstJanuary) -> Ruled:
    """Whom the rule asks about a tax year: who taxed the person, else where the person lived on 1 January.

    Source: procedures.md 1.6; 地方税法294条3項 (taxed at a place without registration), known.
    """
    if lived.taxed_by:
        return Ruled(lived.taxed_by, lived.taxed_by_name, TAXED_ELSEWHERE)
    return Ruled(lived.residence, lived.name, FIRST_JANUARY if lived.residence else "")


def provider_of(
    municipality: str, asked: MakeEnquiry, path: str, lived: FirstJanuary, reasons: frozenset[str]
) -> Ruled:
    """Whom to ask: whom the rule names, or another one that the clerk gives one of ``reasons`` for.

    What belongs to no year is asked of the municipality that the case names.

    Errors: Refused ``unknown_provider``, ``wrong_provider``, ``own_city`` (no network for what the city holds) or
    ``not_own_city`` (no in-city linkage for what it does not hold).
    """
    found = ruled(lived) if asked.tax_year else Ruled(asked.provider, why=CASE)
    if asked.provider and asked.provider_reason and asked.provider_reason not in reasons:
        raise Refused(reason="wrong_provider")
    is_other = bool(asked.provider) and asked.provider != found.code
    if is_other and found.code and not asked.provider_reason:
        raise Refused(reason="wrong_provider")
    if is_other or (asked.provider_reason and not asked.tax_year):
        found = Ruled(asked.provider, why=asked.provider_reason or CASE)
    if not found.code:
        raise Refused(reason="unknown_provider")
    if path == "nws" and found.code == municipality:
        raise Refused(reason="own_city")
    if path == "link" and found.code != municipality:
        raise Refused(reason="not_own_city")
    return found


class Residences:
    """Where persons lived on 1 January, and who taxed them, as the tax section's slice knows."""

    def __init__(self, post: Correspondent, neighbour: Neighbour) -> None:
        self._post, self._neighbour = post, neighbour

    def of(self, municipality: str, keys: Sequence[tuple[str, int]]) -> tuple[FirstJanuary, ...]:
        """One for each 宛名番号 and tax year, in order. Errors: NotUnderstood; those of the line."""
        persons = tuple(PersonYear(business_number=number, tax_year=year) for number, year in keys)
        asked = AskFirstJanuary(municipality=municipality, persons=persons)
        letter = self._post.write(f"relay@{municipality}", "first-january/1", asked)
        answer = self._neighbour.ask(letter)
        found = self._post.read(answer, "first-januaries/1", FirstJanuaries, "socialaddress").found
        if len(found) != len(keys):
            raise NotUnderstood(what="found")
        return found


class ProviderRule:
    """The use case."""

    def __init__(self, book: RelayBook, post: Correspondent, gate: Gate, residences: Residences) -> None:
        self._book, self._post, self._gate, self._residences = book, post, gate, residences

    def shown(self, call: Call, asked: AskProviders) -> Providers:
        """Whom the rule asks for each question, and why; the look is recorded. Errors: NotAllowed; NotUnderstood."""
        if not self._post.serves(f"relay@{call.municipality}"):
            raise NotAllowed
        if not 0 < len(asked.questions) <= MOST:
            raise NotUnderstood(what="questions")
        for one in asked.questions:
            rule = self._gate.rule(asked.procedure, one.enquiry)
            if rule is None:
                raise NotAllowed
            call.demand("enquiry.make", asked.procedure, rule.item_class)
        found = self._residences.of(call.municipality, [(one.business_number, one.tax_year) for one in asked.questions])
        acts = [
            act_of(
                call,
                "enquiry.provider_shown",
                visit=asked.visit_id,
                about=one.business_number,
                procedure=asked.procedure,
                tax_year=one.tax_year,
            )
            for one in asked.questions
        ]
        self._book.write(lambda unit: unit.note(acts))
        named = (ruled(one) for one in found)
        return Providers(found=tuple(RuledProvider(provider=one.code, name=one.name, why=one.why) for one in named))
