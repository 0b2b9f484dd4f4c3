"""The office's check of staff cards, as the settings want it."""

from app.backend.staff.service.second_factors import SecondFactors
from app.domain.clock import Random
from app.server.parts import SliceParts
from app.settings import ServerSettings
from app.trust.second_factor import SecondFactor


def second_factors(settings: ServerSettings, staff: SliceParts, random: Random) -> SecondFactors:
    """For the staff slice; its index key makes what must be the same each time."""
    asked = settings.second_factor
    return SecondFactors(SecondFactor(asked.office, asked.office), random, staff.index_key, required=asked.required)
