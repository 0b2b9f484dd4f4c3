"""S07-4, K-07: a line is opened by ID and password only; passwords end, wrong ones wait, the system renews its own."""

import pytest

from app.domain.secret import secret
from app.errors import NotAllowed, NotUnderstood, Refused, SessionEnded, SignInRefused, TooManyTries
from app.trust.passwords import verify_password
from app.wire.jukirelay import AskStanding, OpenLine, RenewPassword
from app.wire.jukirelay_staff import AskSystems, CloseSystem, EnterSystem
from tests.edge.backend.jukinet.world import HERE
from tests.edge.backend.jukirelay.world import MANAGES, NOBODY, House

NAME = "trial"


def entered(house: House, name: str = NAME) -> str:
    return house.does("/jukirelay/v1/system", MANAGES, EnterSystem(system=name)).password


def opens(house: House, password: str, name: str = NAME):
    return house.relay.systems.open(OpenLine(municipality=HERE, system=name, password=password))


def states(house: House) -> dict[str, str]:
    return {row.system: row.state for row in house.does("/jukirelay/v1/systems", MANAGES, AskSystems()).rows}


@pytest.mark.seed("S07-4")
def test_only_the_password_opens_a_line_and_it_is_kept_as_argon2id_only(house: House) -> None:
    password = entered(house)
    line = opens(house, password)
    assert len(password) >= 24
    kept = house.relay.book.read(lambda unit: unit.office.system(HERE, NAME))
    assert kept.password_hash.startswith("$argon2id$")
    assert verify_password(secret(password), kept.password_hash)
    assert line.until > house.clock.now()
    for name, wrong in ((NAME, "another"), ("unknown", password), (NAME, "")):
        with pytest.raises(SignInRefused):
            opens(house, wrong, name)


def test_who_tries_wrong_ones_waits_even_with_the_right_one(house: House) -> None:
    password = entered(house, "hasty")
    for _ in range(5):
        with pytest.raises(SignInRefused):
            opens(house, "wrong", "hasty")
    with pytest.raises(TooManyTries):
        opens(house, password, "hasty")
    assert states(house)["hasty"] == "waits"
    house.clock.move(seconds=31)
    assert opens(house, password, "hasty").token


def test_a_password_that_has_ended_opens_nothing_until_an_administrator_gives_another(house: House) -> None:
    password = entered(house, "ending")
    house.clock.move(days=90)
    assert opens(house, password, "ending").renew
    house.clock.move(days=1)
    with pytest.raises(Refused) as caught:
        opens(house, password, "ending")
    assert caught.value.reason == "password_ended"
    assert states(house)["ending"] == "ended"
    assert opens(house, entered(house, "ending"), "ending").token


def test_a_line_ends_by_itself_and_when_the_system_is_closed(house: House) -> None:
    def standing(token: str):
        return house.relay.book.read(lambda unit: house.relay.systems.demand(unit, HERE, token))

    password = entered(house, "short")
    token = opens(house, password, "short").token
    assert standing(token) == "short"
    house.clock.move(hours=12)
    with pytest.raises(SessionEnded):
        standing(token)
    token = opens(house, password, "short").token
    house.does("/jukirelay/v1/system/close", MANAGES, CloseSystem(system="short"))
    with pytest.raises(SessionEnded):
        standing(token)
    with pytest.raises(SignInRefused):
        opens(house, password, "short")


def test_a_system_takes_another_password_itself_but_no_former_and_no_short_one(house: House) -> None:
    password = entered(house, "own")

    def renews(old: str, new: str):
        asked = RenewPassword(municipality=HERE, system="own", password=old, new_password=new)
        return house.relay.systems.renew(asked)

    for wrong, reason in ((password, "password_used_before"), ("short", "password_too_short")):
        with pytest.raises(Refused) as caught:
            renews(password, wrong)
        assert caught.value.reason == reason
    renews(password, "n" * 24)
    with pytest.raises(SignInRefused):
        opens(house, password, "own")
    with pytest.raises(SignInRefused):
        renews(password, "m" * 24)
    assert opens(house, "n" * 24, "own").token


def let_in(house: House):
    """The register as after its system was entered by an administrator; where its passwords lie."""
    way = house.side.line._way.passwords
    way.settle(HERE, entered(house, "register"))
    house.clock.move(minutes=2)
    house.tells()
    return way


def test_the_register_renews_its_password_before_it_ends_and_is_never_shut_out(house: House) -> None:
    way = let_in(house)
    before = way.candidates(HERE)
    for _ in range(8):
        house.clock.move(days=15)
        house.tells()
    assert way.candidates(HERE) != before
    assert house.state().heard_at == house.clock.now()


def test_a_crash_between_two_passwords_leaves_one_that_opens(house: House) -> None:
    way = let_in(house)
    way.propose(HERE, "never accepted " + "x" * 24)
    assert len(way.candidates(HERE)) == 2
    house.clock.move(hours=13)
    house.tells()
    assert house.state().heard_at == house.clock.now()
    assert len(way.candidates(HERE)) == 1


def test_who_does_not_manage_systems_sees_and_makes_none(house: House) -> None:
    for path, asked in (("systems", AskSystems()), ("system", EnterSystem(system="x"))):
        with pytest.raises(NotAllowed):
            house.does(f"/jukirelay/v1/{path}", NOBODY, asked)
    with pytest.raises(NotAllowed):
        house.does("/jukirelay/v1/system/close", MANAGES, CloseSystem(system="none"))
    with pytest.raises(NotUnderstood):
        house.does("/jukirelay/v1/system", MANAGES, EnterSystem(system="日本"))


@pytest.mark.twin("S07-4")
def test_without_an_open_line_nothing_is_answered(house: House) -> None:
    post = house.keys.post("register")
    asked = AskStanding(municipality=HERE, token="guessed", changes=0, restraints=0)
    (outcome,) = house.relay.letters.answer([post.write(f"register@{HERE}", "relay-standing/1", asked)])
    assert isinstance(outcome, SessionEnded)
