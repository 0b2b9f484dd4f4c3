"""What stands in the files of residence cards, of both generations. Tags: MOJ V1.3 3.3.4 and V1.1 3.3.4, published."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from app.card import tlv
from app.card.fields import card_date
from app.card.picture import to_picture
from app.domain.person import Sex
from app.errors import BadCardData
from app.services.other_cards_port import ResidenceKind, ResidenceRecord, ResidenceStatus
from app.trust.residence_proof import SignedResidence
from app.trust.residence_session import Generation

_KIND, _FRONT, _PHOTO, _NAME, _ADDRESS_IMAGE = 0xC1, 0xD0, 0xD1, 0xD0, 0xDFD1
_BACK_DAY, _BACK_ADDRESS = 0xD2, 0xD4
_EXPIRY, _BIRTH, _SEX, _NATIONALITY, _STATUS = 0xC5, 0xC6, 0xC7, 0xC8, 0xC9
_PERMISSION, _WORK, _PERIOD_END, _PERIOD = 0xCA, 0xCC, 0xCD, 0xCE
_PRINTED = {0xC5: 8, 0xC6: 8, 0xC7: 1, 0xC8: 3, 0xC9: 10, 0xCE: 4, 0xCA: 2, 0xCB: 8, 0xCC: 1, 0xCD: 8}
"""The printed entries in the order in which they are signed, with their sizes: 53 bytes (V1.1 3.3.4.4, published)."""
_KINDS = {
    "1": ResidenceKind(Generation.FIRST, special_permanent=False),
    "2": ResidenceKind(Generation.FIRST, special_permanent=True),
    "05": ResidenceKind(Generation.SECOND, special_permanent=False),
    "06": ResidenceKind(Generation.SECOND, special_permanent=True),
    "07": ResidenceKind(Generation.SECOND, special_permanent=False, specified=True),
    "08": ResidenceKind(Generation.SECOND, special_permanent=True, specified=True),
}
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}
_PENDING = "1"
_TWO_BYTES, _MOST_LENGTH_BYTES = 0xDF, 3
_ANY_TAG = b"\x04"


@dataclass(frozen=True, slots=True)
class FirstFiles:
    """As read from a card of the first generation; ``permissions``: three files, or none if not asked for."""

    front: bytes = field(repr=False)
    photo: bytes = field(repr=False)
    back: bytes = field(repr=False)
    permissions: tuple[bytes, ...] = field(repr=False)
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SecondFiles:
    """As read from a card of the second generation; ``permissions``: two files, or none."""

    entries: bytes = field(repr=False)
    images: bytes = field(repr=False)
    address: bytes = field(repr=False)
    permissions: tuple[bytes, ...] = field(repr=False)
    signature: bytes = field(repr=False)


def parse_kind(file: bytes) -> ResidenceKind:
    """Which card it says it is. Errors: BadCardData."""
    kind = _KINDS.get(_text(_member(objects(file), _KIND)))
    if kind is None:
        raise BadCardData(what="C1")
    return kind


def parse_first(files: FirstFiles, *, with_status: bool = False) -> ResidenceRecord:
    """First generation: pictures, and the back's text. Errors: BadCardData."""
    front, photo = _member(objects(files.front), _FRONT), _member(objects(files.photo), _PHOTO)
    back = objects(files.back)
    address, changed = _text(back.get(_BACK_ADDRESS, b"")), _day(back.get(_BACK_DAY, b""))
    signature = objects(files.signature)
    signed = SignedResidence(Generation.FIRST, (front, photo), signature.get(0xDA, b""), signature.get(0xDB, b""))
    return ResidenceRecord(
        front=to_picture(front),
        photo=to_picture(photo, colour=True) if photo else None,
        address=address,
        address_changed=changed,
        status=_first_status(files.permissions) if with_status else None,
        signed=signed,
    )


def parse_second(files: SecondFiles, *, with_status: bool = False) -> ResidenceRecord:
    """Second generation: dates and codes as text, name, address and photo as pictures. Errors: BadCardData."""
    entries, images = objects(files.entries), objects(files.images)
    name, photo = _member(images, _NAME), _member(images, _PHOTO)
    address = _member(objects(files.address), _ADDRESS_IMAGE)
    signature = objects(files.signature)
    covered = _printed(entries)
    signed = SignedResidence(
        Generation.SECOND, (covered, photo, name), signature.get(0xDC, b""), signature.get(0xDD, b"")
    )
    return ResidenceRecord(
        name=to_picture(name),
        address_image=to_picture(address),
        photo=to_picture(photo, colour=True) if photo else None,
        birth=_day(_member(entries, _BIRTH)),
        sex=_SEXES.get(_text(_member(entries, _SEX)), Sex.UNKNOWN),
        expiry=card_date(_member(entries, _EXPIRY), "expiry"),
        status=_second_status(entries, files.permissions) if with_status else None,
        signed=signed,
    )


def _printed(entries: Mapping[int, bytes]) -> bytes:
    """What the signature covers: values without tags. So each has its place and its size here.

    Errors: BadCardData for another size: a byte moved from one entry to the next would not be noticed by the signature.
    """
    for tag, size in _PRINTED.items():
        if len(entries.get(tag, bytes(size))) != size:
            raise BadCardData(what=f"{tag:X}")
    return b"".join(entries.get(tag, b"") for tag in _PRINTED)


def objects(file: bytes) -> Mapping[int, bytes]:
    """The values by tag, in order, up to the zeros that fill the file; the first of a tag counts."""
    found: dict[int, bytes] = {}
    at = 0
    while at < len(file) and file[at]:
        tag, at = _tag(file, at)
        _, start, length = tlv.head(_ANY_TAG + file[at : at + _MOST_LENGTH_BYTES])
        at += start - len(_ANY_TAG)
        if at + length > len(file):
            raise BadCardData(what=f"{tag:X}")
        found.setdefault(tag, file[at : at + length])
        at += length
    return found


def _tag(file: bytes, at: int) -> tuple[int, int]:
    """One byte, or two after DF: their second (D1) breaks the rule by which ``tlv`` reads tags (V1.1 3.2.3.1)."""
    size = 2 if file[at] == _TWO_BYTES else 1
    return int.from_bytes(file[at : at + size], "big"), at + size


def _first_status(permissions: tuple[bytes, ...]) -> ResidenceStatus:
    """The texts of the back; 在留資格 itself stands in the picture of the front."""
    comprehensive, individual, pending = (objects(file) for file in permissions or (b"", b"", b""))
    return ResidenceStatus(
        comprehensive=_text(comprehensive.get(0xD5, b"")),
        individual=_text(individual.get(0xD6, b"")),
        application_pending=_text(pending.get(0xD7, b"")) == _PENDING,
    )


def _second_status(entries: Mapping[int, bytes], permissions: tuple[bytes, ...]) -> ResidenceStatus:
    granted, pending = (objects(file) for file in permissions or (b"", b""))
    texts = {tag: _text(value) for tag, value in entries.items()}
    return ResidenceStatus(
        nationality=texts.get(_NATIONALITY, ""),
        status=texts.get(_STATUS, ""),
        period=texts.get(_PERIOD, ""),
        period_end=_day(entries.get(_PERIOD_END, b"")),
        permission=texts.get(_PERMISSION, ""),
        work_restriction=texts.get(_WORK, ""),
        comprehensive=_text(granted.get(0xD5, b"")),
        individual=_text(granted.get(0xD7, b"")),
        application_pending=_text(pending.get(0xD8, b"")) == _PENDING,
    )


def _member(found: Mapping[int, bytes], tag: int) -> bytes:
    if tag not in found:
        raise BadCardData(what=f"{tag:X}")
    return found[tag]


def _day(raw: bytes) -> date | None:
    """A day, None where none is written: also a birth date of which month or day is unknown (zeros)."""
    with suppress(BadCardData):
        return card_date(raw, "day")
    return None


def _text(raw: bytes) -> str:
    """UTF-8 without the zeros and blanks that fill its place."""
    try:
        return raw.decode("utf-8").rstrip("\x00 ")
    except ValueError:
        raise BadCardData(what="text") from None
