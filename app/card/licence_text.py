"""What stands in the files of a driving licence: objects with one-byte tags, JIS X 0208 text, dates by era digit."""

from dataclasses import dataclass
from datetime import date

from app.domain.era import ERAS
from app.errors import BadCardData
from app.services.other_cards_port import LicenceBasics, LicenceEntries
from app.trust.licence_proof import LicenceSignature

_VERSION_DAYS, _PIN_SET = 0x45, 0x05
_NAME, _KANA, _WHOLE_KANA, _BIRTH, _ADDRESS, _EXPIRY = 0x12, 0x13, 0x15, 0x16, 0x17, 0x1B
_NEW_NAMES, _NEW_KANA, _NEW_ADDRESSES = range(0x60, 0x68), range(0x68, 0x70), range(0x70, 0x78)
_SIGNATURE, _KEY_ID = 0xB1, 0xB6
"""Tags: NPA specification V7-V10 (published) through card.md 8.1; changes (60-77) and B1-B6 by one reader."""
_FILLER = 0xFF
_LONG_ONE, _LONG_TWO = 0x81, 0x82
_PORTRAIT = b"\x5f\x40"
_DAY = 7
_COMMISSION_CHARACTERS = 5
"""A change ends with five characters of the commission (one reader; the specification was not at hand)."""
_GETA = "\u3013"
"""What stands for a character that the chip's table lacks (FFF1-FFF7, FFFA) or that is no JIS X 0208."""


@dataclass(frozen=True, slots=True)
class _Change:
    day: date
    tag: int
    text: str


def objects(data: bytes) -> dict[int, bytes]:
    """The objects up to the filler, by tag; the first of a tag counts. Errors: BadCardData."""
    found: dict[int, bytes] = {}
    at = 0
    while at < len(data) and data[at] != _FILLER:
        value = _value(data, at + 1)
        if value is None:
            raise BadCardData(what=f"{data[at]:02X}")
        start, end = value
        found.setdefault(data[at], data[start:end])
        at = end
    return found


def end_of_objects(data: bytes) -> int | None:
    """Where the objects end, None while there may be more."""
    at = 0
    while at < len(data) and data[at] != _FILLER:
        value = _value(data, at + 1)
        if value is None:
            return None
        at = value[1]
    return at if at < len(data) else None


def portrait_end(data: bytes) -> int | None:
    """Where the portrait's one object ends, None while there is more to read. Errors: BadCardData."""
    if len(data) > len(_PORTRAIT) and not data.startswith(_PORTRAIT):
        raise BadCardData(what="5F40")
    value = _value(data, len(_PORTRAIT))
    return None if value is None else value[1]


def portrait(file: bytes) -> bytes:
    """The picture in the portrait's file. Errors: BadCardData."""
    value = _value(file, len(_PORTRAIT)) if file.startswith(_PORTRAIT) else None
    if value is None:
        raise BadCardData(what="5F40")
    return file[value[0] : value[1]]


def parse_basics(common: bytes, pins: bytes) -> LicenceBasics:
    """From the two free files. Errors: BadCardData."""
    head, setting = _must(objects(common), _VERSION_DAYS), _must(objects(pins), _PIN_SET)
    version, issued, expiry = head[:3], head[3:7], head[7:11]
    if len(setting) != 1 or setting[0] not in {0, 1}:
        raise BadCardData(what="pin setting")
    return LicenceBasics(_ascii(version), _packed_day(issued), _packed_day(expiry), pins_set=setting == b"\x01")


def parse_entries(entries: bytes, changes: bytes) -> LicenceEntries:
    """As they hold now. Errors: BadCardData."""
    found, later = objects(entries), objects(changes)
    name, kana, address = _newest(later, _NEW_NAMES), _newest(later, _NEW_KANA), _newest(later, _NEW_ADDRESSES)
    texts = (
        name.text if name else _jis(_must(found, _NAME)),
        kana.text if kana else _jis(found.get(_KANA) or found.get(_WHOLE_KANA, b"")),
        address.text if address else _jis(_must(found, _ADDRESS)),
    )
    return LicenceEntries(
        *texts[:2],
        birth=_era_day(_must(found, _BIRTH)),
        address=texts[2],
        expiry=_era_day(_must(found, _EXPIRY)),
        address_changed=address.day if address else None,
        replaced=any(_GETA in text for text in texts),
    )


def parse_signature(file: bytes) -> LicenceSignature | None:
    """None where the file holds no signature. Errors: BadCardData."""
    found = objects(file)
    signature, key_id = found.get(_SIGNATURE, b""), found.get(_KEY_ID, b"")
    return LicenceSignature(signature, key_id) if signature and key_id else None


def _value(data: bytes, at: int) -> tuple[int, int] | None:
    """Start and end of the value whose length stands at ``at``; None if the data end before. Errors: BadCardData."""
    if at >= len(data):
        return None
    first, width = data[at], 0
    if first in {_LONG_ONE, _LONG_TWO}:
        width = first - _LONG_ONE + 1
    elif first > _LONG_TWO or first == _LONG_ONE - 1:
        raise BadCardData(what="length")
    start = at + 1 + width
    length = int.from_bytes(data[at + 1 : start], "big") if width else first
    return (start, start + length) if start + length <= len(data) else None


def _must(found: dict[int, bytes], tag: int) -> bytes:
    if tag not in found:
        raise BadCardData(what=f"{tag:02X}")
    return found[tag]


def _newest(found: dict[int, bytes], tags: range) -> _Change | None:
    """The change of the latest day; of one day, the one written last."""
    changes = [_change(tag, found[tag]) for tag in tags if found.get(tag)]
    return max(changes, key=lambda change: (change.day, change.tag), default=None)


def _change(tag: int, value: bytes) -> _Change:
    """A byte for the code table's year, the day in narrow or wide digits, the text, the commission."""
    body = value[1:]
    narrow = body[:_DAY].isdigit()
    size = _DAY if narrow else 2 * _DAY
    day, rest = body[:size], body[size:]
    if len(rest) < 2 * _COMMISSION_CHARACTERS:
        raise BadCardData(what=f"{tag:02X}")
    digits = day if narrow else bytes(_wide_digit(pair) for pair in _pairs(day))
    return _Change(_era_day(digits), tag, _jis(rest[: -2 * _COMMISSION_CHARACTERS]))


def _wide_digit(pair: bytes) -> int:
    """2330-2339 are the wide digits of JIS X 0208."""
    return pair[1] if pair[0] == 0x23 else 0  # noqa: PLR2004 - their row


def _era_day(raw: bytes) -> date:
    """Era digit and YYMMDD. A year past its era's end is taken as written: licences before 2019 say 平成33年."""
    text = _ascii(raw)
    era = next((each for each in ERAS if each.digit == text[:1]), None)
    if era is None or len(text) != _DAY or not text.isdigit():
        raise BadCardData(what="date")
    return _date(era.year_zero + int(text[1:3]), int(text[3:5]), int(text[5:]))


def _packed_day(raw: bytes) -> date:
    """Eight digits in four bytes."""
    text = raw.hex()
    if not (len(text) == 8 and text.isdigit()):  # noqa: PLR2004
        raise BadCardData(what="date")
    return _date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCardData(what="date") from None


def _ascii(raw: bytes) -> str:
    try:
        return raw.decode("ascii")
    except ValueError:
        raise BadCardData(what="text") from None


def _jis(raw: bytes) -> str:
    return "".join(_character(pair) for pair in _pairs(raw)).rstrip("\u3000")


def _pairs(raw: bytes) -> list[bytes]:
    if len(raw) % 2:
        raise BadCardData(what="text")
    return [raw[at : at + 2] for at in range(0, len(raw), 2)]


def _character(pair: bytes) -> str:
    try:
        return bytes(byte | 0x80 for byte in pair).decode("euc_jp") if max(pair) < 0x80 else _GETA  # noqa: PLR2004
    except ValueError:
        return _GETA
