"""Certificates of training holders, shaped as real ones. Source: card.md 6.2, several readers of real leaves."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from app.domain.clock import TOKYO
from app.standin.cards.holder import Holder
from app.standin.cards.jpki_authority import POLICIES, SIGNATURE, CertificateAuthority, directory_name, usage
from app.standin.cards.keys import Key
from app.standin.cards.tlv import der

OCSP_PLACE = "http://ocsp.training.invalid/"
"""Where the real one names its responder is not public; this name leads nowhere by itself."""
_PRACTICE = "http://cps.training.invalid/cps.html"
_FIELDS = "1.2.392.200149.8.5.5."
_COMMENT = x509.ObjectIdentifier("2.16.840.1.113730.1.13")
_REMARK = "TRAINING CERTIFICATE. IT PROVES NOTHING ABOUT ANYBODY. "
_UTF8_STRING, _IA5_STRING = 0x0C, 0x16
_LAST_INSTANT = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A holder's certificate with its key."""

    der: bytes
    key: Key


@dataclass(frozen=True, slots=True)
class LeafPlan:
    """What goes into a certificate.

    ``issued``: the day in Tokyo; ``size``: bytes to reach by a remark, 0: as it comes; ``is_linked``: names its
    authority's key.
    """

    holder: Holder
    issued: date
    size: int = 0
    is_linked: bool = True


def make_leaf(plan: LeafPlan, authority: CertificateAuthority, key: Key) -> Leaf:
    """The certificate. Longer than ``plan.size`` if it is that without a remark."""
    made = authority.sign(_builder(plan, authority, key)).public_bytes(Encoding.DER)
    room = plan.size - len(made)
    for _ in range(8):
        if room <= 0 or len(made) == plan.size:
            break
        made = authority.sign(_remarked(_builder(plan, authority, key), room)).public_bytes(Encoding.DER)
        room += plan.size - len(made)
    return Leaf(made, key)


def serial_of(plan: LeafPlan, purpose: str) -> int:
    """The number of a certificate: always the same for the same holder and day, so that a list can name it."""
    return int.from_bytes(_chance(plan, purpose)[:4], "big") & 0x7FFFFFFF | 0x01000000


def ends(plan: LeafPlan, years: int) -> datetime:
    """The last instant: end of the n-th birthday after issue, in Tokyo, and not after the card's own last day."""
    birth = plan.holder.birth
    passed = (plan.issued.month, plan.issued.day) >= (birth.month, birth.day)
    last = min(_birthday(birth, plan.issued.year + years - 1 + passed), plan.holder.expiry)
    return datetime.combine(last, _LAST_INSTANT, TOKYO).astimezone(UTC)


def _birthday(birth: date, year: int) -> date:
    try:
        return birth.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _builder(plan: LeafPlan, authority: CertificateAuthority, key: Key) -> x509.CertificateBuilder:
    begins = datetime.combine(plan.issued, time(9, 30), TOKYO).astimezone(UTC)
    builder = x509.CertificateBuilder(
        authority.certificate.subject,
        _subject(plan, authority.purpose),
        key.public_key(),
        serial_of(plan, authority.purpose),
        begins,
        max(ends(plan, authority.generation.years), begins + timedelta(hours=1)),
    )
    for extension, is_critical in _extensions(plan, authority, key):
        builder = builder.add_extension(extension, is_critical)
    return builder


def _subject(plan: LeafPlan, purpose: str) -> x509.Name:
    """Nothing personal but, for signatures, the place."""
    opaque = urlsafe_b64encode(_chance(plan, purpose)[:16]).decode().rstrip("=")
    named = [(NameOID.COUNTRY_NAME, "JP")]
    if purpose == SIGNATURE:
        named += [(NameOID.LOCALITY_NAME, "Kaku-ken"), (NameOID.LOCALITY_NAME, "Mihon-shi")]
    return x509.Name([x509.NameAttribute(*each) for each in [*named, (NameOID.COMMON_NAME, opaque)]])


def _extensions(plan: LeafPlan, authority: CertificateAuthority, key: Key) -> list[tuple[x509.ExtensionType, bool]]:
    purpose, signs = authority.purpose, authority.purpose == SIGNATURE
    policy = x509.PolicyInformation(x509.ObjectIdentifier(POLICIES[purpose]), [_PRACTICE])
    access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(OCSP_PLACE))
    found: list[tuple[x509.ExtensionType, bool]] = [
        (usage(commitment=signs), signs),
        (x509.CertificatePolicies([policy]), True),
        (x509.CRLDistributionPoints([_list_place(authority)]), False),
        (x509.AuthorityInformationAccess([access]), False),
    ]
    if signs:
        found.append((x509.SubjectAlternativeName(_personal(plan.holder)), False))
    if plan.is_linked:
        identifier = authority.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        found.append((x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), False))
        found.append((x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False))
    return found


def _list_place(authority: CertificateAuthority) -> x509.DistributionPoint:
    units = [str(each.value) for each in authority.certificate.subject][2:3]
    units += ["CRL Distribution Points"]
    signs = authority.purpose == SIGNATURE
    units += ["Kaku-ken"] if signs else []
    name = directory_name("TEST-NOT-JPKI", *units, common="Mihon-shi CRLDP" if signs else "CRLDP")
    return x509.DistributionPoint([x509.DirectoryName(name)], None, None, None)


def _personal(holder: Holder) -> list[x509.GeneralName]:
    """Six other names in the order of the real ones: .1 .4 .3 .5 .2 .6."""
    fields = {
        1: holder.certified_name,
        4: f"{holder.era}{holder.birth:%Y%m%d}",
        3: holder.sex.value,
        5: holder.certified_address,
        2: marks(holder.certified_name, holder.name),
        6: marks(holder.certified_address, holder.address),
    }
    return [
        x509.OtherName(x509.ObjectIdentifier(f"{_FIELDS}{number}"), der(_UTF8_STRING, text.encode()))
        for number, text in fields.items()
    ]


def marks(certified: str, true: str) -> str:
    """代替文字: one digit for each character as written, with its selector; 1 where another stands for it."""
    pairs = zip(_written(certified), _written(true), strict=True)
    return "".join("0" if one == other else "1" for one, other in pairs)


def _written(text: str) -> list[str]:
    found: list[str] = []
    for character in text:
        if 0xE0100 <= ord(character) <= 0xE01EF and found:  # noqa: PLR2004 - variation selectors
            found[-1] += character
        else:
            found.append(character)
    return found


def _remarked(builder: x509.CertificateBuilder, room: int) -> x509.CertificateBuilder:
    """With a remark of about ``room`` bytes; its frame costs some 20 more."""
    text = (_REMARK * (room // len(_REMARK) + 1))[: max(room - 20, 1)]
    value = der(_IA5_STRING, text.encode())
    return builder.add_extension(x509.UnrecognizedExtension(_COMMENT, value), critical=False)


def _chance(plan: LeafPlan, purpose: str) -> bytes:
    holder = plan.holder
    return hashlib.sha256(f"{purpose}|{holder.my_number}|{holder.name}|{plan.issued}".encode()).digest()
