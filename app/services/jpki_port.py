"""What the counter needs of 公的個人認証AP: the port and the values that cross it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.certificate import Purpose
from app.domain.secret import Secret
from app.services.card_values import Key, Tries


class TokenKind(StrEnum):
    """In what body the JPKI application lives, by the label of its token information; words under ``[word.token]``.

    Source: card.md 3.1, published by readers; the iPhone's label by one.
    """

    CARD = "card"
    OLD_CARD = "old_card"
    """住民基本台帳カード, no longer valid."""
    ANDROID = "android"
    IPHONE = "iphone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CertificatesThere:
    """Which certificates of its holder a token carries. A child under 15 and a moved holder have no signature one."""

    user_authentication: bool
    digital_signature: bool

    def has(self, purpose: Purpose) -> bool:
        """Whether there is one for this purpose."""
        return self.user_authentication if purpose is Purpose.USER_AUTHENTICATION else self.digital_signature


class JpkiApplication(Protocol):
    """公的個人認証AP, selected now. Errors: as ``Application``."""

    def tries(self, key: Key) -> Tries:
        """Ask the counter; spends no try."""
        ...

    def verify(self, key: Key, secret: Secret) -> None:
        """As ``Application.verify``."""
        ...

    def verify_on_pad(self, key: Key) -> None:
        """As ``Application.verify_on_pad``."""
        ...

    def token(self) -> TokenKind:
        """In what body it lives."""
        ...

    def certificates(self) -> CertificatesThere:
        """Which certificates there are."""
        ...

    def certificate(self, purpose: Purpose) -> bytes | None:
        """A certificate, DER; None: a code has to be given first. Errors besides: CertificateAbsent(purpose).

        The signature certificate needs the password, on an Android phone the other one the user PIN.
        """
        ...

    def authority_certificate(self, purpose: Purpose) -> bytes:
        """The authority's certificate as the card carries it, DER. It is no trust anchor."""
        ...

    def sign(self, key: Key, block: bytes) -> bytes:
        """The signature of the key that ``key`` opens over a block made as its algorithm wants it."""
        ...
