"""公的個人認証の電子証明書: what it is for, what was found out about it, and how it may be spoken of."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.person import Sex
from app.domain.substitutes import MarkedText
from app.domain.verdict import Failed, NotChecked, Verdict, Verified


class Purpose(StrEnum):
    """What a certificate is for. Source: card.md 6.1, published."""

    USER_AUTHENTICATION = "user_authentication"
    """利用者証明用: who holds the card and knows its PIN. It names nobody."""
    DIGITAL_SIGNATURE = "digital_signature"
    """署名用: who signs a document; carries the basic four."""


class Standing(StrEnum):
    """How a certificate may be spoken of; words under ``[word.certificate_standing]``."""

    CONFIRMED = "confirmed"
    """Everything holds and a revocation answer says so."""
    REVOCATION_UNKNOWN = "revocation_unknown"
    """有効期間内・失効未確認: everything else holds; nobody has said whether it was revoked."""
    UNPROVEN = "unproven"
    """Nothing speaks against it, but not everything could be checked: often the issuer's key is not here."""
    REFUSED = "refused"
    """At least one answer speaks against it."""


KEY_NOT_USED = NotChecked("certificate_key_not_used")
"""The key of a signature certificate signs documents only: it is not used to prove that its chip is here."""
NOT_ASKED = NotChecked("revocation_not_yet_asked")


@dataclass(frozen=True, slots=True)
class CertificateVerdicts:
    """One question each, never merged into one.

    ``issuer``: was it made by an authority we know? ``dates``: is the instant within its period? ``purpose``: is it an
    end-entity certificate of the right authority, policy and key usage? ``chip``: did this chip sign our own nonce with
    its key? ``revocation``: was it revoked, as far as the register of revoked certificates says?
    """

    issuer: Verdict
    dates: Verdict
    purpose: Verdict
    chip: Verdict = KEY_NOT_USED
    revocation: Verdict = NOT_ASKED

    def named(self) -> tuple[tuple[str, Verdict], ...]:
        """All answers with the names of their questions, for the screen and for the record."""
        return (
            ("issuer", self.issuer),
            ("dates", self.dates),
            ("purpose", self.purpose),
            ("chip", self.chip),
            ("revocation", self.revocation),
        )

    @property
    def standing(self) -> Standing:
        """The one word for all of it; the chip counts where it was asked."""
        if any(isinstance(verdict, Failed) for _, verdict in self.named()):
            return Standing.REFUSED
        needed = [self.issuer, self.dates, self.purpose, *([] if self.chip == KEY_NOT_USED else [self.chip])]
        if not all(isinstance(verdict, Verified) for verdict in needed):
            return Standing.UNPROVEN
        known = isinstance(self.revocation, Verified)
        return Standing.CONFIRMED if known else Standing.REVOCATION_UNKNOWN


@dataclass(frozen=True, slots=True)
class Period:
    """The instants (UTC) between which a certificate holds, both included."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class SignatureHolder:
    """The basic four as a signature certificate states them (署名用電子証明書).

    Name and address carry marks where a glyph was replaced: the true one is not in the certificate.
    """

    name: MarkedText = field(repr=False)
    address: MarkedText = field(repr=False)
    birth: date = field(repr=False)
    sex: Sex = field(repr=False)
