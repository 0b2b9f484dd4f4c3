"""What the addressee slice offers over the network."""

from app.backend.addressee.service import (
    AddresseeService,
    AreaOffice,
    BusinessSystems,
    Correcting,
    NumberSearch,
    ResidentTaking,
    SocialLinking,
)
from app.backend.addressee.service.business import ROLE
from app.backend.addressee.service.correcting import DECIDE, PROPOSE
from app.backend.addressee.service.managing import MANAGE, READ
from app.backend.addressee.service.searching import FIND
from app.link.letters import letter_endpoint
from app.wire import addressee_office as office
from app.wire.addressee import AskLinks, LinkNumber, LinkState, LinkStates
from app.wire.endpoint import Endpoint
from app.wire.message import Nothing

_AT = "/addressee/v1"


def social_endpoints(linking: SocialLinking) -> tuple[Endpoint, ...]:
    """Numbers of social insurance come from there alone."""
    return (letter_endpoint(f"{_AT}/social-numbers", "socialaddress", linking.link),)


def resident_endpoints(taking: ResidentTaking) -> tuple[Endpoint, ...]:
    """Changes of residents come from residentbase alone."""
    return (letter_endpoint(f"{_AT}/residents", "residentbase", taking.take),)


def system_endpoints(systems: BusinessSystems) -> tuple[Endpoint, ...]:
    """Business systems have one path; what each may do is behind its password."""
    return (letter_endpoint(f"{_AT}/system", ROLE, systems.answer),)


def office_endpoints(search: NumberSearch, correcting: Correcting, areas: AreaOffice) -> tuple[Endpoint, ...]:
    """What staff ask besides; each right is asked again inside."""
    take = (
        ("find", FIND, office.FindNumber, office.FoundNumber, search.find),
        ("correction", PROPOSE, office.ProposeCorrection, office.CorrectionView, correcting.propose),
        ("corrections", PROPOSE, office.AskCorrections, office.Corrections, correcting.corrections),
        ("history", PROPOSE, office.AskLinkHistory, office.LinkHistory, correcting.history),
        ("decide/corrections", DECIDE, office.AskCorrections, office.Corrections, correcting.corrections),
        ("decide/correction", DECIDE, office.DecideCorrection, office.CorrectionView, correcting.decide),
        ("systems", MANAGE, office.AskAreas, office.Areas, areas.areas),
        ("system/password", MANAGE, office.EnterArea, office.AreaPassword, areas.enter),
        ("system/close", MANAGE, office.CloseArea, Nothing, areas.close),
        ("linkage", READ, office.AskNumberLinkage, office.NumberLinkage, areas.linkage),
    )
    return tuple(
        Endpoint(path=f"{_AT}/{path}", act=act, takes=asks, gives=gives, does=does)
        for path, act, asks, gives, does in take
    )


def endpoints(service: AddresseeService) -> tuple[Endpoint, ...]:
    """Counters ask for states and link; only the relay translates."""
    return (
        Endpoint(path=f"{_AT}/state", act="number.state", takes=AskLinks, gives=LinkStates, does=service.states),
        Endpoint(path=f"{_AT}/link", act="number.link", takes=LinkNumber, gives=LinkState, does=service.link),
        letter_endpoint(f"{_AT}/translate", "relay", service.translate),
        letter_endpoint(f"{_AT}/owners", "relay", service.owners),
        letter_endpoint(f"{_AT}/codes", "relay", service.note_codes),
    )
