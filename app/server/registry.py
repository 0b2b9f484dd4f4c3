"""Who and what is known to the backend, changed by the administrator: terminals and staff, beside a running backend."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from app.backend.desk import store as desk_store
from app.backend.desk.service.journals import Journals
from app.backend.staff import store as staff_store
from app.backend.staff.ports import StaffMember, StaffUnit, Terminal
from app.backend.staff.service import ADMINISTRATOR, StaffRules, StaffService
from app.backend.staff.service.changes import ChangeService
from app.backend.staff.service.enrolling import issue_code
from app.backend.staff.service.planning import Planned
from app.backend.staff.service.setting_up import SettingUp
from app.backend.staff.service.standing import standing
from app.domain.act import Act
from app.domain.call import Call
from app.domain.clock import Clock, Random, business_date, new_id
from app.domain.rights import Actor, Right, effective
from app.domain.secret import Secret
from app.errors import BadSettings
from app.server import shipped
from app.server.exchange import serves
from app.server.keys import Keys
from app.server.parts import Parts
from app.server.second_factor import second_factors
from app.settings import ServerSettings
from app.trust.passwords import ORDINARY
from app.wire.staff_change import ChangeRow, ProposeChange, Transfer

__all__ = ["ADMINISTRATOR", "Planned", "Registry", "open_registry"]


class Registry:
    """Terminals and staff of the municipalities that this backend serves."""

    def __init__(self, settings: ServerSettings, parts: Parts, clock: Clock, random: Random) -> None:
        for name in ("staff", "desk"):
            if not serves(settings, name):
                raise BadSettings(name="slices")
        staff = parts.slice("staff", staff_store.TABLES, staff_store.HISTORY)
        desk = parts.slice("desk", desk_store.TABLES, desk_store.HISTORY)
        self._municipalities = settings.municipalities
        book = staff_store.StaffStore(staff.database, staff.pen)
        self._book = book
        rules = StaffRules(ORDINARY, shipped.sections(), enrols=settings.enrolment is not None)
        self._staff = StaffService(book, second_factors(settings, staff, random), clock, random, rules)
        self._setting_up = SettingUp(book, self._staff.prover, clock, random, rules)
        self._sections = rules.sections
        self._changes = ChangeService(book, random, rules)
        self._journals = Journals(desk_store.DeskStore(desk.database, desk.cells, desk.answers, desk.pen, desk.book))
        self._clock = clock
        self._random = random

    def enrol(
        self, municipality: str, terminal: str, window: str, certificate: str = "", display_checked_by: str = ""
    ) -> int:
        """Enrol a terminal, or a known one anew: then its journal is closed and kept, and its next key is its own.

        ``certificate``: SHA-256 (hex) of the only one that is let in; "": the first to come. Gives how many records
        were closed. Errors: BadSettings for a municipality that is not served here; Refused ``two_administrators``
        where two could agree to it, at a terminal.
        """
        self._demand(municipality)
        now = self._clock.now()
        trace = new_id(self._clock, self._random)
        self._setting_up.enrol(Terminal(municipality, terminal, window, now, None, certificate, display_checked_by))
        act = Act("terminal.reenrolled", now, municipality, ADMINISTRATOR, terminal, trace, about=terminal)
        return self._journals.reenrol(act)

    def enrolment_code(self, municipality: str, terminal: str) -> str:
        """A code with which an enrolled terminal's PC is given its certificate, good once and for a day.

        For the first terminal of an office, at which two administrators could agree to others. Errors: BadSettings;
        NotAllowed for one that is unknown or shut out.
        """
        self._demand(municipality)
        self._staff.terminal(municipality, terminal)
        now, trace = self._clock.now(), new_id(self._clock, self._random)
        act = Act("terminal.code_issued", now, municipality, ADMINISTRATOR, "", trace, about=terminal)

        def issue(unit: StaffUnit) -> str:
            unit.record(act)
            return issue_code(unit, self._random, (municipality, terminal), ADMINISTRATOR, now)

        return self._book.write(issue)

    def shut_out(self, municipality: str, terminal: str) -> None:
        """Let a terminal in no more, from its next request on. Errors: BadSettings; NotAllowed for an unknown one."""
        self._demand(municipality)
        known = self._staff.terminal(municipality, terminal)
        self._staff.enrol(replace(known, revoked_at=self._clock.now()))

    def planned(self, municipality: str, one: Transfer) -> Planned:
        """What a transfer would change. Errors: BadSettings; Refused as for a proposal of it."""
        self._demand(municipality)
        return self._changes.planned(municipality, one)

    def propose(self, municipality: str, staff_id: str, password: Secret, asked: ProposeChange) -> ChangeRow:
        """Propose a change as ``staff_id``, who must have the right and says their own password; another one decides.

        Errors: BadSettings; SignInRefused, TooManyTries; NotAllowed; Refused.
        """
        self._demand(municipality)
        now, trace = self._clock.now(), new_id(self._clock, self._random)
        rights = self._book.read(lambda unit: _rights(unit, (municipality, staff_id), self._sections, now))
        call = Call(Actor(municipality, staff_id, "", "", ADMINISTRATOR, rights), trace, trace, now)
        self._setting_up.vouch(call, password)
        return self._changes.propose(call, asked)

    def admit(self, member: StaffMember, password: Secret, rights: tuple[Right, ...]) -> None:
        """Enter somebody with a first password and rights; replaces what was there.

        Errors: BadSettings; Refused ``two_administrators`` where two could agree to it.
        """
        self._demand(member.municipality)
        self._setting_up.admit(member, password, rights)

    def members(self) -> tuple[StaffMember, ...]:
        """Everybody, by municipality and staff id."""
        return tuple(one for place in self._municipalities for one in self._staff.members(place))

    def _demand(self, municipality: str) -> None:
        if municipality not in self._municipalities:
            raise BadSettings(name="municipalities")


def _rights(unit: StaffUnit, who: tuple[str, str], sections: Mapping[str, str], at: datetime) -> tuple[Right, ...]:
    member = unit.member(*who)
    if member is None or not member.is_active:
        return ()
    return effective(standing(unit, *who), sections, business_date(at))


@contextmanager
def open_registry(settings: ServerSettings, clock: Clock, random: Random) -> Iterator[Registry]:
    """The registry on the backend's own stores. Errors: BadSettings, WrongKey, NewerStore, StoreBusy, DataFault."""
    parts = Parts(settings, Keys(settings.folder / "keys", random), clock)
    try:
        yield Registry(settings, parts, clock, random)
    finally:
        parts.close()
