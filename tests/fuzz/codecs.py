"""Every parser of what a card or reader says, as a function of bytes; and files of sound cards to begin with."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from app.card import tlv
from app.card.attributes import parse_attributes, parse_integrity, parse_key, parse_number
from app.card.face import parse_face, parse_number_image
from app.card.jpki import parse_file, parse_there, parse_token
from app.card.licence_text import end_of_objects, parse_basics, parse_entries, parse_signature, portrait, portrait_end
from app.card.picture import to_picture
from app.card.pinpad import features
from app.card.residence_files import FirstFiles, SecondFiles, parse_first, parse_kind, parse_second
from app.domain.certificate import Purpose
from app.domain.verdict import Verified
from app.standin.cards import licence as licence_place
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID
from app.standin.cards.jpki_files import JPKI_AID
from app.standin.cards.other_profiles import RESIDENT
from app.standin.cards.residence import DF1, DF2, DF3
from app.standin.cards.residence_authority import FIRST, SECOND
from app.trust import certificates
from app.trust.card_proof import check_attributes, check_certificate, check_face, check_key, check_number
from app.trust.certificate_holder import holder_of
from app.trust.licence_proof import check_licence
from app.trust.residence_proof import check_residence
from tests.fuzz.small_cards import licence, my_number_card, picture, residence
from tests.support.flows import Anchors
from tests.support.proving import DAY

Target = Callable[[bytes], object]
TODAY = date(2026, 11, 20)
_anchors = cache(Anchors.load)


def joined(*parts: bytes) -> bytes:
    """Several files as one piece: each behind its length."""
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def parted(data: bytes, count: int) -> list[bytes]:
    """The first ``count`` pieces; what is missing is empty."""
    parts, at = [], 0
    for _ in range(count):
        size = int.from_bytes(data[at : at + 2], "big")
        parts.append(data[at + 2 : at + 2 + size])
        at += 2 + size
    return parts


def file(aid: bytes, number: int) -> bytes:
    """A file of the sound card."""
    content: bytes = my_number_card().application(aid).files[number].content  # type: ignore[union-attr]
    return content


@cache
def _certificate(aid: bytes) -> object:
    return check_certificate(file(aid, 4), _anchors().card)


def objects(data: bytes) -> object:
    tag, _, _ = tlv.head(data)
    return tlv.members(tlv.first(data, tag).value)


def face(data: bytes) -> object:
    record = parse_face(data)
    if check_face(record.signed, _certificate(FACE_AID)) == Verified():  # type: ignore[arg-type]
        genuine = parse_face(file(FACE_AID, 2))
        assert (record.birth, record.sex, record.photo) == (genuine.birth, genuine.sex, genuine.photo)
    return record


def attributes(data: bytes) -> object:
    text, signed = parted(data, 2)
    record, integrity = parse_attributes(text), parse_integrity(signed)
    if check_attributes(integrity, record.covered, _certificate(ATTRIBUTE_AID)) == Verified():  # type: ignore[arg-type]
        assert record.four == parse_attributes(file(ATTRIBUTE_AID, 2)).four
    return record


def number(data: bytes) -> object:
    text, signed = parted(data, 2)
    record, integrity = parse_number(text), parse_integrity(signed)
    if check_number(integrity, record.covered.reveal(), _certificate(ATTRIBUTE_AID)) == Verified():  # type: ignore[arg-type]
        assert record.number == parse_number(file(ATTRIBUTE_AID, 1)).number
    return record


def card_key(data: bytes) -> object:
    key = parse_key(data)
    if check_key(key, _certificate(ATTRIBUTE_AID)) == Verified():  # type: ignore[arg-type]
        assert key.card_key == parse_key(file(ATTRIBUTE_AID, 7)).card_key
    return key


def number_image(data: bytes) -> object:
    record = parse_number_image(data)
    if check_key(record.signed, _certificate(FACE_AID)) == Verified():  # type: ignore[arg-type]
        assert record.image == parse_number_image(file(FACE_AID, 5)).image
    return record


def card_certificate(data: bytes) -> object:
    found = check_certificate(data, _anchors().card)
    if found.issuer == Verified():
        assert data[:568] in {file(FACE_AID, 4)[:568], file(ATTRIBUTE_AID, 4)[:568]}
    return found


def holder_certificate(data: bytes) -> object:
    parsed = certificates.parse_certificate(parse_file(data))
    for purpose in Purpose:
        found = certificates.check_certificate(parsed, purpose, _anchors().certificates, DAY)
        if found.issuer == Verified():
            assert parsed.der in {parse_file(file(JPKI_AID, 0x0A)), parse_file(file(JPKI_AID, 0x01))}
        certificates.check_answer(parsed, found.issuer, bytes(32), data[-256:])
    return holder_of(parsed)


def token(data: bytes) -> object:
    return parse_token(data), parse_there(data)


def licence_files(data: bytes) -> object:
    common, pins, entries, changes, signed = parted(data, 5)
    for each in (entries, changes):
        end_of_objects(each)
    found = parse_signature(signed)
    check_licence(found, entries + changes, _anchors().licence)
    return parse_basics(common, pins), parse_entries(entries, changes)


def licence_photo(data: bytes) -> object:
    portrait_end(data)
    return to_picture(portrait(data))


def residence_first(data: bytes) -> object:
    front, photo, back, one, two, three, signature = parted(data, 7)
    record = parse_first(FirstFiles(front, photo, back, (one, two, three), signature), with_status=True)
    return check_residence(record.signed, _anchors().residence, TODAY)


def residence_second(data: bytes) -> object:
    entries, images, address, one, two, signature = parted(data, 6)
    record = parse_second(SecondFiles(entries, images, address, (one, two), signature), with_status=True)
    verdicts = check_residence(record.signed, _anchors().residence, TODAY)
    if verdicts.issuer == verdicts.record == Verified():
        genuine = (RESIDENT.birth, RESIDENT.sex, RESIDENT.expiry)
        assert (record.birth, record.sex and record.sex.value, record.expiry) == genuine
    return verdicts


TARGETS: Mapping[str, Target] = {
    "objects": objects,
    "face": face,
    "attributes": attributes,
    "number": number,
    "card_key": card_key,
    "number_image": number_image,
    "card_certificate": card_certificate,
    "holder_certificate": holder_certificate,
    "token": token,
    "licence_files": licence_files,
    "licence_photo": licence_photo,
    "residence_kind": parse_kind,
    "residence_first": residence_first,
    "residence_second": residence_second,
    "picture": to_picture,
    "pad_features": features,
}


def _licence_files() -> list[bytes]:
    files = licence().files
    entries = files[licence_place.DF1]
    root = files[licence_place.MF]
    return [root[0x2F01], root[0x0A], entries[1], entries[4], entries[7]]


def _residence_files(generation: str) -> list[bytes]:
    card = residence(FIRST if generation == "first" else SECOND)
    own, back, signed = (
        {number: one.content for number, one in card.files[place].items()} for place in (DF1, DF2, DF3)
    )
    if generation == "first":
        return [own[5], own[6], back[1], back[2], back[3], back[4], signed[2]]
    return [own[3], own[4], own[6], back[1], back[2], signed[2]]


def seeds(name: str) -> list[bytes]:
    """Sound input of a target."""
    found: dict[str, Callable[[], list[bytes]]] = {
        "objects": lambda: [file(ATTRIBUTE_AID, 2), file(ATTRIBUTE_AID, 3)],
        "face": lambda: [file(FACE_AID, 2)],
        "attributes": lambda: [joined(file(ATTRIBUTE_AID, 2), file(ATTRIBUTE_AID, 3))],
        "number": lambda: [joined(file(ATTRIBUTE_AID, 1), file(ATTRIBUTE_AID, 3))],
        "card_key": lambda: [file(ATTRIBUTE_AID, 7)],
        "number_image": lambda: [file(FACE_AID, 5)],
        "card_certificate": lambda: [file(FACE_AID, 4), file(ATTRIBUTE_AID, 4)],
        "holder_certificate": lambda: [parse_file(file(JPKI_AID, 0x0A)), parse_file(file(JPKI_AID, 0x01))],
        "token": lambda: [file(JPKI_AID, 0x06), file(JPKI_AID, 0x08)],
        "licence_files": lambda: [joined(*_licence_files())],
        "licence_photo": lambda: [b"\x5f\x40" + bytes([0x82]) + len(picture()).to_bytes(2, "big") + picture()],
        "residence_kind": lambda: [b"\xc1\x011", b"\xc1\x0205"],
        "residence_first": lambda: [joined(*_residence_files("first"))],
        "residence_second": lambda: [joined(*_residence_files("second"))],
        "picture": lambda: [picture(), picture(mode="RGB"), picture("PNG", "1"), picture("TIFF", "1")],
        "pad_features": lambda: [bytes.fromhex("060442330006") + bytes.fromhex("120442330012")],
    }
    return found[name]()
