"""The use cases of the addressee slice."""

from app.backend.addressee.service.areas import SystemAreas
from app.backend.addressee.service.business import BusinessSystems
from app.backend.addressee.service.correcting import Correcting
from app.backend.addressee.service.linking import SocialLinking
from app.backend.addressee.service.managing import AreaOffice
from app.backend.addressee.service.persons import AddresseeService, Loaded
from app.backend.addressee.service.residents import ResidentTaking
from app.backend.addressee.service.searching import NumberSearch
from app.backend.addressee.service.telling import Telling

__all__ = [
    "AddresseeService",
    "AreaOffice",
    "BusinessSystems",
    "Correcting",
    "Loaded",
    "NumberSearch",
    "ResidentTaking",
    "SocialLinking",
    "SystemAreas",
    "Telling",
]
