"""The use cases of socialaddress, put together on one book."""

from dataclasses import dataclass

from app.backend.socialaddress.service.carrying import Carrying, Lines
from app.backend.socialaddress.service.clearing import Clearing
from app.backend.socialaddress.service.entries import EntryService
from app.backend.socialaddress.service.merging import MergeService
from app.backend.socialaddress.service.parties import Means, PartyService
from app.backend.socialaddress.service.passing import Passing
from app.backend.socialaddress.service.residents import ResidentTaking
from app.backend.socialaddress.service.tax import SocialAddressService
from app.backend.socialaddress.service.taxing import TaxTaking
from app.backend.socialaddress.service.tending import Tending

__all__ = [
    "Carrying",
    "Clearing",
    "Desk",
    "EntryService",
    "Lines",
    "Means",
    "MergeService",
    "PartyService",
    "Passing",
    "ResidentTaking",
    "SocialAddressService",
    "Takings",
    "TaxTaking",
    "Tending",
]


@dataclass(frozen=True, slots=True)
class Takings:
    """What other systems tell and ask."""

    residents: ResidentTaking
    taxes: TaxTaking
    passing: Passing


@dataclass(frozen=True, slots=True)
class Desk:
    """What the staff asks."""

    parties: PartyService
    entries: EntryService
    merging: MergeService
    taxes: TaxTaking
    tending: Tending
