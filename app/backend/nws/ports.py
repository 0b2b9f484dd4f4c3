"""What the core needs kept: who is whom under which code, acquisitions on their way, permits given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.exchange_numbers import LinkCode
from app.domain.secret import Secret
from app.wire.letter import Letter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PendingCode:
    """A code on its way. ``subject``: keyed token of the 住民票コード; ``opens_at``: when it may be collected."""

    municipality: str
    process_number: str
    subject: Secret
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class KeptPermit:
    """A permit that was given, for the same question asked again. ``serial`` counts renewals after expiry."""

    municipality: str
    process_number: str
    request_digest: bytes
    provider: str
    letter: Letter
    expires_at: datetime
    serial: int


@dataclass(frozen=True, slots=True)
class KeptMaster:
    """Master information as it was issued. ``digest``: of its content without version and time."""

    version: int
    digest: bytes
    letter: Letter
    until: datetime


class MasterUnit(Protocol):
    """Versions of the master information, inside one transaction."""

    def last(self, municipality: str) -> KeptMaster | None: ...
    def put(self, municipality: str, kept: KeptMaster, at: datetime) -> None: ...


class RotationUnit(Protocol):
    """Codes under several versions of an institution's key, inside one transaction."""

    def versions(self, municipality: str) -> tuple[int, ...]:
        """Those that hold, the present one last."""
        ...

    def begin(self, municipality: str, version: int, at: datetime) -> None: ...
    def forget_before(self, municipality: str, version: int, at: datetime) -> int:
        """Versions before this one hold no more; how many codes are gone with them."""
        ...

    def subjects(self, municipality: str, codes: Sequence[LinkCode]) -> list[Secret | None]: ...
    def known(self, municipality: str, code: LinkCode) -> bool:
        """Whether it was given out, under a version that holds."""
        ...

    def put(self, municipality: str, version: int, codes: Sequence[tuple[LinkCode, Secret]], at: datetime) -> None:
        """Codes with what stands for each person; those that are there stay."""
        ...


class CoreUnit(Protocol):
    """What can be done inside one transaction; ``municipality`` is the institution that asks."""

    @property
    def rotation(self) -> RotationUnit: ...
    @property
    def masters(self) -> MasterUnit: ...

    def subjects(self, municipality: str, codes: Sequence[LinkCode]) -> list[Secret | None]: ...
    def put_code(self, municipality: str, code: LinkCode, subject: Secret, at: datetime) -> None: ...
    def pending(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, PendingCode]: ...
    def add_pending(self, pending: Sequence[PendingCode], at: datetime) -> int:
        """Those that are not there yet; how many were new."""
        ...

    def open_pending(self, municipality: str, at: datetime) -> int:
        """Let every code of the municipality be collected from ``at`` on."""
        ...

    def permits(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, KeptPermit]: ...
    def put_permits(self, permits: Sequence[KeptPermit]) -> None: ...
    def residents(self, municipality: str, numbers: Sequence[str]) -> dict[str, Secret]:
        """宛名番号 → 住民票コード, from the stand-in's side of the resident network; the core's own work never asks."""
        ...

    def put_residents(self, municipality: str, codes: Sequence[tuple[str, Secret]]) -> None: ...
    def record(self, acts: Sequence[Act]) -> None: ...


class CoreBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[CoreUnit], T]) -> T: ...
    def read(self, work: Callable[[CoreUnit], T]) -> T: ...
