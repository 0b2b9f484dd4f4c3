"""本人の指定: references by which staff name persons: the 統合宛名番号 sealed, opened by this slice alone."""

import base64
import binascii
import struct
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.exchange_numbers import is_addressee_number
from app.domain.secret import Secret
from app.errors import AppError, NotAllowed, NotUnderstood, Refused, WrongKey
from app.link.letters import Correspondent, Noted, answer_each, municipality_of
from app.trust.seal import derive, open_sealed, seal
from app.wire.letter import Letter
from app.wire.person_reference import MOST, MakeReferences, OpenedReferences, OpenReferences, References

LIFE = timedelta(hours=1)
"""How long a reference is good: as long as a screen stays open. Assumed."""
_UNTIL = struct.Struct(">Q")
_LONGEST = 400


class PersonReferences:
    """A reference is good in one municipality, for one member of staff, and until its hour is over."""

    def __init__(self, post: Correspondent, key: Secret, clock: Clock, noted: Noted | None = None) -> None:
        self._post = post
        self._key = derive(key, "person reference")
        self._clock = clock
        self._noted = noted

    def made(self, call: Call, number: str) -> str:
        """A reference for whoever calls; "" for nobody."""
        return self._made((call.municipality, call.actor.staff_id), number, call.at)

    def opened(self, call: Call, reference: str) -> str:
        """The 統合宛名番号 behind a reference of whoever calls; "" for "".

        Errors: NotUnderstood for another's or a forged one; Refused ``reference_over``.
        """
        return self._opened((call.municipality, call.actor.staff_id), reference, call.at)

    def make(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """The relay's numbers as references, for its own municipality only."""
        return answer_each(letters, self._make, self._noted)

    def open(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """References as numbers, for the relay of the same municipality only."""
        return answer_each(letters, self._open, self._noted)

    def _make(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "make-references/1", MakeReferences, "relay")
        place = self._own(letter, asked.municipality, len(asked.addressee_numbers))
        if not all(map(is_addressee_number, asked.addressee_numbers)):
            raise NotUnderstood(what="person")
        whose, now = (place, asked.staff_id), self._clock.now()
        made = tuple(self._made(whose, number, now) for number in asked.addressee_numbers)
        return self._post.write(f"intermediary@{place}", "references/1", References(municipality=place, persons=made))

    def _open(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "open-references/1", OpenReferences, "relay")
        place = self._own(letter, asked.municipality, len(asked.persons))
        whose, now = (place, asked.staff_id), self._clock.now()
        numbers = tuple(self._opened(whose, one, now) for one in asked.persons)
        answer = OpenedReferences(municipality=place, addressee_numbers=numbers)
        return self._post.write(f"intermediary@{place}", "opened-references/1", answer)

    def _own(self, letter: Letter, place: str, count: int) -> str:
        if municipality_of(letter) != place or not self._post.serves(f"intermediary@{place}"):
            raise NotAllowed
        if count > MOST:
            raise NotUnderstood(what="persons")
        return place

    def _made(self, whose: tuple[str, str], number: str, now: datetime) -> str:
        if not number:
            return ""
        plain = _UNTIL.pack(int((now + LIFE).timestamp())) + number.encode()
        return base64.urlsafe_b64encode(seal(self._key, plain, ("person-reference", *whose))).decode()

    def _opened(self, whose: tuple[str, str], reference: str, now: datetime) -> str:
        if not reference:
            return ""
        try:
            box = base64.b64decode(reference[:_LONGEST].encode(), altchars=b"-_", validate=True)
            plain = open_sealed(self._key, box, ("person-reference", *whose))
        except (WrongKey, binascii.Error, UnicodeError) as error:
            raise NotUnderstood(what="person") from error
        if now.timestamp() >= _UNTIL.unpack_from(plain)[0]:
            raise Refused(reason="reference_over")
        return plain[_UNTIL.size :].decode()
