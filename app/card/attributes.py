"""券面事項入力補助AP, the attribute application: basic four and 個人番号 as text, with signed digests."""

from app.card import tlv
from app.card.application import SelectedApplication, select
from app.card.channel import Channel
from app.card.fields import card_date, card_sex
from app.domain.number import kept_number
from app.domain.person import BasicFour
from app.domain.secret import Secret
from app.errors import BadCardData, BadFormat
from app.services.card_port import AttributeRecord, Key, NumberRecord
from app.trust.card_proof import SignedAttributes, SignedKey

AID = bytes.fromhex("D3921000310001010408")
_FILE_NUMBER, _FILE_FOUR, _FILE_INTEGRITY, _FILE_KEY = 0x01, 0x02, 0x03, 0x07
_INTEGRITY_BYTES, _KEY_BYTES = 336, 536
_KEYS = {Key.ATTRIBUTES_PIN: 0x11, Key.ATTRIBUTES_A: 0x14, Key.ATTRIBUTES_B: 0x15}
_NUMBER, _FOUR, _INTEGRITY, _KEY = 0xFF10, 0xFF20, 0xFF30, 0xFF50
_OFFSETS, _NAME, _ADDRESS, _BIRTH, _SEX = 0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25
"""Files, keys and tags: card.md 3.2, published by several readers; 0003 to 0007 by one, measured on test cards."""


class Attributes(SelectedApplication):
    """The attribute application, selected."""

    def __init__(self, channel: Channel) -> None:
        select(channel, AID, "attributes")
        super().__init__(channel, _KEYS)

    def attributes(self) -> AttributeRecord:
        """Read the basic four; needs code B or the PIN."""
        return parse_attributes(self.read(_FILE_FOUR))

    def number(self) -> NumberRecord:
        """Read the 個人番号; needs code A or the PIN."""
        return parse_number(self.read(_FILE_NUMBER))

    def integrity(self) -> SignedAttributes:
        """Read the signed digests."""
        return parse_integrity(self.read(_FILE_INTEGRITY, _INTEGRITY_BYTES))

    def card_key(self) -> SignedKey:
        """Read the card's public key."""
        return parse_key(self.read(_FILE_KEY, _KEY_BYTES))


def parse_attributes(file: bytes) -> AttributeRecord:
    """The basic four from their file; the digest covers everything after the offset table. Errors: BadCardData."""
    value = tlv.first(file, _FOUR).value
    found = tlv.members(value)
    name, address, birth, sex = (tlv.member(found, tag).value for tag in (_NAME, _ADDRESS, _BIRTH, _SEX))
    four = BasicFour(_text(name, "name"), _text(address, "address"), card_date(birth, "birth"), card_sex(sex))
    table = found[_OFFSETS].whole if _OFFSETS in found else b""
    return AttributeRecord(four, value[len(table) :])


def parse_number(file: bytes) -> NumberRecord:
    """The number from its file; the digest covers the file with its filler. Errors: BadCardData."""
    try:
        number = kept_number(tlv.first(file, _NUMBER).value.decode("ascii"))
    except (ValueError, BadFormat):
        raise BadCardData(what="number") from None
    return NumberRecord(number, Secret(file))


def parse_integrity(file: bytes) -> SignedAttributes:
    """The signed digests from their file. Errors: BadCardData."""
    found = tlv.members(tlv.first(file, _INTEGRITY).value)
    number, four, signature = (tlv.member(found, tag) for tag in (0xDF31, 0xDF32, 0xDF33))
    return SignedAttributes(number.value, four.value, number.whole + four.whole, signature.value)


def parse_key(file: bytes) -> SignedKey:
    """The card's public key from its file. Errors: BadCardData."""
    found = tlv.members(tlv.first(file, _KEY).value)
    key, signature = tlv.member(found, 0xDF51), tlv.member(found, 0xDF52)
    return SignedKey(key.value, key.whole, signature.value)


def _text(raw: bytes, what: str) -> str:
    try:
        return raw.decode("utf-8")
    except ValueError:
        raise BadCardData(what=what) from None
