"""S08-6: the register's way to the resident network: tells its boundary in order, restraints first, fetches its word.

The register opens every connection; nothing on that side can open one to it.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from app.backend.register.service.changing import ChangeBook, ChangeUnit
from app.backend.register.service.network_rows import Passwords, marks_of
from app.backend.register.service.network_words import NetworkWords
from app.backend.register.service.records import record_of
from app.domain.clock import Clock, Random
from app.errors import AppError, Refused, SessionEnded, SignInRefused
from app.link.letters import Correspondent, Neighbour
from app.wire.jukirelay import (
    MOST,
    ArrivalsForRegister,
    AskStanding,
    BeginAnew,
    FetchArrivals,
    HeldPerson,
    LineOpened,
    LoadedRecord,
    LoadRecords,
    OpenLine,
    RenewPassword,
    Standing,
    TellChanges,
    TellRestraints,
)
from app.wire.message import Message

log = logging.getLogger(__name__)
M = TypeVar("M", bound=Message)

SYSTEM = "register"
TRY_AGAIN = timedelta(minutes=1)
"""How long no line is opened after a refusal: the boundary makes who tries too often wait. Assumed."""
_PASSWORD_BYTES = 24
_OPENED, _STANDS, _ARRIVALS = "relay-opened/1", "relay-stands/1", "relay-arrivals/1"


@dataclass(frozen=True, slots=True)
class Way:
    """How the boundary is reached. ``places``: the municipalities of this process."""

    post: Correspondent
    relay: Neighbour
    passwords: Passwords
    places: tuple[str, ...]


class NetworkLine:
    """The register's side; ``turn`` is called by a pump."""

    def __init__(self, book: ChangeBook, way: Way, words: NetworkWords, clock: Clock, random: Random) -> None:
        self._book = book
        self._way = way
        self._words = words
        self._clock = clock
        self._random = random
        self._tokens: dict[str, str] = {}
        self._not_before: dict[str, datetime] = {}

    def turn(self) -> bool:
        """Tell what there is to tell and fetch what waits; whether there may be more at once."""
        found = [self._talked(place) for place in self._way.places]
        return any(found)

    def _talked(self, municipality: str) -> bool:
        wait = self._not_before.get(municipality)
        if wait is not None and wait - TRY_AGAIN <= self._clock.now() < wait:
            return False
        try:
            return self._talk(municipality)
        except SessionEnded:
            self._tokens.pop(municipality, None)
            return True
        except AppError as error:
            if isinstance(error, (SignInRefused, Refused)):
                self._not_before[municipality] = self._clock.now() + TRY_AGAIN
            log.info("the boundary to the resident network was not told", extra={"code": error.code})
            return False

    def _talk(self, municipality: str) -> bool:
        token = self._tokens.get(municipality) or self._open(municipality)
        if fills := self._book.read(lambda unit: unit.network.fills(municipality)):
            self._told(municipality, ("relay-anew/1", BeginAnew(municipality=municipality, token=token)))
            self._book.write(lambda unit: unit.network.fills_told(municipality, fills))
        ends = self._book.read(lambda unit: unit.network.ends(municipality))
        asked = AskStanding(municipality=municipality, token=token, changes=ends.changes, restraints=ends.restraints)
        stands = self._told(municipality, ("relay-standing/1", asked))
        if not stands.is_loaded:
            stands, more = self._load(municipality, token, stands, ends.begins), True
        else:
            stands = self._restraints(municipality, token, stands)
            stands, more = self._changes(municipality, token, stands)
        if (stands.changes, stands.restraints) != (0, 0):
            self._forget(municipality, stands)
        return self._fetch(municipality, token, stands.waiting) or more

    def _restraints(self, municipality: str, token: str, stands: Standing) -> Standing:
        """Everything that is restrained otherwise now, before anything else goes."""
        while told := self._book.read(partial(self._held, municipality=municipality, after=stands.restraints)):
            message = TellRestraints(municipality=municipality, token=token, persons=told)
            stands = self._told(municipality, ("relay-restraints/1", message))
        return stands

    @staticmethod
    def _held(unit: ChangeUnit, municipality: str, after: int) -> tuple[HeldPerson, ...]:
        found = []
        for position, number in unit.network.held(municipality, after, MOST):
            one = unit.person(municipality, number)
            marks = () if one is None else marks_of(one.resident)
            found.append(HeldPerson(position=position, subject=number, marks=marks))
        return tuple(found)

    def _load(self, municipality: str, token: str, stands: Standing, begins: tuple[int, int]) -> Standing:
        """One portion of the first load."""

        def portion(unit: ChangeUnit) -> tuple[LoadedRecord, ...]:
            position = unit.network.ends(municipality).changes
            return tuple(
                LoadedRecord(subject=one.business_number, position=position, items=record_of(one), marks=marks_of(one))
                for one in unit.network.residents(municipality, stands.loaded, MOST)
            )

        records = self._book.read(portion)
        message = LoadRecords(
            municipality=municipality, token=token, records=records, last=len(records) < MOST, begins=begins
        )
        return self._told(municipality, ("relay-load/1", message))

    def _changes(self, municipality: str, token: str, stands: Standing) -> tuple[Standing, bool]:
        """One letter of changes; whether others wait."""
        found = self._book.read(lambda unit: unit.network.changes(municipality, stands.changes, MOST))
        if not found:
            return stands, False
        message = TellChanges(municipality=municipality, token=token, changes=found)
        return self._told(municipality, ("relay-changes/1", message)), len(found) == MOST

    def _forget(self, municipality: str, stands: Standing) -> None:
        """What the boundary has, durably, is kept here no more."""

        def is_kept(unit: ChangeUnit) -> bool:
            first = unit.network.changes(municipality, 0, 1)
            held = unit.network.held(municipality, 0, 1)
            is_change = bool(first) and first[0].position <= stands.changes
            return is_change or (bool(held) and held[0][0] <= stands.restraints)

        if self._book.read(is_kept):
            self._book.write(lambda unit: unit.network.forget(municipality, stands.changes, stands.restraints))

    def _fetch(self, municipality: str, token: str, waiting: int) -> bool:
        """Take what waits, and say so with the next question, until nothing new comes."""
        done: tuple[str, ...] = ()
        while waiting or done:
            message = FetchArrivals(municipality=municipality, token=token, done=done)
            found = self._asked(municipality, ("relay-fetch/1", message), (_ARRIVALS, ArrivalsForRegister))
            done = self._words.take(municipality, found.arrivals)
            waiting = 0
        return False

    def _open(self, municipality: str) -> str:
        """A line, by the password that opens it; one that ends soon is changed on the way."""
        refused: AppError = SignInRefused()
        for password in self._way.passwords.candidates(municipality):
            try:
                opened = self._opened(municipality, password)
            except SignInRefused as error:
                refused = error
                continue
            self._way.passwords.settle(municipality, password)
            token = self._renewed(municipality, password) if opened.renew else opened.token
            self._tokens[municipality] = token
            return token
        raise refused

    def _opened(self, municipality: str, password: str) -> LineOpened:
        message = OpenLine(municipality=municipality, system=SYSTEM, password=password)
        return self._asked(municipality, ("relay-open/1", message), (_OPENED, LineOpened))

    def _renewed(self, municipality: str, password: str) -> str:
        new = self._random.token(_PASSWORD_BYTES).hex()
        self._way.passwords.propose(municipality, new)
        message = RenewPassword(municipality=municipality, system=SYSTEM, password=password, new_password=new)
        opened = self._asked(municipality, ("relay-renew/1", message), (_OPENED, LineOpened))
        self._way.passwords.settle(municipality, new)
        return opened.token

    def _told(self, municipality: str, said: tuple[str, Message]) -> Standing:
        return self._asked(municipality, said, (_STANDS, Standing))

    def _asked(self, municipality: str, said: tuple[str, Message], gives: tuple[str, type[M]]) -> M:
        letter = self._way.post.write(f"register@{municipality}", *said)
        return self._way.post.read(self._way.relay.ask(letter), *gives, "jukirelay", municipality)
