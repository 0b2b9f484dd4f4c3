"""The use cases of the addressee slice."""

from app.backend.addressee.service.linking import SocialLinking
from app.backend.addressee.service.persons import AddresseeService, Loaded
from app.backend.addressee.service.residents import ResidentTaking

__all__ = ["AddresseeService", "Loaded", "ResidentTaking", "SocialLinking"]
