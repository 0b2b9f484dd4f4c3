"""Who is asked in which order, and what an authority that is silent, forged or late is worth."""

from datetime import timedelta

import pytest

from app.backend.revocation.service.lists import EVERY, RETRY_S
from app.backend.revocation.service.responder import PAUSE_S
from app.errors import NotAllowed
from app.standin.jpki.publisher import PERIOD, SWITCH_OVER
from app.standin.jpki.register import Revoked
from app.wire.revocation import CheckCertificate
from tests.edge.backend.revocation.conftest import BOTH, LISTS, LISTS_FIRST, MIDNIGHT, RESPONDER, Office, not_checked
from tests.support.slices import MORNING, call, person
from tests.support.status import MOVED, Leaf


@pytest.fixture
def store_engine() -> str:
    """Nothing here depends on the engine."""
    return "sqlcipher"


def test_what_the_authority_does_not_know_is_not_good_even_if_it_stands_on_no_list(office: Office) -> None:
    unknown = office.check(Leaf(9).signed_by(office.old), BOTH)
    assert unknown == not_checked("revocation_unknown", "ocsp", MORNING)


def test_who_may_not_confirm_persons_may_not_ask(office: Office) -> None:
    asked = CheckCertificate(visit_id="v1", certificate=Leaf(1).made_by(office.old))
    with pytest.raises(NotAllowed):
        office.checking().check(call(person("002", "register.open")), asked)
    assert office.sent == []


def test_without_anybody_to_ask_it_says_so(office: Office) -> None:
    assert office.check(Leaf(1).made_by(office.old), ()) == not_checked("revocation_not_arranged")


@pytest.mark.parametrize(("sources", "other"), [(BOTH, "crl"), (LISTS_FIRST, "ocsp")])
def test_where_the_first_does_not_tell_the_other_is_asked(office: Office, sources: tuple[str, ...], other: str) -> None:
    broken = "application/ocsp-response" if other == "crl" else "application/pkix-crl"
    office.twist = lambda answer: (503, "", b"") if answer[1] == broken else answer
    assert office.check(Leaf(1).made_by(office.old), sources).source == other


def test_an_authority_that_can_not_be_reached_leaves_it_unchecked(office: Office) -> None:
    certificate, office.is_down = Leaf(1).made_by(office.old), True
    assert office.check(certificate) == not_checked("revocation_unreachable")


def test_a_silent_authority_is_not_asked_by_every_counter_anew(office: Office) -> None:
    certificate, office.is_down = Leaf(1).made_by(office.old), True
    checking = office.checking()

    def asked() -> int:
        checking.check(office.call(), CheckCertificate(visit_id="v1", certificate=certificate))
        return len(office.sent)

    assert asked() == asked() == 3
    office.slice.clock.move(seconds=PAUSE_S)
    assert asked() == 4
    office.slice.clock.move(seconds=RETRY_S)
    assert asked() == 7


def test_an_answer_given_before_is_not_taken_again(office: Office) -> None:
    certificate = Leaf(1).made_by(office.old)
    assert office.check(certificate, RESPONDER).state == "good"
    earlier = office.sent[-1]
    office.old.register.revoke(1, MOVED)
    office.twist = lambda _: earlier
    assert office.check(certificate, RESPONDER) == not_checked("revocation_answer_replayed")


def test_a_forged_answer_and_a_forged_list_say_nothing(office: Office) -> None:
    certificate = Leaf(1).made_by(office.old)
    assert office.check(certificate, LISTS).state == "good"
    office.twist = lambda answer: (answer[0], answer[1], answer[2][:-1] + bytes([answer[2][-1] ^ 1]))
    assert office.check(certificate, RESPONDER).why in {"revocation_answer_forged", "revocation_answer_unreadable"}
    office.slice.clock.move(hours=30)
    told = office.check(certificate, LISTS)
    assert (told.why, told.as_of) == ("revocation_list_stale", MIDNIGHT)


def test_another_generation_s_list_in_its_place_says_nothing(office: Office) -> None:
    certificate = Leaf(1).made_by(office.old)
    theirs = office.line.fetch(office.server.list_of(office.new.register.name), 5.0)
    office.twist = lambda answer: (answer[0], answer[1], theirs)
    assert office.check(certificate, LISTS) == not_checked("revocation_list_other")


def test_the_next_list_is_there_before_the_last_one_ends(office: Office) -> None:
    certificate, lists = Leaf(1).made_by(office.old), office.lists()
    lists.turn()
    fetched = len(office.sent)
    lists.turn()
    assert len(office.sent) == fetched
    office.old.register.revoke(1, Revoked(MORNING + timedelta(hours=1)))
    office.slice.clock.at = MIDNIGHT + PERIOD + SWITCH_OVER - timedelta(seconds=RETRY_S)
    lists.turn()
    still = office.check(certificate, LISTS, lists)
    assert (still.state, still.as_of) == ("good", MIDNIGHT)
    office.slice.clock.move(seconds=RETRY_S)
    lists.turn()
    office.is_down = True
    then = office.check(certificate, LISTS, lists)
    assert (then.state, then.as_of) == ("revoked", MIDNIGHT + PERIOD)


def test_a_list_that_came_early_is_found_within_the_hour(office: Office) -> None:
    lists = office.lists()
    lists.turn()
    fetched = len(office.sent)
    office.slice.clock.move(seconds=EVERY.total_seconds())
    lists.turn()
    assert len(office.sent) == 2 * fetched
