"""The files and keys of a card. Sources: card.md 3.1-3.3, published by readers or measured on test cards."""

import hashlib
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from app.standin.cards.authority import Signer, TrainingAuthority
from app.standin.cards.chip import Chip
from app.standin.cards.contents import Application, DataFile, Delivery, KeyFile, SigningKey
from app.standin.cards.drawing import Drawing
from app.standin.cards.holder import Holder
from app.standin.cards.jpki_authority import GENERATIONS
from app.standin.cards.jpki_files import (
    JPKI_AID,
    SIGN_PASSWORD,
    USER_PIN,
    USUAL,
    CertificateWish,
    generation_of,
    jpki_application,
)
from app.standin.cards.keys import new_key, public_key
from app.standin.cards.small_files import card_objects, small_applications
from app.standin.cards.tlv import tlv, with_offsets

__all__ = ["ATTRIBUTE_AID", "FACE_AID", "JPKI_AID", "SIGN_PASSWORD", "USER_PIN", "CardMaker", "Flaws"]

FACE_AID = bytes.fromhex("D3921000310001010402")
ATTRIBUTE_AID = bytes.fromhex("D3921000310001010408")

FACE_BIRTH, FACE_B, FACE_A, FACE_KEY = 0x11, 0x12, 0x13, 0x1A
PIN, ALWAYS_BLOCKED, TEXT_KEY, TEXT_A, TEXT_B = 0x11, 0x12, 0x13, 0x14, 0x15
_CODE_TRIES, _PIN_TRIES = 10, 3
_FILLER = b"\xff"


@dataclass(frozen=True, slots=True)
class Flaws:
    """What is wrong with a card. ``photo_of``, ``address_as``: put in after signing; ``copied``: files without keys.

    ``is_stranger``: signed by an authority nobody has an anchor for.
    """

    photo_of: Holder | None = None
    address_as: str | None = None
    copied: bool = False
    other_chip: bool = False
    is_stranger: bool = False


SOUND = Flaws()


class CardMaker:
    """Makes cards for holders, signed by one authority."""

    def __init__(self, authority: TrainingAuthority, drawing: Drawing) -> None:
        self._authority = authority
        self._drawing = drawing

    def make(self, holder: Holder, flaws: Flaws = SOUND, certificates: CertificateWish = USUAL) -> Chip:
        """A new card. Time: 0.05 s."""
        face_key, text_key = self._authority.keys_for(f"{holder.name}|{holder.my_number}")
        face = self._face(holder, face_key, flaws)
        text = self._attributes(holder, text_key, flaws, has_pin=certificates.has_codes)
        jpki = jpki_application(holder, certificates, self._authority.jpki)
        if GENERATIONS[generation_of(holder, certificates)].has_one_pin:
            text = replace(text, files={**text.files, PIN: jpki.files[USER_PIN]})
        small = small_applications(holder, self._authority.card, has_codes=certificates.has_codes)
        return Chip((face, text, jpki, *small), objects=card_objects(holder, self._authority.card))

    def _face(self, holder: Holder, key: RSAPrivateKey, flaws: Flaws) -> Application:
        signer = self._authority.face
        files: dict[int, DataFile | KeyFile | SigningKey] = {
            0x01: DataFile(_age_record(holder, key, signer), _only(FACE_BIRTH)),
            0x02: DataFile(self._front(holder, key, flaws), _only(FACE_A, FACE_B)),
            0x03: DataFile(_face_basics(holder, signer)),
            0x04: DataFile(signer.certificate),
            0x05: DataFile(self._number_image(holder, key), _only(FACE_A)),
            0x06: DataFile(_FILLER * 16, _only(FACE_A, FACE_B)),
            FACE_BIRTH: KeyFile(holder.birth_key.encode(), _CODE_TRIES),
            FACE_B: KeyFile(holder.code_b.encode(), _CODE_TRIES),
            FACE_A: KeyFile(holder.my_number.encode(), _CODE_TRIES),
        }
        return Application(FACE_AID, files | _chip_key(FACE_KEY, key, flaws), default_key=FACE_KEY)

    def _front(self, holder: Holder, key: RSAPrivateKey, flaws: Flaws) -> bytes:
        personal = (
            tlv(0xDF22, f"{holder.birth:%Y%m%d}".encode()),
            tlv(0xDF23, holder.sex.value.encode()),
            tlv(0xDF24, public_key(key)),
        )
        images = (tlv(0xDF25, self._drawing.name(holder)), tlv(0xDF26, self._drawing.address(holder)))
        photo = tlv(0xDF27, self._drawing.photo(holder))
        signature = tlv(0xDF28, self._authority.face.sign_groups(b"".join(personal), b"".join(images), photo))
        if flaws.photo_of is not None:
            photo = tlv(0xDF27, self._drawing.photo(flaws.photo_of))
        expiry = tlv(0xDF29, f"{holder.expiry:%Y%m%d}".encode())
        code = tlv(0xDF2A, self._drawing.digits(holder.security_code, (24, 12)))
        return with_offsets(0xFF20, 0xDF21, *personal, *images, photo, signature, expiry, code)

    def _number_image(self, holder: Holder, key: RSAPrivateKey) -> bytes:
        objects = tlv(0xDF41, self._drawing.digits(holder.my_number, (72, 12))) + tlv(0xDF42, public_key(key))
        return tlv(0xFF40, objects, tlv(0xDF43, self._authority.face.sign(objects)))

    def _attributes(self, holder: Holder, key: RSAPrivateKey, flaws: Flaws, *, has_pin: bool) -> Application:
        signer = self._authority.attributes
        number = tlv(0xFF10, holder.my_number.encode()) + _FILLER * 2
        four, integrity = _four(holder), b""
        integrity = _integrity(number, four, signer)
        if flaws.address_as is not None:
            four = _four(replace(holder, address=flaws.address_as))
        card_key = tlv(0xDF51, public_key(key))
        files: dict[int, DataFile | KeyFile | SigningKey] = {
            0x01: DataFile(number, _only(PIN, TEXT_A)),
            0x02: DataFile(four + _FILLER * 8, _only(PIN, TEXT_B)),
            0x03: DataFile(integrity, _only(PIN, TEXT_A, TEXT_B)),
            0x04: DataFile(signer.certificate),
            0x05: DataFile(_attribute_basics(signer)),
            0x06: DataFile(tlv(0xA1, public_key(key)), _only(PIN, TEXT_A, TEXT_B)),
            0x07: DataFile(tlv(0xFF50, card_key, tlv(0xDF52, signer.sign(card_key))), _only(PIN, TEXT_A, TEXT_B)),
            0x08: DataFile(_FILLER * 16),
            PIN: KeyFile.of(holder.pin, _PIN_TRIES, is_set=has_pin),
            ALWAYS_BLOCKED: KeyFile(b"", 0),
            TEXT_A: KeyFile(holder.my_number.encode(), _CODE_TRIES),
            TEXT_B: KeyFile(holder.code_b.encode(), _CODE_TRIES),
        }
        return Application(ATTRIBUTE_AID, files | _chip_key(TEXT_KEY, key, flaws), TEXT_KEY, Delivery(key, PIN))


def _only(*keys: int) -> frozenset[int]:
    return frozenset(keys)


def _chip_key(number: int, key: RSAPrivateKey, flaws: Flaws) -> dict[int, DataFile | KeyFile | SigningKey]:
    if flaws.copied:
        return {}
    return {number: SigningKey(new_key() if flaws.other_chip else key)}


def _four(holder: Holder) -> bytes:
    return with_offsets(
        0xFF20,
        0xDF21,
        tlv(0xDF22, holder.name.encode()),
        tlv(0xDF23, holder.address.encode()),
        tlv(0xDF24, f"{holder.birth:%Y%m%d}".encode()),
        tlv(0xDF25, holder.sex.value.encode()),
    )


def _integrity(number: bytes, four: bytes, signer: Signer) -> bytes:
    """Digest 1 over the number's file with its filler, digest 2 over the four without outer head and offset table."""
    first = four.index(b"\xdf\x22")
    digests = tlv(0xDF31, hashlib.sha256(number).digest()) + tlv(0xDF32, hashlib.sha256(four[first:]).digest())
    return tlv(0xFF30, digests, tlv(0xDF33, signer.sign(digests)))


def _age_record(holder: Holder, key: RSAPrivateKey, signer: Signer) -> bytes:
    objects = tlv(0xDF11, f"{holder.birth:%Y%m%d}".encode()) + tlv(0xDF12, public_key(key))
    return tlv(0xFF10, objects, tlv(0xDF13, signer.sign(objects)))


def _face_basics(holder: Holder, signer: Signer) -> bytes:
    return tlv(
        0xFF30,
        tlv(0xDF31, bytes.fromhex("06030E01")),
        tlv(0xDF32, signer.authority_id),
        tlv(0xDF33, b"\x01"),
        tlv(0xDF34, holder.municipality.encode()),
        tlv(0xDF35, signer.sign(signer.authority_id) + bytes(16)),
    )


def _attribute_basics(signer: Signer) -> bytes:
    sealed = signer.sign(signer.authority_id)[:128]
    return tlv(0xFF40, tlv(0xDF41, bytes.fromhex("01030E01")), tlv(0xDF42, signer.authority_id), tlv(0xDF43, sealed))
