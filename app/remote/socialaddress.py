"""社会保障宛名 over the line: parties with their entries, merging, what was passed on."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.message import Nothing
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
from app.wire.social_address_merge import AskMerges, DecideMerge, MergeRow, Merges, ProposeMerge
from app.wire.social_address_tax import AskPartyTax, AskSocialTransfers, PartyTax, SendAgain, TransferRows

_AT = "/socialaddress/v1"


class HttpSocialParties:
    """See ``SocialParties``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def find(self, press: Press, session: Session, asked: FindParties) -> Parties:
        return self._line.ask(f"{_AT}/find", asked, Parties, headers(press, session))

    def open(self, press: Press, session: Session, asked: OpenParty) -> PartyView:
        return self._line.ask(f"{_AT}/open", asked, PartyView, headers(press, session))

    def history(self, press: Press, session: Session, asked: AskPartyHistory) -> PartyHistory:
        return self._line.ask(f"{_AT}/history", asked, PartyHistory, headers(press, session))

    def keep(self, press: Press, session: Session, asked: KeepParty) -> PartyKept:
        return self._line.ask(f"{_AT}/party", asked, PartyKept, headers(press, session))

    def protect(self, press: Press, session: Session, asked: ProtectParty) -> PartyKept:
        return self._line.ask(f"{_AT}/protect", asked, PartyKept, headers(press, session))

    def keep_delivery(self, press: Press, session: Session, asked: KeepDelivery) -> EntryKept:
        return self._line.ask(f"{_AT}/delivery", asked, EntryKept, headers(press, session))

    def keep_contact(self, press: Press, session: Session, asked: KeepContact) -> EntryKept:
        return self._line.ask(f"{_AT}/contact", asked, EntryKept, headers(press, session))

    def keep_account(self, press: Press, session: Session, asked: KeepAccount) -> EntryKept:
        return self._line.ask(f"{_AT}/account", asked, EntryKept, headers(press, session))

    def end_delivery(self, press: Press, session: Session, asked: EndEntry) -> EntryKept:
        return self._line.ask(f"{_AT}/delivery/end", asked, EntryKept, headers(press, session))

    def end_account(self, press: Press, session: Session, asked: EndEntry) -> EntryKept:
        return self._line.ask(f"{_AT}/account/end", asked, EntryKept, headers(press, session))

    def tax(self, press: Press, session: Session, asked: AskPartyTax) -> PartyTax:
        return self._line.ask(f"{_AT}/party-tax", asked, PartyTax, headers(press, session))


class HttpSocialOffice:
    """See ``SocialOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def merges(self, press: Press, session: Session, asked: AskMerges) -> Merges:
        return self._line.ask(f"{_AT}/merges", asked, Merges, headers(press, session))

    def propose(self, press: Press, session: Session, asked: ProposeMerge) -> MergeRow:
        return self._line.ask(f"{_AT}/merge", asked, MergeRow, headers(press, session))

    def decide(self, press: Press, session: Session, asked: DecideMerge) -> MergeRow:
        return self._line.ask(f"{_AT}/merge/decide", asked, MergeRow, headers(press, session))

    def transfers(self, press: Press, session: Session, asked: AskSocialTransfers) -> TransferRows:
        return self._line.ask(f"{_AT}/transfers", asked, TransferRows, headers(press, session))

    def again(self, press: Press, session: Session, asked: SendAgain) -> None:
        self._line.ask(f"{_AT}/transfers/again", asked, Nothing, headers(press, session))
