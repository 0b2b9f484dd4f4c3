"""Loads a city into the exchange from plain values, along the paths that real data take."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.backend.addressee.service import Loaded
from app.backend.intermediary.ports import ReplicaRow
from app.backend.socialaddress.ports.records import TaxRow
from app.domain.number import MyNumber
from app.domain.secret import Secret
from app.errors import DataFault
from app.server.exchange import Exchange
from app.wire.addressee import CodeChange

_PORTION = 500
_REPLICATED = frozenset({"value", "undeclared"})


@dataclass(frozen=True, slots=True)
class LoadedYear:
    """Local tax of one year. ``residence``: municipality of 1 January; ``kind``: value, undeclared or no_data.

    ``taxed_by``: which other municipality taxed the person instead (住登外課税), "" for none.
    """

    tax_year: int
    residence: str
    residence_name: str
    kind: str
    items: Mapping[str, int] = field(default_factory=dict)
    no_auto_answer: bool = False
    non_disclosure: bool = False
    taxed_by: str = ""
    taxed_by_name: str = ""


@dataclass(frozen=True, slots=True)
class LoadedPerson:
    """One person of a municipality. ``my_number`` None: not linked. ``has_code`` False: 符号取得待ち."""

    business_number: str
    my_number: MyNumber | None
    resident_code: Secret
    has_code: bool
    years: tuple[LoadedYear, ...]


def load_exchange(exchange: Exchange, municipality: str, information: str, persons: Sequence[LoadedPerson]) -> None:
    """Load all slices of this process. ``information``: what the years are called on the list.

    Errors: DataFault when a slice that is needed is not in this process.
    """
    for portion in _portions(persons):
        _load(exchange, municipality, information, portion)


def _load(exchange: Exchange, municipality: str, information: str, persons: Sequence[LoadedPerson]) -> None:
    addressee, tax, core = exchange.addressee, exchange.socialaddress, exchange.nws
    asking, providing = exchange.asking, exchange.providing
    if addressee is None or tax is None or core is None or asking is None or providing is None:
        raise DataFault(what="slice_elsewhere", place="load_exchange")
    numbers = addressee.load(municipality, [Loaded(one.business_number, one.my_number) for one in persons])
    tax.load([_tax_row(municipality, one, year) for one in persons for year in one.years])
    providing.load([
        _replica_row(municipality, numbers[one.business_number], information, year)
        for one in persons
        if one.business_number in numbers
        for year in one.years
        if year.residence == municipality and year.kind in _REPLICATED
    ])
    core.load_residents(municipality, [(one.business_number, one.resident_code) for one in persons])
    coded = [numbers[one.business_number] for one in persons if one.has_code and one.business_number in numbers]
    waiting = asking.ask_codes(municipality, coded)
    addressee.note(municipality, [_change(number, "requested", process) for number, process in waiting.items()])
    core.open_now(municipality)
    collected = asking.collect_codes(municipality, waiting)
    addressee.note(municipality, [_change(number, "acquired", "") for number in collected])


def _portions(persons: Sequence[LoadedPerson]) -> Iterator[Sequence[LoadedPerson]]:
    for start in range(0, len(persons), _PORTION):
        yield persons[start : start + _PORTION]


def _change(number: str, state: str, process_number: str) -> CodeChange:
    return CodeChange(addressee_number=number, state=state, process_number=process_number)


def _tax_row(municipality: str, person: LoadedPerson, year: LoadedYear) -> TaxRow:
    return TaxRow(
        municipality=municipality,
        business_number=person.business_number,
        tax_year=year.tax_year,
        residence=year.residence,
        residence_name=year.residence_name,
        kind=year.kind if year.residence == municipality else "no_data",
        items=dict(year.items) if year.residence == municipality else {},
        taxed_by=year.taxed_by,
        taxed_by_name=year.taxed_by_name,
    )


def _replica_row(municipality: str, number: str, information: str, year: LoadedYear) -> ReplicaRow:
    return ReplicaRow(
        municipality=municipality,
        addressee_number=number,
        information=information,
        tax_year=year.tax_year,
        kind=year.kind,
        items=dict(year.items),
        no_auto_answer=year.no_auto_answer,
        non_disclosure=year.non_disclosure,
    )
