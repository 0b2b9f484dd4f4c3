"""What lies on a chip: files that are read, records, codes that are compared, keys that sign."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm

FREE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class DataFile:
    """Bytes that any one of ``keys`` opens; no keys: free."""

    content: bytes
    keys: frozenset[int] = FREE


@dataclass(frozen=True, slots=True)
class RecordFile:
    """Records by number from 1, opened as a ``DataFile`` is."""

    records: tuple[bytes, ...]
    keys: frozenset[int] = FREE


@dataclass(slots=True)
class KeyFile:
    """A code to compare, with its counter. The counter outlives power and reset."""

    code: bytes
    most: int
    left: int = -1

    def __post_init__(self) -> None:
        if self.left < 0:
            self.left = self.most

    @classmethod
    def of(cls, code: str, most: int, *, is_set: bool = True) -> "KeyFile":
        """A code with all its tries; one that was never set answers as a blocked one (assumed)."""
        return cls(code.encode(), most) if is_set else cls(b"", most, left=0)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs and can't be read; any one of ``keys`` allows its use, no keys: free. ``digest``: its own."""

    key: RSAPrivateKey | EllipticCurvePrivateKey
    keys: frozenset[int] = FREE
    digest: HashAlgorithm = field(default_factory=SHA256)


@dataclass(frozen=True, slots=True)
class UnknownFile:
    """A file that can be selected and gives nothing: its purpose is not public (card.md 3.1, measured)."""


File = DataFile | RecordFile | KeyFile | SigningKey | UnknownFile


@dataclass(frozen=True, slots=True)
class Delivery:
    """The key to which a session key is sealed, and the code that must have been right before."""

    key: RSAPrivateKey
    code: int


@dataclass(frozen=True, slots=True)
class Application:
    """An application: its files by number.

    ``default_key`` signs when a command names no key; ``delivery``: how it takes a key for secure messaging.
    """

    aid: bytes
    files: Mapping[int, File]
    default_key: int | None = None
    delivery: Delivery | None = None
