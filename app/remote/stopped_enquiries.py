"""Enquiries that the relay gave up, over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.relay_stopped import AskStopped, CloseStopped, SendAgain, StoppedEnquiries, StoppedSettled


class HttpStopped:
    """See ``StoppedOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def stopped(self, press: Press, session: Session) -> StoppedEnquiries:
        return self._line.ask("/relay/v1/stopped", AskStopped(), StoppedEnquiries, headers(press, session))

    def send_again(self, press: Press, session: Session, enquiry_id: str) -> StoppedSettled:
        asked = SendAgain(enquiry_id=enquiry_id)
        return self._line.ask("/relay/v1/stopped/again", asked, StoppedSettled, headers(press, session))

    def close(self, press: Press, session: Session, enquiry_id: str, reason: str) -> StoppedSettled:
        asked = CloseStopped(enquiry_id=enquiry_id, reason=reason)
        return self._line.ask("/relay/v1/stopped/close", asked, StoppedSettled, headers(press, session))
