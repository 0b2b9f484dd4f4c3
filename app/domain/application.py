"""申請: the life of an application from draft to decision, and who may not do which step."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.domain.capacity import Consequence
from app.domain.checks import findings
from app.domain.clock import business_date
from app.domain.facts import Facts
from app.domain.person import Roles
from app.domain.procedure import Level, Procedure, Stage
from app.errors import Refused

SHORTEST_REASON = 5
"""Characters that a reason in free words has at least. Assumed."""


class State(StrEnum):
    """Where an application stands. ``RETURNED`` (差戻し) is internal: for the resident it stays received."""

    DRAFT = "draft"
    RECEIVED = "received"
    CHECKED = "checked"
    EXAMINED = "examined"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def final(self) -> bool:
        return self in {State.APPROVED, State.REJECTED, State.WITHDRAWN}


class Act(StrEnum):
    """What can be done with an application."""

    AMEND = "amend"
    RECEIVE = "receive"
    CHECK = "check"
    EXAMINE = "examine"
    APPROVE = "approve"
    REJECT = "reject"
    RETURN = "return"
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done: by whom, at what instant (UTC).

    ``step``: the step of the procedure it belongs to, or "". ``reason`` is internal for RETURN; for REJECT the notice
    prints ``reasons``. ``looked``: findings marked as seen.
    """

    act: Act
    step: str
    staff: str
    at: datetime
    reason: str = ""
    reasons: tuple[str, ...] = ()
    looked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """One application. ``receipt_date`` is set once and never changes; ``version`` counts every change.

    ``identity``: what follows from how the person was confirmed, as the reception found it.
    """

    id: str
    municipality: str
    procedure: str
    procedure_version: int
    roles: Roles
    facts: Facts
    state: State = State.DRAFT
    receipt_date: date | None = None
    identity: Consequence = Consequence.CONFIRMED
    history: tuple[Entry, ...] = ()
    version: int = 1

    def day(self, today: date) -> date:
        """The day on which its rules are asked: the receipt date, before that today."""
        return self.receipt_date or today

    def staff_of(self, step: str) -> frozenset[str]:
        """Everybody who ever had a hand in a step, also before it was returned."""
        return frozenset(entry.staff for entry in self.history if entry.step == step)

    @property
    def returned_because(self) -> str:
        """The internal reason while it lies returned; empty otherwise."""
        last = next((entry for entry in reversed(self.history) if entry.act is not Act.AMEND), None)
        return last.reason if last is not None and last.act is Act.RETURN else ""


@dataclass(frozen=True, slots=True)
class Move:
    """An act that somebody wants to do, with what it needs.

    ``receipt_date`` for RECEIVE (the day it reached the office; None: today), ``facts`` for AMEND, ``reason`` for
    RETURN and WITHDRAW, ``reasons`` for REJECT, ``to`` for RETURN: "reception" or "examination".
    """

    act: Act
    staff: str
    at: datetime
    reason: str = ""
    reasons: tuple[str, ...] = ()
    to: str = "reception"
    receipt_date: date | None = None
    facts: Facts | None = None
    looked: tuple[str, ...] = ()


_FROM: dict[Act, frozenset[State]] = {
    Act.AMEND: frozenset({State.DRAFT, State.RETURNED, State.CHECKED}),
    Act.RECEIVE: frozenset({State.DRAFT}),
    Act.CHECK: frozenset({State.RECEIVED}),
    Act.EXAMINE: frozenset({State.CHECKED}),
    Act.APPROVE: frozenset({State.EXAMINED}),
    Act.REJECT: frozenset({State.EXAMINED}),
    Act.RETURN: frozenset({State.RECEIVED, State.CHECKED, State.EXAMINED}),
    Act.RESUBMIT: frozenset({State.RETURNED}),
    Act.WITHDRAW: frozenset({State.RECEIVED, State.CHECKED, State.EXAMINED, State.RETURNED}),
}
_TO: dict[Act, State] = {
    Act.RECEIVE: State.RECEIVED,
    Act.CHECK: State.CHECKED,
    Act.EXAMINE: State.EXAMINED,
    Act.APPROVE: State.APPROVED,
    Act.REJECT: State.REJECTED,
    Act.RESUBMIT: State.RECEIVED,
    Act.WITHDRAW: State.WITHDRAWN,
}
_STEP: dict[Act, str] = {
    Act.RECEIVE: "reception",
    Act.RESUBMIT: "reception",
    Act.CHECK: "reception_check",
    Act.EXAMINE: "examination",
    Act.APPROVE: "decision",
    Act.REJECT: "decision",
}
_REVIEW: dict[State, str] = {
    State.RECEIVED: "reception_check",
    State.CHECKED: "examination",
    State.EXAMINED: "decision",
    State.DRAFT: "reception",
    State.RETURNED: "reception",
}
"""Whose step an application in that state waits for; returning or amending it is part of that step."""


def step_of(act: Act, state: State) -> str:
    """The step of the procedure that an act in a state belongs to; "" for a withdrawal."""
    return "" if act is Act.WITHDRAW else _STEP.get(act) or _REVIEW.get(state, "")


def waits_for(application: Application) -> str:
    """The step that an application waits for; "" once it has ended."""
    return _REVIEW.get(application.state, "")


def refusal(procedure: Procedure, application: Application, move: Move) -> Refused | None:
    """Why ``move`` can't be done, or None.

    Reasons: wrong_state, same_person, reason_missing, reason_unknown, receipt_in_future, blocked_by_check and, for an
    approval, finding_not_confirmed (both with ``check``) and identity_not_confirmed: nothing is issued to somebody who
    is not confirmed. A rejection is blocked by no check: a claim that may not be granted is decided by rejecting it.
    A person who had a hand in a step that the procedure keeps apart may not do
    this one, nor return from it. Rights are asked elsewhere.
    """
    if application.state not in _FROM[move.act] or (move.act is Act.RETURN and not _can_return(application, move)):
        return Refused("wrong_state", state=application.state.value)
    step = procedure.step(step_of(move.act, application.state))
    apart = {staff for name in step.not_by for staff in application.staff_of(name)} if step else set()
    if move.staff in apart:
        return Refused("same_person", step=step.id if step else "")
    if not _reasoned(move):
        return Refused("reason_missing")
    if not all(_sayable(procedure, reason) for reason in move.reasons):
        return Refused("reason_unknown")
    if move.act is Act.RECEIVE and (move.receipt_date or date.min) > business_date(move.at):
        return Refused("receipt_in_future")
    return _blocked(procedure, application, move)


def advance(procedure: Procedure, application: Application, move: Move) -> Application:
    """The application after ``move``; raises what ``refusal`` says."""
    refused = refusal(procedure, application, move)
    if refused is not None:
        raise refused
    step = step_of(move.act, application.state)
    entry = Entry(move.act, step, move.staff, move.at, move.reason.strip(), move.reasons, move.looked)
    receipt = application.receipt_date
    if move.act is Act.RECEIVE:
        receipt = move.receipt_date or business_date(move.at)
    return replace(
        application,
        state=_state_after(application, move),
        receipt_date=receipt,
        facts=application.facts if move.facts is None else move.facts,
        history=(*application.history, entry),
        version=application.version + 1,
    )


def _state_after(application: Application, move: Move) -> State:
    if move.act is Act.RETURN:
        return State.CHECKED if move.to == "examination" else State.RETURNED
    return _TO.get(move.act, application.state)


def _can_return(application: Application, move: Move) -> bool:
    """To the examination only what was examined; to the reception anything under review."""
    return move.to == "reception" or (move.to == "examination" and application.state is State.EXAMINED)


def _reasoned(move: Move) -> bool:
    if move.act is Act.REJECT:
        return any(reason.strip() for reason in move.reasons)
    return move.act not in {Act.RETURN, Act.WITHDRAW} or bool(move.reason.strip())


def _sayable(procedure: Procedure, reason: str) -> bool:
    """Whether a notice can give this reason: one of the procedure's, or a sentence and no code that has no words."""
    if reason in {option.value for option in procedure.reasons}:
        return True
    said = reason.strip()
    return len(said) >= SHORTEST_REASON and not said.isascii()


def _blocked(procedure: Procedure, application: Application, move: Move) -> Refused | None:
    stage = {Act.EXAMINE: Stage.FINALISE, Act.APPROVE: Stage.DECIDE}.get(move.act)
    if stage is None:
        return None
    if move.act is Act.APPROVE and application.identity is Consequence.NO_ISSUE:
        return Refused("identity_not_confirmed")
    found = findings(procedure, application.facts, stage, application.day(business_date(move.at)))
    stops = [one for one in found if one.stops]
    if stops:
        return Refused("blocked_by_check", check=stops[0].key)
    looked = {*move.looked, *(key for entry in application.history for key in entry.looked)}
    unseen = [one for one in found if one.level is Level.CONFIRM and one.key not in looked]
    return Refused("finding_not_confirmed", check=unseen[0].key) if unseen and move.act is Act.APPROVE else None
