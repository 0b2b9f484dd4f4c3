"""本人確認情報検索 in the city's own file and 機構への情報照会, for tasks that the law allows (S06-4, S06-5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from app.backend.jukinet.ports import Network, NetworkBook, NetworkUnit, Registered
from app.backend.jukinet.service.acting import failures_kept
from app.domain.act import Detail, act_of
from app.domain.address import compare_addresses
from app.domain.call import Call
from app.domain.clock import Clock, Random, new_id
from app.domain.names import Agreement, NameFolder
from app.domain.network_search import NETWORK_SEARCH
from app.domain.number import ReadNumber
from app.domain.procedure import Procedure
from app.domain.resident_code import ResidentCode
from app.domain.resident_network import is_too_broad
from app.domain.resident_network_rules import NetworkRules
from app.domain.rights import ItemClass, allowed
from app.domain.search_terms import TermMaker, born
from app.errors import NotUnderstood, Refused
from app.wire.jukinet import IdentityInfo
from app.wire.jukinet_counter import (
    EnquireNational,
    NationalAnswer,
    NationalPerson,
    NetworkFour,
    NetworkHit,
    NetworkHits,
    SearchNetwork,
)
from app.wire.jukinet_network import NetEnquiry, NetPerson

ENQUIRE = "network.enquire"
CITY, COUNTRY = "city", "country"
_LOOKED_AT = 200
"""People whose terms agree and who are looked at; more than that is too broad. Assumed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """For which tasks is asked: procedures by their ids, and the network's rules."""

    procedures: Mapping[str, Procedure]
    rules: NetworkRules

    def demand_task(self, procedure: str, day: date) -> None:
        """Errors: Refused ``network_task`` unless the law allows this task to ask."""
        known = self.procedures.get(procedure)
        named = known is not None and any(
            one.path == "juki" and one.basis_on(day) is not None for one in known.enquiries
        )
        if not named and procedure not in self.rules.register_tasks:
            raise Refused("network_task")


class Finder:
    """Finds people of the city's own file by the four items, verified after opening."""

    def __init__(self, maker: TermMaker, folder: NameFolder) -> None:
        self._maker = maker
        self._folder = folder

    def find(self, unit: NetworkUnit, municipality: str, four: NetworkFour) -> list[Registered]:
        """Everybody to whom all that was said applies. Errors: Refused ``network_too_broad``."""
        criteria = self._criteria(four)
        found = unit.people.matching(municipality, criteria, _LOOKED_AT + 1)
        if len(found) > _LOOKED_AT:
            raise Refused("network_too_broad")
        return [one for one in found if self.agrees(four, one.identity)]

    def agrees(self, four: NetworkFour, identity: IdentityInfo) -> bool:
        """Whether what was said is what stands there; variants of characters count as the same."""
        return not self.differences(four, identity, is_search=True)

    def differences(self, four: NetworkFour, identity: IdentityInfo, *, is_search: bool = False) -> tuple[str, ...]:
        """Which of the items that were said are others. In a search a part of a name or address is enough."""
        found = []
        if four.name and not self._named(four.name, identity, is_search=is_search):
            found.append("name")
        if four.address and not self._lives(four.address, identity.address, is_search=is_search):
            found.append("address")
        if four.birth is not None and four.birth != identity.birth:
            found.append("birth")
        if four.sex and four.sex != identity.sex:
            found.append("sex")
        return tuple(found)

    def _criteria(self, four: NetworkFour) -> list[list[str]]:
        criteria: list[list[str]] = []
        if four.name:
            criteria.append([f"w{self._maker.full(four.name)}"])
        if four.address:
            criteria.append([list(self._maker.places(four.address))[-1]])
        if four.birth is not None:
            criteria.append([born(four.birth)])
        return criteria

    def _named(self, name: str, identity: IdentityInfo, *, is_search: bool) -> bool:
        for other in (identity.name, identity.former_name, identity.alias):
            if other and self._folder.compare(name, other) not in {Agreement.DIFFERENT, Agreement.KANA_ONLY}:
                return True
            if other and is_search and self._maker.full(name) in {self._maker.full(other), *self._maker.parts(other)}:
                return True
        return False

    def _lives(self, address: str, other: str, *, is_search: bool) -> bool:
        if compare_addresses(address, other, self._folder) is not Agreement.DIFFERENT:
            return True
        return is_search and set(self._maker.places(address)) <= set(self._maker.places(other))


class Asking:
    """The use cases of searching and enquiring."""

    def __init__(
        self,
        book: NetworkBook,
        network: Network,
        finder: Finder,
        asked: Asked,
        means: tuple[Clock, Random],
        read_number: ReadNumber,
    ) -> None:
        self._book = book
        self._network = network
        self._finder = finder
        self._asked = asked
        self._clock, self._random = means
        self._read_number = read_number

    def search(self, call: Call, asked: SearchNetwork) -> NetworkHits:
        """A list by the four items, or one person by number; recorded before it is told.

        Errors: NotAllowed; Refused ``network_task``, ``network_too_broad``, ``network_away``, ``network_closed``;
        BadFormat; NotUnderstood for both or neither.
        """
        with failures_kept(self._book, call, "network.searched", asked.visit_id):
            call.demand(NETWORK_SEARCH, asked.procedure)
            self._asked.demand_task(asked.procedure, call.day)
            if (asked.four is None) == (not asked.my_number) or asked.where not in {CITY, COUNTRY}:
                raise NotUnderstood(what="four")
            if asked.my_number:
                call.demand(NETWORK_SEARCH, asked.procedure, ItemClass.MY_NUMBER)
                self._read_number(asked.my_number)
            elif asked.four is not None:
                _demand_narrow(asked.four)
            reference = new_id(self._clock, self._random)
            if asked.where == CITY:
                people, more = self._in_city(call, asked)
            else:
                enquiry = self._enquiry(call, asked.procedure, reference, asked.four)
                people, more = self._in_country(msgspec.structs.replace(enquiry, my_number=asked.my_number))
        by = "number" if asked.my_number else _items(asked.four)
        what: dict[str, Detail] = {
            "procedure": asked.procedure,
            "by": by,
            "where": asked.where,
            "hits": len(people),
            "more": more,
        }
        proof = self._record(call, "network.searched", asked.visit_id, reference, what)
        return NetworkHits(hits=tuple(hit_of(one.identity) for one in people), more=more, proof=proof)

    def enquire(self, call: Call, asked: EnquireNational) -> NationalAnswer:
        """本人確認情報 from the national level; code and number only for who may see that class. Errors: as above."""
        with failures_kept(self._book, call, "network.enquired", asked.visit_id):
            call.demand(ENQUIRE, asked.procedure)
            self._asked.demand_task(asked.procedure, call.day)
            ways = [way for way, given in _ways(asked).items() if given]
            if len(ways) != 1:
                raise NotUnderstood(what="one_of_three")
            self._demand_way(call, asked)
            reference = new_id(self._clock, self._random)
            enquiry = self._enquiry(call, asked.procedure, reference, asked.four)
            by_number = {"my_number": asked.my_number, "resident_code": asked.resident_code}
            people, more = self._in_country(msgspec.structs.replace(enquiry, **by_number))
        shown = frozenset(
            one
            for one in (ItemClass.MY_NUMBER, ItemClass.RESIDENT_CODE)
            if allowed(call.actor, ENQUIRE, asked.procedure, one, day=call.day)
        )
        what: dict[str, Detail] = {
            "procedure": asked.procedure,
            "by": ways[0] if ways[0] != "four" else _items(asked.four),
            "hits": len(people),
            "more": more,
            "shown": ",".join(sorted(shown)) if people else "",
        }
        proof = self._record(call, "network.enquired", asked.visit_id, reference, what)
        return NationalAnswer(people=tuple(_national(one, shown) for one in people), more=more, proof=proof)

    def _enquiry(self, call: Call, purpose: str, reference: str, four: NetworkFour | None) -> NetEnquiry:
        said = four or NetworkFour()
        return NetEnquiry(
            municipality=call.municipality,
            purpose=purpose,
            reference=reference,
            name=said.name,
            address=said.address,
            birth=said.birth,
            sex=said.sex,
            most=self._asked.rules.search_most,
        )

    def _demand_way(self, call: Call, asked: EnquireNational) -> None:
        if asked.my_number:
            call.demand(ENQUIRE, asked.procedure, ItemClass.MY_NUMBER)
            self._read_number(asked.my_number)
        elif asked.resident_code:
            call.demand(ENQUIRE, asked.procedure, ItemClass.RESIDENT_CODE)
            ResidentCode(asked.resident_code)
        elif asked.four is not None:
            _demand_narrow(asked.four)

    def _in_city(self, call: Call, asked: SearchNetwork) -> tuple[list[NetPerson], bool]:
        most = self._asked.rules.search_most

        def find(unit: NetworkUnit) -> list[Registered]:
            if asked.four is not None:
                return self._finder.find(unit, call.municipality, asked.four)
            one = unit.people.of_number(call.municipality, asked.my_number)
            return [] if one is None else [one]

        found = self._book.read(find)
        return [NetPerson(identity=one.identity) for one in found[:most]], len(found) > most

    def _in_country(self, enquiry: NetEnquiry) -> tuple[list[NetPerson], bool]:
        found = self._network.enquire(enquiry)
        if found.reason:
            raise Refused(f"network_{found.reason}")
        return list(found.people[: enquiry.most]), found.more

    def _record(self, call: Call, kind: str, visit: str, reference: str, what: Mapping[str, Detail]) -> str:
        act = act_of(call, kind, visit=visit, about=reference, **what)
        return self._book.write(lambda unit: unit.record([act]))[0]


def hit_of(one: IdentityInfo) -> NetworkHit:
    """What a counter is shown of a person."""
    return NetworkHit(
        name=one.name,
        address=one.address,
        birth=one.birth,
        sex=one.sex,
        municipality=one.municipality,
        state=one.state,
    )


def _national(one: NetPerson, shown: frozenset[ItemClass]) -> NationalPerson:
    identity = one.identity
    return NationalPerson(
        hit=hit_of(identity),
        card_state=one.card_state,
        legal_kana=identity.legal_kana,
        former_name=identity.former_name,
        alias=identity.alias,
        resident_code=identity.resident_code if ItemClass.RESIDENT_CODE in shown else "",
        my_number=identity.my_number if ItemClass.MY_NUMBER in shown else "",
    )


def _demand_narrow(four: NetworkFour) -> None:
    if is_too_broad(name=bool(four.name.strip()), address=bool(four.address.strip()), birth=four.birth is not None):
        raise Refused("network_too_broad")


def _ways(asked: EnquireNational) -> dict[str, bool]:
    return {"code": bool(asked.resident_code), "number": bool(asked.my_number), "four": asked.four is not None}


def _items(four: NetworkFour | None) -> str:
    """Which items were said; what was said in them stands in no record."""
    if four is None:
        return ""
    said = {"name": four.name, "address": four.address, "birth": four.birth, "sex": four.sex}
    return ",".join(name for name, value in said.items() if value)
