"""What an office decides for its counters: by two administrators, signed for one terminal; on both engines."""

from dataclasses import replace

import pytest

from app.backend.desk import store
from app.backend.desk.service.counters import CounterOffice
from app.domain.counter_rules import CounterRules
from app.domain.rights import Actor
from app.errors import Conflict, NotAllowed, Refused, StatementUnsigned
from app.trust.sign import SigningKey
from app.trust.statement import LEASE, RULES, signer_of, stated
from app.wire.counter_rules import (
    ApproveRules,
    AskLease,
    AskRules,
    AskRulesKept,
    ProposeRules,
    RulesRow,
    StatedCard,
    StatedCards,
    StatedLease,
    StatedRules,
    row_of,
)
from app.wire.message import decode
from tests.support.slices import KITA, MINAMI, OpenSlice, SliceOpener, acts, call, person

FIRST, SECOND = person("001", "counter.rules"), person("002", "counter.rules")
CLERK = person("003", "session.own", terminal="T-1")
ELSEWHERE = person("003", "session.own", terminal="T-1", municipality=MINAMI)
USUAL = CounterRules()
RULES_OF_KITA = {"lock_after_s": 120, "password_after_s": 600, "session_s": 7200, "staff_readers": ("奥", "手前")}
CARDS = StatedCards(rp_id="madoguchi.kita.example", needed=True, cards=(StatedCard(attested=b"public", counter=7),))


def row(**changed: object) -> RulesRow:
    return RulesRow(**{**{name: getattr(USUAL, name) for name in CounterRules.__slots__}, **changed})


@pytest.fixture
def slice_(slice_opener: SliceOpener) -> OpenSlice:
    return slice_opener("desk", store)


@pytest.fixture
def office(slice_: OpenSlice) -> CounterOffice:
    book = store.DeskStore(slice_.database, slice_.cells, slice_.answers, slice_.pen, slice_.logbook)
    return CounterOffice(book, slice_.signing, USUAL, lambda _: CARDS)


def heard(office: CounterOffice, slice_: OpenSlice, actor: Actor = CLERK) -> StatedRules:
    note = office.rules(call(actor, slice_.clock.at), AskRules()).note
    return decode(stated(RULES, note, signer_of(actor.municipality), slice_.signing.public), StatedRules)


def propose(office: CounterOffice, version: int, actor: Actor = FIRST, **changed: object) -> int:
    return office.propose(call(actor), ProposeRules(version=version, rules=row(**changed))).version


def approve(office: CounterOffice, version: int, actor: Actor = SECOND) -> None:
    office.approve(call(actor), ApproveRules(version=version))


def test_rules_hold_once_a_second_administrator_agreed_and_are_signed_for_one_terminal(office, slice_) -> None:
    assert (heard(office, slice_).version, heard(office, slice_).rules) == (0, row_of(USUAL))
    assert propose(office, 0, **RULES_OF_KITA) == 1
    assert heard(office, slice_).version == 0
    approve(office, 1)
    told = heard(office, slice_)
    assert (told.municipality, told.terminal, told.version, told.issued_at) == (KITA, "T-1", 1, slice_.clock.at)
    assert (told.rules.lock_after_s, told.rules.staff_readers) == (120, ("奥", "手前"))
    assert (told.rules.password_after_s, told.rules.session_s) == (600, 7200)
    assert told.rules == row_of(replace(USUAL, **RULES_OF_KITA))
    assert heard(office, slice_, ELSEWHERE).rules == row_of(USUAL), "the other municipality's stay as they were"
    kinds = [(kind, what["version"], what["staff"]) for kind, what in acts(slice_, KITA)]
    assert kinds == [("rules.proposed", 1, "001"), ("rules.approved", 1, "002")]
    kept = office.kept(call(FIRST), AskRulesKept())
    assert (kept.version, [one.approved_by for one in kept.rows]) == (1, ["002"])


def test_nobody_agrees_to_their_own_rules_and_nobody_decides_without_the_right(office, slice_) -> None:
    propose(office, 0, lease_s=3600)
    for actor in (FIRST, CLERK, person("002", "counter.rules", municipality=MINAMI)):
        with pytest.raises(NotAllowed):
            approve(office, 1, actor)
    with pytest.raises(NotAllowed):
        propose(office, 1, CLERK)
    with pytest.raises(NotAllowed):
        office.kept(call(CLERK), AskRulesKept())
    assert heard(office, slice_).version == 0


def test_what_was_decided_meanwhile_is_not_overwritten_nor_approved_twice(office) -> None:
    propose(office, 0)
    with pytest.raises(Conflict):
        propose(office, 0, SECOND)
    approve(office, 1)
    with pytest.raises(Conflict):
        approve(office, 1, person("004", "counter.rules"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lock_after_s", 301),
        ("lock_after_s", 59),
        ("sign_out_after_s", 3601),
        ("lease_s", 86401),
        ("lease_s", -1),
        ("password_after_s", 86401),
        ("session_s", 3599),
        ("session_s", 43201),
    ],
)
def test_no_office_decides_what_no_office_may(office, name: str, value: int) -> None:
    with pytest.raises(Refused) as refused:
        propose(office, 0, **{name: value})
    assert (refused.value.reason, refused.value.data["name"]) == ("rules_out_of_bounds", name)


def test_one_office_s_rules_are_not_another_s_and_another_key_signs_nothing(office, slice_) -> None:
    propose(office, 0, lock_after_s=90)
    approve(office, 1)
    assert heard(office, slice_, person("003", "session.own", municipality=MINAMI)).version == 0
    note = office.rules(call(CLERK), AskRules()).note
    with pytest.raises(StatementUnsigned):
        stated(RULES, note, signer_of(KITA), SigningKey.generate().public)


def test_a_lease_names_terminal_person_and_rights_and_lasts_as_the_rules_say(office, slice_) -> None:
    propose(office, 0, lease_s=7200)
    approve(office, 1)
    note = office.lease(call(CLERK, slice_.clock.at), AskLease()).note
    told = decode(stated(LEASE, note, signer_of(KITA), slice_.signing.public), StatedLease)
    assert (told.municipality, told.terminal, told.staff_id) == (KITA, "T-1", "003")
    assert [right.act for right in told.rights] == ["session.own"]
    assert (told.granted_at, told.lasts_s) == (slice_.clock.at, 7200)
    assert told.cards == CARDS
    assert acts(slice_, KITA)[-1] == ("lease.granted", {"lasts_s": 7200, "about": "", "staff": "003"})
