"""S06-6, K-12, F-03: the city's file held against both levels; differences proposed by one and approved by another."""

from dataclasses import replace

import msgspec
import pytest

from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.server.jukinet import network_rules
from app.settings import ServerSettings
from app.standin.jukinet.server import NetworkServer
from app.wire.jukinet import IdentityInfo
from app.wire.jukinet_counter import (
    AskComparison,
    Comparison,
    DecideResolution,
    DifferenceRow,
    ProposeResolution,
    StartComparison,
)
from tests.edge.backend.jukinet.world import (
    City,
    change,
    clerk,
    new_id,
    open_city,
    open_network_of,
    somebody,
)

FIRST, SECOND = clerk("c01", "network.compare"), clerk("c02", "network.compare", "network.approve")
APPROVER = clerk("c03", "network.approve")


def compares(city: City, level: str = "national", sample: int = 0) -> Comparison:
    comparison_id = new_id()
    asked = StartComparison(comparison_id=comparison_id, level=level, sample=sample)
    city.part.desk.comparing.start(city.by(FIRST), asked)
    city.works()
    return shows(city, comparison_id)


def shows(city: City, comparison_id: str, *, open_only: bool = True) -> Comparison:
    asked = AskComparison(comparison_id=comparison_id, open_only=open_only)
    return city.part.desk.resolving.show(city.by(FIRST), asked)


def of_kind(found: Comparison, kind: str, name: str = "") -> DifferenceRow:
    (row,) = [one for one in found.differences if one.kind == kind and (not name or one.name == name)]
    return row


def proposes(city: City, row: DifferenceRow, resolution: str, who=FIRST) -> DifferenceRow:
    asked = ProposeResolution(
        difference_id=row.difference_id, version=row.version, resolution=resolution, reason="届出の送信もれのため"
    )
    return city.part.desk.resolving.propose(city.by(who), asked)


def decides(city: City, row: DifferenceRow, outcome: str = "approved", who=SECOND) -> DifferenceRow:
    asked = DecideResolution(difference_id=row.difference_id, version=row.version, outcome=outcome)
    return city.part.desk.resolving.decide(city.by(who), asked)


def apart(city: City, *, level: str = "national") -> tuple[IdentityInfo, IdentityInfo, IdentityInfo]:
    """One whom only the city knows, one whom only a level knows, and one whose address differs."""
    only_here, only_there, differs, same = somebody(), somebody(), somebody(), somebody()
    city.lives_here(only_here, differs, same)
    there = city.network.national if level == "national" else city.network.prefecture
    del there.people[only_here.resident_code]
    there.people[only_there.resident_code] = only_there
    there.people[differs.resident_code] = msgspec.structs.replace(differs, address="見本市東区1-1", legal_kana="カナ")
    return only_here, only_there, differs


@pytest.mark.parametrize("level", ["prefecture", "national"])
@pytest.mark.seed("S06-6")
def test_everybody_is_compared_and_differences_are_listed_with_their_kind(city: City, level: str) -> None:
    """S06-6, F-03."""
    only_here, _, differs = apart(city, level=level)
    found = compares(city, level)
    assert (found.state, found.level) == ("done", level)
    assert found.looked == found.total >= 3
    assert of_kind(found, "only_here", only_here.name).may == ("propose",)
    row = of_kind(found, "differs", differs.name)
    assert row.items == ("address", "legal_kana")
    here, there = dict(row.here), dict(row.there)
    assert (here["address"], there["address"], there["legal_kana"]) == (differs.address, "見本市東区1-1", "カナ")
    assert not {"my_number", "resident_code"} & (here.keys() | there.keys())
    assert of_kind(found, "only_here", only_here.name).there == ()
    assert all(one.here == () and one.there for one in found.differences if one.kind == "only_there")
    assert [one.kind for one in found.differences].count("only_there") >= 1
    for one in found.differences:
        settle(city, one)
    assert compares(city, level).differences == ()


def settle(city: City, row: DifferenceRow) -> None:
    resolution = "remove_there" if row.kind == "only_there" else "resend"
    decides(city, proposes(city, row, resolution))
    city.works()


def test_a_sample_compares_so_many_and_never_says_that_somebody_is_only_there(city: City) -> None:
    """S06-6: sampled."""
    apart(city)
    found = compares(city, sample=2)
    assert (found.looked, found.total) == (2, 2)
    assert "only_there" not in [one.kind for one in found.differences]
    for one in compares(city).differences:
        settle(city, one)


def test_one_proposes_another_approves_and_each_step_is_in_the_ledger(city: City) -> None:
    """S06-6: two persons; what is sent again makes the levels agree."""
    _, only_there, differs = apart(city)
    found = compares(city)
    row = of_kind(found, "differs", differs.name)
    with pytest.raises(NotAllowed):
        proposes(city, row, "resend", APPROVER)
    proposed = proposes(city, row, "resend", SECOND)
    with pytest.raises(NotAllowed):
        decides(city, proposed, who=SECOND)
    with pytest.raises(NotAllowed):
        decides(city, proposed, who=FIRST)
    returned = decides(city, proposed, "returned", APPROVER)
    assert (returned.state, returned.proposed_by) == ("open", "")
    done = decides(city, proposes(city, returned, "resend"), who=APPROVER)
    assert (done.state, done.proposed_by, done.decided_by) == ("settled", "c01", "c03")
    gone = next(one for one in found.differences if one.kind == "only_there")
    with pytest.raises(Refused) as caught:
        proposes(city, gone, "resend")
    assert caught.value.reason == "difference_kind"
    settle(city, gone)
    city.works()
    assert city.network.national.people[differs.resident_code] == differs
    assert city.network.national.people[only_there.resident_code].state == "removed"
    kinds = [kind for kind, detail in city.acts() if detail["about"] == row.difference_id]
    assert kinds == ["difference.proposed", "difference.returned", "difference.proposed", "difference.approved"]
    with pytest.raises(Conflict):
        decides(city, proposed, who=APPROVER)
    for one in shows(city, found.comparison_id).differences:
        settle(city, one)


def test_what_is_explained_sends_nothing_and_is_settled_all_the_same(city: City) -> None:
    """S06-6: an update is on its way."""
    one = somebody()
    city.lives_here(one)
    city.tells(change(msgspec.structs.replace(one, name="見本　新"), 1, "name"))
    asked = StartComparison(comparison_id=new_id(), level="national")
    city.part.desk.comparing.start(city.by(FIRST), asked)
    while city.part.comparing.turn():
        pass
    row = of_kind(shows(city, asked.comparison_id), "differs", "見本　新")
    with pytest.raises(NotUnderstood):
        proposes(city, row, "forget")
    assert decides(city, proposes(city, row, "explained")).state == "settled"
    assert row.difference_id not in [one.difference_id for one in shows(city, asked.comparison_id).differences]
    everything = shows(city, asked.comparison_id, open_only=False).differences
    assert row.difference_id in [one.difference_id for one in everything]
    city.works()
    assert city.network.national.people[one.resident_code].name == "見本　新"


def test_a_comparison_goes_on_after_both_sides_began_anew(
    city: City, settings: ServerSettings, server: NetworkServer
) -> None:
    """S06-6: a killed communication server goes on; a network that forgot the pages before asks to begin again."""
    city.lives_here(*[somebody() for _ in range(3)])
    server.trouble.away.add("prefecture")
    asked = StartComparison(comparison_id=new_id(), level="prefecture")
    city.part.desk.comparing.start(city.by(FIRST), asked)
    city.works()
    assert shows(city, asked.comparison_id).state == "running"
    with pytest.raises(Conflict):
        city.part.desk.comparing.start(city.by(FIRST), StartComparison(comparison_id=new_id(), level="prefecture"))
    few = replace(network_rules(is_training=True), page=2)
    with open_network_of(settings.folder, city.clock) as anew, open_city(settings, city.clock, anew, few) as again:
        again.part.comparing.turn()
        half = shows(again, asked.comparison_id)
        assert (half.state, half.looked) == ("running", 2)
    server.trouble.away.clear()
    city.works()
    found = shows(city, asked.comparison_id)
    assert (found.state, found.looked) == ("done", found.total)


@pytest.mark.twin("S06-6")
def test_nobody_without_the_right_starts_or_sees_a_comparison(city: City) -> None:
    """S06-6 negative twin."""
    asked = StartComparison(comparison_id=new_id(), level="national")
    with pytest.raises(NotAllowed):
        city.part.desk.comparing.start(city.by(APPROVER), asked)
    with pytest.raises(NotAllowed):
        city.part.desk.resolving.show(city.by(clerk("c09", "network.search")), AskComparison())
    for wrong in (StartComparison(comparison_id=new_id(), level="world"), msgspec.structs.replace(asked, sample=-1)):
        with pytest.raises(NotUnderstood):
            city.part.desk.comparing.start(city.by(FIRST), wrong)
    with pytest.raises(NotAllowed):
        shows(city, "none")
