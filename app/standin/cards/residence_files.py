"""What residence cards hold. Sizes and tags: MOJ 在留カード等仕様書 V1.3 3.3, 第２世代 V1.1 3.3 (published)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.standin.cards.residence import DF1, DF2, DF3, MF, Access, ResidenceChip, ResidenceFile
from app.standin.cards.residence_authority import ResidenceSigner
from app.standin.cards.residence_suite import AES_128, TRIPLE_DES

_FRONT, _PHOTO, _IMAGE, _FIRST_CERTIFICATE, _SECOND_CERTIFICATE = 7000, 3000, 2500, 1200, 602
_ADDRESS, _PERMISSION, _NOTE = 320, 120, 200
_LONG = 0x80


@dataclass(frozen=True, slots=True)
class ResidenceHolder:
    """Whose card. Days as eight digits on the card; codes as the authority writes them (none of ours is a real case).

    ``moved``: day, municipality and address written on the back of a first-generation card after a move.
    """

    number: str
    birth: date
    sex: str
    expiry: date
    special: bool = False
    nationality: str = "ZZZ"
    status: str = "T00"
    moved: tuple[date, str, str] | None = None


@dataclass(frozen=True, slots=True)
class ResidenceImages:
    """The pictures. ``front``: all that is printed, for the first generation; ``name`` and ``address`` for the second.

    ``photo`` empty: a child under 16, whose card carries neither photo nor signature (V1.3 3.3.5).
    """

    photo: bytes
    front: bytes = b""
    name: bytes = b""
    address: bytes = b""


def first_generation(holder: ResidenceHolder, images: ResidenceImages, signer: ResidenceSigner) -> ResidenceChip:
    """A card of the kind issued until June 2026: what is printed is one picture."""
    front, photo = images.front.ljust(_FRONT, b"\x00"), images.photo.ljust(_PHOTO, b"\x00")
    if images.photo:
        signed = _object(0xDA, signer.sign(front, photo)) + _object(
            0xDB, _filled(signer.certificate, _FIRST_CERTIFICATE)
        )
        portrait = _object(0xD1, photo)
    else:
        signed, portrait = bytes.fromhex("DA00DB00").ljust(1464, b"\x00"), b"\xd1\x00".ljust(3004, b"\x00")
    files: dict[bytes, Mapping[int, ResidenceFile]] = {
        MF: _free("0001", "2" if holder.special else "1"),
        DF1: {
            0x05: ResidenceFile(_object(0xD0, front), Access.SECURE),
            0x06: ResidenceFile(portrait, Access.SECURE),
        },
        DF2: {0x01: ResidenceFile(_back(holder))} | ({} if holder.special else _first_permissions()),
        DF3: {0x02: ResidenceFile(signed)},
    }
    return ResidenceChip(number=holder.number.encode(), suite=TRIPLE_DES, files=files)


def second_generation(holder: ResidenceHolder, images: ResidenceImages, signer: ResidenceSigner) -> ResidenceChip:
    """A card of the kind issued from June 2026: dates and codes as text, name and address as pictures."""
    entries = _entries(holder)
    name, photo = images.name.ljust(_IMAGE, b"\x00"), images.photo.ljust(_PHOTO, b"\x00")
    covered = b"".join(value for _, value in entries).ljust(53, b"\x00")
    signed = _object(0xDC, signer.sign(covered, photo, name)) + _object(0xDD, signer.certificate)
    other = _object(0xD9, b"0") + _object(0xDE, b"").ljust(_NOTE + 4, b"\x00")
    files: dict[bytes, Mapping[int, ResidenceFile]] = {
        MF: _free("0001", "06" if holder.special else "05"),
        DF1: {
            0x01: ResidenceFile(_object(0xC2, holder.number.encode()), Access.SECURE),
            0x03: ResidenceFile(b"".join(_object(tag, value) for tag, value in entries), Access.SECURE),
            0x04: ResidenceFile(_object(0xD0, name) + _object(0xD1, photo), Access.SECURE),
            0x06: ResidenceFile(_object(0xDFD1, images.address.ljust(_IMAGE, b"\x00")), Access.SECURE),
        },
        DF2: {0x03: ResidenceFile(other)} | ({} if holder.special else _second_permissions()),
        DF3: {0x02: ResidenceFile(signed.ljust(_SECOND_CERTIFICATE + 102, b"\x00"))},
    }
    return ResidenceChip(number=holder.number.encode(), suite=AES_128, files=files)


def altered(chip: ResidenceChip, place: bytes, number: int, content: bytes) -> ResidenceChip:
    """The same card with another file in one place: a forgery, for training and tests."""
    changed = {number: replace(chip.files[place][number], content=content)}
    return replace(chip, files={**chip.files, place: {**chip.files[place], **changed}}, log=[])


def _free(version: str, kind: str) -> Mapping[int, ResidenceFile]:
    return {
        0x0B: ResidenceFile(_object(0xC0, version.encode()), Access.FREE),
        0x0A: ResidenceFile(_object(0xC1, kind.encode()), Access.FREE),
    }


def _entries(holder: ResidenceHolder) -> list[tuple[int, bytes]]:
    """The printed entries in the order in which they are signed (the tags' order in V1.1 3.3.4.4)."""
    shared = [
        (0xC5, f"{holder.expiry:%Y%m%d}"),
        (0xC6, f"{holder.birth:%Y%m%d}"),
        (0xC7, holder.sex),
        (0xC8, holder.nationality),
        (0xC9, holder.status.ljust(10)),
        (0xCE, "0500"),
    ]
    own = [(0xCA, "01"), (0xCB, "20260701"), (0xCC, "1"), (0xCD, f"{holder.expiry:%Y%m%d}")]
    return [(tag, text.encode()) for tag, text in (shared if holder.special else shared + own)]


def _back(holder: ResidenceHolder) -> bytes:
    """住居地 after a move: all zeros while nothing is written (assumed)."""
    day, code, address = holder.moved or (None, "", "")
    written = f"{day:%Y%m%d}".encode() if day else bytes(8)
    text = _filled(address.encode(), _ADDRESS)
    return _object(0xD2, written) + _object(0xD3, _filled(code.encode(), 6)) + _object(0xD4, text)


def _first_permissions() -> dict[int, ResidenceFile]:
    return {
        0x02: ResidenceFile(bytes(_PERMISSION + 2)),
        0x03: ResidenceFile(bytes(_PERMISSION + 2)),
        0x04: ResidenceFile(_object(0xD7, b"0")),
    }


def _second_permissions() -> dict[int, ResidenceFile]:
    comprehensive = _object(0xD5, b"0") + _object(0xD6, bytes(8)) + _object(0xD7, b"0")
    return {
        0x01: ResidenceFile(comprehensive.ljust(22, b"\x00")),
        0x02: ResidenceFile(_object(0xD8, b"0")),
    }


def _object(tag: int, value: bytes) -> bytes:
    name = tag.to_bytes(2 if tag > 0xFF else 1, "big")  # noqa: PLR2004 - DFD1 is the only tag of two bytes
    if len(value) < _LONG:
        return name + bytes([len(value)]) + value
    return name + b"\x82" + len(value).to_bytes(2, "big") + value


def _filled(content: bytes, size: int) -> bytes:
    return content.ljust(size, b"\x00")
