"""What is asked of the reception book, long cases and the till."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from app.wire import desk, desk_book, desk_case, desk_fees
from tests.support.slices import MORNING

DAY = MORNING.date()
PROCEDURE = {"claim": "child_allowance_claim", "move": "move_within_city"}
SOMEBODY = desk.PersonMark(business_number="100", name="髙橋　花子")
_numbers = count(1)


def case(about: str) -> str:
    return f"case-{about}"


BOOK_ASKED: Mapping[str, Callable[[str], Any]] = {
    "/desk/v1/book": lambda _: desk_book.AskBook(),
    "/desk/v1/book/case": lambda about: desk_book.AskCase(application_id=case(about)),
    "/desk/v1/book/give": lambda about: desk_book.GiveCase(application_id=case(about), owner="", version=999),
    "/desk/v1/book/hand-over": lambda about: desk_book.HandOver(
        handover_id="h", application_id=case(about), to_section="none", note=""
    ),
    "/desk/v1/book/receive": lambda about: desk_book.ReceiveOutside(
        application_id=f"post-{next(_numbers)}",
        procedure=PROCEDURE[about],
        channel="post",
        arrived_on=DAY,
        roles=desk.RolesMark(presenter=SOMEBODY, capacity="self", applicant=SOMEBODY),
        facts={},
    ),
    "/desk/v1/case/step/begin": lambda about: desk_case.BeginStage(application_id=case(about), step="none"),
    "/desk/v1/case/step/finish": lambda about: desk_case.FinishStage(
        application_id=case(about), step="none", version=0, outcome="none", done_on=DAY
    ),
    "/desk/v1/case/delay": lambda about: desk_case.TellDelay(
        application_id=case(about), clock="none", version=1, until=DAY, reason=""
    ),
    "/desk/v1/case/paper": lambda about: desk_case.MarkPaper(
        application_id=case(about), paper="none", version=0, state="present"
    ),
    "/desk/v1/case/papers/request": lambda about: desk_case.RequestPapers(
        application_id=case(about), papers=(), due_on=DAY
    ),
    "/desk/v1/case/papers/tend": lambda about: desk_case.TendRequest(
        application_id=case(about), position=0, version=1, outcome="reminded"
    ),
    "/desk/v1/board": lambda _: desk_case.AskBoard(),
    "/desk/v1/till": lambda _: desk_fees.AskTill(),
    "/desk/v1/till/take": lambda _: desk_fees.TakeFee(fee_id=f"f{next(_numbers)}", kind="document_copy", count=1),
    "/desk/v1/till/close": lambda _: desk_fees.CloseTill(counted=1, total=1),
}
