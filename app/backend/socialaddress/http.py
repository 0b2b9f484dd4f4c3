"""What the socialaddress slice offers over the network: to relay, residentbase, tax office, systems, and the staff."""

from collections.abc import Iterable

from app.backend.socialaddress.service import Desk, SocialAddressService, Takings, guard
from app.link.letters import letter_endpoint
from app.wire.endpoint import Endpoint
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
from app.wire.social_address_tax import (
    AskAllResidents,
    AskPartyTax,
    AskSocialTransfers,
    PartyTax,
    SendAgain,
    TransferRows,
)

_AT = "/socialaddress/v1"


def endpoints(service: SocialAddressService) -> tuple[Endpoint, ...]:
    """Questions come as signed letters of the same municipality's relay."""
    return (
        letter_endpoint(f"{_AT}/first-january", "relay", service.first_january),
        letter_endpoint(f"{_AT}/tax", "relay", service.tax),
    )


def taking_endpoints(takings: Takings, systems: Iterable[str]) -> tuple[Endpoint, ...]:
    """Letters: residentbase and the tax office tell, each receiving system asks at a door of its own."""
    passing = takings.passing
    return (
        letter_endpoint(f"{_AT}/residents", "residentbase", takings.residents.take),
        letter_endpoint(f"{_AT}/taxes", "taxaddress", takings.taxes.take),
        *(letter_endpoint(f"{_AT}/systems/{name}", name, passing.answers(name)) for name in systems),
    )


def desk_endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Parties and entries for the staff, each behind a right that has to name the business it is asked for."""
    parties, entries = desk.parties, desk.entries
    return (
        Endpoint(path=f"{_AT}/find", act=guard.SEARCH, takes=FindParties, gives=Parties, does=parties.find),
        Endpoint(path=f"{_AT}/open", act=guard.READ, takes=OpenParty, gives=PartyView, does=parties.open),
        Endpoint(
            path=f"{_AT}/history", act=guard.READ, takes=AskPartyHistory, gives=PartyHistory, does=parties.history
        ),
        Endpoint(path=f"{_AT}/party", act=guard.ENTER, takes=KeepParty, gives=PartyKept, does=parties.keep),
        Endpoint(path=f"{_AT}/protect", act=guard.PROTECT, takes=ProtectParty, gives=PartyKept, does=parties.protect),
        Endpoint(path=f"{_AT}/delivery", act=guard.DELIVER, takes=KeepDelivery, gives=EntryKept, does=entries.deliver),
        Endpoint(
            path=f"{_AT}/contact", act=guard.CONTACT, takes=KeepContact, gives=EntryKept, does=entries.note_contact
        ),
        Endpoint(
            path=f"{_AT}/account", act=guard.ACCOUNT, takes=KeepAccount, gives=EntryKept, does=entries.keep_account
        ),
        Endpoint(path=f"{_AT}/delivery/end", act=guard.DELIVER, takes=EndEntry, gives=EntryKept, does=entries.end),
        Endpoint(path=f"{_AT}/account/end", act=guard.ACCOUNT, takes=EndEntry, gives=EntryKept, does=entries.end),
        *_office_endpoints(desk),
    )


def _office_endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    merging, tending = desk.merging, desk.tending
    return (
        Endpoint(path=f"{_AT}/party-tax", act=guard.TAX, takes=AskPartyTax, gives=PartyTax, does=desk.taxes.seen),
        Endpoint(path=f"{_AT}/merges", act=guard.MERGE, takes=AskMerges, gives=Merges, does=merging.merges),
        Endpoint(path=f"{_AT}/merge", act=guard.MERGE, takes=ProposeMerge, gives=MergeRow, does=merging.propose),
        Endpoint(path=f"{_AT}/merge/decide", act=guard.DECIDE, takes=DecideMerge, gives=MergeRow, does=merging.decide),
        Endpoint(
            path=f"{_AT}/transfers",
            act=guard.TEND,
            takes=AskSocialTransfers,
            gives=TransferRows,
            does=tending.transfers,
        ),
        Endpoint(path=f"{_AT}/transfers/again", act=guard.TEND, takes=SendAgain, gives=Nothing, does=tending.again),
        Endpoint(
            path=f"{_AT}/residents/all",
            act=guard.TEND,
            takes=AskAllResidents,
            gives=Nothing,
            does=tending.all_residents,
        ),
    )
