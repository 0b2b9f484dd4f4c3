"""The work of each clerk: opened by the password, closed at the lock, carried over when the password changes."""

import pytest

from app.domain.secret import Secret, secret
from app.durable.address import SqlcipherFile
from app.durable.engine import open_database
from app.errors import NotAllowed, PasswordChanged, WorkClosed, WrongKey
from app.services.ports.work_cards import CardKept
from app.store.work import copy_place
from app.trust.seal import BoxKey, open_box
from app.wire.draft import Draft
from app.wire.message import decode
from tests.support.counter_memory import CounterPc, PcMaker

pytestmark = pytest.mark.keyring

NAME = "見本　てすと郎"


def draft(pc: CounterPc, draft_id: str = "d1", name: str = NAME) -> Draft:
    return Draft(
        draft_id=draft_id,
        visit_id="v1",
        procedure="p",
        procedure_version=1,
        saved_at=pc.clock.now(),
        facts={"claimant_name": name, "children": ({"child_name": name, "child_together": True},)},
        cursor="claimant_phone",
    )


def opened(pc: CounterPc, staff_id: str = "c001") -> CounterPc:
    pc.memory.work.open(staff_id, pc.password(staff_id), None)
    return pc


def test_a_draft_comes_back_to_the_same_person_with_the_field_it_was_left_in(pc: CounterPc) -> None:
    saved = draft(opened(pc))
    pc.memory.work.save(saved)
    pc.memory.work.save(saved.changed(cursor="claimant_name"))
    pc.reopen()
    work = opened(pc).memory.work
    assert work.draft("d1") == saved.changed(cursor="claimant_name")
    assert [mark.draft_id for mark in work.drafts()] == ["d1"]


def test_after_the_lock_nothing_can_be_read_and_no_key_is_left(pc: CounterPc) -> None:
    work = opened(pc).memory.work
    work.save(draft(pc))
    held = work._open
    assert held is not None
    row_key = held.drafts._key._key
    work.close()
    assert not work.is_open
    assert held.key.reveal() == bytes(32) == row_key.reveal()
    assert held.database.engine.pool.checkedin() == 0
    for ask in (work.drafts, work.arrived, lambda: work.draft("d1"), lambda: work.save(draft(pc))):
        with pytest.raises(WorkClosed):
            ask()
    with pytest.raises(WorkClosed):
        held.drafts.draft("d1")


def test_a_save_that_meets_the_lock_seals_nothing_under_a_wiped_key(pc: CounterPc) -> None:
    work = opened(pc).memory.work
    work.save(draft(pc))
    held = work._open
    assert held is not None
    held.drafts.forget()
    with pytest.raises(WorkClosed):
        held.drafts.save(draft(pc, name="never"))
    work.close()
    assert opened(pc).memory.work.draft("d1").facts["claimant_name"] == NAME


def test_a_wrong_password_opens_nothing(pc: CounterPc) -> None:
    opened(pc).memory.work.close()
    with pytest.raises(PasswordChanged):
        pc.memory.work.open("c001", secret("wrong"), None)
    assert not pc.memory.work.is_open


def test_another_clerk_has_work_of_his_own_and_sees_none_of_the_first(pc: CounterPc) -> None:
    opened(pc).memory.work.save(draft(pc))
    work = opened(pc, "c002").memory.work
    assert work.drafts() == ()
    with pytest.raises(NotAllowed):
        work.draft("d1")
    assert opened(pc).memory.work.draft("d1").facts["claimant_name"] == NAME


def test_after_a_change_of_password_the_former_one_carries_the_work_over_once(pc: CounterPc) -> None:
    work = opened(pc).memory.work
    work.save(draft(pc))
    new, old = secret("新しい合言葉"), pc.password("c001")
    with pytest.raises(PasswordChanged):
        work.open("c001", new, None)
    with pytest.raises(PasswordChanged):
        work.open("c001", new, secret("neither"))
    work.open("c001", new, old)
    assert work.draft("d1").facts["claimant_name"] == NAME
    work.open("c001", new, None)
    with pytest.raises(PasswordChanged):
        work.open("c001", old, None)


def test_a_forgotten_former_password_leaves_the_old_work_sealed_and_begins_anew(pc: CounterPc) -> None:
    work = opened(pc).memory.work
    work.save(draft(pc))
    work.close()
    work.set_aside("c001")
    work.open("c001", secret("新しい合言葉"), None)
    assert work.drafts() == ()
    assert len(list((pc.folder / "work").glob("*.db"))) == 2


def test_the_offices_recovery_key_opens_the_work_of_a_clerk_who_has_left(pc: CounterPc) -> None:
    work = opened(pc).memory.work
    work.save(draft(pc))
    work.close()
    with pytest.raises(WrongKey):
        work.recover("c001", BoxKey.generate(), secret("taken over"))
    work.recover("c001", pc.recovery, secret("taken over"))
    assert work.draft("d1").facts["claimant_name"] == NAME
    work.open("c001", secret("taken over"), None)
    with pytest.raises(PasswordChanged):
        work.open("c001", pc.password("c001"), None)


def test_a_copy_for_take_over_opens_with_the_recovery_key_only(pc: CounterPc) -> None:
    saved = draft(pc)
    sealed = pc.memory.copies.sealed_copy(saved)
    assert NAME.encode() not in sealed
    assert decode(open_box(pc.recovery, sealed, copy_place("d1")), Draft) == saved
    with pytest.raises(WrongKey):
        open_box(pc.recovery, sealed, copy_place("d2"))


def test_the_key_of_one_terminals_slot_is_no_use_at_another(make_pc: PcMaker) -> None:
    first, second = make_pc(), make_pc()
    opened(first)
    opened(second)
    held = first.memory.work._open
    assert held is not None
    other = next((second.folder / "work").glob("*.db"))
    with pytest.raises(WrongKey):
        open_database(SqlcipherFile(other, held.key))


# ── the staff card


def kept(name: str = "card", salt: bytes = b"s" * 32, content: bytes = b"k" * 32) -> CardKept:
    return CardKept(name * 12, salt, Secret(content))


def test_a_staff_card_opens_the_work_once_it_was_admitted_while_the_work_was_open(pc: CounterPc) -> None:
    work, cards = pc.memory.work, pc.memory.cards
    assert not cards.open("c001", kept())
    opened(pc)
    work.save(draft(pc))
    assert not cards.has("c001")
    cards.admit("c001", kept())
    work.close()
    assert cards.has("c001")
    assert cards.open("c001", kept())
    assert work.draft("d1").facts["claimant_name"] == NAME
    opened(pc)
    assert work.draft("d1").facts["claimant_name"] == NAME


def test_no_other_card_no_other_content_and_no_other_person_opens_it(pc: CounterPc) -> None:
    work, cards = opened(pc).memory.work, pc.memory.cards
    cards.admit("c001", kept())
    for staff_id, card in (("c001", kept("beat")), ("c001", kept(content=b"x" * 32)), ("c002", kept())):
        assert not cards.open(staff_id, card)
        assert not work.is_open
    with pytest.raises(WorkClosed):
        cards.admit("c001", kept())
    opened(pc, "c002")
    with pytest.raises(NotAllowed):
        cards.admit("c001", kept())


def test_each_of_two_cards_opens_it_by_the_same_salt_and_a_revoked_one_no_more(pc: CounterPc) -> None:
    work, cards = opened(pc).memory.work, pc.memory.cards
    salt = cards.salt("c001")
    assert salt != cards.salt("c001"), "nothing depends on it before a card is admitted"
    first, second = kept("1st-", salt), kept("2nd-", salt, b"2" * 32)
    cards.admit("c001", first)
    cards.admit("c001", second)
    assert cards.salt("c001") == salt
    assert cards.keep("c001", [first.key, second.key]) == ()
    assert cards.keep("c001", [second.key]) == (first.key[:48],)
    assert not cards.open("c001", first)
    assert cards.open("c001", second)
    assert cards.keep("c001", []) == (second.key[:48],)
    assert not cards.has("c001")
    work.open("c001", pc.password("c001"), None)


def test_what_the_card_opened_takes_the_new_password_too(pc: CounterPc) -> None:
    work, cards = opened(pc).memory.work, pc.memory.cards
    cards.admit("c001", kept())
    new = secret("新しい合言葉")
    work.close()
    assert cards.open("c001", kept())
    cards.carry("c001", pc.password("c001"))
    cards.carry("c001", new)
    work.open("c001", new, None)
    with pytest.raises(PasswordChanged):
        work.open("c001", pc.password("c001"), None)


def test_work_left_for_recovery_is_opened_by_no_card(pc: CounterPc) -> None:
    work, cards = opened(pc).memory.work, pc.memory.cards
    cards.admit("c001", kept())
    work.close()
    work.set_aside("c001")
    assert not cards.has("c001")
    assert not cards.open("c001", kept())
    work.open("c001", secret("新しい合言葉"), None)
    assert not cards.has("c001")
