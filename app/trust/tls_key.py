"""The private key of one end of a TLS connection (P-256) and its signing request (PKCS #10)."""

from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.domain.secret import Secret
from app.errors import WrongKey


class TlsKey:
    """The private key of one end of a connection (P-256). Can't be pickled."""

    __slots__ = ("_key",)

    def __init__(self, key: EllipticCurvePrivateKey) -> None:
        self._key = key

    @classmethod
    def generate(cls) -> Self:
        """A new key from the operating system's random source."""
        return cls(generate_private_key(SECP256R1()))

    @classmethod
    def from_pem(cls, pem: bytes, passphrase: Secret | None) -> Self:
        """Read what ``to_pem`` wrote. Errors: WrongKey for a wrong passphrase, another kind of key or damage."""
        try:
            key = load_pem_private_key(pem, passphrase.reveal() if passphrase else None)
        except (ValueError, TypeError) as error:
            raise WrongKey(what="tls_key") from error
        if not isinstance(key, EllipticCurvePrivateKey):
            raise WrongKey(what="tls_key")
        return cls(key)

    def to_pem(self, passphrase: Secret | None) -> bytes:
        """PKCS #8 as PEM, encrypted unless ``passphrase`` is None."""
        protection: KeySerializationEncryption = NoEncryption()
        if passphrase is not None:
            protection = BestAvailableEncryption(passphrase.reveal())
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)

    def request(self) -> bytes:
        """A signing request (PKCS #10, PEM) that proves possession; it names nobody: the authority decides the name."""
        return x509.CertificateSigningRequestBuilder(x509.Name([])).sign(self._key, SHA256()).public_bytes(Encoding.PEM)

    def certify(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        """Sign a certificate with this key."""
        return builder.sign(self._key, SHA256())

    def public_key(self) -> EllipticCurvePublicKey:
        """The public half."""
        return self._key.public_key()

    def __reduce__(self) -> str:
        raise TypeError("a key can't be pickled")
