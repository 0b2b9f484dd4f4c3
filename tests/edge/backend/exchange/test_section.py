"""S02-1, C-42: a section sees its enquiries, each as it is sent with trace and digest, and ends what nobody needs."""

from dataclasses import replace

import pytest

from app.backend.relay.service.section import SectionList
from app.domain.rights import Right
from app.errors import NotAllowed, Refused
from app.link.letters import digest_of
from app.wire.relay_section import AskSectionEnquiries, CloseEnquiry, OpenEnquiry
from tests.edge.backend.exchange.world import EXAMINER, HERE, MOVED, NEWCOMER, THERE, World, data
from tests.support.slices import call, person

TASK = "child_allowance_claim"
CLERK = person("examiner", *EXAMINER, municipality=HERE)


def of(world: World) -> SectionList:
    exchange = world.exchange
    return SectionList(exchange.accepting._book, data().enquiries, exchange.accepting._windows)


def listed(world: World, actor=CLERK, *, only_open: bool = False):
    asked = AskSectionEnquiries(procedure=TASK, only_open=only_open)
    return of(world).listed(call(actor, world.clock.now()), asked).rows


def test_a_section_sees_what_is_under_way_and_what_was_answered(world: World) -> None:
    answered, waiting = world.make(MOVED), world.make(NEWCOMER)
    world.carry()
    rows = {row.enquiry_id: row for row in listed(world)}
    done, late = rows[answered.enquiry_id], rows[waiting.enquiry_id]
    assert (done.state, done.kind, done.next_step, done.expected_at) == ("answered", "value", "none", None)
    assert done.process_number
    assert (late.state, late.next_step) == ("no_code", "wait")
    assert late.expected_at is not None
    assert answered.enquiry_id not in {row.enquiry_id for row in listed(world, only_open=True)}
    assert world.kinds("relay", HERE)[-1] == "enquiries.listed"


def test_one_is_shown_as_it_is_sent_with_trace_and_digest(world: World) -> None:
    accepted = world.make(MOVED)
    seen = of(world).opened(call(CLERK, world.clock.now()), OpenEnquiry(enquiry_id=accepted.enquiry_id))
    book = world.exchange.accepting._book
    kept = book.read(lambda unit: unit.kept(HERE, [accepted.enquiry_id]))[accepted.enquiry_id]
    assert seen.digest == digest_of(kept.request).hex()
    assert (seen.trace, seen.row.provider, seen.items) == (kept.trace, THERE, seen.items)
    assert seen.items
    assert "enquiry.opened" in world.kinds("relay", HERE)


def test_who_has_no_right_for_the_procedure_sees_none_and_ends_none(world: World) -> None:
    accepted = world.make(MOVED)
    other = person("x", Right("enquiry.read", "nursery_certification"), municipality=HERE)
    reader = replace(CLERK, staff_id="reader", rights=tuple(one for one in CLERK.rights if one.act == "enquiry.read"))
    neighbour = replace(CLERK, municipality=THERE)
    asked = OpenEnquiry(enquiry_id=accepted.enquiry_id)
    for actor in (other, neighbour):
        with pytest.raises(NotAllowed):
            of(world).opened(call(actor, world.clock.now()), asked)
    with pytest.raises(NotAllowed):
        listed(world, other)
    with pytest.raises(NotAllowed):
        of(world).close(
            call(reader, world.clock.now()), CloseEnquiry(enquiry_id=accepted.enquiry_id, reason="not_needed")
        )


def test_what_nobody_needs_is_ended_and_never_sent(world: World) -> None:
    world.carry()
    accepted = world.make(MOVED)
    now, asked = world.clock.now(), CloseEnquiry(enquiry_id=accepted.enquiry_id, reason="not_needed")
    with pytest.raises(Refused) as wrong:
        of(world).close(call(CLERK, now), CloseEnquiry(enquiry_id=accepted.enquiry_id, reason="no such"))
    assert wrong.value.reason == "closing_reason_missing"
    sent = world.kinds("intermediary", HERE).count("enquiry.recorded")
    assert (
        of(world).close(call(CLERK, now, "once"), asked).proof == of(world).close(call(CLERK, now, "once"), asked).proof
    )
    world.carry()
    state = world.state(accepted)
    assert (state.state, state.reason) == ("refused", "closed_unanswered")
    assert world.kinds("intermediary", HERE).count("enquiry.recorded") == sent
    with pytest.raises(Refused) as ended:
        of(world).close(call(CLERK, now), asked)
    assert ended.value.reason == "enquiry_ended"
