"""本人の指定 at a counter: everybody is known by 宛名番号 here; what the platform knows them by never comes here."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from app.errors import Refused
from app.services.ports.provision import PersonOffice
from app.services.ports.seat import Press, Session
from app.wire.message import Message
from app.wire.person_reference import MOST
from app.wire.provision import FlagRow

A = TypeVar("A", bound=Message)


class NamePeople:
    """Puts references in the place of 宛名番号 on the way out, and 宛名番号 in theirs on the way in."""

    def __init__(self, office: PersonOffice) -> None:
        self._office = office

    def sent(self, press: Press, session: Session, asked: A) -> A:
        """``asked`` as the platform reads it; "" stays "". Errors: Refused ``person_without_number``."""
        number = str(getattr(asked, "person"))  # noqa: B009 -- not every message has it
        if not number:
            return asked
        found = self._office.name(press, session, number).person
        if not found:
            raise Refused(reason="person_without_number")
        return msgspec.structs.replace(asked, person=found)

    def numbers(self, press: Press, session: Session, references: Iterable[str]) -> dict[str, str]:
        """宛名番号 by reference."""
        wanted = tuple(dict.fromkeys(one for one in references if one))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), MOST):
            some = wanted[start : start + MOST]
            found |= dict(zip(some, self._office.names(press, session, some), strict=True))
        return found

    def marks(self, press: Press, session: Session, rows: Iterable[FlagRow]) -> tuple[FlagRow, ...]:
        """Marks with 宛名番号."""
        told = tuple(rows)
        known = self.numbers(press, session, (one.person for one in told))
        return tuple(msgspec.structs.replace(one, person=known.get(one.person, "")) for one in told)
