"""What administrators are shown of tries to sign in and unlock: each with its cause, ninety days long."""

from datetime import timedelta

from app.backend.staff.ports import StaffUnit, Try
from app.backend.staff.service.standing import is_in_service
from app.domain.call import Call
from app.domain.clock import Random, business_date
from app.errors import AppError, TooManyTries

KEPT = timedelta(days=90)
"""How long tries stand in the list; the ledger keeps them beyond. Assumed."""


def note_try(unit: StaffUnit, call: Call, who: tuple[str, str], cause: str, shown: tuple[Random, str]) -> None:
    """Keep a try. ``who``: what was typed as staff id, and the purpose; ``cause``: "" where it succeeded.

    ``shown``: randomness for the row's id, and the second factor. What nobody is called is not kept: a password typed
    into the wrong field must not stand in a list.
    """
    typed, purpose = who
    random, second_factor = shown
    member = unit.member(call.municipality, typed)
    if cause and member is None:
        cause = "unknown_person"
    elif cause and member is not None and not is_in_service(unit, member, business_date(call.at)):
        cause = "not_in_service"
    unit.forget_tries(call.at - KEPT)
    unit.put_try(
        Try(
            municipality=call.municipality,
            try_id=random.token(16).hex(),
            purpose=purpose,
            at=call.at,
            staff_id="" if member is None else member.staff_id,
            terminal=call.actor.terminal,
            cause=cause,
            second_factor=second_factor,
        )
    )


def cause_of(error: AppError, part: str) -> str:
    """Why a try was refused: the part that was wrong, or that too many came before."""
    return "too_many_tries" if isinstance(error, TooManyTries) else part or error.code
