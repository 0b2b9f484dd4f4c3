"""公的個人認証AP: certificates, their keys and codes. Source: card.md 3.1, measured by several readers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.serialization import Encoding

from app.standin.cards.contents import Application, DataFile, File, KeyFile, SigningKey, UnknownFile
from app.standin.cards.holder import Holder
from app.standin.cards.jpki_authority import GENERATIONS, SIGNATURE, USER, TrainingJpki
from app.standin.cards.leaf import Leaf, LeafPlan, make_leaf

JPKI_AID = GENERATIONS["2"].aid
SIGN_CERTIFICATE, SIGN_AUTHORITY, TOKEN, PRESENT = 0x01, 0x02, 0x06, 0x08
USER_CERTIFICATE, USER_AUTHORITY = 0x0A, 0x0B
USER_KEY, USER_PIN, SIGN_KEY, SIGN_PASSWORD = 0x17, 0x18, 0x1A, 0x1B
UNKNOWN = (0x05, 0x09, 0x10, 0x16, 0x19, 0x1C, 0x1E)

MY_NUMBER_CARD, RESIDENT_CARD = "JPKIAPICCTOKEN2", "JPKIAPICCTOKEN"
ANDROID, IPHONE = "JPKIAPGPSETOKEN", "JPKIAPIOSTOKEN"
"""What a token calls itself: マイナンバーカード, 住民基本台帳カード, スマホ用電子証明書."""

ISSUED = date(2026, 4, 1)
"""When the training office issues certificates, if a card says nothing else and had not ended by then."""
USER_SIZE, SIGN_SIZE = 1583, 1742
"""Bytes of real certificates that readers have reported."""
_YEARS_BEFORE_END = 5
_SIGNING_AGE = 15
_HERE, _MISSING = 0x8F, 0x00
_EMPTY = b"\xff" * 2048
_TAIL = b"\xff" * 37
"""Filler after a certificate; how much there is on a real card is not public."""


@dataclass(frozen=True, slots=True)
class CertificateWish:
    """What a card bears beside its holder's data: which certificates, and how.

    ``user``: False: the holder wanted none; ``signature``: None: from 15 years of age on; ``issued``: None: see
    ``ISSUED``; ``generation``: of the authority, "" the one of the day of issue; ``guarded``: the PIN opens the
    certificate (phones); ``sizes``: of both certificates, with nothing after them if ``is_exact``; ``is_linked``: they
    name their authority's key; ``has_codes``: False: no code was ever set.
    """

    token: str = MY_NUMBER_CARD
    user: bool = True
    signature: bool | None = None
    issued: date | None = None
    generation: str = ""
    guarded: bool = False
    sizes: tuple[int, int] = (USER_SIZE, SIGN_SIZE)
    is_exact: bool = False
    is_linked: bool = True
    has_codes: bool = True


USUAL = CertificateWish()


def jpki_application(holder: Holder, wish: CertificateWish, jpki: TrainingJpki) -> Application:
    """The application of one card. Time: 10 ms."""
    user = leaf_of(holder, wish, jpki, USER) if wish.user else None
    signature = leaf_of(holder, wish, jpki, SIGNATURE) if has_signature(holder, wish) else None
    tail = b"" if wish.is_exact else _TAIL
    pin, password = frozenset({USER_PIN}), frozenset({SIGN_PASSWORD})
    made = GENERATIONS[generation_of(holder, wish)]
    files: dict[int, File] = {
        SIGN_CERTIFICATE: DataFile(_content(signature, tail), password),
        SIGN_AUTHORITY: DataFile(_authority(holder, wish, jpki, SIGNATURE) + tail),
        TOKEN: DataFile(token_information(wish.token)),
        PRESENT: DataFile(bytes([_HERE if each else _MISSING for each in (signature, user)]) + b"\x00"),
        USER_CERTIFICATE: DataFile(_content(user, tail), pin if wish.guarded else frozenset()),
        USER_AUTHORITY: DataFile(_authority(holder, wish, jpki, USER) + tail),
        USER_PIN: KeyFile.of(holder.pin, made.pin_tries, is_set=wish.has_codes and wish.user),
        SIGN_PASSWORD: KeyFile.of(
            holder.password, made.password_tries, is_set=wish.has_codes and signature is not None
        ),
    }
    files |= {number: UnknownFile() for number in UNKNOWN}
    for leaf, number, codes in ((user, USER_KEY, pin), (signature, SIGN_KEY, password)):
        if leaf is not None:
            files[number] = SigningKey(leaf.key, codes, made.keys.digest)
    return Application(made.aid, files)


def _content(leaf: Leaf | None, tail: bytes) -> bytes:
    """A file whose certificate is missing is all filler (how it reads on a card is unknown; assumed)."""
    return (leaf.der if leaf else _EMPTY) + tail


def leaf_of(holder: Holder, wish: CertificateWish, jpki: TrainingJpki, purpose: str) -> Leaf:
    """A holder's certificate for one purpose, the same each time it is made."""
    generation = generation_of(holder, wish)
    chosen = sha256(holder.my_number.encode()).digest()[0]
    key = jpki.holder_key(purpose, generation, chosen)
    return make_leaf(plan_of(holder, wish, purpose), jpki.authority(purpose, generation), key)


def plan_of(holder: Holder, wish: CertificateWish, purpose: str) -> LeafPlan:
    """What goes into a holder's certificate."""
    return LeafPlan(holder, _issued(holder, wish), wish.sizes[purpose == SIGNATURE], wish.is_linked)


def has_signature(holder: Holder, wish: CertificateWish) -> bool:
    """Children under 15 get no certificate for signatures (card.md 6.2, published rule)."""
    if wish.signature is not None or not wish.user:
        return bool(wish.signature)
    issued, birth = _issued(holder, wish), holder.birth
    return issued.year - birth.year - ((issued.month, issued.day) < (birth.month, birth.day)) >= _SIGNING_AGE


def token_information(label: str) -> bytes:
    """The 160 bytes a token says about itself: a PKCS#11 record (card.md 3.1, one source)."""
    words = (0x0000040D, 1, 0, 1, 0, 16, 6, *[0xFFFFFFFF] * 4)
    head = label.ljust(32) + "0" * 32 + " " * 32
    return head.encode() + b"".join(word.to_bytes(4, "big") for word in words) + b"0301" + b"9" * 16


def _issued(holder: Holder, wish: CertificateWish) -> date:
    """By default not so late that the card had ended, nor before the holder was born."""
    latest = holder.expiry - timedelta(days=365 * _YEARS_BEFORE_END)
    return wish.issued or max(min(ISSUED, latest), holder.birth + timedelta(days=1))


def generation_of(holder: Holder, wish: CertificateWish) -> str:
    """The newest authority that existed on the day of issue, but for the next, which a card asks for."""
    day = _issued(holder, wish)
    return wish.generation or ("2" if _had_begun(GENERATIONS["2"].first, day) else "1")


def _had_begun(first: datetime, day: date) -> bool:
    return first.date() < day


def _authority(holder: Holder, wish: CertificateWish, jpki: TrainingJpki, purpose: str) -> bytes:
    return jpki.authority(purpose, generation_of(holder, wish)).certificate.public_bytes(Encoding.DER)
