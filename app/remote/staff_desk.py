"""The desk for staff cards and passes over the line."""

from app.domain.secret import secret
from app.link.line import Headers, Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import CardAsked
from app.services.ports.staff_desk import NewCard, OncePass
from app.wire.staff import (
    ApproveKey,
    AskKeys,
    AskRegistration,
    IssuePass,
    KeyAsked,
    KeyRow,
    Keys,
    PassIssued,
    RegisterKey,
    RevokeKey,
)


class HttpStaffDesk:
    """See ``StaffDesk``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def ask_registration(self, press: Press, session: Session, staff_id: str) -> CardAsked:
        way = Headers(press.trace, f"{press.key}-ask", session.token)
        answer = self._line.ask("/staff/v1/ask-registration", AskRegistration(staff_id=staff_id), KeyAsked, way)
        return CardAsked(answer.asked, answer.options)

    def register(self, press: Press, session: Session, card: NewCard) -> KeyRow:
        asked = RegisterKey(staff_id=card.staff_id, asked=card.asked, answer=card.answer, label=card.label)
        return self._line.ask("/staff/v1/register-key", asked, KeyRow, headers(press, session))

    def approve(self, press: Press, session: Session, key_id: str) -> KeyRow:
        return self._line.ask("/staff/v1/approve-key", ApproveKey(key_id=key_id), KeyRow, headers(press, session))

    def revoke(self, press: Press, session: Session, key_id: str) -> KeyRow:
        return self._line.ask("/staff/v1/revoke-key", RevokeKey(key_id=key_id), KeyRow, headers(press, session))

    def cards(self, press: Press, session: Session, staff_id: str) -> Keys:
        return self._line.ask("/staff/v1/keys", AskKeys(staff_id=staff_id), Keys, headers(press, session))

    def issue_pass(self, press: Press, session: Session, staff_id: str, reason: str) -> OncePass:
        asked = IssuePass(staff_id=staff_id, reason=reason)
        answer = self._line.ask("/staff/v1/issue-pass", asked, PassIssued, headers(press, session))
        return OncePass(secret(answer.one_time_pass), answer.expires_at)
