"""The training authorities of 公的個人認証: self-made, plainly foreign names, their private keys no secret.

Their shape is that of the published authorities' certificates (card.md 6.1): generations of an authority share one name
and differ in keys; no authority key identifier; an alternative name and a list's place as directory names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.standin.cards.keys import ALGORITHMS, Algorithm, Key, key_file, load_any_key

USER, SIGNATURE = "user_authentication", "digital_signature"
"""What an authority's certificates are for: 利用者証明用, 署名用."""
POLICIES = {USER: "1.2.392.200149.8.5.1.0.30", SIGNATURE: "1.2.392.200149.8.5.1.0.20"}
"""In the arc of the test hierarchy (card.md 6.1, one source); the last numbers as in published ones."""
_UNITS = {USER: "TEST for user authentication", SIGNATURE: "TEST for digital signature"}
_HOLDER_KEYS = 3


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of the authorities and of the cards issued under it. What sets generations apart is data here.

    ``years``: how long a holder's certificate lasts at most, in birthdays; ``aid``: the application's name;
    ``pin_tries``, ``password_tries``: how many its codes have; ``has_one_pin``: the PIN of 券面事項入力補助AP is that
    of user authentication, with one counter.
    """

    name: str
    first: datetime
    last: datetime
    serial: int
    years: int = 5
    algorithm: str = "rsa-2048"
    aid: bytes = bytes.fromhex("D392F000260100000001")
    pin_tries: int = 3
    password_tries: int = 5
    has_one_pin: bool = False

    @property
    def keys(self) -> Algorithm:
        """How its keys sign, and those of its holders."""
        return ALGORITHMS[self.algorithm]


_CURRENT = (
    Generation("1", datetime(2019, 9, 14, tzinfo=UTC), datetime(2029, 9, 14, tzinfo=UTC), 0x0133A101),
    Generation("2", datetime(2023, 7, 16, tzinfo=UTC), datetime(2039, 7, 15, tzinfo=UTC), 0x06D1A102),
)
_NEXT = Generation(
    "next",
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(2046, 1, 1, tzinfo=UTC),
    0x0A01A103,
    years=10,
    algorithm="secp384r1",
    has_one_pin=True,
)
GENERATIONS = {made.name: made for made in (*_CURRENT, _NEXT)}
"""Two as they are; the next as announced: other keys, ten years, one PIN of four digits (card.md 5.4, published; that
its authorities change their keys too, and that names and tries stay, is assumed)."""


@dataclass(frozen=True, slots=True)
class CertificateAuthority:
    """One generation of one authority."""

    purpose: str
    generation: Generation
    certificate: x509.Certificate
    key: Key

    def sign(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        """A certificate made by it."""
        return builder.sign(self.key, self.generation.keys.digest)


@dataclass(frozen=True, slots=True)
class TrainingJpki:
    """Both authorities in all generations, and keys for holders, which several training cards share.

    ``authorities``: by purpose and name of the generation; ``holder_keys``: by purpose and algorithm.
    """

    authorities: Mapping[tuple[str, str], CertificateAuthority]
    holder_keys: Mapping[tuple[str, str], tuple[Key, ...]]

    @classmethod
    def load(cls, folder: Path) -> "TrainingJpki":
        """From ``folder`` (resources/training/card/jpki). Time: 5 ms. Errors: FileNotFoundError, KeyError."""
        places = [(purpose, made) for purpose in (USER, SIGNATURE) for made in GENERATIONS.values()]
        kinds = [(purpose, algorithm) for purpose in (USER, SIGNATURE) for algorithm in ALGORITHMS]
        return cls(
            {(purpose, made.name): _authority(folder, purpose, made) for purpose, made in places},
            {kind: tuple(load_any_key(path) for path in _holder_keys(folder, *kind)) for kind in kinds},
        )

    def authority(self, purpose: str, generation: str) -> CertificateAuthority:
        """Errors: KeyError."""
        return self.authorities[purpose, generation]

    def holder_key(self, purpose: str, generation: str, number: int) -> Key:
        """One of the holders' keys; the same for the same number."""
        keys = self.holder_keys[purpose, GENERATIONS[generation].algorithm]
        return keys[number % len(keys)]


def name_of(purpose: str) -> x509.Name:
    """The one name of all generations of an authority."""
    return directory_name("TEST-NOT-JPKI", _UNITS[purpose], "Madoguchi Training Office")


def directory_name(organisation: str, *units: str, common: str = "") -> x509.Name:
    """``C=JP, O=…, OU=…, CN=…``."""
    named = [(NameOID.COUNTRY_NAME, "JP"), (NameOID.ORGANIZATION_NAME, organisation)]
    named += [(NameOID.ORGANIZATIONAL_UNIT_NAME, unit) for unit in units]
    named += [(NameOID.COMMON_NAME, common)] if common else []
    return x509.Name([x509.NameAttribute(identifier, text) for identifier, text in named])


def found_jpki(private: Path, anchors: Path, service: str) -> None:
    """Make all authorities and holders' keys into ``private``, their certificates as anchors into ``anchors`` too.

    ``service``: what they call themselves in the alternative name.
    """
    private.mkdir(parents=True, exist_ok=True)
    for purpose in (USER, SIGNATURE):
        (anchors / purpose).mkdir(parents=True, exist_ok=True)
        for made in GENERATIONS.values():
            key = made.keys.new()
            pem = _self_signed(purpose, made, key, service).public_bytes(Encoding.PEM)
            (private / f"{purpose}-{made.name}.key.pem").write_bytes(key_file(key))
            for place in (private / f"{purpose}-{made.name}.pem", anchors / purpose / f"training-{made.name}.pem"):
                place.write_bytes(pem)
        for name, algorithm in ALGORITHMS.items():
            for path in _holder_keys(private, purpose, name):
                path.write_bytes(key_file(algorithm.new()))


def _self_signed(purpose: str, made: Generation, key: Key, service: str) -> x509.Certificate:
    name = name_of(purpose)
    place = x509.DistributionPoint([x509.DirectoryName(name)], None, None, None)
    extensions: Iterable[tuple[x509.ExtensionType, bool]] = (
        (usage(certificates=True), True),
        (x509.BasicConstraints(ca=True, path_length=None), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.SubjectAlternativeName([x509.DirectoryName(directory_name(service))]), False),
        (x509.CRLDistributionPoints([place]), False),
    )
    builder = x509.CertificateBuilder(name, name, key.public_key(), made.serial, made.first, made.last)
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, is_critical)
    return builder.sign(key, made.keys.digest)


def usage(*, certificates: bool = False, commitment: bool = False) -> x509.KeyUsage:
    """For an authority (``certificates``), else for a holder; ``commitment``: signs documents."""
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _holder_keys(folder: Path, purpose: str, algorithm: str) -> list[Path]:
    return [folder / f"holder-{purpose}-{algorithm}-{number}.key.pem" for number in range(1, _HOLDER_KEYS + 1)]


def _authority(folder: Path, purpose: str, made: Generation) -> CertificateAuthority:
    stem = f"{purpose}-{made.name}"
    certificate = x509.load_pem_x509_certificate((folder / f"{stem}.pem").read_bytes())
    return CertificateAuthority(purpose, made, certificate, load_any_key(folder / f"{stem}.key.pem"))
