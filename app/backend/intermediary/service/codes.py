"""符号管理: codes are given up with a correction, and made anew when the core has another key."""

import logging
from collections.abc import Mapping, Sequence

from app.backend.intermediary.ports.codes import CodeBook, CodeUnit, HeldCode
from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.exchange_numbers import CODE_SIZE, LinkCode
from app.errors import AppError, NotAllowed, NotUnderstood
from app.link.letters import Correspondent, Neighbour, answer_each, municipality_of, noted_in
from app.trust.seal import BoxKey, open_box
from app.wire.corrections import CorrectPersons, PersonsCorrected
from app.wire.exchange import RekeyCodes, RekeyedCodes
from app.wire.letter import Letter

log = logging.getLogger(__name__)

PORTION = 25_000
"""Codes made anew in one transaction. Assumed: short enough for others to get in between."""
_UNKNOWN = bytes(CODE_SIZE)


class CodeKeeping:
    """What happens to codes beside their use. ``core``: answers at ``/nws/v1/rekey``."""

    def __init__(
        self, book: CodeBook, post: Correspondent, core: Neighbour, boxes: Mapping[str, BoxKey], clock: Clock
    ) -> None:
        self._book = book
        self._post = post
        self._core = core
        self._boxes = boxes
        self._clock = clock
        self._noted = noted_in(book, post, "intermediary", clock)

    def correct(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """The addressee slice's corrections: the codes of these persons stand for nobody any more."""
        return answer_each(letters, self._correct, self._noted)

    def turn(self) -> bool:
        """Make codes anew where the core has another key; whether there is more to do."""
        more = False
        for place in self._boxes:
            try:
                more = self.rekey(place) or more
            except AppError as error:
                log.info("codes could not be made anew", extra={"code": error.code})
        return more

    def rekey(self, municipality: str) -> bool:
        """One portion; whether there is more. Errors: Unreachable; what the core refuses with."""
        version = self._asked(municipality, b"", finished=False).version
        held = self._book.read(lambda unit: unit.lagging(municipality, version, PORTION))
        if not held:
            return self._end(municipality)
        sent = b"".join(one.code.reveal() for one in held)
        answer = self._asked(municipality, sent, finished=False)
        context = ("rekeyed", municipality, str(answer.version))
        plain = open_box(self._boxes[municipality], answer.sealed, context)
        new = [plain[at : at + CODE_SIZE] for at in range(0, len(plain), CODE_SIZE)]
        if len(new) != len(held):
            raise NotUnderstood(what="codes")
        pairs = [(old, old.code if code == _UNKNOWN else LinkCode(code)) for old, code in zip(held, new, strict=True)]
        unknown = new.count(_UNKNOWN)
        self._book.write(lambda unit: self._put(unit, (municipality, answer.version), pairs, unknown))
        return True

    def _end(self, municipality: str) -> bool:
        """Everything is made anew: the core forgets the old codes first, then so do we."""
        if self._book.read(lambda unit: unit.has_former(municipality)):
            self._asked(municipality, b"", finished=True)
            self._book.write(lambda unit: self._forget(unit, municipality))
        return False

    def _forget(self, unit: CodeUnit, municipality: str) -> None:
        count = unit.forget_former(municipality)
        unit.record([self._act("code.rotation_ended", municipality, count=count)])

    def _put(
        self, unit: CodeUnit, at: tuple[str, int], pairs: Sequence[tuple[HeldCode, LinkCode]], unknown: int
    ) -> None:
        """``unknown``: how many the core does not know; they stay as they are, and are told of."""
        municipality, version = at
        count = unit.rekey(municipality, version, pairs, self._clock.now())
        said = {"count": count - unknown, "unknown": unknown, "version": version}
        unit.record([self._act("code.rekeyed", municipality, **said)])

    def _asked(self, municipality: str, codes: bytes, *, finished: bool) -> RekeyedCodes:
        asked = RekeyCodes(municipality=municipality, codes=codes, finished=finished)
        letter = self._post.write(f"intermediary@{municipality}", "rekey-codes/1", asked)
        return self._post.read(self._core.ask(letter), "rekeyed-codes/1", RekeyedCodes, "nws")

    def _correct(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "correct-persons/1", CorrectPersons, "addressee")
        place, own = asked.municipality, f"intermediary@{asked.municipality}"
        if municipality_of(letter) != place or not self._post.serves(own):
            raise NotAllowed

        def give_up(unit: CodeUnit) -> int:
            at = self._clock.now()
            done = [unit.retire(place, one.addressee_number, asked.correction_id, at) for one in asked.persons]
            unit.record([self._act("code.retired", place, correction=asked.correction_id, count=sum(done))])
            return sum(done)

        done = PersonsCorrected(
            municipality=place, correction_id=asked.correction_id, retired=self._book.write(give_up)
        )
        return self._post.write(own, "persons-corrected/1", done)

    def _act(self, kind: str, municipality: str, **what: str | int) -> Act:
        now, said = self._clock.now(), tuple(sorted(what.items()))
        return Act(kind, now, municipality, "slice:intermediary", "", "codes", what=said)
