"""The use cases of socialaddress."""

from app.backend.socialaddress.service.tax import SocialAddressService

__all__ = ["SocialAddressService"]
