"""The backend as a process of its own: spoken to over mutual TLS, killed, started again, on both engines."""

import contextlib
import itertools
import json
import os
import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.clock import SystemClock, SystemRandom, business_date, new_id
from app.errors import NotAllowed, Refused, SessionEnded, Unreachable
from app.link.line import Headers, Line
from app.wire.desk import (
    ApplicationView,
    AskQueue,
    AskTimeline,
    CheckReception,
    Decide,
    Examine,
    HandIn,
    OpenApplication,
    OpenVisit,
    Queue,
    Receipt,
    StepDone,
    Timeline,
)
from app.wire.message import Nothing
from app.wire.register import Hits, OpenRecord, Record, SearchByFour
from tests.edge.backend.desk.conftest import CLAIM, FACTS, ROLES
from tests.support.backend import PASSPHRASE, Backend, Seated, running_backend
from tests.support.process import wait_for

__all__ = ["running_backend"]

_numbers = itertools.count(1)


def hand_in(application_id: str = "") -> HandIn:
    return HandIn(
        application_id=application_id or f"p{next(_numbers)}",
        visit_id="visit-p",
        procedure=CLAIM,
        roles=ROLES,
        facts=FACTS | {"event_date": business_date(SystemClock().now()).isoformat()},
        evidence=(),
        reached_at=SystemClock().now(),
    )


def waiting(seated: Seated) -> set[str]:
    queue = seated.ask("/desk/v1/queue", AskQueue(states=("received",)), Queue)
    return {entry.application_id for entry in queue.entries}


def running_again(backend: Backend, *seated: Seated) -> None:
    backend.start()
    for one in seated:
        one.port = backend.port


def test_the_backend_is_another_process(running_backend: Backend) -> None:
    assert running_backend.pid != os.getpid()


def test_a_claim_is_received_checked_and_decided_by_three_persons(running_backend: Backend) -> None:
    clerk, checker, decider = (
        running_backend.seat(staff, terminal)
        for staff, terminal in (("k1001", "T-01"), ("c3001", "T-02"), ("d5001", "T-03"))
    )
    asked = hand_in()
    receipt = clerk.ask("/desk/v1/hand-in", asked, Receipt)
    done = checker.ask(
        "/desk/v1/check-reception",
        CheckReception(application_id=asked.application_id, version=receipt.version, outcome="passed"),
        StepDone,
    )
    done = clerk.ask(
        "/desk/v1/examine",
        Examine(application_id=asked.application_id, version=done.version, outcome="passed"),
        StepDone,
    )
    with pytest.raises(NotAllowed):
        clerk.ask(
            "/desk/v1/decide",
            Decide(application_id=asked.application_id, version=done.version, outcome="approved"),
            StepDone,
        )
    done = decider.ask(
        "/desk/v1/decide",
        Decide(application_id=asked.application_id, version=done.version, outcome="approved"),
        StepDone,
    )
    assert done.state == "approved"
    view = decider.ask("/desk/v1/open", OpenApplication(application_id=asked.application_id), ApplicationView)
    assert [step.staff_id for step in view.steps] == ["k1001", "c3001", "k1001", "d5001"]
    supervisor = running_backend.seat("v6001", "T-03")
    timeline = supervisor.ask("/desk/v1/timeline", AskTimeline(visit_id="visit-p"), Timeline)
    acts = [entry.act for entry in timeline.entries]
    assert {"application.handed_in", "application.checked", "application.examined", "application.decided"} <= set(acts)


def test_who_may_not_check_is_stopped_at_the_door_and_who_may_is_not(running_backend: Backend) -> None:
    supervisor = running_backend.seat("v6001", "T-03")
    clerk = running_backend.seat("k1001")
    receipt = clerk.ask("/desk/v1/hand-in", hand_in("own-check"), Receipt)
    check = CheckReception(application_id="own-check", version=receipt.version, outcome="passed")
    with pytest.raises(NotAllowed):
        clerk.ask("/desk/v1/check-reception", check, StepDone)
    assert supervisor.ask("/desk/v1/check-reception", check, StepDone).state == "checked"


def test_the_register_of_the_city_is_searched_and_opened(running_backend: Backend) -> None:
    clerk = running_backend.seat("k1001")
    someone = next(
        one for one in running_backend.city().municipalities[0].residents if one.is_resident and not one.restraints
    )
    hits = clerk.ask("/register/v1/search", SearchByFour(name=someone.name, birth=someone.birth), Hits).hits
    assert hits[0].business_number == someone.business_number
    record = clerk.ask("/register/v1/open", OpenRecord(business_number=someone.business_number), Record)
    assert record.hit.name == someone.name


def test_a_protected_person_of_the_city_stays_closed(running_backend: Backend) -> None:
    protected = next(
        one
        for one in running_backend.city().municipalities[0].residents
        if any((held.act, held.level) == ("view", "error") for held in one.restraints)
    )
    with pytest.raises(Refused) as refused:
        running_backend.seat("k1001").ask(
            "/register/v1/open", OpenRecord(business_number=protected.business_number), Record
        )
    assert refused.value.reason == "restrained"


def test_a_session_works_at_its_own_terminal_only(running_backend: Backend) -> None:
    clerk = running_backend.seat("k1001")
    elsewhere = Seated(running_backend.tls("991007", "T-02"), clerk.port, clerk.token)
    with pytest.raises(SessionEnded):
        elsewhere.ask("/desk/v1/queue", AskQueue(), Queue)


@pytest.mark.fault
def test_killed_after_the_commit_and_before_the_answer_the_same_request_has_the_same_receipt(
    running_backend: Backend,
) -> None:
    clerk, checker = running_backend.seat("k1001"), running_backend.seat("c3001", "T-02")
    asked = hand_in()
    unread = clerk.send("/desk/v1/hand-in", asked, "key-of-the-lost-answer")
    wait_for(lambda: asked.application_id in waiting(checker), "the commit")
    running_backend.kill()
    unread.close()
    with pytest.raises(Unreachable):
        clerk.ask("/desk/v1/hand-in", asked, Receipt, "key-of-the-lost-answer")
    running_again(running_backend, clerk, checker)
    receipt = clerk.ask("/desk/v1/hand-in", asked, Receipt, "key-of-the-lost-answer")
    assert clerk.ask("/desk/v1/hand-in", asked, Receipt, "key-of-the-lost-answer") == receipt
    following = clerk.ask("/desk/v1/hand-in", hand_in(), Receipt)
    assert int(following.number[-6:]) == int(receipt.number[-6:]) + 1


@pytest.mark.fault
def test_what_was_acknowledged_survives_any_kill_and_no_number_is_lost_or_given_twice(running_backend: Backend) -> None:
    clerk = running_backend.seat("k1001")
    before = int(clerk.ask("/desk/v1/hand-in", hand_in(), Receipt).number[-6:])
    asked = {f"key-{n}": hand_in() for n in range(60)}
    told: dict[str, Receipt] = {}

    def one(key: str) -> None:
        with contextlib.suppress(Unreachable):
            told[key] = clerk.ask("/desk/v1/hand-in", asked[key], Receipt, key)

    chance = random.Random(7)
    for _ in range(2):
        with ThreadPoolExecutor(6) as pool:
            running = [pool.submit(one, key) for key in asked if key not in told]
            time.sleep(chance.uniform(0.1, 0.3))
            running_backend.kill()
            for future in running:
                future.result()
        assert len(told) < len(asked)
        running_again(running_backend, clerk)
    final = {key: clerk.ask("/desk/v1/hand-in", message, Receipt, key) for key, message in asked.items()}
    assert {key: final[key] for key in told} == told
    numbers = sorted(int(receipt.number[-6:]) for receipt in final.values())
    assert numbers == list(range(before + 1, before + 61))


def test_a_key_press_is_found_by_its_number_in_the_log_and_in_the_ledger(running_backend: Backend) -> None:
    clerk, supervisor = running_backend.seat("k1001"), running_backend.seat("v6001", "T-02")
    trace, visit_id = new_id(SystemClock(), SystemRandom()), new_id(SystemClock(), SystemRandom())
    visit = OpenVisit(visit_id=visit_id, ticket="A1", opened_at=SystemClock().now())
    line = Line(f"https://127.0.0.1:{clerk.port}", clerk.tls, PASSPHRASE)
    line.ask("/desk/v1/open-visit", visit, Nothing, Headers(trace, visit_id, clerk.token))
    line.close()

    said = [one for one in running_backend.log.read_text(encoding="utf-8").splitlines() if one.startswith("{")]
    assert [one["path"] for one in map(json.loads, said) if one.get("trace") == trace] == ["/desk/v1/open-visit"]
    timeline = supervisor.ask("/desk/v1/timeline", AskTimeline(visit_id=visit_id), Timeline)
    assert isinstance(timeline, Timeline)
    assert [entry.trace for entry in timeline.entries if entry.act == "visit.opened"] == [trace]
