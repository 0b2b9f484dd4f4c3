"""S01-1, S15-3, F-13, K-17, R-042: codes are of one body, keyed, versioned, and made anew while all work goes on.

What must not happen: a code of one body tells one of another, a rotation loses a person, an old code outlives it.
"""

import hmac
from hashlib import sha256

import pytest

from app.domain.exchange_numbers import LinkCode
from app.errors import NotAllowed, NotUnderstood, Refused
from app.wire.exchange import RekeyCodes
from tests.edge.backend.nws.world import HERE, THERE, World

PEOPLE = {f"{number:015}": f"1{number:010}" for number in range(1, 13)}


def test_codes_of_the_same_people_at_two_bodies_can_t_be_told_from_each_other_without_the_key(world: World) -> None:
    here, there = world.acquired(HERE, PEOPLE), world.acquired(THERE, PEOPLE)
    assert len({code.reveal() for code in (*here.values(), *there.values())}) == 2 * len(PEOPLE)
    assert {code.key_version for code in (*here.values(), *there.values())} == {1}
    for number, resident in PEOPLE.items():
        mine, theirs = here[number].reveal()[2:], there[number].reveal()[2:]
        guesses = [sha256(resident.encode()).digest(), hmac.digest(HERE.encode(), resident.encode(), "sha256")]
        assert all(guess[:16] not in {mine, theirs} for guess in guesses)
        assert not set(zip(mine, theirs, strict=True)) <= {(one, one) for one in range(256)}
    assert world.acquired(HERE, {"9" * 15: PEOPLE["0" * 14 + "1"]})["9" * 15] == here["0" * 14 + "1"], "of one person"
    assert world.holders(HERE, list(there.values())) == [None] * len(PEOPLE), "a foreign code finds nobody here"
    assert world.subjects(HERE, list(there.values())) == 0


def test_a_rotation_makes_every_code_anew_and_the_old_ones_hold_until_all_are_there(world: World) -> None:
    old, others = world.acquired(HERE, PEOPLE), world.acquired(THERE, PEOPLE)
    assert world.rotation.begin(HERE) == 2
    with pytest.raises(Refused) as refused:
        world.rotation.begin(HERE)
    assert refused.value.reason == "rotation_running"
    codes = list(old.values())
    assert world.keeping.rekey(HERE), "a portion"
    assert world.holders(HERE, codes) == list(PEOPLE), "found by the old code in between"
    assert world.subjects(HERE, codes) == len(PEOPLE), "and permitted under it"
    newcomer = world.acquired(HERE, {"8" * 15: "18888888888"})["8" * 15]
    assert newcomer.key_version == 2
    while world.keeping.rekey(HERE):
        pass
    new = world.book.read(lambda unit: unit.codes(HERE, list(PEOPLE)))
    made = [new[number].code for number in PEOPLE]
    assert all(code is not None and code.key_version == 2 for code in made)
    present = [code for code in made if code is not None]
    assert world.holders(HERE, [*present, newcomer]) == [*PEOPLE, "8" * 15]
    assert world.holders(HERE, codes) == [None] * len(PEOPLE)
    assert (world.subjects(HERE, codes), world.subjects(HERE, present)) == (0, len(PEOPLE))
    assert world.holders(THERE, list(others.values())) == list(PEOPLE), "nobody else's codes have changed"
    assert world.subjects(THERE, list(others.values())) == len(PEOPLE)
    assert {"code.rotation_begun", "code.rekeyed", "code.rotation_ended"} <= set(world.kinds(world.own))
    assert {"code.rekeyed", "code.rotation_ended"} <= set(world.kinds(world.platform))
    assert world.rotation.begin(HERE) == 3, "and the next one may begin"


def test_a_rotation_that_was_cut_after_the_core_s_answer_goes_on_where_it_was(world: World) -> None:
    old = world.acquired(HERE, PEOPLE)
    world.rotation.begin(HERE)
    sent = b"".join(code.reveal() for code in old.values())
    message = RekeyCodes(municipality=HERE, codes=sent)
    world.ask(f"intermediary@{HERE}", "rekey-codes/1", message, world.rotation.rekey)  # the answer is lost
    assert world.holders(HERE, list(old.values())) == list(PEOPLE)
    while world.keeping.rekey(HERE):
        pass
    states = world.book.read(lambda unit: unit.codes(HERE, list(PEOPLE)))
    present = [state.code for state in states.values() if state.code is not None]
    assert sorted(one or "" for one in world.holders(HERE, present)) == sorted(PEOPLE)
    assert world.subjects(HERE, present) == len(PEOPLE)


def test_a_code_that_the_core_does_not_know_stays_as_it_is_and_is_counted(world: World) -> None:
    world.acquired(HERE, PEOPLE)
    lost = LinkCode(b"\x00\x01" + b"\xee" * 16)
    at = world.clock.at
    world.book.write(lambda unit: unit.ask_codes(HERE, [("7" * 15, "p7")], at))
    world.book.write(lambda unit: unit.put_codes(HERE, [("7" * 15, lost)], at))
    world.rotation.begin(HERE)
    while world.keeping.rekey(HERE):
        pass
    assert world.holders(HERE, [lost]) == ["7" * 15]
    from tests.support.slices import acts

    (said,) = [what for kind, what in acts(world.platform, HERE) if kind == "code.rekeyed"]
    assert (said["count"], said["unknown"]) == (len(PEOPLE), 1)


def test_only_an_intermediary_has_its_own_codes_made_anew_and_only_whole_ones(world: World) -> None:
    codes = world.acquired(HERE, PEOPLE)
    world.rotation.begin(HERE)
    plain = b"".join(code.reveal() for code in codes.values())

    def ask(sender: str, place: str, codes: bytes) -> None:
        message = RekeyCodes(municipality=place, codes=codes)
        world.ask(sender, "rekey-codes/1", message, world.rotation.rekey)

    with pytest.raises(NotAllowed):
        ask(f"intermediary@{THERE}", HERE, plain)
    with pytest.raises(Refused):
        ask(f"gateway@{HERE}", HERE, plain)
    with pytest.raises(NotUnderstood):
        ask(f"intermediary@{HERE}", HERE, plain[:-1])
    with pytest.raises(NotUnderstood):
        ask(f"intermediary@{HERE}", HERE, bytes(18) * 25_001)
    assert world.kinds(world.own).count("code.rekeyed") == 0
