"""申請の状態 as an applicant is told it, in the field's words; what is internal to the office does not show."""

from enum import StrEnum

from app.domain.application import State


class ResidentState(StrEnum):
    """送信済・処理中・処理完了・差し戻し・却下・取下げ. Source: counter-ux.md 2.1 (a deployed system, published)."""

    SENT = "sent"
    WORKING = "working"
    DONE = "done"
    SENT_BACK = "sent_back"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


_ENDED = {
    State.APPROVED: ResidentState.DONE,
    State.REJECTED: ResidentState.REJECTED,
    State.WITHDRAWN: ResidentState.WITHDRAWN,
}


def resident_state(state: State, *, begun: bool, papers_asked: bool) -> ResidentState:
    """``begun``: somebody has it or has looked it through; ``papers_asked``: the applicant was asked for papers.

    差戻し within the office is none of the applicant's: only a letter that asks for something sends it back to them.
    """
    if state in _ENDED:
        return _ENDED[state]
    if papers_asked:
        return ResidentState.SENT_BACK
    return ResidentState.WORKING if begun or state is not State.RECEIVED else ResidentState.SENT
