"""What to do after an enquiry: each state and each kind of answer has its own next step."""

from collections.abc import Mapping

NONE, WAIT, ASK_TO_FILE, ASK_PAPER = "none", "wait", "ask_to_file", "ask_paper"
SUPERVISOR, ASK_AGAIN, MEND_ROW = "supervisor", "ask_again", "mend_row"

_AFTER_ANSWER: Mapping[str, str] = {
    "value": NONE,
    "no_data": ASK_PAPER,
    "undeclared": ASK_TO_FILE,
    "held_back": WAIT,
    "withheld": SUPERVISOR,
}
_AFTER_STATE: Mapping[str, str] = {
    "waiting": WAIT,
    "no_code": WAIT,
    "out_of_hours": WAIT,
    "stopped": SUPERVISOR,
    "rejected": MEND_ROW,
}
_AFTER_REFUSAL: Mapping[str, str] = {
    "own_city": ASK_AGAIN,
    "not_own_city": ASK_AGAIN,
    "wrong_year": ASK_AGAIN,
    "unknown_year": ASK_AGAIN,
    "wrong_enquiry_period": ASK_AGAIN,
    "wrong_provider": ASK_AGAIN,
    "unknown_provider": ASK_AGAIN,
    "consent_missing": ASK_AGAIN,
    "bad_answer": SUPERVISOR,
    "altered_request": SUPERVISOR,
}


def next_step(state: str, reason: str = "", kind: str = "") -> str:
    """The code of what comes next. No data is neither non-taxable nor no income: the paper is asked for.

    Source: procedures.md 1.6, known practice; which refusal wants what: assumed.
    """
    if state == "answered":
        return _AFTER_ANSWER.get(kind, SUPERVISOR)
    if state == "refused":
        return _AFTER_REFUSAL.get(reason, ASK_PAPER)
    return _AFTER_STATE.get(state, SUPERVISOR)
