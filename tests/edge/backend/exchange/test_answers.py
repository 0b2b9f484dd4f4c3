"""An enquiry goes out, and what comes back is what the other municipality holds."""

import pytest

from app.domain.rights import Right
from app.trust.receipt import check_receipt, parse_receipt
from tests.edge.backend.exchange.world import (
    HERE,
    LOCAL,
    MOVED,
    NO_ROW,
    PROCEDURE,
    THERE,
    UNDECLARED,
    WITHHELD,
    World,
)
from tests.support.slices import person


@pytest.mark.seed("F-14")
def test_the_answer_holds_what_only_the_other_municipality_knows(world: World) -> None:
    answer = world.answer(MOVED)
    assert answer.kind == "value"
    assert answer.items == {"income": 3_456_789, "income_levy": 172_839, "per_capita_levy": 4000, "dependants": 1}
    assert (answer.path, answer.provider, answer.provider_name) == ("nws", THERE, "手本市")
    assert answer.process_number.startswith(HERE)
    assert answer.subject.business_number == MOVED


def test_somebody_else_with_the_same_number_there_is_never_meant(world: World) -> None:
    assert world.answer(MOVED).items["income"] != 9_999_999
    assert world.answer(LOCAL).items["income"] == 2_222_222


@pytest.mark.parametrize(
    ("subject", "kind"),
    [(UNDECLARED, "undeclared"), (NO_ROW, "no_data"), (WITHHELD, "withheld")],
)
def test_an_answer_without_values_says_which_one_it_is(world: World, subject: str, kind: str) -> None:
    answer = world.answer(subject)
    assert answer.kind == kind
    assert answer.items == {}


def test_who_lived_here_on_1_january_is_answered_without_any_network(world: World) -> None:
    before = (len(world.acts("intermediary", HERE)), len(world.acts("nws", HERE)))
    answer = world.answer(LOCAL)
    assert (answer.path, answer.provider, answer.kind, answer.process_number) == ("link", HERE, "value", "")
    assert (len(world.acts("intermediary", HERE)), len(world.acts("nws", HERE))) == before
    assert world.acts("socialaddress", HERE)[-1][0] == "tax.provided"


def test_every_step_stands_in_the_ledger_of_its_slice_under_one_trace(world: World) -> None:
    """K-08, K-15, S01-5, R-066: a record for each event on both sides, each provision for itself."""
    accepted = world.make(MOVED)
    world.carry()
    mine = [(kind, what) for kind, what in world.acts("relay", HERE) if what.get("enquiry") == accepted.enquiry_id]
    assert [kind for kind, _ in mine] == ["enquiry.accepted", "enquiry.answered"]
    assert len({what["trace"] for _, what in mine}) == 1
    assert world.kinds("intermediary", HERE)[-2:] == ["enquiry.recorded", "enquiry.answered"]
    assert world.kinds("nws", HERE)[-1] == "permit.issued"
    assert world.kinds("intermediary", THERE)[-1] == "provision.made"
    number = mine[1][1]["process_number"]
    assert world.acts("intermediary", THERE)[-1][1]["process_number"] == number
    assert world.acts("nws", HERE)[-1][1]["process_number"] == number


def test_the_request_reaches_the_provider_unaltered(world: World) -> None:
    """K-15: by the digest that both sides keep of it."""
    world.answer(MOVED)
    sent = world.acts("intermediary", HERE)[-1][1]["digest"]
    assert world.acts("intermediary", THERE)[-1][1]["digest"] == sent


def test_acceptance_and_answer_carry_receipts_of_the_relay_s_ledger(world: World) -> None:
    own = next(own for own in world.exchange.ledgers if own.book.log == "relay")
    accepted = world.make(MOVED)
    world.carry()
    state = world.state(accepted)
    for proof in (accepted.proof, state.answer.proof):
        receipt = parse_receipt(proof.encode())
        origin = receipt.checkpoint.decode().split("\n", 1)[0]
        assert check_receipt(receipt, {origin: own.signing.public}).size > receipt.index


def test_reading_an_answer_is_an_act_and_only_for_that_procedure(world: World) -> None:
    accepted = world.make(MOVED)
    world.carry()
    other = person("other", Right("enquiry.read", "childcare_benefit", "tax"), municipality=HERE)
    neighbour = person("neighbour", "enquiry.read", municipality=THERE)
    before = len(world.kinds("relay", HERE))
    assert world.state(accepted, other) is None
    assert world.state(accepted, neighbour) is None
    assert len(world.kinds("relay", HERE)) == before
    reader = person("reader", Right("enquiry.read", PROCEDURE, "tax"), municipality=HERE)
    assert world.state(accepted, reader).answer is not None
    assert world.kinds("relay", HERE)[-1] == "enquiry.answer_read"


def test_the_same_enquiry_sent_twice_is_one(world: World) -> None:
    from app.errors import Conflict

    first = world.make(MOVED, enquiry_id="twice")
    assert world.make(MOVED, enquiry_id="twice") == first
    world.carry()
    assert world.kinds("relay", HERE).count("enquiry.accepted") >= 1
    accepted = [what for kind, what in world.acts("relay", HERE) if what.get("enquiry") == "twice"]
    assert len(accepted) == 2
    with pytest.raises(Conflict):
        world.make(NO_ROW, enquiry_id="twice")
