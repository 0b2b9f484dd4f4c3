"""Small applications of the card that programs rarely ask: 共通カードAP, 住基AP, and what the card itself gives.

Source: card.md 3.4, the record by two readers, the rest measured on test cards by one.
"""

from collections.abc import Mapping
from hashlib import sha256

from app.standin.cards.answer_to_reset import CONTACT
from app.standin.cards.authority import Signer
from app.standin.cards.contents import Application, DataFile, File, KeyFile, RecordFile, SigningKey
from app.standin.cards.holder import Holder
from app.standin.cards.tlv import tlv

COMMON_AID = bytes.fromhex("D3921000310001010100")
REGISTER_AID = bytes.fromhex("D3921000310001010401")
COMMON_PIN = REGISTER_PIN = 0x1C
CARD_RECORD, KEY_REFERENCE, CARD_KEY = 0x01, 0x02, 0x19
_TRIES = 3
_SERIAL_DIGITS = 15


def small_applications(holder: Holder, signer: Signer, *, has_codes: bool) -> tuple[Application, ...]:
    """共通カードAP, then 住基AP. What 住基AP keeps behind its PIN is not public: nothing here."""
    common: dict[int, File] = {
        CARD_RECORD: RecordFile((tlv(0x01, _card_number(holder).encode()),)),
        KEY_REFERENCE: DataFile(signer.authority_id),
        CARD_KEY: SigningKey(signer.key),
        COMMON_PIN: KeyFile.of(holder.pin, _TRIES, is_set=has_codes),
    }
    register: dict[int, File] = {
        KEY_REFERENCE: RecordFile((signer.authority_id,)),
        REGISTER_PIN: KeyFile.of(holder.pin, _TRIES, is_set=has_codes),
    }
    return Application(COMMON_AID, common), Application(REGISTER_AID, register)


def card_objects(holder: Holder, signer: Signer) -> Mapping[int, bytes]:
    """What GET DATA gives while nothing is selected; 7F21 is long and asks for an extended length.

    The coding of those that name no form in card.md is assumed: bytes or digits in one object.
    """
    return {
        0x0042: tlv(0x42, b"TRAINING"),
        0x0045: tlv(0x45, _serial(holder).encode()),
        0x0066: tlv(0x66, bytes.fromhex("06030E01")),
        0x00F0: tlv(0xF0, holder.municipality.encode()),
        0x00F2: tlv(0xF2, f"{holder.expiry:%Y%m%d}".encode()),
        0x00F7: tlv(0xF7, signer.authority_id),
        0x00F8: tlv(0xF8, signer.certificate),
        0x7F21: signer.certificate,
        0x5F51: tlv(0x5F51, CONTACT[1:]),
    }


def _card_number(holder: Holder) -> str:
    """28 digits: serial, municipality, expiry."""
    return f"{_serial(holder)}{holder.municipality}{holder.expiry:%Y%m%d}"


def _serial(holder: Holder) -> str:
    """15 digits, the same for the same holder and expiry; nines in front: no card was ever issued with it."""
    chance = int.from_bytes(sha256(f"{holder.my_number}|{holder.expiry}".encode()).digest()[:4], "big")
    return f"999990{chance % 10**9:09d}"
