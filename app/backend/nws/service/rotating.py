"""Codes of an institution under another key: begun at the core, taken over in portions, ended when all are there."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.backend.nws.ports import CoreBook, CoreUnit
from app.backend.nws.service.making import CodeMaker
from app.backend.nws.service.noting import note_refusal
from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.exchange_numbers import CODE_SIZE, LinkCode
from app.domain.secret import Secret
from app.errors import AppError, NotAllowed, NotUnderstood, Refused
from app.link.letters import Correspondent, answer_each, municipality_of
from app.trust.seal import seal_to
from app.wire.exchange import RekeyCodes, RekeyedCodes
from app.wire.letter import Letter

NAME = "nws"
MOST = 25_000
"""Codes in one letter. Assumed."""
_UNKNOWN = bytes(CODE_SIZE)


class CodeRotation:
    """The core's side of a rotation. ``index``: makes codes; ``boxes``: municipality → key of its intermediary."""

    def __init__(
        self, book: CoreBook, post: Correspondent, index: Secret, boxes: Mapping[str, bytes], clock: Clock
    ) -> None:
        self._book = book
        self._post = post
        self._index = index
        self._boxes = boxes
        self._clock = clock

    def begin(self, municipality: str) -> int:
        """The next version of the institution's key; old codes hold until all are taken over.

        Errors: Refused ``rotation_running`` while the one before lasts.
        """

        def begin(unit: CoreUnit) -> int:
            versions = unit.rotation.versions(municipality)
            if len(versions) > 1:
                raise Refused("rotation_running")
            at, version = self._clock.now(), versions[-1] + 1
            unit.rotation.begin(municipality, version, at)
            unit.record([_act("code.rotation_begun", at, municipality, version=version)])
            return version

        return self._book.write(begin)

    def rekey(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """The codes of an intermediary under the present version of its key, sealed to it."""
        return answer_each(letters, self._rekey, self._refused)

    def _refused(self, letter: Letter, error: AppError) -> None:
        note_refusal(self._book, self._clock.now(), (letter, error), self._boxes)

    def _rekey(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "rekey-codes/1", RekeyCodes, "intermediary")
        place = asked.municipality
        if municipality_of(letter) != place or place not in self._boxes:
            raise NotAllowed
        count, rest = divmod(len(asked.codes), CODE_SIZE)
        if rest or count > MOST:
            raise NotUnderstood(what="codes")
        old = [LinkCode(asked.codes[at : at + CODE_SIZE]) for at in range(0, len(asked.codes), CODE_SIZE)]
        version, new = self._book.write(lambda unit: self._made(unit, place, old, is_last=asked.finished))
        box = seal_to(self._boxes[place], b"".join(new), ("rekeyed", place, str(version))) if new else b""
        return self._post.write(NAME, "rekeyed-codes/1", RekeyedCodes(municipality=place, version=version, sealed=box))

    def _made(
        self, unit: CoreUnit, place: str, old: Sequence[LinkCode], *, is_last: bool
    ) -> tuple[int, Sequence[bytes]]:
        versions, at = unit.rotation.versions(place), self._clock.now()
        version = versions[-1]
        if is_last and len(versions) > 1:
            count = unit.rotation.forget_before(place, version, at)
            unit.record([_act("code.rotation_ended", at, place, version=version, count=count)])
        if not old:
            return version, ()
        maker = CodeMaker(self._index, place, version)
        subjects = unit.rotation.subjects(place, old)
        known = [subject for subject in subjects if subject is not None]
        pairs = list(zip(maker.codes(known), known, strict=True))
        unit.rotation.put(place, version, pairs, at)
        unit.record([_act("code.rekeyed", at, place, version=version, count=len(pairs))])
        made = iter(pairs)
        return version, [_UNKNOWN if one is None else next(made)[0].reveal() for one in subjects]


def _act(kind: str, at: datetime, municipality: str, **what: int) -> Act:
    said = tuple(sorted(what.items()))
    return Act(kind, at, municipality, f"slice:{NAME}", "", "rotation", what=said)
