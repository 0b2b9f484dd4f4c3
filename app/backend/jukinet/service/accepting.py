"""Whether an item may be taken, and what it changes here: one function for each kind."""

from collections.abc import Callable
from datetime import datetime

from app.backend.jukinet.ports import NetworkUnit, Registered
from app.backend.jukinet.service.arriving import filed
from app.backend.jukinet.service.cardstate import step_card
from app.backend.jukinet.service.sending import NotTaken
from app.domain.number import ReadNumber
from app.domain.resident_code import ResidentCode
from app.domain.resident_network import REMOVING, ChangeReason
from app.errors import BadFormat
from app.wire.jukinet import CardEvent, DeliveryAddress, IdentityInfo, IdentityUpdate
from app.wire.jukinet_network import NetParcel

Accept = Callable[[NetworkUnit, str, datetime], str | NotTaken]
"""Takes one item of a municipality into the file; the subject whose order it keeps, or why it is not taken."""


def accept_update(one: IdentityUpdate, read_number: ReadNumber) -> Accept:
    """The next change of a person, and no other one."""

    def accept(unit: NetworkUnit, municipality: str, at: datetime) -> str | NotTaken:
        identity, code = one.identity, one.former_resident_code or one.identity.resident_code
        wrong = _wrong(one, municipality, read_number)
        if wrong:
            return NotTaken(wrong)
        known = unit.people.of_code(municipality, code)
        expected = 1 if known is None else known.sequence + 1
        if one.sequence != expected:
            return NotTaken("gap" if one.sequence > expected else "other_content", expected)
        taken = _belongs_to_another(unit, identity, code)
        if taken:
            return NotTaken(taken)
        version = 1 if known is None else known.version + 1
        former = one.former_resident_code if known is not None else ""
        unit.people.put(Registered(identity, one.sequence, version), at, former)
        return unit.people.token(municipality, code)

    return accept


def accept_delivery(one: DeliveryAddress) -> Accept:
    """送付先情報 of somebody who is registered here under this number."""

    def accept(unit: NetworkUnit, municipality: str, _: datetime) -> str | NotTaken:
        known = unit.people.of_code(municipality, one.resident_code)
        if known is None or known.identity.my_number != one.my_number or known.identity.state != "resident":
            return NotTaken("no_such_person")
        return unit.people.token(municipality, one.resident_code)

    return accept


def accept_card(one: CardEvent) -> Accept:
    """A step of a card of somebody who is, or was, registered here."""

    def accept(unit: NetworkUnit, municipality: str, at: datetime) -> str | NotTaken:
        if unit.people.of_code(municipality, one.resident_code) is None:
            return NotTaken("no_such_person")
        stepped = step_card(unit, municipality, one, at)
        return stepped if isinstance(stepped, NotTaken) else unit.people.token(municipality, one.resident_code)

    return accept


def accept_parcel(parcel: NetParcel) -> Accept:
    """Something for another municipality; a 転入通知 also ends what was kept of the announcement."""

    def accept(unit: NetworkUnit, municipality: str, at: datetime) -> str | NotTaken:
        if parcel.sender != municipality or parcel.to == municipality:
            return NotTaken("not_here")
        if parcel.moved_in is not None:
            filed(unit, municipality, parcel.moved_in.data_id, at)
        return f"{parcel.sender}:{parcel.to}"

    return accept


def _wrong(one: IdentityUpdate, municipality: str, read_number: ReadNumber) -> str:
    """What can be seen of an update by itself."""
    if one.identity.municipality != municipality:
        return "not_here"
    if one.reason not in {reason.value for reason in ChangeReason}:
        return "bad_reason"
    if one.again or (one.reason in REMOVING) != (one.identity.state == "removed"):
        return "bad_state"
    for code in (one.identity.resident_code, one.former_resident_code):
        if code and not _reads(lambda text: ResidentCode(text), code):  # noqa: PLW0108 -- a class is no such function
            return "bad_code"
    number = one.identity.my_number
    return "bad_number" if number and not _reads(read_number, number) else ""


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except BadFormat:
        return False
    return True


def _belongs_to_another(unit: NetworkUnit, identity: IdentityInfo, code: str) -> str:
    """Whether a new code, or the number, is somebody else's here."""
    if code != identity.resident_code and unit.people.of_code(identity.municipality, identity.resident_code):
        return "bad_code"
    owner = unit.people.of_number(identity.municipality, identity.my_number) if identity.my_number else None
    return "bad_number" if owner is not None and owner.identity.resident_code != code else ""
