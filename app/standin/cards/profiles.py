"""The cards of the training office, by name. All holders are invented; their numbers are plainly synthetic."""

from dataclasses import replace
from datetime import date

from app.domain.person import Sex
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.chip import Chip, KeyFile
from app.standin.cards.drawing import Drawing
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID, FACE_B, TEXT_B, CardMaker, Flaws
from app.standin.cards.holder import Holder

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
_SOMEBODY = replace(ADULT, name="見本　三郎", birth=date(1960, 1, 2))

HOLDERS = {
    "adult": ADULT,
    "rare_name": RARE_NAME,
    "expired": EXPIRED,
    "foreign": FOREIGN,
    "unknown_issuer": ADULT,
    "altered_photo": ADULT,
    "altered_text": ADULT,
    "copied": ADULT,
    "other_chip": ADULT,
    "blocked": ADULT,
}
_FLAWS = {
    "altered_photo": Flaws(photo_of=_SOMEBODY),
    "altered_text": Flaws(address_as="架空県見本市西区別天地九丁目９番９号"),
    "copied": Flaws(copied=True),
    "other_chip": Flaws(other_chip=True),
}


def make_card(profile: str, authority: TrainingAuthority, drawing: Drawing) -> Chip:
    """The card of a profile. Errors: KeyError for a name that is not in ``HOLDERS``."""
    holder = HOLDERS[profile]
    signed_by = authority.stranger() if profile == "unknown_issuer" else authority
    chip = CardMaker(signed_by, drawing).make(holder, _FLAWS.get(profile, Flaws()))
    if profile == "blocked":
        for aid, number in ((FACE_AID, FACE_B), (ATTRIBUTE_AID, TEXT_B)):
            key = chip.application(aid).files[number]
            if isinstance(key, KeyFile):
                key.left = 0
    return chip
