"""券面事項確認AP, the face application: what is printed on the card, with the portrait."""

from contextlib import suppress
from datetime import date

from app.card import tlv
from app.card.application import SelectedApplication, select
from app.card.channel import Channel
from app.card.fields import card_date, card_sex
from app.card.picture import to_picture
from app.errors import BadCardData
from app.services.card_port import FaceRecord, Key, NumberImage
from app.trust.card_proof import SignedFace, SignedKey

AID = bytes.fromhex("D3921000310001010402")
_FILE_RECORD, _FILE_NUMBER, _NUMBER_BYTES = 0x02, 0x05, 768
_KEYS = {Key.FACE_B: 0x12, Key.FACE_A: 0x13}
_RECORD = 0xFF20
_BIRTH, _SEX, _CARD_KEY, _NAME, _ADDRESS, _PHOTO = 0xDF22, 0xDF23, 0xDF24, 0xDF25, 0xDF26, 0xDF27
_SIGNATURE, _EXPIRY, _CODE = 0xDF28, 0xDF29, 0xDF2A
_NUMBER, _NUMBER_IMAGE, _NUMBER_KEY, _NUMBER_SIGNATURE = 0xFF40, 0xDF41, 0xDF42, 0xDF43
"""Files, keys and tags: card.md 3.3, published by several readers; the signature's groups by one, measured."""


class Face(SelectedApplication):
    """The face application, selected."""

    def __init__(self, channel: Channel) -> None:
        select(channel, AID, "face")
        super().__init__(channel, _KEYS)

    def record(self) -> FaceRecord:
        """Read the face; needs code A or B."""
        return parse_face(self.read(_FILE_RECORD))

    def number_image(self) -> NumberImage:
        """Read the picture of the number; needs code A."""
        return parse_number_image(self.read(_FILE_NUMBER, _NUMBER_BYTES))


def parse_face(file: bytes) -> FaceRecord:
    """The face from its file. The offset table in it is not used. Errors: BadCardData."""
    found = tlv.members(tlv.first(file, _RECORD).value)
    birth, sex, key, name, address, photo, signature = (
        tlv.member(found, tag) for tag in (_BIRTH, _SEX, _CARD_KEY, _NAME, _ADDRESS, _PHOTO, _SIGNATURE)
    )
    signed = SignedFace(
        personal=birth.whole + sex.whole + key.whole,
        images=name.whole + address.whole,
        photo=photo.whole,
        signature=signature.value,
        card_key=key.value,
    )
    return FaceRecord(
        birth=card_date(birth.value, "birth"),
        sex=card_sex(sex.value),
        name=to_picture(name.value),
        address=to_picture(address.value),
        photo=to_picture(photo.value),
        expiry=_expiry(found),
        code=to_picture(found[_CODE].value) if _CODE in found else None,
        signed=signed,
    )


def parse_number_image(file: bytes) -> NumberImage:
    """The picture of the number from its file. Errors: BadCardData."""
    found = tlv.members(tlv.first(file, _NUMBER).value)
    image, key, signature = (tlv.member(found, tag) for tag in (_NUMBER_IMAGE, _NUMBER_KEY, _NUMBER_SIGNATURE))
    signed = SignedKey(key.value, image.whole + key.whole, signature.value)
    return NumberImage(to_picture(image.value), signed)


def _expiry(found: dict[int, tlv.Object]) -> date | None:
    """The last day, outside the signature: if it is not readable the rest still is."""
    with suppress(BadCardData):
        return card_date(tlv.member(found, _EXPIRY).value, "expiry")
    return None
