"""Enquiries that were given up, in memory: settled once, and gone from the list then."""

from dataclasses import dataclass, field

from app.errors import NotAllowed
from app.services.ports.seat import Press, Session
from app.wire.relay_stopped import StoppedEnquiries, StoppedEnquiry, StoppedSettled


@dataclass
class FakeStopped:
    """``StoppedOffice``. ``settled``: which, and how ("" for sent again)."""

    rows: list[StoppedEnquiry]
    settled: list[tuple[str, str]] = field(default_factory=list)

    def stopped(self, press: Press, session: Session) -> StoppedEnquiries:
        return StoppedEnquiries(rows=tuple(self.rows))

    def send_again(self, press: Press, session: Session, enquiry_id: str) -> StoppedSettled:
        return self._settle(enquiry_id, "")

    def close(self, press: Press, session: Session, enquiry_id: str, reason: str) -> StoppedSettled:
        return self._settle(enquiry_id, reason)

    def _settle(self, enquiry_id: str, how: str) -> StoppedSettled:
        left = [one for one in self.rows if one.enquiry_id != enquiry_id]
        if len(left) == len(self.rows):
            raise NotAllowed
        self.rows = left
        self.settled.append((enquiry_id, how))
        return StoppedSettled(proof="")
