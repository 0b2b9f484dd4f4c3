"""What a driving licence holds, written as its chip holds it. Source: NPA V7-V10 (published) through card.md 8.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from app.standin.cards import licence
from app.standin.cards.contents import KeyFile
from app.standin.cards.licence import DF1, DF2, DF3, MF, LicenceChip

KEY_ID = b"TEST-NPA-KEY-1".ljust(20, b"\x00")
"""主体者鍵識別子, 20 bytes (its length is assumed: a SHA-1 id)."""
_ERAS = ((date(2019, 5, 1), "5", 2018), (date(1989, 1, 8), "4", 1988), (date(1926, 12, 25), "3", 1925))
_FILLER = b"\xff"
_ENTRIES_BYTES, _DOMICILE_BYTES, _CHANGES_BYTES = 880, 82, 640
"""Sizes of the files (card.md 8.1; 640 by one reader)."""
_YEAR = b"\x97"
"""JIS X 0208 of 1997, as a digit pair (its coding is assumed)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A line on the back: what changed when. ``tag``: 60 name, 68 kana, 70 address, plus how many came before."""

    tag: int
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class LicenceHolder:
    """Whose licence. ``pins`` None: the holder set none; ``commission``: five characters."""

    name: str
    kana: str
    birth: date
    address: str
    domicile: str
    number: str
    issued: date
    expiry: date
    pins: tuple[str, str] | None
    commission: str
    colour: str
    conditions: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


def make_licence(holder: LicenceHolder, photo: bytes, key: RSAPrivateKey, key_id: bytes = KEY_ID) -> LicenceChip:
    """A new licence, signed with ``key``."""
    entries, domicile = _entries(holder), _tag(0x41, jis(holder.domicile))
    characters = _tag(0x48, b"") + _tag(0x49, b"")
    portrait = b"\x5f\x40" + _length(photo) + photo
    signature = key.sign(entries + domicile + characters + portrait, PKCS1v15(), SHA256())
    files: Mapping[bytes, Mapping[int, bytes]] = {
        MF: {
            licence.COMMON: _common(holder),
            licence.PINS_SET: _tag(0x05, b"\x01" if holder.pins else b"\x00"),
        },
        DF1: {
            licence.ENTRIES: _filled(entries, _ENTRIES_BYTES),
            licence.DOMICILE: _filled(domicile, _DOMICILE_BYTES),
            licence.CHARACTERS: characters + _FILLER * 4,
            licence.CHANGES: _filled(_changes(holder), _CHANGES_BYTES),
            licence.CHANGED_CHARACTERS: _tag(0xA2, b"\x00") + _FILLER * 4,
            licence.CHANGED_DOMICILE: _tag(0xAA, b"\x11") + _FILLER * 4,
            licence.SIGNATURE: _signature(signature, key_id),
        },
        DF2: {licence.PHOTO: portrait},
        DF3: {},
    }
    codes = holder.pins or ("****", "****")
    pins = {
        number: KeyFile(code.encode(), licence.TRIES_AT_MOST)
        for number, code in zip((licence.PIN_1, licence.PIN_2), codes, strict=True)
    }
    return LicenceChip(files=files, pins=pins)


def load_licence_key(folder: Path) -> RSAPrivateKey:
    """The training signer of ``folder`` (resources/training/card/licence). Errors: FileNotFoundError."""
    path = folder / "signer.pem"
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, RSAPrivateKey):
        raise FileNotFoundError(path)
    return key


def jis(text: str) -> bytes:
    """JIS X 0208 codes, two bytes a character; a character outside it stands as FFF1 (外字1)."""
    return b"".join(_code(character) for character in text)


def era_day(day: date) -> str:
    """Era digit and YYMMDD."""
    digit, zero = next((digit, zero) for first, digit, zero in _ERAS if first <= day)
    return f"{digit}{day.year - zero:02d}{day:%m%d}"


def _code(character: str) -> bytes:
    try:
        pair = character.encode("euc_jp")
    except UnicodeEncodeError:
        return b"\xff\xf1"
    wide = len(pair) == 2 and pair[0] > 0x8F  # noqa: PLR2004 - 8E and 8F begin what is not JIS X 0208
    return bytes(byte & 0x7F for byte in pair) if wide else b"\xff\xf1"


def _common(holder: LicenceHolder) -> bytes:
    days = bytes.fromhex(f"{holder.issued:%Y%m%d}{holder.expiry:%Y%m%d}")
    return _tag(0x45, b"008" + days) + _tag(0x46, b"\x01\x01")


def _entries(holder: LicenceHolder) -> bytes:
    conditions = [*holder.conditions, "", "", "", ""][:4]
    kinds = dict.fromkeys(range(0x22, 0x34), "0000000") | {0x22: era_day(holder.issued), 0x26: era_day(holder.issued)}
    parts = {
        0x11: _YEAR,
        0x12: jis(holder.name),
        0x13: jis(holder.kana),
        0x14: b"",
        0x15: jis(holder.kana),
        0x16: era_day(holder.birth).encode(),
        0x17: jis(holder.address),
        0x18: era_day(holder.issued).encode(),
        0x19: b"00000",
        0x1A: jis(holder.colour),
        0x1B: era_day(holder.expiry).encode(),
        **{0x1C + place: jis(each) for place, each in enumerate(conditions)},
        0x20: jis(holder.commission),
        0x21: holder.number.encode(),
        **{tag: day.encode() for tag, day in kinds.items()},
    }
    return b"".join(_tag(tag, value) for tag, value in parts.items())


def _changes(holder: LicenceHolder) -> bytes:
    """Year of the code table, era date, text and five characters of the commission; the date in wide digits.

    Source: one reader takes the entries apart so; the specification was not at hand.
    """
    written = [(_tag(0x50, b"\x00" if holder.changes else b"\x11"))]
    for each in sorted(holder.changes, key=lambda change: change.tag):
        wide = era_day(each.day).translate({0x30 + digit: 0xFF10 + digit for digit in range(10)})
        written.append(_tag(each.tag, _YEAR + jis(wide) + jis(each.text) + jis(holder.commission)))
    return b"".join(written)


def _signature(signature: bytes, key_id: bytes) -> bytes:
    named = (0xB2, b"0001"), (0xB4, b"TEST-NOT-NPA"), (0xB5, b"TEST-NOT-NPA SIGNER"), (0xB6, key_id)
    return _tag(0xB1, signature) + b"".join(_tag(tag, value) for tag, value in named) + _FILLER * 4


def _tag(tag: int, value: bytes) -> bytes:
    return bytes([tag]) + _length(value) + value


def _length(value: bytes) -> bytes:
    return bytes([len(value)]) if len(value) < 0x80 else b"\x82" + len(value).to_bytes(2, "big")  # noqa: PLR2004


def _filled(content: bytes, size: int) -> bytes:
    return content.ljust(size, _FILLER)
