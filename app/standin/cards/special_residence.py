"""特定在留カード: what a My Number card bears that is a residence card too (card.md 2.1, 8.2, one source)."""

from collections.abc import Mapping

from app.standin.cards.other_profiles import RESIDENT, second_card
from app.standin.cards.plain_chip import PlainChip
from app.standin.cards.residence import MF
from app.standin.cards.residence_files import altered

RESIDENCE_AID = bytes.fromhex("D392F0004F01").ljust(16, b"\x00")
_KIND = bytes.fromhex("C1023037")


def special_residence() -> Mapping[bytes, PlainChip]:
    """The guest application by its name, of kind 07.

    Free files are as published. How number and session key travel (RSA-OAEP) is not public in full: closed files
    answer as on a residence card of the second generation (assumed). Time: 0.1 s.
    """
    return {RESIDENCE_AID: altered(second_card(RESIDENT), MF, 0x0A, _KIND)}
