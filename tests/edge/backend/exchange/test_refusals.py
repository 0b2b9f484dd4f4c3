"""What the list, the right, the year or the place does not allow is refused, whatever a screen sent."""

from datetime import UTC, date, datetime

import pytest

from app.domain.rights import Right
from app.errors import AppError, NotAllowed, Refused
from app.link.letters import digest_of
from app.shipped import read_toml, resource
from app.standin.city.staff import load_roles
from app.trust.seal import BoxKey
from app.wire.exchange import (
    Deliveries,
    Delivery,
    DeliveryReplies,
    NetworkRequest,
    Permit,
    PermitQuestion,
    PermitQuestions,
    PermitReplies,
)
from app.wire.letter import Letter
from app.wire.message import decode, encode
from tests.edge.backend.exchange.world import (
    ELSEWHERE,
    HERE,
    LINK,
    LOCAL,
    MOVED,
    NETWORK,
    PROCEDURE,
    PURPOSE,
    TAX,
    THERE,
    YEAR,
    World,
)
from tests.support.slices import person

PENSION = "3歳に満たない児童について、被用者かどうかを確認するため"


@pytest.mark.parametrize(
    ("subject", "lie", "reason"),
    [
        (MOVED, {"purpose": "興味があるため"}, "wrong_purpose"),
        (MOVED, {"information": "医療保険給付関係情報"}, "not_on_list"),
        (MOVED, {"enquiry": "pension", "information": "年金給付関係情報", "purpose": PENSION}, "not_on_list"),
        (MOVED, {"enquiry": "no_such_enquiry"}, "not_on_list"),
        (MOVED, {"tax_year": YEAR - 1}, "wrong_year"),
        (MOVED, {"tax_year": YEAR + 1}, "unknown_year"),
        (MOVED, {"tax_year": 1999}, "unknown_year"),
        (MOVED, {"requested_on": date(2027, 1, 10)}, "unknown_year"),
        (MOVED, {"requested_on": date(2020, 1, 10), "tax_year": 2019}, "unknown_year"),
        (MOVED, {"provider": ELSEWHERE}, "wrong_provider"),
        (MOVED, {"provider": HERE}, "wrong_provider"),
        (MOVED, {"enquiry": LINK}, "not_own_city"),
        (LOCAL, {"enquiry": NETWORK}, "own_city"),
        ("000000000077701", {}, "unknown_provider"),
    ],
)
def test_a_screen_that_lies_is_refused_with_the_reason(world: World, subject: str, lie: dict, reason: str) -> None:
    actor = person("wide", "enquiry.make", municipality=HERE)
    with pytest.raises(Refused) as refused:
        world.make(subject, actor=actor, **lie)
    assert refused.value.reason == reason
    kind, what = world.acts("relay", HERE)[-1]
    assert (kind, what["reason"]) == ("enquiry.refused", reason)


@pytest.mark.parametrize(
    "rights",
    [
        (),
        (Right("enquiry.read", PROCEDURE, "tax"),),
        (Right("enquiry.make", PROCEDURE, "residence"),),
        (Right("enquiry.make", "childcare_benefit", "tax"),),
        (Right("enquiry.make", PROCEDURE, "tax", until=date(2026, 11, 19)),),
    ],
)
def test_a_general_clerk_without_the_right_is_refused_and_that_is_recorded(world: World, rights: tuple) -> None:
    clerk = person("clerk", *rights, municipality=HERE)
    with pytest.raises(NotAllowed):
        world.make(MOVED, actor=clerk)
    kind, what = world.acts("relay", HERE)[-1]
    assert (kind, what["reason"]) == ("enquiry.refused", "office.not_allowed")


def test_another_procedure_s_name_does_not_open_this_one_s_enquiry(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.make(MOVED, procedure="childcare_benefit")
    assert refused.value.reason == "not_on_list"


@pytest.mark.twin("R-088")
def test_work_on_the_resident_register_enquires_of_nobody_whatever_the_rights(world: World) -> None:
    """R-088: no row of the list, no enquiry of its procedures, no right of its roles; whatever is asked is refused."""
    actor = person("wide", "enquiry.make", municipality=HERE)
    for procedure in ("move_within_city", "resident_register"):
        for enquiry in (NETWORK, LINK):
            with pytest.raises(Refused) as refused:
                world.make(MOVED, actor=actor, procedure=procedure, enquiry=enquiry)
            assert refused.value.reason == "not_on_list"
    world.carry()
    assert {kind for kind, _ in world.acts("relay", HERE)} == {"enquiry.refused"}
    assert "enquiry" not in read_toml("procedures", "move_within_city.toml")
    roles = load_roles(resource("training", "staff.toml"))
    own = {name: rights for name, rights in roles.items() if name.startswith("resident_")}
    assert len(own) > 1
    assert not [right for rights in own.values() for right in rights if right.act.startswith("enquiry.")]


def test_a_municipality_that_is_not_served_here_gets_nothing(world: World) -> None:
    stranger = person("stranger", "enquiry.make", municipality=ELSEWHERE)
    with pytest.raises(NotAllowed):
        world.make(MOVED, actor=stranger)


def test_the_old_series_ends_with_26_may_2024_and_the_order_begins(world: World) -> None:
    from tests.edge.backend.exchange.world import question
    from tests.support.slices import call

    gate = world.exchange.accepting._gate
    asked = question(MOVED, tax_year=2023, requested_on=date(2024, 5, 20))
    last = gate.admit(call(world.actor, datetime(2024, 5, 26, 14, 59, tzinfo=UTC)), asked)
    first = gate.admit(call(world.actor, datetime(2024, 5, 26, 15, 0, tzinfo=UTC)), asked)
    assert (last.series, last.item) == ("old", "74")
    assert (first.series, first.item) == ("order", "106")


# ── hand-made letters at the core and at the provider ──


def writer(world: World, role: str):
    part = {"relay": world.exchange.accepting, "intermediary": world.exchange.asking, "nws": world.exchange.nws}
    return part[role]._post


def request_letter(world: World, by: str = HERE, **changed) -> Letter:
    honest = NetworkRequest(
        enquiry_id="hand-made",
        trace="trace",
        requester=HERE,
        provider=THERE,
        series="order",
        item="106",
        task=PROCEDURE,
        purpose=PURPOSE,
        information=TAX,
        items=("total_income",),
        tax_year=YEAR,
        asked_on=date(2026, 11, 20),
        reply_key=BoxKey.generate().public,
    )
    values = {name: getattr(honest, name) for name in honest.__struct_fields__} | changed
    return writer(world, "relay").write(f"relay@{by}", "network-request/1", NetworkRequest(**values))


def code_of(world: World, subject: str = MOVED) -> bytes:
    """The person's code here, as only the intermediary knows it."""
    from app.wire.addressee import Translate, Translations

    asked = Translate(municipality=HERE, business_numbers=(subject,))
    letter = writer(world, "relay").write(f"relay@{HERE}", "translate/1", asked)
    (reply,) = world.exchange.addressee.translate([letter])
    number = decode(reply.body, Translations).found[0].addressee_number
    state = world.exchange.asking._book.read(lambda unit: unit.codes(HERE, [number]))[number]
    return state.code.reveal()


def permit_reply(world: World, request: Letter, number: str, code: bytes | None = None):
    asked = PermitQuestion(process_number=number, code=code or code_of(world), request=request)
    questions = PermitQuestions(municipality=HERE, questions=(asked,))
    letter = writer(world, "intermediary").write(f"intermediary@{HERE}", "permit-questions/1", questions)
    (reply,) = world.exchange.nws.permits([letter])
    return decode(reply.body, PermitReplies).replies[0]


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"purpose": "興味があるため"}, "wrong_purpose"),
        ({"series": "order", "item": "999"}, "not_on_list"),
        ({"series": "old", "item": "74"}, "not_in_force"),
        ({"task": "childcare_benefit"}, "not_on_list"),
        ({"items": ("total_income", "bank_account")}, "item_not_on_list"),
        ({"tax_year": 1999}, "unknown_year"),
        ({"provider": HERE}, "own_city"),
        ({"provider": ELSEWHERE}, "unknown_provider"),
        ({"requester": THERE}, "not_your_request"),
        ({"by": THERE}, "not_your_request"),
    ],
)
def test_the_core_refuses_what_its_list_does_not_allow_whatever_was_sent(world: World, lie: dict, reason: str) -> None:
    reply = permit_reply(world, request_letter(world, **lie), f"lie-{reason}-{sorted(lie)}"[:32])
    assert (reply.reason, reply.permit) == (reason, None)
    kind, what = world.acts("nws", HERE)[-1]
    assert (kind, what["reason"]) == ("permit.refused", reason)


def test_the_core_knows_no_invented_code(world: World) -> None:
    reply = permit_reply(world, request_letter(world), "invented-code", code=bytes(18))
    assert reply.reason == "unknown_code"


def test_the_core_reads_nothing_under_a_forged_signature(world: World) -> None:
    letter = request_letter(world)
    forged = Letter(sender=letter.sender, kind=letter.kind, body=letter.body, key_id=letter.key_id, signature=bytes(64))
    assert permit_reply(world, forged, "forged").reason == "bad_signature"


def deliver(world: World, permit: Letter, request: Letter, *, requester: str = HERE, provider: str = THERE):
    asked = Deliveries(requester=requester, provider=provider, deliveries=(Delivery(permit=permit, request=request),))
    letter = writer(world, "intermediary").write(f"intermediary@{requester}", "deliveries/1", asked)
    (outcome,) = world.exchange.providing.provide([letter])
    if isinstance(outcome, AppError):
        raise outcome
    return decode(outcome.body, DeliveryReplies).replies[0]


def provisions(world: World) -> int:
    return world.kinds("intermediary", THERE).count("provision.made")


def test_a_permit_is_used_once_and_a_repeated_delivery_is_no_second_provision(world: World) -> None:
    request = request_letter(world)
    permit = permit_reply(world, request, "once").permit
    before = provisions(world)
    first = deliver(world, permit, request)
    again = deliver(world, permit, request)
    assert first.answer == again.answer
    assert provisions(world) == before + 1
    other = request_letter(world, tax_year=YEAR - 1)
    assert deliver(world, permit, other).reason == "replayed_permit"
    assert provisions(world) == before + 1


def test_a_permit_is_for_its_very_request(world: World) -> None:
    permit = permit_reply(world, request_letter(world), "very-request").permit
    assert deliver(world, permit, request_letter(world, items=("income_levy",))).reason == "altered_request"
    assert world.kinds("intermediary", THERE)[-1] == "provision.refused"


def test_a_permit_holds_ten_minutes(world: World) -> None:
    request = request_letter(world)
    permit = permit_reply(world, request, "ten-minutes").permit
    world.clock.move(minutes=10)
    assert deliver(world, permit, request).reason == "expired_permit"
    renewed = permit_reply(world, request, "ten-minutes").permit
    assert renewed != permit
    assert deliver(world, renewed, request).reason == ""


def test_a_permit_is_for_one_provider_and_one_asker(world: World) -> None:
    request = request_letter(world)
    permit = permit_reply(world, request, "one-provider").permit
    assert deliver(world, permit, request, requester=THERE, provider=HERE).reason == "not_your_permit"
    to_us = request_letter(world)
    permit = permit_reply(world, to_us, "addressed").permit
    assert deliver(world, permit, to_us, provider=HERE).reason == "not_addressed_to_us"
    with pytest.raises(Refused) as refused:
        deliver(world, permit, to_us, provider=ELSEWHERE)
    assert refused.value.reason == "not_addressed_to_us"


@pytest.mark.twin("F-14")
def test_a_permit_that_the_core_did_not_sign_is_none(world: World) -> None:
    request = request_letter(world)
    permit = permit_reply(world, request, "unsigned").permit
    kept = decode(permit.body, Permit)
    longer = Permit(
        **{name: getattr(kept, name) for name in kept.__struct_fields__ if name not in {"v", "expires_at"}}
        | {"expires_at": datetime(2030, 1, 1, tzinfo=UTC)}
    )
    stretched = Letter(
        sender=permit.sender,
        kind=permit.kind,
        body=encode(longer),
        key_id=permit.key_id,
        signature=permit.signature,
    )
    assert deliver(world, stretched, request).reason == "bad_signature"
    own = writer(world, "intermediary").write(f"intermediary@{HERE}", "permit/1", longer)
    assert deliver(world, own, request).reason == "unknown_sender"


def test_the_provider_looks_at_its_own_list_again(world: World) -> None:
    request = request_letter(world, purpose="興味があるため")
    core = world.exchange.nws
    honest = decode(permit_reply(world, request_letter(world), "second-look").permit.body, Permit)
    careless = Permit(
        permit_id="careless",
        process_number=honest.process_number,
        requester=HERE,
        provider=THERE,
        request_digest=digest_of(request),
        person=honest.person,
        issued_at=honest.issued_at,
        expires_at=honest.expires_at,
    )
    assert deliver(world, core._post.write("nws", "permit/1", careless), request).reason == "wrong_purpose"


def test_only_its_own_relay_is_translated_for(world: World) -> None:
    from app.wire.addressee import Translate

    asked = Translate(municipality=HERE, business_numbers=(MOVED,))
    letter = writer(world, "relay").write(f"relay@{THERE}", "translate/1", asked)
    (outcome,) = world.exchange.addressee.translate([letter])
    assert isinstance(outcome, NotAllowed)


def test_an_enquiry_for_another_relay_s_enquiry_is_refused(world: World) -> None:
    from app.wire.exchange import NetworkEnquiries, NetworkEnquiry

    sent = NetworkEnquiry(addressee_number="1" * 15, request=request_letter(world, by=THERE))
    letter = writer(world, "relay").write(
        f"relay@{HERE}", "network-enquiries/1", NetworkEnquiries(municipality=HERE, enquiries=(sent,))
    )
    (outcome,) = world.exchange.asking.enquire([letter])
    assert isinstance(outcome, Refused)
    assert outcome.reason == "not_your_request"
