"""A PC becomes a terminal: a code that was agreed to, used once, is exchanged for a certificate of the PC's own key."""

import base64
import hashlib
import hmac
import logging
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.backend.staff.ports import EnrolmentCode, StaffBook, StaffUnit, Terminal
from app.domain.act import Act
from app.domain.call import Call
from app.domain.clock import Random
from app.errors import AppError, NotAllowed, Refused, TooManyTries
from app.trust.authority import Authority, TerminalName, expires, fingerprint, requested_key
from app.wire.enrolment import Enrol, Enrolled
from app.wire.staff_change import AnyChange, BundleChange, TerminalChange

log = logging.getLogger(__name__)

CODE_LIFE = timedelta(hours=24)
"""How long a code is good. Assumed."""
CERTIFICATE_LIFE = timedelta(days=730)
"""How long a terminal's certificate holds. Assumed."""
WINDOW, FROM_ONE, FROM_ALL = timedelta(minutes=1), 10, 60
"""How many tries an address, and all together, have in a window. Assumed."""
_CODE_SIZE, _GROUP = 17, 4
"""136 random bits: 28 characters of base32, in groups for reading out."""
_NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")


def issue_code(unit: StaffUnit, random: Random, where: tuple[str, str], issued_by: str, at: datetime) -> str:
    """A new code for terminal ``where`` (municipality, name), in place of an earlier one; said once, kept as digest."""
    text = base64.b32encode(random.token(_CODE_SIZE)).decode().rstrip("=")
    unit.put_enrolment_code(EnrolmentCode(*where, digest_of(text), issued_by, at + CODE_LIFE))
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def issue_codes(unit: StaffUnit, random: Random, call: Call, change: AnyChange) -> Mapping[str, str]:
    """Terminal → code for each that ``change`` enrols without naming its certificate."""
    wishes = change.parts if isinstance(change, BundleChange) else (change,)
    wanted = [one for one in wishes if isinstance(one, TerminalChange) and not one.revoked and not one.certificate]
    place, who = call.municipality, call.actor.staff_id
    return {one.terminal: issue_code(unit, random, (place, one.terminal), who, call.at) for one in wanted}


def digest_of(code: str) -> bytes:
    """What is kept of a code; however it was typed: capitals, hyphens and blanks do not matter."""
    return hashlib.sha256(re.sub(r"[-\s]", "", code).upper().encode()).digest()


class EnrolmentService:
    """Answers PCs that are not enrolled yet. One thread asks it: tries are counted without a lock.

    ``municipalities``: those that are served here, the first one keeps records of tries for any other.
    """

    def __init__(self, book: StaffBook, authority: Authority, random: Random, municipalities: Collection[str]) -> None:
        self._book = book
        self._authority = authority
        self._random = random
        self._municipalities = tuple(municipalities)
        self._tries: list[tuple[datetime, str]] = []
        self._held_off = 0

    def enrol(self, batch: Sequence[tuple[Call, Enrol]]) -> Sequence[Enrolled | AppError]:
        """Each try by itself, in a transaction of its own.

        Outcomes: Enrolled; NotAllowed for whatever is wrong with name, code or request, without a hint which;
        Refused ``unknown_staff`` for who has the code and names nobody known as ``display_checked_by``;
        TooManyTries. All but the last are records; how many of those there were stands in the next record.
        """
        return [self._one(call, asked) for call, asked in batch]

    def _one(self, call: Call, asked: Enrol) -> Enrolled | AppError:
        wait = self._wait(call)
        if wait:
            self._held_off += 1
            log.warning("a PC that is not enrolled asks too often", extra={"trace": call.trace})
            return TooManyTries(wait_s=wait)
        held_off, self._held_off = self._held_off, 0
        try:
            return self._book.write(lambda unit: self._enrol(unit, call, asked, held_off))
        except AppError as error:
            return error

    def _wait(self, call: Call) -> int:
        """How many seconds to wait, 0 for none; a try that is let through is counted."""
        self._tries = [one for one in self._tries if call.at - WINDOW < one[0] <= call.at]
        own = [at for at, who in self._tries if who == call.actor.staff_id]
        if len(own) < FROM_ONE and len(self._tries) < FROM_ALL:
            self._tries.append((call.at, call.actor.staff_id))
            return 0
        return int(WINDOW.total_seconds())

    def _enrol(self, unit: StaffUnit, call: Call, asked: Enrol, held_off: int) -> Enrolled | AppError:
        place, name = self._named(asked)
        terminal = unit.terminal(place, name)
        code = unit.enrolment_code(place, name)
        fault = _fault(terminal, code, asked, call.at)
        if fault or terminal is None or code is None:
            return _refused(unit, call, (place, name), fault, held_off)
        try:
            key = hashlib.sha256(requested_key(asked.request.encode())).digest()
        except NotAllowed:
            return _refused(unit, call, (place, name), "request", held_off)
        checker = unit.member(place, asked.display_checked_by)
        if checker is None or not checker.is_active:
            _refused(unit, call, (place, name), "unknown_staff", held_off)
            return Refused("unknown_staff", name=asked.display_checked_by[:32])
        if code.used_at is not None:
            return self._again(unit, call, terminal, (code, key), held_off)
        named = TerminalName(place, name)
        leaf = self._authority.issue_terminal(asked.request.encode(), named, call.at, CERTIFICATE_LIFE)
        chain = (leaf + self._authority.certificate_pem).decode()
        bound = replace(terminal, certificate=fingerprint(leaf), display_checked_by=checker.staff_id)
        unit.put_terminal(bound)
        unit.put_enrolment_code(replace(code, used_at=call.at, public_key=key, chain=chain))
        what: dict[str, str | int] = {
            "certificate": bound.certificate,
            "display_checked_by": checker.staff_id,
            "held_off": held_off,
            "issued_by": code.issued_by,
            "until": expires(leaf).isoformat(),
        }
        unit.record(_act(call, "terminal.certified", (place, name), what))
        return Enrolled(chain=chain)

    def _again(
        self, unit: StaffUnit, call: Call, terminal: Terminal, kept: tuple[EnrolmentCode, bytes], held_off: int
    ) -> Enrolled | AppError:
        """The answer may have been lost: the same key is given the same certificate once more, another one nothing."""
        code, key = kept
        where = terminal.municipality, terminal.terminal
        is_same = hmac.compare_digest(code.public_key, key)
        if not is_same or terminal.certificate != fingerprint(code.chain.encode()):
            return _refused(unit, call, where, "used_code", held_off)
        what: dict[str, str | int] = {"certificate": terminal.certificate, "held_off": held_off}
        unit.record(_act(call, "terminal.certified_again", where, what))
        return Enrolled(chain=code.chain)

    def _named(self, asked: Enrol) -> tuple[str, str]:
        """Municipality and name that may stand in a record; "" for a name that no terminal can have here."""
        is_served = asked.municipality in self._municipalities
        name = asked.terminal if is_served and _NAME.fullmatch(asked.terminal) else ""
        return (asked.municipality if is_served else self._municipalities[0]), name


def _fault(terminal: Terminal | None, code: EnrolmentCode | None, asked: Enrol, at: datetime) -> str:
    """Why a try is refused, "" where name and code hold. Only the records say it."""
    is_right = hmac.compare_digest(digest_of(asked.code), b"" if code is None else code.digest)
    if terminal is None:
        return "unknown_terminal"
    if terminal.revoked_at is not None:
        return "revoked_terminal"
    if code is None:
        return "no_code"
    if not is_right:
        return "wrong_code"
    return "expired_code" if at >= code.expires_at else ""


def _refused(unit: StaffUnit, call: Call, where: tuple[str, str], cause: str, held_off: int) -> NotAllowed:
    unit.record(_act(call, "terminal.enrol_refused", where, {"cause": cause, "held_off": held_off}))
    return NotAllowed()


def _act(call: Call, kind: str, where: tuple[str, str], what: Mapping[str, str | int]) -> Act:
    place, name = where
    told = {**what, "address": call.actor.staff_id.removeprefix("pc:")}
    return Act(kind, call.at, place, "pc", name, call.trace, about=name, what=tuple(sorted(told.items())))
