"""The basic four out of a signature certificate: six otherNames, two of them marks for replaced glyphs.

Source: card.md 6.2, published by three readers that agree on the object identifiers (a fourth list swaps .5 and .6).
"""

from datetime import date

from cryptography import x509

from app.domain.certificate import SignatureHolder
from app.domain.person import Sex
from app.domain.substitutes import MarkedText
from app.errors import BadCardData
from app.trust.certificates import HolderCertificate

_ARC = "1.2.392.200149.8.5.5."
_NAME, _NAME_MARKS, _SEX, _BIRTH, _ADDRESS, _ADDRESS_MARKS = (f"{_ARC}{last}" for last in range(1, 7))
_UTF8_STRING = 0x0C
_LONG_FORM, _MOST_LENGTH_BYTES = 0x80, 2
_BIRTH_LENGTH = 9
"""One digit for the era of the registered entry (0 unknown, 1 Meiji to 5 Reiwa), then YYYYMMDD, Gregorian."""


def holder_of(certificate: HolderCertificate) -> SignatureHolder:
    """The basic four as certified. Errors: BadCardData(what="holder") if a field is missing or not of its form."""
    texts = _other_names(certificate)
    try:
        name, marks = texts[_NAME], texts[_NAME_MARKS]
        address, address_marks = texts[_ADDRESS], texts[_ADDRESS_MARKS]
        birth, sex = _birth(texts[_BIRTH]), _sex(texts[_SEX])
    except (KeyError, ValueError):
        raise BadCardData(what="holder") from None
    return SignatureHolder(MarkedText.of(name, marks), MarkedText.of(address, address_marks), birth, sex)


def _other_names(certificate: HolderCertificate) -> dict[str, str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        raise BadCardData(what="holder") from None
    found: dict[str, str] = {}
    for other in names.get_values_for_type(x509.OtherName):
        identifier = other.type_id.dotted_string
        if identifier.startswith(_ARC) and found.setdefault(identifier, text := _utf8(other.value)) != text:
            raise BadCardData(what="holder")
    return found


def _utf8(value: bytes) -> str:
    """The text of one UTF8String in DER."""
    if len(value) < 2 or value[0] != _UTF8_STRING:  # noqa: PLR2004
        raise BadCardData(what="holder")
    start, length = 2, value[1]
    if length >= _LONG_FORM:
        width = length - _LONG_FORM
        if not 1 <= width <= _MOST_LENGTH_BYTES:
            raise BadCardData(what="holder")
        start, length = 2 + width, int.from_bytes(value[2 : 2 + width], "big")
    if len(value) != start + length:
        raise BadCardData(what="holder")
    try:
        return value[start:].decode("utf-8")
    except ValueError:
        raise BadCardData(what="holder") from None


def _birth(text: str) -> date:
    if len(text) != _BIRTH_LENGTH or not (text.isascii() and text.isdigit()):
        raise ValueError
    return date(int(text[1:5]), int(text[5:7]), int(text[7:9]))


def _sex(text: str) -> Sex:
    """A code no source knows is "unknown", as on the card."""
    return Sex(text) if text in set(Sex) else Sex.UNKNOWN
