"""The use cases of the addressee slice."""

from app.backend.addressee.service.linking import SocialLinking
from app.backend.addressee.service.persons import AddresseeService, Loaded

__all__ = ["AddresseeService", "Loaded", "SocialLinking"]
