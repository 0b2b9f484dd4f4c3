"""The desk's way to the answers of enquiries: the relay in the same process, asked in the reviewer's own name."""

from collections.abc import Mapping, Sequence

from app.backend.relay.service.accepting import Accepting
from app.domain.call import Call
from app.errors import AppError, Refused
from app.wire.desk import AnswerMark
from app.wire.relay import AskEnquiries


class RelayAnswers:
    """The desk's ``Enquiries``. ``relay``: None where another process serves it: counters alone may ask that one."""

    def __init__(self, relay: Accepting | None) -> None:
        self._relay = relay

    def answers(self, call: Call, enquiry_ids: Sequence[str]) -> Mapping[str, AnswerMark]:
        """See ``Enquiries``."""
        if self._relay is None:
            raise Refused("relay_elsewhere")
        asked = AskEnquiries(enquiry_ids=tuple(dict.fromkeys(enquiry_ids)))
        outcome = self._relay.states([(call, asked)])[0]
        if isinstance(outcome, AppError):
            raise outcome
        return {one.enquiry_id: one.answer for one in outcome.states if one.answer is not None}
