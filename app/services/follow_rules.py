"""窓口の設定: what the office decided is proved, kept and followed; what can't be proved changes nothing."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.act import Act
from app.domain.counter_rules import STRICTEST, CounterRules, Tightening
from app.errors import (
    AppError,
    OfficeError,
    StatementAltered,
    StatementError,
    StatementOlder,
    StatementOthers,
    StatementOutOfBounds,
)
from app.services.ports.alone import CounterOffice, HeldRules, RulesMemory
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Seat, Session
from app.trust.sign import VerifyKey
from app.trust.statement import RULES, signer_of, stated
from app.wire.counter_rules import StatedLease, StatedRules, rules_of
from app.wire.message import decode

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Followed:
    """The rules that hold here now. ``refused``: why something the office is said to have decided does not count.

    ``version``: 0 for what an office decides by deciding nothing; None where nothing of the office is known.
    """

    rules: CounterRules
    version: int | None
    refused: StatementError | None = None


class FollowRules:
    """The use case. ``local``: what the PC's own settings ask for; it tightens, it does not loosen.

    ``seat``: for whom something must have been stated; ``last``: what came of the last asking of office or store.
    """

    def __init__(
        self, office: CounterOffice, memory: RulesMemory, journal: Journal, seat: Seat, local: Tightening
    ) -> None:
        self._office = office
        self._memory = memory
        self._journal = journal
        self.seat = seat
        self._local = local
        self.last = self.present()

    def present(self) -> Followed:
        """What holds, from this PC alone, proved anew; the strictest where nothing kept here can be proved."""
        held = self._memory.held_rules()
        key = self._memory.office_key()
        if held is None or key is None:
            return Followed(STRICTEST.tightened(self._local), None)
        try:
            told = self._proved(held.note, key, None)
            if (told.version, told.issued_at) != (held.version, held.issued_at):
                raise StatementOlder(what=RULES)
        except StatementError as error:
            return Followed(STRICTEST.tightened(self._local), None, error)
        return Followed(rules_of(told.rules).tightened(self._local), told.version)

    def renew(self, press: Press, session: Session) -> Followed:
        """Ask the office; what it states is kept once it is proved. Without a line nothing changes."""
        self.last = self._renewed(press, session)
        return self.last

    def _renewed(self, press: Press, session: Session) -> Followed:
        before = self.present()
        if before.refused is not None:
            self._journal.write(_act(session, press, "rules.refused", before.refused))
        try:
            note = self._office.rules(press, session)
            told = self._taken(note)
        except StatementError as error:
            self._journal.write(_act(session, press, "rules.refused", error))
            return Followed(before.rules, before.version, error)
        except OfficeError:
            return before
        if told.version != before.version:
            self._journal.write(session.act(press, "rules.kept", version=told.version))
        return self.present()

    def at_start(self, at: Callable[[], Press]) -> Followed:
        """``present``, once, as the program begins: what is refused then is an act of nobody."""
        found = self.last = self.present()
        if loosened := found.rules.loosened(self._local):
            log.info("the PC's settings would loosen the office's and don't", extra={"names": ",".join(loosened)})
        if found.refused is not None:
            self._journal.write(self._of_nobody(at(), found.refused))
        return found

    def _taken(self, note: str) -> StatedRules:
        key = self._memory.office_key()
        if key is None:
            raise StatementAltered(what=RULES)
        held = self._memory.held_rules()
        told = self._proved(note, key, held)
        self._memory.hold_rules(HeldRules(note, told.version, told.issued_at))
        return told

    def _proved(self, note: str, key: VerifyKey, held: HeldRules | None) -> StatedRules:
        """Errors: those of ``stated``, StatementOthers, StatementOutOfBounds, StatementOlder."""
        told = decode_stated(stated(RULES, note, signer_of(self.seat.municipality), key))
        demand_own(RULES, told, self.seat)
        if fault := rules_of(told.rules).fault():
            raise StatementOutOfBounds(what=RULES, name=fault)
        if held is not None:
            self._demand_newer(told, held, key)
        return told

    def _demand_newer(self, told: StatedRules, held: HeldRules, key: VerifyKey) -> None:
        if (told.version, told.issued_at) < (held.version, held.issued_at):
            raise StatementOlder(what=RULES)
        if told.version > held.version:
            return
        try:
            known = self._proved(held.note, key, None)
        except StatementError:
            return  # what is kept proves nothing any more: only its age counts
        if known.version == told.version and known.rules != told.rules:
            raise StatementOlder(what=RULES)

    def _of_nobody(self, press: Press, error: AppError) -> Act:
        seat, what = self.seat, (("code", error.code),)
        return Act("rules.refused", press.at, seat.municipality, "", seat.terminal, press.trace, what=what)


def decode_stated(body: bytes) -> StatedRules:
    """What was signed. Errors: StatementAltered for what is no such message."""
    try:
        return decode(body, StatedRules)
    except OfficeError as error:
        raise StatementAltered(what=RULES) from error


def demand_own(kind: str, told: StatedRules | StatedLease, seat: Seat) -> None:
    """Errors: StatementOthers where it was stated to somebody else."""
    if told.municipality != seat.municipality:
        raise StatementOthers(what=kind, whose="other_municipality")
    if told.terminal != seat.terminal:
        raise StatementOthers(what=kind, whose="other_terminal")


def _act(session: Session, press: Press, kind: str, error: AppError) -> Act:
    return session.act(press, kind, code=error.code)
