"""How the national level finds people: by code, by number, or by all of the four items that were said."""

import unicodedata
from collections.abc import Iterable

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
    name, address = _plain(asked.name), _plain(asked.address)
    for one in people:
        names = {_plain(text) for text in (one.name, one.former_name, one.alias) if text}
        if (
            (not name or name in names)
            and (not address or _plain(one.address).endswith(address) or address.endswith(_plain(one.address)))
            and asked.birth in {None, one.birth}
            and asked.sex in {"", one.sex}
        ):
            yield one


def _plain(text: str) -> str:
    """Without spaces, of one width, numbers of an address with one kind of mark between them."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    for mark in ("丁目", "番地", "番", "号", "−", "ー"):
        plain = plain.replace(mark, "-")
    return plain.strip("-")
