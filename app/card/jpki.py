"""公的個人認証AP, the JPKI application: certificates, their keys, and the two codes that open them."""

from app.card import tlv
from app.card.application import SelectedApplication, select
from app.card.channel import Channel
from app.domain.certificate import Purpose
from app.domain.secret import Secret
from app.errors import BadCardData, CardRefused, CertificateAbsent
from app.services.card_values import Key, Tries
from app.services.jpki_port import CertificatesThere, TokenKind

AID = bytes.fromhex("D392F000260100000001")
_FILE_TOKEN, _FILE_THERE = 0x06, 0x08
_CERTIFICATES = {Purpose.USER_AUTHENTICATION: 0x0A, Purpose.DIGITAL_SIGNATURE: 0x01}
_AUTHORITIES = {Purpose.USER_AUTHENTICATION: 0x0B, Purpose.DIGITAL_SIGNATURE: 0x02}
_KEYS = {Key.USER_PIN: 0x18, Key.SIGN_PASSWORD: 0x1B}
_SIGNING_KEYS = {Key.USER_PIN: 0x17, Key.SIGN_PASSWORD: 0x1A}
_LABELS = {
    b"JPKIAPICCTOKEN2": TokenKind.CARD,
    b"JPKIAPICCTOKEN": TokenKind.OLD_CARD,
    b"JPKIAPGPSETOKEN": TokenKind.ANDROID,
    b"JPKIAPIOSTOKEN": TokenKind.IPHONE,
}
_LABEL_BYTES, _THERE_BYTES, _IS_THERE = 32, 3, 0x8F
_SEQUENCE = 0x30
"""Files and keys: card.md 3.1, published by several readers. The label's file by two; 0008 and ``8F`` by one."""
_CLOSED, _NOT_FOUND = "6982", "6A82"


class Jpki:
    """The JPKI application, selected. Every file and key is named within the command: nothing else is selected."""

    def __init__(self, channel: Channel) -> None:
        select(channel, AID, "jpki")
        self._channel = channel
        self._selected = SelectedApplication(channel, _KEYS)

    def tries(self, key: Key) -> Tries:
        return self._selected.tries(key)

    def verify(self, key: Key, secret: Secret) -> None:
        self._selected.verify(key, secret)

    def verify_on_pad(self, key: Key) -> None:
        self._selected.verify_on_pad(key)

    def token(self) -> TokenKind:
        """By the label alone: one command of 32 bytes."""
        return parse_token(self._head(_FILE_TOKEN, _LABEL_BYTES))

    def certificates(self) -> CertificatesThere:
        """By the file that says so; a token without it is taken to have both: reading tells."""
        try:
            return parse_there(self._head(_FILE_THERE, _THERE_BYTES))
        except CardRefused as refused:
            if refused.data["status"] != _NOT_FOUND:
                raise
            return CertificatesThere(user_authentication=True, digital_signature=True)

    def certificate(self, purpose: Purpose) -> bytes | None:
        """The holder's certificate, None while it is closed; where there is none its file may be missing or empty.

        Errors: CertificateAbsent, BadCardData.
        """
        try:
            file = self._selected.read(_CERTIFICATES[purpose])
        except CardRefused as refused:
            if refused.data["status"] == _CLOSED:
                return None
            if refused.data["status"] == _NOT_FOUND:
                raise CertificateAbsent(purpose=purpose) from None
            raise
        except BadCardData:
            if not self.certificates().has(purpose):
                raise CertificateAbsent(purpose=purpose) from None
            raise
        return parse_file(file)

    def authority_certificate(self, purpose: Purpose) -> bytes:
        return parse_file(self._selected.read(_AUTHORITIES[purpose]))

    def sign(self, key: Key, block: bytes) -> bytes:
        """PKCS#1 v1.5 around the block for today's keys; the key's file is named in P2 (card.md 5.2, published)."""
        head = bytes([0x80, 0x2A, 0x00, 0x80 | _SIGNING_KEYS[key], len(block)])
        return self._channel.fetch_signature(head + block + b"\x00")

    def _head(self, number: int, size: int) -> bytes:
        return self._channel.fetch(bytes([0x00, 0xB0, 0x80 | number, 0x00, size]))


def parse_token(file: bytes) -> TokenKind:
    """The kind of token from the head of its information: 32 bytes of label, filled up with blanks."""
    return _LABELS.get(file[:_LABEL_BYTES].rstrip(b" \x00"), TokenKind.UNKNOWN)


def parse_there(file: bytes) -> CertificatesThere:
    """Byte 0 the signature certificate, byte 1 the other one; any value but 8F: absent. Errors: BadCardData."""
    if len(file) < 2:  # noqa: PLR2004
        raise BadCardData(what="08")
    return CertificatesThere(user_authentication=file[1] == _IS_THERE, digital_signature=file[0] == _IS_THERE)


def parse_file(file: bytes) -> bytes:
    """A certificate without the filler after it. Errors: BadCardData."""
    return tlv.first(file, _SEQUENCE).whole
