"""Asks a register of a believable city and counts what it found against the labels."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from app.backend.register import store
from app.backend.register.ports import Resident
from app.backend.register.service import RegisterService
from app.domain.era import parse_date
from app.durable.address import StoreAddress
from app.server import shipped
from app.shipped import resource
from app.standin.city.portions import CityMaker, CityPlan, CityWords
from app.training.dwellers import resident_of
from app.wire.register import Hit, SearchByFour
from tests.quality.queries import Query, Somebody
from tests.support.slices import MORNING, MovedClock, call, open_slice, person

CITY, SEED, DAY = "011002", 3, date(2026, 11, 20)
CLERK = person("001", "register.search", municipality=CITY)
TOP, LIST = 10, 50


@dataclass
class Tally:
    """What was counted of one class; recall and precision are means over its queries."""

    recalls: list[float] = field(default_factory=list)
    precisions: list[float] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return sum(self.recalls) / len(self.recalls)

    @property
    def precision(self) -> float:
        """Of the first ten of each list."""
        return sum(self.precisions) / len(self.precisions)

    def add(self, labels: frozenset[str], hits: Sequence[Hit]) -> None:
        found = [hit.business_number for hit in hits]
        self.recalls.append(len(labels.intersection(found)) / min(len(labels), LIST))
        top = found[:TOP]
        self.precisions.append(len(labels.intersection(top)) / len(top) if top else 1.0)


def residents(count: int) -> list[Resident]:
    """The city's people, who left included."""
    maker = CityMaker(CityWords.below(resource("training")), CityPlan(CITY, count, SEED, DAY))
    return [resident_of(one, CITY) for portion in maker.portions(0, 1) for one in portion.dwellers]


def as_text(people: Iterable[Resident]) -> list[Somebody]:
    """The people as the second source knows them."""
    return [_somebody(one) for one in people]


@contextmanager
def register(people: Sequence[Resident], address: StoreAddress) -> Iterator[RegisterService]:
    """A register of these people."""
    own = open_slice("register", store, address, MovedClock())
    service = RegisterService(
        store.RegisterStore(own.database, own.cells, own.pen, own.index_key), shipped.name_folder()
    )
    service.load(people, MORNING, "quality")
    yield service
    own.database.close()


def judged(service: RegisterService, queries: Iterable[Query]) -> dict[str, Tally]:
    """What was found of each class."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for query in queries:
        asked = SearchByFour(
            name=query.name,
            kana=query.kana,
            address=query.address,
            birth=parse_date(query.birth) if query.birth else None,
            sex=query.sex,
        )
        tallies[query.kind].add(query.labels, service.search(call(CLERK), asked).hits)
    return dict(tallies)


def told(tallies: Mapping[str, Tally]) -> str:
    """One line for each class."""
    lines = (
        f"{kind:16} {len(tally.recalls):4} queries, recall {tally.recall:.3f}, precision@10 {tally.precision:.3f}"
        for kind, tally in sorted(tallies.items())
    )
    return "\n".join(lines)


def together(tallies: Iterable[Tally]) -> Tally:
    """Several classes as one."""
    whole = Tally()
    for one in tallies:
        whole.recalls += one.recalls
        whole.precisions += one.precisions
    return whole


def _somebody(one: Resident) -> Somebody:
    former = one.residences[-2].address if len(one.residences) > 1 else ""
    return Somebody(
        number=one.business_number,
        names=tuple(each.name for each in one.written if each.name),
        kana=tuple(each.kana for each in one.written if each.kana),
        birth=one.birth,
        sex=one.sex,
        address=one.address,
        former=former,
        is_guarded=any(held.act == "view" and held.level == "error" for held in one.restraints),
    )
