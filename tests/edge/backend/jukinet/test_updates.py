"""S06-1, S06-7, S06-8, B2-6, F-02, F-05, K-12: what the register tells goes on to every level, in order and once."""

import msgspec
import pytest

from app.domain.resident_network_rules import NetworkRules
from app.errors import NotAllowed, Refused, Unreachable
from app.link.letters import LetterLine
from app.link.line import Line
from app.server.jukinet import network_rules
from app.settings import ServerSettings
from app.standin.jukinet.membership import Membership
from app.standin.jukinet.server import NetworkServer
from app.wire.jukinet import (
    AllTaken,
    CardEvent,
    CardEvents,
    DeliveryAddress,
    DeliveryAddresses,
    IdentityUpdates,
)
from app.wire.jukinet_network import NetFetch, NetUpdates
from tests.edge.backend.jukinet.world import (
    BORN,
    HERE,
    THERE,
    City,
    change,
    new_id,
    open_city,
    open_network_of,
    somebody,
)

TAKEN = ("juki-taken/1", AllTaken)


@pytest.mark.seed("S06-1", "B2-6", "F-02", "K-12")
def test_a_change_reaches_prefecture_and_national_level_and_their_receipts_are_kept(city: City) -> None:
    """S06-1, B2-6, F-02."""
    one = somebody()
    update = change(one, 1)
    (taken,) = city.tells(update)
    assert taken.receipt
    assert not taken.reason
    assert city.forwarded(update.update_id)[0].state == "waiting"
    city.works()
    (told,) = city.forwarded(update.update_id)
    assert told.state == "done"
    assert [level for level, _ in told.receipts] == ["prefecture", "national"]
    for level in (city.network.prefecture, city.network.national):
        assert level.people[one.resident_code] == one
        assert level.received[update.update_id][1] in dict(told.receipts).values()
    kinds = [kind for kind, detail in city.acts() if detail["about"] == update.update_id]
    assert kinds == ["identity.updated", "network.received"]


def test_the_same_change_again_is_taken_once_and_another_under_its_name_never(city: City) -> None:
    """S06-1 negative twin."""
    one = somebody()
    update = change(one, 1)
    first, again = city.tells(update)[0], city.tells(update)[0]
    assert first == again
    other = msgspec.structs.replace(update, reason="born")
    assert city.tells(other)[0].reason == "other_content"
    city.works()
    assert city.tells(update)[0] == first
    assert city.network.national.sequences[HERE, one.resident_code] == 1


def test_what_skips_a_change_waits_at_the_register_until_that_one_has_come(city: City) -> None:
    """S06-1: in order per person."""
    one = somebody()
    moved = msgspec.structs.replace(one, address="見本市北区二丁目2番2号")
    late, early = change(moved, 2, "address"), change(one, 1)
    assert (city.tells(late)[0].reason, city.tells(late)[0].expected) == ("gap", 1)
    assert [taken.reason for taken in city.tells(early, late)] == ["", ""]
    city.works()
    assert city.network.national.people[one.resident_code].address == moved.address
    assert [city.forwarded(each.update_id)[0].state for each in (early, late)] == ["done", "done"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"resident_code": "123"}, "bad_code"),
        ({"my_number": "123456789018"}, "bad_number"),
        ({"municipality": THERE}, "not_here"),
        ({"state": "removed"}, "bad_state"),
    ],
)
@pytest.mark.twin("S06-1", "B2-6", "F-02")
def test_what_is_wrong_is_told_at_once_and_reaches_nobody(city: City, wrong: dict[str, str], reason: str) -> None:
    """S06-1 negative twin."""
    one = somebody(**wrong)
    update = change(one, 1)
    assert city.tells(update)[0].reason == reason
    city.works()
    assert one.resident_code not in city.network.national.people
    assert city.forwarded(update.update_id)[0].state == "unknown"


def test_a_number_of_somebody_else_is_not_taken(city: City) -> None:
    first, second = somebody(), somebody()
    city.tells(change(first, 1))
    stolen = msgspec.structs.replace(second, my_number=first.my_number)
    assert city.tells(change(stolen, 1))[0].reason == "bad_number"


@pytest.mark.seed("B2-8")
def test_a_changed_code_leaves_nobody_under_the_old_one(city: City) -> None:
    """S06-1: 住民票コードの変更 (B2-8's part in the network)."""
    one = somebody()
    renewed = msgspec.structs.replace(one, resident_code=somebody().resident_code)
    first = change(one, 1)
    second = change(renewed, 2, "resident_code", former_resident_code=one.resident_code)
    assert [each.reason for each in city.tells(first, second)] == ["", ""]
    city.works()
    assert one.resident_code not in city.network.national.people
    assert city.network.national.people[renewed.resident_code].my_number == one.my_number
    third = change(msgspec.structs.replace(renewed, name="見本　改"), 3, "name")
    assert city.tells(third)[0].reason == ""


@pytest.mark.twin("K-12")
def test_nobody_else_than_the_boundary_of_the_same_city_is_heard(city: City) -> None:
    """S06-1, F-02 negative twin: another city's boundary, and a letter changed on its way."""
    update = IdentityUpdates(municipality=HERE, updates=(change(somebody(), 1),))
    with pytest.raises(NotAllowed):
        city.asks(city.part.taking.updates, "juki-updates/1", update, TAKEN, THERE)
    letter = city.boundary.post.write(f"jukirelay@{HERE}", "juki-updates/1", update)
    changed = msgspec.structs.replace(letter, body=letter.body.replace(b'"sequence":1', b'"sequence":2'))
    (outcome,) = city.part.taking.updates([changed])
    assert isinstance(outcome, Refused)
    assert outcome.reason == "bad_signature"


def test_while_the_network_is_away_everything_waits_and_then_goes_in_order(city: City, server: NetworkServer) -> None:
    """S06-1: away, later."""
    one = somebody()
    moved = msgspec.structs.replace(one, address="見本市南区三丁目3番3号")
    first, second = change(one, 1), change(moved, 2, "address")
    server.trouble.away.add("prefecture")
    city.tells(first, second)
    city.works()
    states = city.forwarded(first.update_id, second.update_id)
    assert [(each.state, each.cause) for each in states] == [("waiting", "office.unreachable"), ("waiting", "")]
    server.trouble.away.clear()
    city.clock.move(minutes=20)
    city.works()
    city.works()
    assert [each.state for each in city.forwarded(first.update_id, second.update_id)] == ["done", "done"]
    assert city.network.national.people[one.resident_code].address == moved.address


def test_a_national_level_that_is_away_holds_only_its_own_receipt_back(city: City) -> None:
    """S06-1, F-02."""
    update = change(somebody(), 1)
    city.network.away.add("national")
    city.tells(update)
    city.works()
    (told,) = city.forwarded(update.update_id)
    assert (told.state, [level for level, _ in told.receipts]) == ("waiting", ["prefecture"])
    city.network.away.clear()
    city.clock.move(minutes=20)
    city.works()
    assert len(city.forwarded(update.update_id)[0].receipts) == 2


def test_an_answer_that_was_lost_and_two_restarts_later_it_is_taken_once(
    settings: ServerSettings, city: City, server: NetworkServer
) -> None:
    """S06-1: once, over a killed communication server and a network that began anew."""
    one = somebody()
    update = change(one, 1)
    server.trouble.lost.add("prefecture")
    city.tells(update)
    city.part.carrying.turn()
    assert city.network.national.people[one.resident_code] == one
    assert city.forwarded(update.update_id)[0].state == "waiting"
    receipt = city.network.national.received[update.update_id]
    with open_network_of(settings.folder, city.clock) as anew, open_city(settings, city.clock, anew) as again:
        again.clock.move(minutes=20)
        again.works()
        assert again.forwarded(update.update_id)[0].state == "done"
        assert again.network.national.received[update.update_id] == receipt
        assert dict(again.forwarded(update.update_id)[0].receipts)["national"] == receipt[1]


def test_outside_the_hours_of_the_network_it_waits_until_they_begin(city: City, settings: ServerSettings) -> None:
    """S06-1: the network says that it is closed; the city's own hours ask nothing at all."""
    update = change(somebody(), 1)
    city.clock.move(hours=13)  # 23 o'clock
    city.tells(update)
    city.works()
    (told,) = city.forwarded(update.update_id)
    assert (told.state, told.cause) == ("waiting", "network_closed")
    assert told.next_at is not None
    assert told.next_at.hour == 23  # eight o'clock in Tokyo
    rules: NetworkRules = network_rules(is_training=False)
    with open_city(settings, city.clock, city.server, rules) as asleep:
        assert not asleep.part.carrying.turn()
    city.clock.move(hours=11)
    city.works()
    assert city.forwarded(update.update_id)[0].state == "done"


def test_what_the_network_refuses_stops_and_stands_among_what_somebody_has_to_look_at(city: City) -> None:
    """S06-1 negative twin: the levels know the person as somebody of another city."""
    one = somebody()
    city.network.set_up([msgspec.structs.replace(one, municipality="993000")])
    update = change(one, 1, "born")
    city.tells(update)
    city.works()
    (told,) = city.forwarded(update.update_id)
    assert (told.state, told.cause) == ("dead", "no_such_person")
    assert ("network.refused", "no_such_person") in [(kind, detail.get("reason")) for kind, detail in city.acts()]


def deliver(city: City, one: DeliveryAddress) -> str:
    asked = DeliveryAddresses(municipality=HERE, deliveries=(one,))
    return city.asks(city.part.taking.deliveries, "juki-deliveries/1", asked, TAKEN).taken[0].reason


@pytest.mark.seed("S06-7", "F-05")
def test_delivery_addresses_reach_the_card_management_and_are_forgotten_here(city: City) -> None:
    """S06-7, F-05."""
    one = somebody()
    city.tells(change(one, 1))
    delivery = DeliveryAddress(
        delivery_id=new_id(),
        resident_code=one.resident_code,
        my_number=one.my_number,
        addressee=one.name,
        postal_code="0600001",
        address=one.address,
        purpose="number_notice",
    )
    assert deliver(city, delivery) == ""
    city.works()
    (told,) = city.forwarded(delivery.delivery_id)
    assert (told.state, [name for name, _ in told.receipts]) == ("done", ["cards"])
    assert city.network.cards.deliveries[delivery.delivery_id] == delivery
    assert deliver(city, delivery) == ""
    assert deliver(city, msgspec.structs.replace(delivery, postal_code="0600002")) == "other_content"


def test_nothing_is_delivered_to_who_is_not_registered_here_or_under_another_number(city: City) -> None:
    """S06-7 negative twin."""
    one, other = somebody(), somebody()
    city.tells(change(one, 1))
    made = DeliveryAddress(
        delivery_id=new_id(),
        resident_code=other.resident_code,
        my_number=other.my_number,
        addressee=other.name,
        postal_code="0600001",
        address=other.address,
        purpose="number_notice",
    )
    assert deliver(city, made) == "no_such_person"
    wrong = msgspec.structs.replace(made, delivery_id=new_id(), resident_code=one.resident_code)
    assert deliver(city, wrong) == "no_such_person"
    city.works()
    assert made.delivery_id not in city.network.cards.deliveries


def step(city: City, code: str, event: str, card: str = "CARDA") -> tuple[str, str]:
    one = CardEvent(event_id=new_id(), resident_code=code, card_number=f"{card}{code}", event=event, event_day=BORN)
    asked = CardEvents(municipality=HERE, events=(one,))
    taken = city.asks(city.part.taking.cards, "juki-cards/1", asked, TAKEN).taken[0]
    return one.event_id, taken.reason


def test_a_card_goes_through_its_states_at_the_card_management_too(city: City) -> None:
    """S06-8, F-05."""
    one = somebody()
    city.tells(change(one, 1))
    code = one.resident_code
    for event, state in (("issue", "issued"), ("suspend", "suspended"), ("resume", "issued"), ("return", "returned")):
        event_id, reason = step(city, code, event)
        assert reason == ""
        city.works()
        assert city.forwarded(event_id)[0].state == "done"
        assert city.network.cards.state_of(code).value == state
    assert step(city, code, "issue", "CARDB")[1] == ""


def test_steps_that_do_not_follow_are_not_taken(city: City) -> None:
    """S06-8 negative twin."""
    one = somebody()
    city.tells(change(one, 1))
    code = one.resident_code
    assert step(city, code, "resume")[1] == "bad_state"
    assert step(city, code, "issue")[1] == ""
    for event, card in (("issue", "CARDA"), ("resume", "CARDA"), ("suspend", "CARDX"), ("burn", "CARDA")):
        assert step(city, code, event, card)[1] == "bad_state"
    assert step(city, somebody().resident_code, "issue")[1] == "no_such_person"


def test_who_does_not_show_the_certificate_of_a_communication_server_is_not_answered(
    city: City, settings: ServerSettings
) -> None:
    """F-30 negative twin: the network's own end is no communication server."""
    membership = Membership(settings.folder / "network")
    letter = city.boundary.keys.post("jukinet").write(f"jukinet@{HERE}", "net-fetch/1", NetFetch(municipality=HERE))
    line = Line(city.server.url, membership.tls, None, timeout_s=20.0)
    try:
        with pytest.raises((NotAllowed, Unreachable)):
            LetterLine(line, "/national/v1").ask(letter)
    finally:
        line.close()


def test_the_network_hears_no_municipality_speak_for_another_one(city: City, settings: ServerSettings) -> None:
    """F-02 negative twin, over the real line and under a valid certificate and signature."""
    membership = Membership(settings.folder / "network")
    update = NetUpdates(municipality=THERE, updates=(change(somebody(place=THERE), 1),))
    letter = city.boundary.keys.post("jukinet").write(f"jukinet@{HERE}", "net-updates/1", update)
    line = Line(city.server.url, membership.joined, None, timeout_s=20.0)
    try:
        with pytest.raises(NotAllowed):
            LetterLine(line, "/prefecture/v1").ask(letter)
    finally:
        line.close()
