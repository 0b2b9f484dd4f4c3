"""A letter that is refused is a record of the municipality it says it is from, if that is served here."""

import logging

from app.backend.addressee.ports import AddresseeBook
from app.domain.act import Act
from app.domain.clock import Clock
from app.errors import AppError, SessionEnded
from app.link.letters import Correspondent, Noted, municipality_of, refusal_of
from app.wire.letter import Letter

log = logging.getLogger(__name__)


def noting(book: AddresseeBook, post: Correspondent, clock: Clock) -> Noted:
    """What keeps refused letters; one from nowhere is in the program's log only."""

    def note(letter: Letter, error: AppError) -> None:
        place, said = municipality_of(letter), refusal_of(letter, error)
        if not post.serves(f"addressee@{place}"):
            log.warning("a letter from nowhere was refused", extra={"code": error.code})
            return
        by = "session" if isinstance(error, SessionEnded) else "letter"
        act = Act("letter.refused", clock.now(), place, "slice:addressee", "", by, what=tuple(sorted(said.items())))
        book.write(lambda unit: unit.record([act]))

    return note
