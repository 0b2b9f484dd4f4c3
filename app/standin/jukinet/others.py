"""The communication servers of other municipalities: parcels between real ones, and invented ones that answer."""

from collections.abc import Set
from dataclasses import dataclass, field

import msgspec

from app.wire.jukinet import MovedIn, MovingOutData, WideAreaCopy, WideAreaPerson, WideAreaRequest
from app.wire.jukinet_network import NetParcel
from app.wire.message import Message


class Household(Message, frozen=True):
    """A household in the register of an invented municipality. ``codes``: 住民票コード of ``persons``, in order."""

    municipality: str
    address: str
    head: str
    codes: tuple[str, ...]
    persons: tuple[WideAreaPerson, ...]


@dataclass
class Post:
    """What lies at the national level for each municipality. ``real``: those with a communication server of their own.

    ``moved_in``, ``moving_out``: what invented municipalities were told.
    """

    real: Set[str]
    lying: dict[str, list[NetParcel]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    households: list[Household] = field(default_factory=list)
    moved_in: list[MovedIn] = field(default_factory=list)
    moving_out: list[MovingOutData] = field(default_factory=list)

    def take(self, parcel: NetParcel) -> str:
        """Lay a parcel down, once; its receipt. An invented municipality reads it at once."""
        name = f"{parcel.sender}/{parcel.parcel_id}"
        if name not in self.taken:
            self.taken.add(name)
            if parcel.to in self.real:
                self.lying.setdefault(parcel.to, []).append(parcel)
            else:
                self._read(parcel)
        return f"n-{parcel.parcel_id}"

    def lie(self, municipality: str, most: int) -> tuple[tuple[NetParcel, ...], bool]:
        """The oldest parcels of a municipality, and whether there are more."""
        all_of = self.lying.get(municipality, [])
        return tuple(all_of[:most]), len(all_of) > most

    def done(self, municipality: str, parcel_ids: Set[str]) -> None:
        """They are kept where they belong."""
        lying = self.lying.get(municipality, [])
        self.lying[municipality] = [one for one in lying if one.parcel_id not in parcel_ids]

    def _read(self, parcel: NetParcel) -> None:
        if parcel.moved_in is not None:
            self.moved_in.append(parcel.moved_in)
        elif parcel.moving_out is not None:
            self.moving_out.append(parcel.moving_out)
        elif parcel.wide_area is not None:
            answer = NetParcel(
                parcel_id=f"answer-{parcel.parcel_id}"[:64],
                to=parcel.sender,
                sender=parcel.to,
                copy=self._copy(parcel.to, parcel.wide_area),
            )
            self.take(answer)

    def _copy(self, municipality: str, asked: WideAreaRequest) -> WideAreaCopy:
        for home in self.households:
            if home.municipality == municipality and asked.resident_code in home.codes:
                persons = tuple(
                    _shown(one, asked)
                    for code, one in zip(home.codes, home.persons, strict=True)
                    if asked.with_household or code == asked.resident_code
                )
                return WideAreaCopy(
                    request_id=asked.request_id,
                    municipality=municipality,
                    address=home.address,
                    household_head=home.head,
                    persons=persons,
                )
        return WideAreaCopy(request_id=asked.request_id, municipality=municipality, reason="not_issued")


def _shown(one: WideAreaPerson, asked: WideAreaRequest) -> WideAreaPerson:
    return msgspec.structs.replace(
        one,
        resident_code=one.resident_code if asked.with_code else "",
        my_number=one.my_number if asked.with_number else "",
    )
