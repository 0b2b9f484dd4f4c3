"""S01-8d, S01-8e, F-18, K-16: keys in versions with overlap and countdown; master information signed and counted.

What must not happen: an ended or unknown key signs, an old or forged master is used, a rotation stops the work.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.clock import SystemRandom
from app.errors import Refused
from app.server.exchange_data import Directory, write_directory
from app.server.exchange_keys import ExchangeKeys
from app.server.keys import Keys
from app.server.rotate import rotate_codes, rotate_exchange
from app.server.signing_keys import LEAD, LIFE, OVERLAP, ROTATED, SigningPlan, rotate_signing
from app.settings import ServerSettings
from app.trust.sign import SigningKey
from app.wire.exchange import CollectCodes, CollectedCodes
from app.wire.letter import Letter
from app.wire.master import MasterInformation, MasterSender
from app.wire.message import decode, encode
from tests.edge.backend.exchange.world import HERE, MOVED, THERE, World, open_world
from tests.support.slices import MovedClock


@pytest.fixture
def world(loaded: ServerSettings) -> Iterator[World]:
    """A world whose keys and master information are its own: every test begins without a plan."""
    with open_world(loaded, MovedClock()) as opened:
        yield opened
    for path in (loaded.folder / "keys" / "signing.json", loaded.folder / "master.json"):
        path.unlink(missing_ok=True)


def keys_of(world: World) -> ExchangeKeys:
    return ExchangeKeys(world.settings, Keys(world.settings.folder / "keys", SystemRandom()), world.clock)


def rotated(world: World) -> dict[str, int]:
    keys = keys_of(world)
    names = [name for name in keys.signing if name.partition("@")[0] in ROTATED]
    folder = world.settings.folder / "keys"
    return rotate_signing(folder, names, Keys(folder, SystemRandom()), world.clock.at)


def asks_core(world: World, letter: Letter | None = None) -> Letter:
    """A question of the intermediary to the core, under its key of now unless a letter is given."""
    post = world.exchange.asking._post
    asked = CollectCodes(municipality=HERE, process_numbers=("none",))
    (outcome,) = world.exchange.nws.collect([letter or post.write(f"intermediary@{HERE}", "collect-codes/1", asked)])
    if isinstance(outcome, Exception):
        raise outcome
    post.read(outcome, "collected-codes/1", CollectedCodes, "nws")
    return outcome


def signed_with(world: World) -> str:
    return world.exchange.asking._post.write(f"intermediary@{HERE}", "any/1", CollectCodes(
        municipality=HERE, process_numbers=()
    )).key_id  # fmt: skip


@pytest.mark.seed("K-16")
def test_a_rotation_goes_by_while_work_goes_on_and_each_key_holds_for_its_time(world: World) -> None:
    first = signed_with(world)
    old = world.exchange.asking._post.write(
        f"intermediary@{HERE}", "collect-codes/1", CollectCodes(municipality=HERE, process_numbers=("none",))
    )
    assert world.answer(MOVED).kind == "value"
    assert set(rotated(world).values()) == {2}
    assert rotated(world) == {}, "planned once"
    assert signed_with(world) == first, "known before it is used"
    world.clock.move(days=LEAD.days)
    second = signed_with(world)
    assert second != first
    assert world.answer(MOVED).kind == "value"
    asks_core(world, old)
    world.clock.at += OVERLAP - timedelta(seconds=1)
    asks_core(world, old)
    world.clock.move(seconds=1)
    with pytest.raises(Refused) as refused:
        asks_core(world, old)
    assert refused.value.reason == "expired_key"
    assert asks_core(world).key_id
    files = {path.name for path in (world.settings.folder / "keys").glob(f"intermediary@{HERE}*")}
    assert files == {f"intermediary@{HERE}.sign.pem", f"intermediary@{HERE}.2.sign.pem"}


@pytest.mark.twin("K-16")
def test_a_key_that_does_not_hold_yet_signs_nothing(world: World) -> None:
    rotated(world)
    ahead = MovedClock(world.clock.at + LEAD)
    early = ExchangeKeys(world.settings, Keys(world.settings.folder / "keys", SystemRandom()), ahead)
    letter = early.post("intermediary").write(
        f"intermediary@{HERE}", "collect-codes/1", CollectCodes(municipality=HERE, process_numbers=("none",))
    )
    with pytest.raises(Refused) as refused:
        asks_core(world, letter)
    assert refused.value.reason == "early_key"
    world.clock.at += LEAD
    asks_core(world, letter)


def test_the_end_of_a_key_is_told_30_7_and_1_days_before_each_once_and_then_it_is_refused(world: World) -> None:
    _, care = world.exchange.master
    care.turn()
    end = SigningPlan(world.settings.folder / "keys").of(f"intermediary@{HERE}")[0].until
    assert end == world.clock.at + LIFE
    before = len(world.acts("intermediary", HERE))
    for left in (31, 30, 29, 8, 7, 6, 2, 1, 0):
        world.clock.at = end - timedelta(days=left)
        care.turn()
        care.turn()
    told = [
        (what["key"], what["days_left"])
        for kind, what in world.acts("intermediary", HERE)[before:]
        if kind == "key.ending"
    ]
    assert [left for key, left in told if key == f"intermediary@{HERE}"] == [30, 7, 1]
    assert {key.partition("@")[2] for key, _ in told} == {HERE, ""}, "the other city's keys are told there"
    with pytest.raises(Refused) as refused:
        asks_core(world)
    assert refused.value.reason == "expired_key"


def test_master_information_is_issued_anew_only_when_something_has_changed_or_it_ends_soon(world: World) -> None:
    taking, _ = world.exchange.master
    before = taking.version
    assert taking.fetch()
    first = taking.version
    assert first > before
    assert not taking.fetch(), "nothing has changed"
    rotated(world)
    assert taking.fetch()
    assert taking.version == first + 1
    world.clock.move(days=61)
    assert taking.fetch()
    assert taking.version == first + 2
    assert {"master.taken"} <= set(world.kinds("intermediary", HERE))
    with open_world(world.settings, world.clock) as again:
        assert again.exchange.master[0].version == first + 2, "also after a start"


def master_letter(world: World, key: SigningKey | None = None, **changed: object) -> Letter:
    """The master information in use, changed and signed again: by the core, or by ``key``."""
    kept = decode((world.settings.folder / "master.json").read_bytes(), Letter)
    honest = decode(kept.body, MasterInformation)
    values = {name: getattr(honest, name) for name in honest.__struct_fields__} | {"version": honest.version + 1}
    message = MasterInformation(**(values | changed))
    letter = world.exchange.nws._post.write("nws", "master/1", message)
    if key is None:
        return letter
    from app.trust.envelope import sign_message

    made = sign_message(key, "nws", "master/1", encode(message))
    return Letter(sender="nws", kind=made.kind, body=made.body, key_id=made.key_id, signature=made.signature)


def test_an_old_expired_forged_or_false_master_is_refused_recorded_and_the_last_one_stays(world: World) -> None:
    taking, _ = world.exchange.master
    taking.fetch()
    version, core = taking.version, world.exchange.nws._post._keys["nws"]
    kept = decode((world.settings.folder / "master.json").read_bytes(), Letter)
    honest = decode(kept.body, MasterInformation)
    doubled = (*honest.senders, honest.senders[0])
    broken = MasterSender(name="x@990000", keys=(type(honest.senders[0].keys[0])(
        version=1, key=b"short", since=None, until=None, algorithm="Ed25519"
    ),))  # fmt: skip
    bad = {
        "old_master": [kept, master_letter(world, version=version), master_letter(world, version=version - 1)],
        "expired_master": [master_letter(world, until=world.clock.at)],
        "bad_master": [
            master_letter(world, boxes={**honest.boxes, HERE: bytes(32)}),
            master_letter(world, senders=doubled),
            master_letter(world, senders=(broken,)),
        ],
        "unknown_key": [master_letter(world, key=SigningKey.generate())],
        "bad_signature": [
            Letter(sender="nws", kind="master/1", body=kept.body, key_id=core.public.key_id, signature=bytes(64))
        ],
        "wrong_algorithm": [
            Letter(**{name: getattr(kept, name) for name in kept.__struct_fields__ if name != "v"} | {"alg": "none"})
        ],
    }
    for reason, letters in bad.items():
        for letter in letters:
            with pytest.raises(Refused) as refused:
                taking.take(letter)
            assert refused.value.reason == reason
            kind, what = world.acts("intermediary", HERE)[-1]
            assert (kind, what["reason"]) == ("master.refused", reason)
    assert taking.version == version
    assert world.answer(MOVED).kind == "value"
    assert taking.take(master_letter(world))


def test_the_master_tells_others_keys_and_never_changes_an_own_one(world: World) -> None:
    taking, _ = world.exchange.master
    taking.fetch()
    stranger, thief = SigningKey.generate(), SigningKey.generate()
    kept = decode((world.settings.folder / "master.json").read_bytes(), Letter)
    honest = decode(kept.body, MasterInformation)
    like = honest.senders[0].keys[0]

    def sender(name: str, key: SigningKey) -> MasterSender:
        told = type(like)(version=1, key=key.public.raw, since=None, until=None, algorithm="Ed25519")
        return MasterSender(name=name, keys=(told,))

    others = tuple(one for one in honest.senders if one.name != f"relay@{HERE}")
    new = (*others, sender("intermediary@995002", stranger), sender(f"relay@{HERE}", thief))
    taking.take(master_letter(world, senders=new, boxes={**honest.boxes, "995002": bytes(range(32))}))
    live = taking._keys.live
    assert live.find("intermediary@995002", stranger.public.key_id, "Ed25519") == stranger.public
    with pytest.raises(Refused) as refused:
        live.find(f"relay@{HERE}", thief.public.key_id, "Ed25519")
    assert refused.value.reason == "unknown_key"
    assert taking._keys.directory.boxes["995002"] == bytes(range(32))


def test_kept_master_information_that_was_changed_on_the_disk_is_not_used(world: World) -> None:
    taking, _ = world.exchange.master
    taking.fetch()
    path = world.settings.folder / "master.json"
    table = json.loads(path.read_bytes())
    path.write_text(json.dumps(table | {"signature": "A" * 86 + "=="}), "utf-8")
    with open_world(world.settings, world.clock) as again:
        assert again.exchange.master[0].version == 0
        assert again.kinds("intermediary", HERE)[-1] == "master.refused"
        assert again.exchange.master[0].fetch()


def test_keys_of_other_installations_that_were_handed_in_hold_until_the_master_tells_newer_ones(
    world: World,
) -> None:
    far = SigningKey.generate()
    write_directory(world.settings.folder, Directory({f"intermediary@{THERE}": far.public}, {THERE: bytes(32)}))
    try:
        alone = ExchangeKeys(
            replace(world.settings, municipalities=(HERE,), slices=("relay",)),
            Keys(world.settings.folder / "keys", SystemRandom()),
            world.clock,
        )
        assert alone.live.find(f"intermediary@{THERE}", far.public.key_id, "Ed25519") == far.public
        with pytest.raises(Refused):
            alone.live.find("intermediary@990000", far.public.key_id, "Ed25519")
    finally:
        (world.settings.folder / "directory.json").unlink()


def test_the_commands_plan_signing_keys_once_and_begin_another_version_of_codes(world: World) -> None:
    """S01-8d: both are done while the backend runs, and neither twice."""
    before = signed_with(world)
    planned = rotate_exchange(world.settings, world.clock, SystemRandom())
    assert planned[f"intermediary@{HERE}"] == 2
    assert not any(name.startswith("witness@") for name in planned), "who cosigns logs keeps the key"
    assert rotate_exchange(world.settings, world.clock, SystemRandom()) == {}
    world.clock.at += LEAD
    assert signed_with(world) != before
    begun = rotate_codes(world.settings, world.clock, SystemRandom())
    assert set(begun) == {HERE, THERE}
    with pytest.raises(Refused) as refused:
        rotate_codes(world.settings, world.clock, SystemRandom())
    assert refused.value.reason == "rotation_running"
    assert world.answer(MOVED).kind == "value", "in between"
    while world.exchange.codes.turn():
        pass
    world.exchange.codes.turn()
    assert world.answer(MOVED).kind == "value", "and afterwards"
