"""In which ward (区) an address lies, read from the address as it is written."""

from collections.abc import Mapping, Sequence

from app.domain.address import stands_in
from app.wire.register import Ward


class WardFinder:
    """``wards``: those of each designated city, by the city's code."""

    def __init__(self, wards: Mapping[str, Sequence[Ward]]) -> None:
        self._wards = wards

    def of(self, municipality: str, address: str) -> str:
        """The ward's code; "" where the city has no wards or the address names none."""
        places = ((stands_in(one.name, address), one.code) for one in self._wards.get(municipality, ()))
        named = [(at, code) for at, code in places if at is not None]
        return min(named)[1] if named else ""
