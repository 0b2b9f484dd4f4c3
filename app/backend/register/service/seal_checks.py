"""Whether a seal may be registered: the person, who asks and how that was confirmed, the seal itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.backend.register.ports import Resident
from app.backend.register.service.changing import ChangeUnit
from app.backend.register.service.presenting import saw_photo
from app.backend.register.service.seal_rows import ACTIVE
from app.domain.call import Call
from app.domain.capacity import CapacityTable, consequence
from app.domain.fees import FeeTable
from app.domain.identity import Document, Question, Regime
from app.domain.imprint import Imprint, read_imprint
from app.domain.person import Capacity
from app.domain.seal_rules import SealNames, SealRules
from app.errors import NotAllowed, NotUnderstood, Refused
from app.wire.evidence import confirmations
from app.wire.seal import AnswerLetter, CancelSeal, RegisterSeal

_LONGEST_TEXT = 40
_GUARDIANSHIPS = ("none", "accompanied", "unaccompanied")


@dataclass(frozen=True, slots=True)
class SealBooks:
    """The data that seals are registered by."""

    rules: SealRules
    fees: FeeTable
    capacities: CapacityTable
    documents: Sequence[Document]


class SealChecks:
    """Each check refuses by its own cause."""

    def __init__(self, books: SealBooks) -> None:
        self._books = books
        self._rules = books.rules

    def imprint(self, asked: RegisterSeal) -> Imprint:
        """The seal itself: shape, picture, size. Errors: Refused, NotUnderstood."""
        self._rules.demand_shape(asked.shape)
        imprint = read_imprint(asked.imprint, self._rules.limits)
        self._rules.demand_size(imprint)
        return imprint

    def demand(self, unit: ChangeUnit, call: Call, asked: RegisterSeal, person: Resident) -> None:
        """The person and who asks. Errors: Refused, NotAllowed, NotUnderstood."""
        if not person.is_resident:
            raise NotAllowed
        if asked.guardianship not in _GUARDIANSHIPS or len(asked.text) > _LONGEST_TEXT:
            raise NotUnderstood(what="seal")
        self._rules.demand_age(person.birth, call.day)
        own = asked.capacity == Capacity.SELF
        if asked.guardianship == "unaccompanied" or (asked.guardianship == "accompanied" and not own):
            raise Refused("seal_guardianship")
        way = self._rules.way(asked.way)
        if asked.capacity not in way.by:
            raise Refused("seal_way")
        if way.needs == "guarantor":
            self._demand_guarantor(unit, call, asked)
        self.presenter(asked, person)
        if way.needs == "photo" and not saw_photo(asked.evidence, self._books.documents):
            raise Refused("photo_missing")

    def presenter(self, asked: RegisterSeal | AnswerLetter | CancelSeal, person: Resident) -> None:
        """Whoever stands here is confirmed, and is the person or has authority."""
        if asked.capacity not in {Capacity.SELF, Capacity.AGENT, Capacity.LEGAL_REPRESENTATIVE}:
            raise Refused("capacity_not_fitting")
        if not asked.presenter_name.strip():
            raise Refused("presenter_missing")
        capacity = Capacity(asked.capacity)
        if capacity is Capacity.SELF and asked.presenter != person.business_number:
            raise Refused("seal_way")
        outcome = consequence(self._books.capacities, Regime.CERTIFICATE, capacity, confirmations(asked.evidence))
        missing = {one.question for one in outcome.missing}
        if Question.IDENTITY in missing:
            raise Refused("identity_missing")
        if missing:
            raise Refused("authority_missing")

    def _demand_guarantor(self, unit: ChangeUnit, call: Call, asked: RegisterSeal) -> None:
        """Somebody else who is registered here, by the number of their card."""
        seal = unit.seals.open_of(call.municipality, asked.guarantor) if asked.guarantor else None
        is_good = seal is not None and seal.state == ACTIVE and seal.card == asked.guarantor_card.strip()
        if not is_good or asked.guarantor == asked.business_number:
            raise Refused("seal_guarantor")


def names_of(person: Resident) -> SealNames:
    """The names that may stand on a person's seal. A foreigner's name may stand in katakana too.

    Source: 印鑑登録証明事務処理要領, published.
    """
    kana = person.kana if person.more.nationality else ""
    return SealNames(person.name, person.former_name, person.alias, kana)
