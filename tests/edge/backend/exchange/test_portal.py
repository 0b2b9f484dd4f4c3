"""C-50, C-51, S01-11, S01-11a, S01-11b, S01-11c, S01-12, S15-6: notices to residents, own information."""

from dataclasses import dataclass

import pytest

from app.backend.intermediary.service.notices import Portal
from app.backend.intermediary.service.own import OwnPortal
from app.backend.relay.service.notices import NoticeKeys
from app.domain.rights import Right
from app.errors import Conflict, NotAllowed, Refused, Unreachable
from app.link.letters import Nearby
from app.standin.portal import TrainingPortal
from app.trust.key_versions import KeyVersion
from app.wire.desk import PersonMark
from app.wire.own_information import AskOwn, AskOwnContent
from app.wire.portal_notice import AskNoticeStates, CancelNotice, NoticeState, NoticeTaken, SendNotice
from tests.edge.backend.exchange.world import HERE, MOVED, PROCEDURE, TAX, THERE, UNNUMBERED, YEAR, World
from tests.support.slices import call, person

SENDER = person("sender", Right("portal.notify", PROCEDURE), municipality=HERE)
DESK = person("desk", "own.read", municipality=THERE)


class Door:
    """A way to the portal that can be closed."""

    def __init__(self, inner: Nearby) -> None:
        self._inner = inner
        self.is_open = True

    def ask(self, letter):
        if not self.is_open:
            raise Unreachable
        return self._inner.ask(letter)


@dataclass
class City:
    """An exchange that knows a portal."""

    world: World
    portal: TrainingPortal
    doors: tuple[Door, ...]

    def send(self, name: str, subject: str = MOVED, actor=SENDER, **changed) -> NoticeTaken:
        given = {
            "notice_id": name,
            "procedure": PROCEDURE,
            "subject": PersonMark(business_number=subject, name=""),
            "title": "現況届のお知らせ",
            "body": "今年も届が要るか、選んでください。",
            "choices": ("要る", "要らない"),
        }
        message = SendNotice(**(given | changed))
        return self.world.exchange.office.notices.send(call(actor, self.world.clock.now()), message)

    def cancel(self, name: str, actor=SENDER, reason: str = "mistaken") -> str:
        asked = CancelNotice(notice_id=name, reason=reason)
        return self.world.exchange.office.notices.cancel(call(actor, self.world.clock.now()), asked).state

    def state(self, name: str, actor=SENDER) -> NoticeState:
        asked = AskNoticeStates(procedure=PROCEDURE, notice_ids=(name,))
        (found,) = self.world.exchange.office.notices.states(call(actor, self.world.clock.now()), asked).notices
        return found

    def carry(self) -> None:
        while self.world.exchange.office.notices.turn():
            pass

    def later(self) -> None:
        self.world.clock.move(minutes=31)
        self.carry()


@pytest.fixture
def city(world: World) -> City:
    relay, part = world.exchange.office.notices, world.exchange.portal
    keys = part.forwarding._post._directory
    portal = TrainingPortal(world.clock, keys)
    relay._keys = NoticeKeys(relay._keys.boxes, portal.box.public)
    keys._given["portal"] = (KeyVersion(1, portal.signing.public),)
    doors = tuple(Door(Nearby(way)) for way in (portal.notices, portal.states, portal.requests, portal.answers))
    part.forwarding._portal = Portal(*doors[:2])
    part.own._portal = OwnPortal(*doors[2:])
    return City(world, portal, doors)


@pytest.mark.seed("C-50")
def test_a_notice_is_sent_opened_and_answered_and_each_is_fetched_and_recorded(city: City) -> None:
    taken = city.send("n1")
    assert taken.expected_at == city.world.clock.now()
    assert city.state("n1").state == "waiting"
    city.carry()
    assert city.state("n1").state == "sent"
    assert city.portal.open(HERE, "n1").choices == ("要る", "要らない")
    city.later()
    assert city.state("n1").state == "opened"
    city.portal.choose(HERE, "n1", "要らない")
    city.later()
    found = city.state("n1")
    assert (found.state, found.answer, found.next_at) == ("answered", "要らない", None)
    kinds = city.world.kinds("relay", HERE)
    for kind in ("notice.accepted", "notice.sent", "notice.opened", "notice.answered", "notice.answer_read"):
        assert kind in kinds
    assert city.world.kinds("intermediary", HERE).count("notice.passed") == 1


def test_what_the_platform_passes_on_it_can_not_read(city: City) -> None:
    """The negative twin: neither title nor body stands in the letter, and no answer but a choice counts."""
    seen: list[bytes] = []
    inner = city.doors[0]._inner

    class Listener:
        def ask(self, letter):
            seen.append(letter.body)
            return inner.ask(letter)

    city.doors[0]._inner = Listener()
    city.send("n2")
    city.carry()
    assert seen
    assert "現況届".encode() not in b"".join(seen)
    city.portal.choose(HERE, "n2", "勝手な答え")
    city.later()
    assert (city.state("n2").state, city.state("n2").answer) == ("answered", "")


def test_a_notice_is_withdrawn_here_or_out_there_but_not_after_an_answer(city: City) -> None:
    city.send("n3")
    assert city.cancel("n3") == "cancelled"
    city.carry()
    assert (HERE, "n3") not in city.portal.posted
    city.send("n4")
    city.carry()
    assert city.cancel("n4") == "cancelling"
    city.carry()
    assert city.state("n4").state == "cancelled"
    assert city.portal.posted[HERE, "n4"].state.state == "cancelled"
    city.send("n5")
    city.carry()
    city.portal.choose(HERE, "n5", "要る")
    assert city.cancel("n5") == "cancelling"  # the answer was not known here yet
    city.carry()
    assert (city.state("n5").state, city.state("n5").answer) == ("answered", "要る")
    with pytest.raises(Refused):
        city.cancel("n5")


def test_while_the_portal_is_away_notices_wait_and_are_put_into_the_box_once(city: City) -> None:
    for door in city.doors:
        door.is_open = False
    city.send("n6")
    city.carry()
    found = city.state("n6")
    assert (found.state, found.reason) == ("waiting", "office.unreachable")
    assert city.cancel("n6") == "cancelling"  # it may have arrived
    for door in city.doors:
        door.is_open = True
    city.send("n7")
    city.doors[1].is_open = False  # taken, and then silence
    city.carry()
    city.doors[1].is_open = True
    city.later()
    assert city.state("n6").state == "cancelled"
    assert city.state("n7").state == "sent"
    assert len([name for _, name in city.portal.posted if name == "n7"]) == 1


def test_without_a_number_or_an_account_nothing_is_sent_and_that_is_said(city: City) -> None:
    city.send("n8", UNNUMBERED)
    city.carry()
    assert (city.state("n8").state, city.state("n8").reason) == ("no_code", "number_unknown")
    city.send("n9")
    city.carry()
    city.portal.without_account.add(city.portal.posted[HERE, "n9"].code)
    city.send("n10")
    city.carry()
    assert city.state("n10").state == "unregistered"


@pytest.mark.twin("C-50")
@pytest.mark.parametrize("rights", [(), (Right("portal.notify", "another"),), (Right("enquiry.make", PROCEDURE),)])
def test_who_has_no_right_for_the_procedure_sends_sees_and_cancels_nothing(city: City, rights: tuple) -> None:
    other = person("other", *rights, municipality=HERE)
    city.send(f"m{len(rights)}{rights}"[:64])
    name = f"m{len(rights)}{rights}"[:64]
    for act in (lambda: city.send("x", actor=other), lambda: city.state(name, other), lambda: city.cancel(name, other)):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(Conflict):
        city.send(name, UNNUMBERED)
    city.cancel(name)


@pytest.mark.seed("C-51")
def test_residents_get_their_own_information_and_staff_can_say_what_it_was(city: City) -> None:
    """S01-12: asked for from inside, answered from the replica; shown without and with its content."""
    own = city.world.exchange.portal.own
    city.world.answer(MOVED)  # THERE holds the replica of this person
    there = code_there(city)
    city.portal.ask_own(THERE, "r1", there, (TAX, YEAR))
    city.portal.ask_own(THERE, "r2", b"\x00" * 18, (TAX, YEAR))
    assert own.turn()
    assert city.portal.given[THERE, "r1"].items["total_income"] == 3_456_789
    assert city.portal.given[THERE, "r2"].kind == "no_data"
    assert not own.turn()
    number = next(what["about"] for kind, what in acts(city) if kind == "own.provided" and what["request"] == "r1")
    desk = call(DESK, city.world.clock.now())
    (row,) = own.shown(desk, AskOwn(person=number)).rows
    assert (row.request_id, row.information, row.kind) == ("r1", TAX, "value")
    assert own.content(desk, AskOwnContent(request_id="r1")).items["total_income"] == 3_456_789
    assert [kind for kind, _ in acts(city)][-2:] == ["own.state_read", "own.content_read"]


@pytest.mark.twin("C-51")
def test_own_information_is_shown_to_nobody_without_the_right_or_of_another_city(city: City) -> None:
    own = city.world.exchange.portal.own
    city.world.answer(MOVED)
    city.portal.ask_own(THERE, "r3", code_there(city), (TAX, YEAR))
    assert own.turn()
    now = city.world.clock.now()
    assert own.content(call(DESK, now), AskOwnContent(request_id="r3")).row.kind == "value"
    for who in (person("x", municipality=THERE), person("y", "own.read", municipality=HERE)):
        with pytest.raises(NotAllowed):
            own.content(call(who, now), AskOwnContent(request_id="r3"))
    with pytest.raises(NotAllowed):
        own.shown(call(person("x", municipality=THERE), now), AskOwn(person="1"))


def acts(city: City) -> list[tuple[str, dict[str, object]]]:
    own = next(one for one in city.world.exchange.ledgers if one.book.log == "intermediary")

    def read(connection):
        kept = [own.book.act(connection, THERE, one) for one in own.book.kept(connection, THERE)]
        return [(act.kind, {**act.detail(), "about": act.about}) for act in kept]

    return own.database.read(read)


def code_there(city: City) -> bytes:
    """The person's code at the other municipality, as its portal side would send it."""
    answered = [what for kind, what in city.world.acts("intermediary", THERE) if kind == "provision.made"][-1]
    number = str(answered["process_number"])
    store = city.world.exchange.asking._book
    provision = store.read(lambda unit: unit.provisions(THERE, [number]))[number]
    person_there = provision.addressee_number
    return store.read(lambda unit: unit.codes(THERE, [person_there]))[person_there].code.reveal()
