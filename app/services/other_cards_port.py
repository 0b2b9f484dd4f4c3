"""What the counter needs of a driving licence and of a residence card: ports and the values that cross them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from app.domain.person import Sex
from app.domain.secret import Secret
from app.services.card_values import Key, Picture, Tries
from app.trust.licence_proof import LicenceSignature
from app.trust.residence_proof import SignedResidence
from app.trust.residence_session import Generation


@dataclass(frozen=True, slots=True)
class LicenceBasics:
    """What a licence tells anybody. ``pins_set`` False: the holder chose none, four asterisks open it."""

    version: str
    issued: date
    expiry: date
    pins_set: bool


@dataclass(frozen=True, slots=True)
class LicenceEntries:
    """記載事項 as they hold now: the newest change of name and address before what was first written.

    ``address_changed``: when the address was changed last. ``replaced``: a character is not in the chip's table (外字)
    and stands as 〓. The licence's number and the registered domicile are left where they are: nobody needs them here.
    """

    name: str = field(repr=False)
    kana: str = field(repr=False)
    birth: date = field(repr=False)
    address: str = field(repr=False)
    expiry: date
    address_changed: date | None
    replaced: bool


class LicenceApplication(Protocol):
    """運転免許証 in use. Errors: CardRemoved, CardRefused, BadCardData, CardCancelled."""

    def basics(self) -> LicenceBasics:
        """Free to read."""
        ...

    def tries(self, key: Key) -> Tries:
        """Ask a PIN's counter; spends no try."""
        ...

    def verify(self, key: Key, secret: Secret) -> None:
        """Present a PIN. Errors: WrongCode(left), CodeBlocked; CardRemoved(during="verify") counts as a spent try."""
        ...

    def verify_on_pad(self, key: Key) -> None:
        """As ``verify``, typed on the reader's pad. Errors besides: PinNotTyped, PadFailed."""
        ...

    def entries(self) -> LicenceEntries:
        """The entries without the registered domicile; needs PIN 1."""
        ...

    def signature(self) -> LicenceSignature | None:
        """The signature file; needs PIN 1. None if it holds none."""
        ...

    def photo(self) -> Picture | None:
        """The portrait; needs both PINs. None if it can't be decoded."""
        ...

    def signed(self) -> bytes:
        """Everything that is signed, after ``entries`` and ``photo``; the registered domicile is read, never shown."""
        ...


@dataclass(frozen=True, slots=True)
class ResidenceKind:
    """Which card lies there, as it says itself. ``specified``: 特定在留カード等, on a My Number card."""

    generation: Generation
    special_permanent: bool
    specified: bool = False


@dataclass(frozen=True, slots=True)
class ResidenceStatus:
    """What only a task about residence may see: 在留資格 and permissions, as the codes or texts of the card.

    Empty where the card has none. Second generation: codes (在留資格 10 characters, 国籍・地域 3, period, permission,
    work restriction 1/2/4/9, pending application 0/1); first generation: texts of the back, the rest is in its picture.
    """

    nationality: str = ""
    status: str = ""
    period: str = ""
    period_end: date | None = None
    permission: str = ""
    work_restriction: str = ""
    comprehensive: str = ""
    individual: str = ""
    application_pending: bool = False


@dataclass(frozen=True, slots=True)
class ResidenceRecord:
    """What a residence card states. The name is a picture on both generations: a person writes it off.

    First generation: ``front`` shows everything printed, ``address`` is the newest one from the back if there is one.
    Second: ``birth``, ``sex`` and ``expiry`` are text, ``name`` and ``address_image`` pictures. The address is covered
    by no signature on either.
    """

    front: Picture | None = field(default=None, repr=False)
    name: Picture | None = field(default=None, repr=False)
    address_image: Picture | None = field(default=None, repr=False)
    photo: Picture | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    address_changed: date | None = None
    birth: date | None = field(default=None, repr=False)
    sex: Sex | None = None
    expiry: date | None = None
    status: ResidenceStatus | None = field(default=None, repr=False)
    signed: SignedResidence = field(kw_only=True, repr=False)


class ResidenceApplication(Protocol):
    """在留カード / 特別永住者証明書 in use. Errors: CardRemoved, CardRefused, BadCardData, CardCancelled."""

    @property
    def kind(self) -> ResidenceKind:
        """Free to read."""
        ...

    def open(self, number: Secret, nonce: bytes) -> None:
        """Authenticate by the number, then present it. ``nonce``: 24 fresh random bytes. No tries are counted.

        Errors: WrongCardNumber; CardRemoved(during="verify") when the answer was lost: it is not sent again.
        """
        ...

    def record(self, *, with_status: bool) -> ResidenceRecord:
        """Everything a counter needs, read encrypted; needs ``open``."""
        ...
