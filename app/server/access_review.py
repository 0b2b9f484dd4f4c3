"""The review slice on its own store, reading the acts of the slices in this process."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from app.backend.review import http, store
from app.backend.review.ports import Placed
from app.backend.review.service import Extracts, ReviewService
from app.domain.access_rules import load_access_rules
from app.domain.disclosure import load_disclosure
from app.domain.procedure import Procedure
from app.durable.worker import Pump
from app.server.ledgers import OwnsLedger
from app.server.parts import Parts, SliceParts
from app.shipped import resource
from app.wire.endpoint import Endpoint

GATHER_S = 300.0
"""How often new acts are gathered, so that nobody waits for it who opens the queue. Assumed."""
READ_SLICES = frozenset({"desk", "register", "relay"})
"""Whose acts are looks at people, or steps of the matters that explain them."""
_OF_OTHERS = "subjects"


class LocalActs:
    """The acts of a slice in this process."""

    def __init__(self, ledger: OwnsLedger) -> None:
        self._ledger = ledger

    @property
    def log(self) -> str:
        return self._ledger.book.log

    def municipalities(self) -> tuple[str, ...]:
        return self._ledger.database.read(self._ledger.book.municipalities)

    def acts(self, municipality: str, first: int, most: int) -> Sequence[Placed]:
        book = self._ledger.book
        return self._ledger.database.read(
            lambda connection: [
                Placed(kept.position, None if kept.sealed is None else book.act(connection, municipality, kept))
                for kept in islice(book.kept(connection, municipality, first), most)
            ]
        )

    def receipt(self, municipality: str, position: int) -> str:
        book = self._ledger.book
        found = self._ledger.database.read(lambda connection: book.receipt(connection, municipality, position))
        return found.to_bytes().decode()


def wide_procedures(procedures: Mapping[str, Procedure]) -> frozenset[str]:
    """Those that ask for something of others than the applicant: their households belong to the matter."""
    return frozenset(
        name
        for name, procedure in procedures.items()
        if _OF_OTHERS in {*(field.of for field in procedure.fields), *(group.of for group in procedure.groups)}
    )


def review_endpoints(
    own: SliceParts,
    parts: Parts,
    slices: Sequence[OwnsLedger],
    names: Callable[[str], Mapping[str, str]],
    procedures: Mapping[str, Procedure],
) -> tuple[Endpoint, ...]:
    """The review's endpoints; acts are gathered again and again while the process runs."""
    book = store.ReviewStore(own.database, own.cells, own.answers, own.pen)
    sources = [LocalActs(each) for each in slices if each.book.log in READ_SLICES]
    rules = load_access_rules(resource("tables") / "access_review.toml")
    service = ReviewService(book, sources, rules, names, wide_procedures(procedures))

    def look() -> bool:
        service.gather()
        return False

    pump = Pump("review", look, GATHER_S)
    pump.start()

    def end() -> None:
        pump.close()

    parts.also_close(end)
    disclosure = load_disclosure(resource("tables") / "disclosure.toml")
    return http.endpoints(service, Extracts(book, service, disclosure, own.signing))
