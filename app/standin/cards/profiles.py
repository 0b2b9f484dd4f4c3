"""My Number cards of the training office, by name. All holders are invented; their numbers are plainly synthetic."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.person import Sex
from app.standin.cards.answer_to_reset import CONTACT, CONTACT_NEWER, contactless
from app.standin.cards.answer_to_reset import RESIDENT_CARD as ATR_RESIDENT_CARD
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.chip import Chip
from app.standin.cards.contents import KeyFile
from app.standin.cards.drawing import Drawing
from app.standin.cards.faults import Faults
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID, FACE_B, PIN, SOUND, TEXT_B, CardMaker, Flaws
from app.standin.cards.holder import Holder
from app.standin.cards.jpki_files import (
    ANDROID,
    IPHONE,
    JPKI_AID,
    RESIDENT_CARD,
    SIGN_PASSWORD,
    USER_PIN,
    USUAL,
    CertificateWish,
    jpki_application,
)
from app.standin.cards.plain_chip import PlainChip
from app.standin.cards.special_residence import special_residence

ADULT = Holder(
    name="見本　太郎",
    address="架空県見本市中央区試験町一丁目２番３号",
    birth=date(1988, 5, 17),
    sex=Sex.MALE,
    my_number="111111111118",
    expiry=date(2031, 5, 17),
    security_code="4321",
)
RARE_NAME = replace(
    ADULT,
    name="葛\U000e0100城　𠮷子",
    address="架空県見本市中央区辻\U000e0100町二丁目５番６－７０８号　見本住宅",
    birth=date(1993, 4, 9),
    sex=Sex.FEMALE,
    my_number="123456789018",
    expiry=date(2033, 4, 9),
    security_code="1234",
    substitutes=(("葛\U000e0100", "葛"),),
)
EXPIRED = replace(ADULT, name="見本　次郎", birth=date(1971, 11, 3), my_number="100000000005", expiry=date(2024, 11, 3))
FOREIGN = replace(
    ADULT,
    name="SAMPLE MARIA CLARA",
    birth=date(1996, 2, 29),
    sex=Sex.FEMALE,
    my_number="200000000000",
    expiry=date(2029, 3, 31),
    gregorian_code=True,
)

ALIAS = replace(FOREIGN, name="SAMPLE MARIA CLARA（見本　まりあ）", my_number="300000000004")
"""通称 in brackets after the Latin name, as on the face (assumed for the text)."""
LONG_ADDRESS = replace(
    ADULT,
    name="見本　長住",
    address="架空県見本郡長地名町大字試験上下左右前後東西南北字仮想谷向原一丁目２３４５番地６７８　"
    "見本ニュータウン試験街区第十二号棟１２３４号室　見本様方",
    my_number="900000000001",
)
CHILD = replace(
    ADULT,
    name="見本　小春",
    birth=date(2016, 8, 20),
    sex=Sex.FEMALE,
    my_number="400000000009",
    expiry=date(2030, 8, 20),
)
LAPSED = replace(ADULT, name="見本　四郎", my_number="500000000003")
MOVED = replace(ADULT, name="見本　五郎", birth=date(1979, 12, 24), my_number="600000000008", expiry=date(2029, 12, 24))
LOST = replace(ADULT, name="見本　六郎", my_number="700000000002")
SETTLED = replace(ADULT, name="SAMPLE JUAN PABLO", my_number="800000000007", gregorian_code=True)
_SOMEBODY = replace(ADULT, name="見本　三郎", birth=date(1960, 1, 2))


@dataclass(frozen=True, slots=True)
class Profile:
    """A card of the training office.

    ``blocked``: application and number of codes without tries; ``has_face``: False: 公的個人認証AP and nothing else, as
    on a phone; ``guests``: see ``Chip``.
    """

    holder: Holder = ADULT
    flaws: Flaws = SOUND
    wish: CertificateWish = USUAL
    atr: bytes = CONTACT
    new_atr: bool = False
    survives_reset: bool = False
    has_face: bool = True
    blocked: tuple[tuple[bytes, int], ...] = ()
    guests: Callable[[], Mapping[bytes, PlainChip]] = dict


_PHONE_ATR = contactless(bytes.fromhex("4B51FF00"))
PROFILES: Mapping[str, Profile] = {
    "adult": Profile(),
    "rare_name": Profile(RARE_NAME),
    "expired": Profile(EXPIRED),
    "foreign": Profile(FOREIGN),
    "foreign_alias": Profile(ALIAS),
    "long_address": Profile(LONG_ADDRESS),
    "child": Profile(CHILD),
    "unknown_issuer": Profile(flaws=Flaws(is_stranger=True)),
    "altered_photo": Profile(flaws=Flaws(photo_of=_SOMEBODY)),
    "altered_text": Profile(flaws=Flaws(address_as="架空県見本市西区別天地九丁目９番９号")),
    "copied": Profile(flaws=Flaws(copied=True)),
    "other_chip": Profile(flaws=Flaws(other_chip=True)),
    "blocked": Profile(blocked=((FACE_AID, FACE_B), (ATTRIBUTE_AID, TEXT_B))),
    "blocked_pin": Profile(blocked=((ATTRIBUTE_AID, PIN), (JPKI_AID, USER_PIN), (JPKI_AID, SIGN_PASSWORD))),
    "no_pin": Profile(wish=CertificateWish(signature=False, has_codes=False)),
    "no_certificates": Profile(wish=CertificateWish(user=False)),
    "expired_certificate": Profile(LAPSED, wish=CertificateWish(issued=date(2021, 4, 1))),
    "older_authority": Profile(wish=CertificateWish(issued=date(2023, 5, 18))),
    "unlinked_certificate": Profile(wish=CertificateWish(is_linked=False)),
    "whole_chunks": Profile(wish=CertificateWish(sizes=(7 * 256, 8 * 256), is_exact=True)),
    "moved": Profile(MOVED),
    "moved_deleted": Profile(MOVED, wish=CertificateWish(signature=False)),
    "lost": Profile(LOST),
    "newer_contact": Profile(atr=CONTACT_NEWER),
    "contactless": Profile(atr=contactless(bytes.fromhex("000041E0")), new_atr=True, survives_reset=True),
    "android": Profile(wish=CertificateWish(ANDROID, guarded=True), atr=_PHONE_ATR, has_face=False),
    "iphone": Profile(wish=CertificateWish(IPHONE), atr=_PHONE_ATR, has_face=False),
    "resident_card": Profile(EXPIRED, wish=CertificateWish(RESIDENT_CARD), atr=ATR_RESIDENT_CARD, has_face=False),
    "next_generation": Profile(wish=CertificateWish(generation="next", sizes=(0, 0))),
    "special_residence": Profile(SETTLED, guests=special_residence),
}
"""Every My Number card here. ``no_pin``: 顔認証マイナンバーカード; ``moved``: its signature certificate is on the list
of revoked ones, ``lost``: both are; ``moved_deleted``: what was revoked is gone from the card too."""

HOLDERS: Mapping[str, Holder] = {name: profile.holder for name, profile in PROFILES.items()}


def make_card(name: str, authority: TrainingAuthority, drawing: Drawing) -> Chip:
    """The card of a profile. Time: 0.05 s. Errors: KeyError for a name that is not in ``PROFILES``."""
    profile = PROFILES[name]
    signed_by = authority.stranger() if profile.flaws.is_stranger else authority
    maker = CardMaker(signed_by, drawing)
    chip = (
        maker.make(profile.holder, profile.flaws, profile.wish)
        if profile.has_face
        else Chip((jpki_application(profile.holder, profile.wish, authority.jpki),))
    )
    for aid, number in profile.blocked:
        key = chip.application(aid).files[number]
        if isinstance(key, KeyFile):
            key.left = 0
    return replace(
        chip,
        atr=profile.atr,
        new_atr=profile.new_atr,
        faults=Faults(survives_reset=profile.survives_reset),
        guests=profile.guests(),
    )
