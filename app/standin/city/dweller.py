"""One person of a large city as frozen values: what the register keeps of them, plainly synthetic."""

from datetime import date

import msgspec

from app.standin.city.values import JanuaryAddress, RestraintMark


class Stay(msgspec.Struct, frozen=True):
    """An address in the city, the code of its ward, and the days it held; ``until`` None for the present one."""

    address: str
    ward: str
    since: date
    until: date | None


class Dweller(msgspec.Struct, frozen=True, kw_only=True):
    """One person in the register of a city; ``is_resident`` is False for who has died or moved out.

    ``serial``: counts persons of the city, with gaps; the numbers come from it. ``relation``: as registers write it.
    ``birth_written``: for a birth date that is not fully known. ``past_name``: borne until ``past_until``.
    ``removed_why``: death or move_out.
    """

    serial: int
    business_number: str
    household_number: str
    my_number: str
    resident_code: str
    name: str
    kana: str
    birth: date
    sex: str
    relation: str
    stays: tuple[Stay, ...]
    latin_name: str = ""
    kanji_name: str = ""
    alias: str = ""
    alias_kana: str = ""
    former_name: str = ""
    former_name_kana: str = ""
    past_name: str = ""
    past_kana: str = ""
    past_until: date | None = None
    legal_kana: str = ""
    birth_written: str = ""
    nationality: str = "JPN"
    status: str = ""
    status_until: date | None = None
    card_number: str = ""
    origin: str = ""
    origin_head: str = ""
    moved_in_on: date | None = None
    moved_from: str = ""
    former_address: str = ""
    removed_on: date | None = None
    removed_why: str = ""
    moved_to: str = ""
    first_january: tuple[JanuaryAddress, ...] = ()
    restraints: tuple[RestraintMark, ...] = ()
    is_resident: bool = True
