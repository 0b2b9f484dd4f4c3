"""What a clerk enters of a non-resident or a corporation, made a party; and the number that goes on to be linked."""

from dataclasses import dataclass, replace

from app.backend.socialaddress.ports import Errand
from app.backend.socialaddress.ports.records import Party, PartyKind
from app.domain.call import Call
from app.domain.corporate_number import demand_corporate_number
from app.domain.number import MyNumber, ReadNumber
from app.domain.person import Sex
from app.errors import BadFormat, NotUnderstood
from app.wire.message import encode
from app.wire.social_address import KeepParty
from app.wire.social_address_link import LinkSocialNumber

LINK = "link"


@dataclass(frozen=True, slots=True)
class Given:
    """A 個人番号 that was handed in, or None."""

    my_number: MyNumber | None


def read_given(asked: KeepParty, read_number: ReadNumber) -> Given:
    """Errors: BadFormat naming what is missing or wrong; NotUnderstood for what no such party has."""
    if not asked.name.strip() or not asked.address.strip():
        raise BadFormat(field="address" if asked.name.strip() else "name")
    if asked.kind == PartyKind.CORPORATION:
        demand_corporate_number(asked.corporate_number)
        if asked.my_number or asked.birth or asked.sex:
            raise NotUnderstood(what="party")
        return Given(None)
    if asked.kind != PartyKind.NON_RESIDENT or asked.corporate_number:
        raise NotUnderstood(what="party")
    if asked.birth is None:
        raise BadFormat(field="birth")
    if asked.sex not in set(Sex):
        raise BadFormat(field="sex")
    if asked.my_number and not asked.method:
        raise NotUnderstood(what="method")
    return Given(read_number(asked.my_number) if asked.my_number else None)


def entered(call: Call, asked: KeepParty, numbers: tuple[str, str], before: Party | None) -> Party:
    """The party as entered. ``numbers``: its 社会保障宛名番号, and what stands for the 個人番号 ("" where none)."""
    social_number, token = numbers
    made = Party(
        municipality=call.municipality,
        social_number=social_number,
        kind=asked.kind,
        name=asked.name.strip(),
        kana=asked.kana.strip(),
        birth=asked.birth,
        birth_written=asked.birth_written,
        sex=asked.sex,
        address=asked.address.strip(),
        corporate_number=asked.corporate_number,
        number_token=token,
        cause="entered",
        by=call.actor.staff_id,
        at=call.at,
    )
    if before is None:
        return made
    return replace(
        made,
        cause="corrected",
        version=before.version + 1,
        number_token=token or before.number_token,
        protected_by=before.protected_by,
        state=before.state,
    )


def link_errand(party: Party, my_number: MyNumber | None = None, *, unlink: bool = False) -> Errand:
    """Have the party's number linked in the addressee slice: by the resident's number, or by a 個人番号."""
    link = LinkSocialNumber(
        social_number=party.social_number,
        with_number=party.business_number,
        my_number=my_number.text() if my_number else "",
        unlink=unlink,
    )
    return link_of(party.municipality, link, party.version)


def link_of(municipality: str, link: LinkSocialNumber, version: int) -> Errand:
    """``version``: of the party, so that each of its states is told once."""
    number = link.social_number
    return Errand(municipality, LINK, number, f"{LINK}/{number}/{version}", encode(link))
