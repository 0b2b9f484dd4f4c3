"""What the flows of certificates and seals are handed, and who asks as the visit knows it."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.identity import Document
from app.domain.person import Capacity
from app.services.issue_certificate import IssueCertificate
from app.services.judge_issue import JudgeIssue
from app.services.paper import Paper
from app.services.ports.seat import Press
from app.services.tend_seals import TendSeals
from app.ui.background import Lane
from app.ui.flows.print_acts import LatePaper
from app.ui.flows.visit_state import Present


@dataclass(frozen=True, slots=True)
class CertificateActs:
    """``lane``: it asks the office; ``pick``: a picture's bytes, b"" for none.

    ``show_paper``: a paper under a title; ``print_late``: one that is made only as it is printed.
    """

    press: Callable[[], Press]
    lane: Lane
    issue: IssueCertificate
    judge: JudgeIssue
    documents: tuple[Document, ...]
    seals: TendSeals
    show_paper: Callable[[str, Paper], None]
    print_late: Callable[[str, LatePaper], None]
    pick: Callable[[], bytes]


def asker(present: Present) -> tuple[str, str]:
    """Name and 宛名番号 of who stands here, the number "" where the register does not tell.

    Whoever acts for a household is the member who was confirmed to be one.
    """
    if present.capacity is Capacity.SELF:
        return present.name, "" if present.hit is None else present.hit.business_number
    household = () if present.record is None else present.record.household
    if present.capacity in {Capacity.SAME_HOUSEHOLD, Capacity.HOUSEHOLD_HEAD}:
        own = next((one.business_number for one in household if one.name == present.presenter), "")
        return present.presenter, own
    return present.presenter, ""
