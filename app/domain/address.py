"""Addresses: folded for comparison, so that 一丁目２番３号 and 1-2-3 agree and different places do not."""

import re

from app.domain.names import Agreement, NameFolder, bare

_UNITS = re.compile(r"(丁目|番地の|番地|番|号室|号|の(?=[0-9]))")
_HYPHENS = re.compile(r"(?<=[0-9])\s*[‐‑–—―−－ー-]\s*(?=[0-9])")
_KANJI_COUNT = re.compile(r"[〇一二三四五六七八九十百]+(?=丁目|番|号|条)")
_DIGITS = dict(zip("〇一二三四五六七八九", "0123456789", strict=True))
_KE = {ord("ヶ"): "ケ", ord("ｹ"): "ケ", ord("が"): "ケ", ord("ガ"): "ケ"}
_WIDTHS = {0xFF10 + i: 0x30 + i for i in range(10)}


def fold_address(address: str, folder: NameFolder) -> str:
    """The form in which two writings of one place are equal: counts in digits, units as hyphens, shapes folded.

    ``ー`` within a word (コーポ) stays. The building's name is part of the address and stays too.
    """
    parts = [_part(part, folder) for part in address_parts(address)]
    return "-".join(part for part in parts if part)


def address_parts(address: str) -> list[str]:
    """The address cut between its counts, which are in digits; the shapes of its characters are as written."""
    plain = address.translate(_WIDTHS).replace("大字", "")
    plain = _KANJI_COUNT.sub(lambda found: _count(found[0]), plain)
    plain = _HYPHENS.sub("-", plain)
    return _UNITS.sub("-", plain).split("-")


def as_in_places(text: str) -> str:
    """The small and other kana of place names (緑ヶ丘, 緑が丘) as one."""
    return text.translate(_KE)


def compare_addresses(left: str, right: str, folder: NameFolder) -> Agreement:
    """As names are compared, with VARIANT also for another notation of the same place."""
    direct = folder.compare(left, right)
    if direct in {Agreement.IDENTICAL, Agreement.SPACING, Agreement.VARIANT, Agreement.SHRUNK}:
        return direct
    alike = fold_address(left, folder) == fold_address(right, folder)
    return Agreement.VARIANT if alike else Agreement.DIFFERENT


def stands_in(name: str, address: str) -> int | None:
    """Where a ward's name begins in an address: at its beginning or behind its city; None where it names no ward.

    北区 in 東区北区画1番 is none.
    """
    at = address.find(name)
    return at if at == 0 or (at > 0 and address[at - 1] == "市") else None


def _part(part: str, folder: NameFolder) -> str:
    characters = bare(as_in_places(part))
    return "".join(folder.variants.head(c) for c in characters)


def _count(kanji: str) -> str:
    """A kanji count below 1,000 in digits: 二十一 → 21, 百二 → 102, 二一 → 21."""
    if "十" not in kanji and "百" not in kanji:
        return "".join(_DIGITS[c] for c in kanji)
    total, pending = 0, 0
    for character in kanji:
        if character in _DIGITS:
            pending = int(_DIGITS[character])
        else:
            total += (pending or 1) * (100 if character == "百" else 10)
            pending = 0
    return str(total + pending)
