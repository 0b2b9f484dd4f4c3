"""What the revocation slice needs: the way to the authority's status service, and a book for lists and acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.act import Act

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KeptList:
    """失効リスト as it was fetched from ``place``. ``made_at`` to ``until``: while it may be used; all UTC.

    ``body`` is kept sealed: the numbers on it are of certificates of persons.
    """

    place: str
    made_at: datetime
    until: datetime
    fetched_at: datetime
    body: bytes = field(repr=False)


class RevocationUnit(Protocol):
    """What can be done inside one transaction."""

    def kept(self, place: str) -> KeptList | None: ...
    def keep(self, kept: KeptList) -> None:
        """Take the place of the list kept before; an older one than that is left out."""
        ...

    def keep_only(self, places: Sequence[str]) -> None:
        """Forget lists of other places: nobody fetches them any more."""
        ...

    def record(self, act: Act) -> str:
        """Write ``act`` into the slice's ledger, in this transaction; the receipt as text."""
        ...


class RevocationBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[RevocationUnit], T]) -> T: ...
    def read(self, work: Callable[[RevocationUnit], T]) -> T: ...


class StatusService(Protocol):
    """The authority's status service: OCSP and lists. Errors of both: Unreachable. Time: about ``within_s`` at most."""

    def ask(self, url: str, question: bytes, within_s: float) -> bytes: ...
    def fetch(self, url: str, within_s: float) -> bytes: ...
