"""社会保障宛名: parties found, opened, entered, corrected, protected; their entries kept and ended."""

from app.domain.act import Detail
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.ports.social_addresses import SocialParties
from app.services.record_act import Doing, recorded
from app.wire.social_address import (
    AskPartyHistory,
    FindParties,
    KeepParty,
    OpenParty,
    Parties,
    PartyHistory,
    PartyKept,
    PartyView,
    ProtectParty,
)
from app.wire.social_address_entries import EndEntry, EntryKept, KeepAccount, KeepContact, KeepDelivery
from app.wire.social_address_tax import AskPartyTax, PartyTax

SEARCH, READ, ENTER = "social.search", "social.read", "social.enter"
DELIVER, CONTACT, ACCOUNT = "social.delivery", "social.contact", "social.account"
PROTECT, TAX = "social.protect", "social.tax"
SHOW_ADDRESS, SHOW_ACCOUNT = "social.show_address", "social.show_account"
"""The acts rights are needed for; each right has to name the business."""


class TendParties:
    """The use cases. Errors besides the office's: StoreError when the act can't be kept."""

    def __init__(self, desk: SocialParties, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    def find(self, press: Press, session: Session, asked: FindParties) -> Parties:
        """Parties by number, name or kana. Errors: Refused ``find_too_wide``."""
        return recorded(
            self._journal,
            (press, session),
            Doing("parties.searched", what={"purpose": asked.purpose}),
            lambda: self._desk.find(press, session, asked),
            lambda found: {"hits": len(found.rows)},
        )

    def open(self, press: Press, session: Session, asked: OpenParty) -> PartyView:
        """A party with its entries for one business. Errors: NotAllowed; Refused ``entry_reason_missing``."""
        what: dict[str, Detail] = {"purpose": asked.purpose}
        if asked.show_accounts or asked.show_address:
            what |= {"reason": asked.reason, "shown": "accounts" if asked.show_accounts else "address"}
        doing = Doing("party.opened", about=asked.social_number, what=what)
        return recorded(self._journal, (press, session), doing, lambda: self._desk.open(press, session, asked))

    def history(self, press: Press, session: Session, purpose: str, social_number: str) -> PartyHistory:
        """Every state of a party's record."""
        asked = AskPartyHistory(purpose=purpose, social_number=social_number)
        doing = Doing("party.history_shown", about=social_number, what={"purpose": purpose})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.history(press, session, asked))

    def keep(self, press: Press, session: Session, asked: KeepParty) -> PartyKept:
        """Enter a non-resident or a corporation, or correct one. Errors: BadFormat; Refused; Conflict."""
        what: dict[str, Detail] = {"purpose": asked.purpose, "party": asked.kind}
        doing = Doing("party.kept", about=asked.social_number, what=what)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._desk.keep(press, session, asked),
            lambda kept: {"number": kept.row.social_number, "alike": len(kept.alike)},
        )

    def protect(self, press: Press, session: Session, asked: ProtectParty) -> PartyKept:
        """Hide where somebody lives, or no more by another person. Errors: Refused ``protection_own``; Conflict."""
        kind = "party.protected" if asked.protected else "party.unprotected"
        doing = Doing(kind, about=asked.social_number, what={"purpose": asked.purpose, "reason": asked.reason})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.protect(press, session, asked))

    def keep_delivery(self, press: Press, session: Session, asked: KeepDelivery) -> EntryKept:
        """送付先. Errors: Refused ``delivery_is_home``, ``protected_requester``, ``entry_period_reversed``."""
        doing = _entry("delivery.kept", asked)
        return recorded(self._journal, (press, session), doing, lambda: self._desk.keep_delivery(press, session, asked))

    def keep_contact(self, press: Press, session: Session, asked: KeepContact) -> EntryKept:
        """応対記録. Errors: Refused ``contact_incomplete``; BadFormat."""
        doing = _entry("contact.kept", asked)
        return recorded(self._journal, (press, session), doing, lambda: self._desk.keep_contact(press, session, asked))

    def keep_account(self, press: Press, session: Session, asked: KeepAccount) -> EntryKept:
        """口座. Errors: Refused ``account_in_force``; BadFormat naming the field."""
        doing = _entry("account.kept", asked)
        return recorded(self._journal, (press, session), doing, lambda: self._desk.keep_account(press, session, asked))

    def end_entry(self, press: Press, session: Session, asked: EndEntry, kind: str) -> EntryKept:
        """A delivery address or an account (``kind``) ends. Errors: Refused ``entry_period_reversed``; Conflict."""
        end = self._desk.end_account if kind == "account" else self._desk.end_delivery
        doing = _entry(f"{kind}.ended", asked)
        return recorded(self._journal, (press, session), doing, lambda: end(press, session, asked))

    def tax(self, press: Press, session: Session, purpose: str, social_number: str) -> PartyTax:
        """課税情報 as far as the business may see it."""
        asked = AskPartyTax(purpose=purpose, social_number=social_number)
        doing = Doing("party.tax_shown", about=social_number, what={"purpose": purpose})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.tax(press, session, asked))


def _entry(kind: str, asked: KeepDelivery | KeepContact | KeepAccount | EndEntry) -> Doing:
    return Doing(kind, about=asked.social_number, what={"purpose": asked.purpose, "entry": asked.entry_id})
