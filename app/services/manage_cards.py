"""Staff cards: registered with their holder there, approved by a second administrator, revoked by one; and passes."""

from app.domain.act import Detail
from app.domain.secret import Secret
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import StaffCards
from app.services.ports.staff_desk import NewCard, OncePass, StaffDesk
from app.services.record_act import Doing, recorded
from app.wire.staff import KeyRow, Keys

MANAGE, PASS = "staff.key", "staff.pass"
"""The acts a right is needed for: looking after cards, and issuing a pass."""


class ManageCards:
    """The use cases of administrators around staff cards."""

    def __init__(self, desk: StaffDesk, cards: StaffCards, journal: Journal) -> None:
        self._desk = desk
        self._cards = cards
        self._journal = journal

    def shown(self, press: Press, session: Session, staff_id: str = "") -> Keys:
        """All cards of a person; "": everybody's that wait for approval."""
        doing = Doing("staff_cards.shown", about=staff_id)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._desk.cards(press, session, staff_id),
            lambda keys: {"cards": len(keys.rows)},
        )

    def register(self, press: Press, session: Session, whose: tuple[str, str], pin: Secret) -> KeyRow:
        """Have the card on the staff reader made one of this person's, its PIN typed by the holder.

        ``whose``: staff id, and what the card is called. Blocks for some seconds. Errors: those of ``StaffCards``;
        NotAllowed for somebody who is not there; SecondFactorRefused(reason), Conflict for a card that is known.
        """
        staff_id, label = whose

        def register() -> KeyRow:
            asked = self._desk.ask_registration(press, session, staff_id)
            answer = self._cards.register(asked, pin)
            return self._desk.register(press, session, NewCard(staff_id, label, asked.asked, answer))

        doing = Doing("staff_card.registered", about=staff_id)
        return recorded(self._journal, (press, session), doing, register, _which)

    def approve(self, press: Press, session: Session, card: KeyRow) -> KeyRow:
        """Agree as the second administrator. Errors: NotAllowed for who registered it and for its holder; Conflict."""
        doing = Doing("staff_card.approved", about=card.staff_id, what=_which(card))
        return recorded(self._journal, (press, session), doing, lambda: self._desk.approve(press, session, card.key_id))

    def revoke(self, press: Press, session: Session, card: KeyRow) -> KeyRow:
        """From now on the card opens nothing; one person is enough, a lost card can't wait."""
        doing = Doing("staff_card.revoked", about=card.staff_id, what=_which(card))
        return recorded(self._journal, (press, session), doing, lambda: self._desk.revoke(press, session, card.key_id))


class IssuePass:
    """The use case of a supervisor for somebody without a card."""

    def __init__(self, desk: StaffDesk, journal: Journal) -> None:
        self._desk = desk
        self._journal = journal

    def __call__(self, press: Press, session: Session, staff_id: str, reason: str) -> OncePass:
        """Let ``staff_id`` in once. Errors: NotAllowed for oneself and for somebody who is not there."""
        doing = Doing("staff_pass.issued", about=staff_id, what={"reason": reason})
        return recorded(
            self._journal, (press, session), doing, lambda: self._desk.issue_pass(press, session, staff_id, reason)
        )


def may_approve(card: KeyRow, staff_id: str) -> bool:
    """Whether this administrator can be the second one for ``card``; the office enforces it."""
    return is_waiting(card) and staff_id not in {card.registered_by, card.staff_id}


def is_waiting(card: KeyRow) -> bool:
    """Registered, not approved yet and not revoked."""
    return not card.approved_by and card.revoked_at is None


def _which(card: KeyRow) -> dict[str, Detail]:
    return {"key": card.key_id}
