"""S05-0, K-11: the office's other rooms over the real line: where letters and money of somebody go, and who sees it."""

from datetime import date

import pytest

from app.domain.clock import SystemClock, SystemRandom, business_date, new_id
from app.errors import NotAllowed, Refused
from app.services.ports.seat import Session
from app.wire.social_address import FindParties, KeepParty, OpenParty
from app.wire.social_address_entries import KeepAccount, KeepDelivery
from tests.support.world import DECIDER, World

pytestmark = [pytest.mark.timeout(120), pytest.mark.card, pytest.mark.keyring]

WELFARE = "child_welfare"
HOME = "隣市本町9番"


def fresh_id() -> str:
    return new_id(SystemClock(), SystemRandom())


def today() -> date:
    return business_date(SystemClock().now())


def test_who_is_in_no_register_gets_letters_elsewhere_and_the_account_is_shown_for_a_reason_only(
    world: World, clerk: Session
) -> None:
    parties = world.front.cases.tend_parties
    asked = KeepParty(
        purpose=WELFARE,
        kind="non_resident",
        name=f"住外　{fresh_id()[:6]}",
        birth=date(1970, 1, 2),
        sex="2",
        address=HOME,
    )
    number = parties.keep(world.press(), clerk, asked).row.social_number
    about = {"purpose": WELFARE, "social_number": number}
    letters = KeepDelivery(
        **about, entry_id=fresh_id(), address="見本市東区5番", since=today(), reason="入院", asked_by="self"
    )
    parties.keep_delivery(world.press(), clerk, letters)
    money = {"bank": "0001", "branch": "123", "kind": "1", "number": "123456", "holder": "ジュウガイ　ハナコ"}
    parties.keep_account(world.press(), clerk, KeepAccount(**about, **money, entry_id=fresh_id(), since=today()))
    (found,) = parties.find(world.press(), clerk, FindParties(purpose=WELFARE, number=number)).rows
    view = parties.open(world.press(), clerk, OpenParty(**about))
    assert (found.address, view.mail.address, view.accounts[0].number) == (HOME, "見本市東区5番", "*****56")
    with pytest.raises(NotAllowed):
        parties.open(world.press(), clerk, OpenParty(**about, show_accounts=True, reason="振込の確認"))
    decider, looks = world.at_back(DECIDER), world.back.cases.tend_parties
    with pytest.raises(Refused, match="entry_reason_missing"):
        looks.open(world.press(), decider, OpenParty(**about, show_accounts=True))
    shown = looks.open(world.press(), decider, OpenParty(**about, show_accounts=True, reason="振込の確認"))
    assert shown.accounts[0].number == "0123456"
    with pytest.raises(NotAllowed):
        looks.keep_delivery(world.press(), decider, letters)
    world.leave(world.back, decider)
