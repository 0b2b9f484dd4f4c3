"""Whom an enquiry asks: the municipality of 1 January, who taxed elsewhere, or another one for a reason."""

import pytest

from app.domain.rights import Right
from app.errors import NotAllowed, NotUnderstood, Refused
from app.server.exchange_load import LoadedYear, load_exchange
from app.ui.resources import read_toml
from app.wire.relay import AskProviders, ProviderQuestion
from tests.edge.backend.exchange.world import (
    ELSEWHERE,
    HERE,
    LINK,
    LOCAL,
    MOVED,
    NETWORK,
    PROCEDURE,
    TAX,
    THERE,
    YEAR,
    World,
    data,
    one,
)
from tests.support.slices import call, person

ABROAD = "000000000001001"
"""Lives here, has no tax row."""


def taxed_there(world: World, number: str = LOCAL) -> None:
    """住登外課税: lives here, is taxed there; the tax section has been told."""
    year = LoadedYear(YEAR, HERE, "見本市", "no_data", taxed_by=THERE, taxed_by_name="手本市")
    load_exchange(world.exchange, HERE, TAX, [one(number, 2, year)])


def providers(world: World, *numbers: str, actor=None):
    questions = tuple(ProviderQuestion(enquiry=NETWORK, business_number=number, tax_year=YEAR) for number in numbers)
    asked = AskProviders(visit_id="visit-1", procedure=PROCEDURE, questions=questions)
    found = world.exchange.accepting.providers.shown(call(actor or world.actor, world.clock.now()), asked).found
    return [(each.provider, each.name, each.why) for each in found]


def test_the_rule_says_whom_it_asks_and_why_and_the_look_is_recorded(world: World) -> None:
    taxed_there(world)
    assert providers(world, MOVED, LOCAL, ABROAD) == [
        (THERE, "手本市", "first_january"),
        (THERE, "手本市", "taxed_elsewhere"),
        ("", "", ""),
    ]
    assert world.kinds("relay", HERE)[-3:] == ["enquiry.provider_shown"] * 3


def test_who_may_not_enquire_learns_of_nobody_where_they_lived(world: World) -> None:
    with pytest.raises(NotAllowed):
        providers(world, MOVED, actor=person("reader", "enquiry.read", municipality=HERE))
    with pytest.raises(NotAllowed):
        providers(
            world, MOVED, actor=person("other", Right("enquiry.make", "nursery_certification"), municipality=HERE)
        )
    for wrong in ((), (MOVED,) * 65):
        with pytest.raises(NotUnderstood):
            providers(world, *wrong)


def test_who_is_taxed_elsewhere_is_asked_about_there_and_not_here(world: World) -> None:
    taxed_there(world)
    accepted = world.make(LOCAL, enquiry=NETWORK)
    assert (accepted.provider, accepted.provider_name, accepted.provider_why) == (THERE, "手本市", "taxed_elsewhere")
    world.carry()
    state = world.state(accepted)
    assert (state.state, state.provider_why) == ("answered", "taxed_elsewhere")
    with pytest.raises(Refused) as refused:
        world.make(LOCAL, enquiry=LINK)
    assert refused.value.reason == "not_own_city"


def test_another_municipality_than_the_rule_s_needs_one_of_the_reasons_and_the_record_has_it(world: World) -> None:
    for reason in ("", "because"):
        with pytest.raises(Refused) as refused:
            world.make(MOVED, provider=ELSEWHERE, provider_reason=reason)
        assert refused.value.reason == "wrong_provider"
    for reason in sorted(data().sides.provider_reasons):
        accepted = world.make(MOVED, provider=ELSEWHERE, provider_reason=reason)
        assert (accepted.provider, accepted.provider_why) == (ELSEWHERE, reason)
        what = next(what for _, what in world.acts("relay", HERE) if what.get("enquiry") == accepted.enquiry_id)
        assert (what["provider"], what["provider_why"]) == (ELSEWHERE, reason)


def test_where_nobody_is_known_the_one_that_the_case_names_is_asked_without_a_reason(world: World) -> None:
    accepted = world.make(ABROAD, enquiry=NETWORK, provider=THERE)
    assert (accepted.provider, accepted.provider_why) == (THERE, "case")


def test_every_reason_that_the_relay_takes_has_its_words_on_the_screen() -> None:
    words = read_toml("text", "ja.toml")["word"]
    assert set(words["provider_reason"]) == data().sides.provider_reasons
    assert set(words["provider_why"]) == data().sides.provider_reasons | {"first_january", "case"}
