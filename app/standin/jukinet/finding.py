"""How the national level finds people: by code, by number, or by all of the four items that were said."""

import unicodedata
from collections.abc import Iterable

from app.domain.address import address_parts
from app.wire.jukinet import IdentityInfo
from app.wire.jukinet_network import NetEnquiry


def found(people: dict[str, IdentityInfo], asked: NetEnquiry) -> list[IdentityInfo] | None:
    """Who is meant; None for what would find too many."""
    if asked.resident_code:
        one = people.get(asked.resident_code)
        return [] if one is None else [one]
    if asked.my_number:
        return [one for one in people.values() if one.my_number == asked.my_number][:1]
    said = [asked.name.strip(), asked.address.strip(), asked.birth]
    if len([one for one in said if one]) < 2:  # noqa: PLR2004 -- two items
        return None
    return sorted(_agreeing(people.values(), asked), key=lambda one: (one.state, one.resident_code))


def _agreeing(people: Iterable[IdentityInfo], asked: NetEnquiry) -> Iterable[IdentityInfo]:
    name, address = _plain(asked.name), _place(asked.address)
    for one in people:
        names = {_plain(text) for text in (one.name, one.former_name, one.alias) if text}
        is_named = not name or name in names
        if is_named and asked.birth in {None, one.birth} and asked.sex in {"", one.sex}:
            lives = _place(one.address)
            if not address or lives.endswith(address) or address.endswith(lives):
                yield one


def _plain(text: str) -> str:
    """Without spaces, of one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _place(address: str) -> str:
    """An address with its counts in digits and one kind of mark between them."""
    return "-".join(part for part in address_parts(_plain(address)) if part)
