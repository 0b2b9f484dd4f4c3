"""Sign-in, sessions and rights: decides who an incoming request comes from. The default is no."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.backend.staff.ports import Ending, Session, StaffBook, StaffMember, StaffUnit, Terminal
from app.backend.staff.service.proving import Prover, Refusal, refused
from app.backend.staff.service.remembering import Admitted, Marks, Remembered, demand_time
from app.backend.staff.service.seats import SIGNED_OUT, end_earlier_here, how_ended, is_held, others_as_told
from app.backend.staff.service.second_factors import SIGN_IN, UNLOCK, SecondFactors, Shown
from app.backend.staff.service.standing import actor_of, right_row
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock, Random, business_date, new_id
from app.domain.counter_rules import CounterRules
from app.domain.rights import Actor, Post, Right
from app.domain.secret import Secret
from app.errors import AppError, NotAllowed, SessionEnded, SignInRefused
from app.trust.passwords import Strength, hash_password
from app.wire.message import Nothing
from app.wire.staff import AskKey, AskUnlockKey, KeyAsked, OtherSession, Reauthenticate, SignedIn, SignIn

OWN = "session.own"
"""The right to what belongs to one's own session; all that is left until it is decided what else waits."""
NOBODY, UNBOUND = "nobody", "unbound"
"""In place of a certificate's digest: no such terminal, or one that has no certificate yet."""
ADMINISTRATOR = "madoguchi-admin"
"""Who stands in acts that are done with the program of that name."""


@dataclass(frozen=True, slots=True)
class StaffRules:
    """How passwords are kept, and ``sections``: procedure → the section that is in charge of it.

    ``enrols``: there is an enrolment door, and a terminal that is agreed to is given a code for it. ``session_s``: how
    long a session of a municipality lasts by the office's rule of this moment, seconds.
    """

    strength: Strength
    sections: Mapping[str, str] = field(default_factory=dict)
    enrols: bool = False
    session_s: Callable[[str], int] = lambda _: CounterRules().session_s


class StaffService:
    """The staff slice's use cases. ``prover`` checks who somebody is.

    ``one_look``: what a thread asks inside of people and terminals is asked of one moment, that of its first question.
    """

    def __init__(
        self, book: StaffBook, factors: SecondFactors, clock: Clock, random: Random, rules: StaffRules
    ) -> None:
        self._book = book
        self._factors = factors
        self._clock = clock
        self._random = random
        self._rules = rules
        marks = Marks(book)
        self._admitted, self._bound = Remembered[Admitted](book, marks), Remembered[str](book, marks)
        self.one_look = marks.held
        self.prover = Prover(factors, random, rules.strength)

    def sign_in(self, call: Call, asked: SignIn) -> SignedIn:
        """Open a session for a member of staff at the calling terminal.

        Errors: SignInRefused without a hint which part was wrong, TooManyTries(wait_s). Failures are kept.
        """
        longest = timedelta(seconds=self._rules.session_s(call.municipality))
        outcome = self._book.write(lambda unit: self._sign_in(unit, call, asked, longest))
        if isinstance(outcome, AppError):
            raise outcome  # after the commit: a refused try stays counted and recorded
        return outcome

    def ask_key(self, call: Call, asked: AskKey) -> KeyAsked:
        """What the card of this person is to be asked before signing in; says nothing of whether there is one."""
        return self._book.write(lambda unit: self._factors.ask(unit, call, asked.staff_id, SIGN_IN))

    def ask_unlock_key(self, call: Call, _: AskUnlockKey) -> KeyAsked:
        """What the card of the session's own person is to be asked before unlocking."""
        return self._book.write(lambda unit: self._factors.ask(unit, call, call.actor.staff_id, UNLOCK))

    def unlock(self, call: Call, asked: Reauthenticate) -> Nothing:
        """Check both factors of the session's own person again. Errors as ``sign_in``."""
        outcome = self._book.write(lambda unit: self._unlock(unit, call, asked))
        if isinstance(outcome, AppError):
            raise outcome
        return Nothing()

    def sign_out(self, call: Call, token: str) -> Nothing:
        """End the session of ``token``."""

        def end(unit: StaffUnit) -> None:
            unit.end_session(digest(token), Ending(call.at, SIGNED_OUT, call.actor.staff_id, call.actor.terminal))
            unit.record(act_of(call, "session.ended"))

        self._book.write(end)
        return Nothing()

    def actor(self, token: str, terminal: tuple[str, str], at: datetime) -> Actor:
        """Who ``token`` stands for, with the rights of this moment. ``terminal``: municipality and name by certificate.

        A rule that was made shorter meanwhile holds for sessions that began before it; a longer one does not.
        Errors: SessionEnded when unknown, ended, expired or used at another terminal.
        """
        since = at - timedelta(seconds=self._rules.session_s(terminal[0]))
        key = (digest(token), terminal)
        kept = self._admitted.get(terminal[0], key)
        actor = None if kept is None else kept.at(since, at)
        if actor is not None:
            return actor
        return self._admitted.read(
            terminal[0], key, lambda unit: self._actor(unit, key[0], terminal, (since, at))
        ).actor

    def terminal(self, municipality: str, terminal: str) -> Terminal:
        """The enrolled terminal. Errors: NotAllowed when not enrolled or revoked."""
        found = self._book.read(lambda unit: unit.terminal(municipality, terminal))
        if found is None or found.revoked_at is not None:
            raise NotAllowed
        return found

    def lets_in(self, municipality: str, terminal: str, certificate: str) -> bool:
        """Whether a request under ``certificate`` (SHA-256, hex) is one of the enrolled terminal as it is now.

        Where none is bound yet the first to come is, unless the terminal gave it up before or is to be enrolled with
        a code: then the certificate given for that code is the only one.
        """
        name = (municipality, terminal)
        bound = self._bound.get(municipality, name) or self._bound.read(
            municipality, name, lambda unit: _bound(unit, name)
        )
        if bound != UNBOUND:
            return bound == certificate
        return self._book.write(lambda unit: self._bind(unit, (municipality, terminal), certificate))

    def enrol(self, terminal: Terminal) -> None:
        """Enrol a terminal, enrol it anew or shut it out, with the administrator's program; ends an open code."""
        kind = "terminal.enrolled" if terminal.revoked_at is None else "terminal.revoked"
        act = self._administrated(terminal.municipality, kind, terminal.terminal)
        self._book.write(lambda unit: keep_terminal(unit, terminal, act))

    def admit(self, entered: Sequence[tuple[StaffMember, tuple[Right, ...]]], password: Secret, at: datetime) -> None:
        """Enter members of staff, each with one post and rights, and all with one password; replaces what was there.

        ``member.must_change``: the password is good for changing it only.
        """
        hashed = hash_password(password, self._rules.strength)

        def admit(unit: StaffUnit) -> None:
            for member, rights in entered:
                act = self._administrated(member.municipality, "staff.entered", member.staff_id)
                enter(unit, replace(member, password_hash=hashed), rights, act, at)

        self._book.write(admit)

    def members(self, municipality: str) -> tuple[StaffMember, ...]:
        """Everybody of a municipality, by staff id."""
        return self._book.read(lambda unit: unit.members(municipality))

    def _sign_in(self, unit: StaffUnit, call: Call, asked: SignIn, longest: timedelta) -> SignedIn | AppError:
        shown = Shown(asked.asked, asked.assertion, asked.one_time_pass)
        checked = self.prover.checked(unit, call, (asked.staff_id, asked.password), shown, SIGN_IN)
        member = unit.member(call.municipality, asked.staff_id)
        if isinstance(checked, Refusal) or member is None:
            refusal = checked if isinstance(checked, Refusal) else Refusal(SignInRefused())
            unit.record(replace(refused(call, "session.refused", refusal), staff_id=asked.staff_id[:32]))
            self.prover.note(unit, call, (asked.staff_id, SIGN_IN), refusal)
            return refusal.error
        earlier = unit.open_sessions(call.municipality, member.staff_id, call.at)
        others = end_earlier_here(unit, call, earlier)
        token = self._random.token(32).hex()
        session = Session(
            token_digest=digest(token),
            municipality=call.municipality,
            staff_id=member.staff_id,
            terminal=call.actor.terminal,
            started_at=call.at,
            expires_at=call.at + longest,
            ended_at=None,
            waits=bool(others),
        )
        unit.add_session(session)
        opened = act_of(call, "session.opened", second_factor=checked, elsewhere=len(others))
        unit.record(replace(opened, staff_id=member.staff_id))
        self.prover.note(unit, call, (member.staff_id, SIGN_IN), checked)
        actor = actor_of(unit, session, member, self._rules.sections, call.at)
        return _signed_in(member, session, (token, checked, others_as_told(unit, others)), actor)

    def _unlock(self, unit: StaffUnit, call: Call, asked: Reauthenticate) -> AppError | None:
        shown = Shown(asked.asked, asked.assertion)
        checked = self.prover.checked(unit, call, (call.actor.staff_id, asked.password), shown, UNLOCK)
        if isinstance(checked, Refusal):
            unit.record(refused(call, "session.unlock_refused", checked))
            self.prover.note(unit, call, (call.actor.staff_id, UNLOCK), checked)
            return checked.error
        unit.record(act_of(call, "session.unlocked", second_factor=checked))
        self.prover.note(unit, call, (call.actor.staff_id, UNLOCK), checked)
        return None

    def _bind(self, unit: StaffUnit, name: tuple[str, str], certificate: str) -> bool:
        found = unit.terminal(*name)
        if found is None or found.revoked_at is not None:
            return False
        waits = unit.enrolment_code(*name) is not None
        if not found.certificate and not waits and not unit.is_given_up(*name, certificate):
            unit.put_terminal(replace(found, certificate=certificate))
            act = self._administrated(name[0], "terminal.bound", name[1])
            unit.record(replace(act, staff_id="slice:staff", terminal=name[1], what=(("certificate", certificate),)))
            return True
        return found.certificate == certificate

    def _administrated(self, municipality: str, kind: str, about: str) -> Act:
        trace = new_id(self._clock, self._random)
        return Act(kind, self._clock.now(), municipality, ADMINISTRATOR, "", trace, about=about)

    def _actor(
        self, unit: StaffUnit, token_digest: bytes, terminal: tuple[str, str], span: tuple[datetime, datetime]
    ) -> tuple[Admitted, bool]:
        """``span``: the last moment at which a session may not have begun any more, and now.

        Not to be kept in memory is a session that waits: how long it does depends on the time of another.
        """
        since, at = span
        session = unit.session(terminal[0], token_digest)
        if session is None or (session.municipality, session.terminal) != terminal:
            raise SessionEnded
        if session.ended_at is not None:
            raise how_ended(unit, session)
        demand_time(session.started_at, session.expires_at, since, at)
        enrolled = unit.terminal(*terminal)
        member = unit.member(session.municipality, session.staff_id)
        if enrolled is None or enrolled.revoked_at is not None or member is None:
            raise SessionEnded
        actor = actor_of(unit, session, member, self._rules.sections, at)
        if actor is None:
            raise SessionEnded
        if member.must_change or is_held(unit, session):
            actor = replace(actor, rights=tuple(one for one in actor.rights if one.act == OWN))
        return Admitted(actor, session.started_at, session.expires_at, business_date(at)), not session.waits


def _bound(unit: StaffUnit, name: tuple[str, str]) -> tuple[str, bool]:
    """The certificate that a terminal shows; NOBODY for one that is not let in, UNBOUND for one without yet."""
    found = unit.terminal(*name)
    if found is None or found.revoked_at is not None:
        return NOBODY, True
    return (found.certificate, True) if found.certificate else (UNBOUND, False)


def enter(unit: StaffUnit, member: StaffMember, rights: tuple[Right, ...], act: Act, at: datetime) -> None:
    """Enter somebody with one post and rights, in place of what was there."""
    place, staff_id = member.municipality, member.staff_id
    unit.put_member(member, at)
    unit.know_department(place, member.department)
    unit.put_posts(place, staff_id, (Post(member.department),))
    unit.put_rights(place, staff_id, rights)
    unit.record(replace(act, what=(("active", member.is_active), ("rights", len(rights)))))


def keep_terminal(unit: StaffUnit, terminal: Terminal, act: Act) -> None:
    """Keep a terminal in place of what was known; an open code ends."""
    placed = (("display_checked_by", terminal.display_checked_by), ("window", terminal.window))
    unit.put_terminal(terminal)
    unit.drop_enrolment_code(terminal.municipality, terminal.terminal)
    unit.record(replace(act, what=placed))


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def _signed_in(
    member: StaffMember, session: Session, told: tuple[str, str, tuple[OtherSession, ...]], actor: Actor | None
) -> SignedIn:
    token, second_factor, elsewhere = told
    return SignedIn(
        token=token,
        municipality=member.municipality,
        municipality_name=member.municipality_name,
        office=member.office,
        staff_id=member.staff_id,
        name=member.name,
        department="" if actor is None else actor.department,
        rights=() if actor is None else tuple(map(right_row, actor.rights)),
        started_at=session.started_at,
        expires_at=session.expires_at,
        second_factor=second_factor,
        elsewhere=elsewhere,
        must_change=member.must_change,
    )
