"""What the backend offers, as data: each thing behind a right, few things without one, every slice's ledger known."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import app.backend
from app.domain.clock import SystemClock, SystemRandom
from app.server.ledgers import TABLES
from app.server.wiring import open_backend
from app.settings import EnrolmentPlace, SecondFactorSettings, ServerSettings, TlsPlace
from app.wire.endpoint import Caller, Endpoint
from app.wire.message import Message

WITHOUT_SESSION = {
    "/staff/v1/ask-key": "session.open",
    "/staff/v1/sign-in": "session.open",
    "/health/v1/terminal": "session.open",
}
"""What an enrolled terminal may ask though nobody is signed in."""
SOCIAL_SYSTEMS = (
    "childallowance",
    "disability",
    "elderlymedical",
    "longtermcare",
    "nationalhealth",
    "nationalpension",
)
BETWEEN_SLICES = {
    "/ledger/v1/counterparts": "slice.ledger",
    "/health/v1/state": "slice.monitor",
    "/addressee/v1/codes": "slice.relay",
    "/addressee/v1/residents": "slice.residentbase",
    "/addressee/v1/owners": "slice.relay",
    "/addressee/v1/translate": "slice.relay",
    "/intermediary/v1/references": "slice.relay",
    "/intermediary/v1/references/open": "slice.relay",
    "/addressee/v1/system": "slice.business",
    "/intermediary/v1/corrections": "slice.addressee",
    "/intermediary/v1/enquiries": "slice.relay",
    "/nws/v1/master": "slice.intermediary",
    "/nws/v1/rekey": "slice.intermediary",
    "/intermediary/v1/notices": "slice.relay",
    "/intermediary/v1/replicas": "slice.relay",
    "/intermediary/v1/error-notes": "slice.intermediary",
    **{f"/intermediary/v1/replica-files{what}": "slice.relay" for what in ("", "/part", "/state", "/rejected")},
    **{
        f"/relay/v1/systems/taxaddress/replica-files{what}": "slice.taxaddress"
        for what in ("", "/part", "/state", "/rejected")
    },
    "/relay/v1/replicas": "slice.residentbase",
    "/intermediary/v1/provisions": "slice.intermediary",
    "/jukirelay/v1/register": "slice.register",
    "/jukirelay/v1/wide-area": "slice.jukinet",
    **{
        f"/jukinet/v1/{what}": "slice.jukirelay"
        for what in ("arrivals", "cards", "deliveries", "forwarded", "moved-in", "moving-out", "updates")
    },
    "/register/v1/desk-filings": "slice.desk",
    "/register/v1/residents": "slice.residentbase",
    "/residentbase/v1/changes": "slice.register",
    **{
        f"/residentbase/v1/{system}/{what}": f"slice.{system}"
        for system in (
            "addressee",
            "socialaddress",
            "taxaddress",
            "childallowance",
            "assistance",
            "childcare",
            "healthinsurance",
            "elections",
            "library",
            "immigration",
        )
        for what in ("changes", "again", "residents")
    },
    "/nws/v1/acquisitions": "slice.gateway",
    "/nws/v1/codes": "slice.intermediary",
    "/nws/v1/permits": "slice.intermediary",
    "/addressee/v1/social-numbers": "slice.socialaddress",
    "/socialaddress/v1/residents": "slice.residentbase",
    "/socialaddress/v1/taxes": "slice.taxaddress",
    **{f"/socialaddress/v1/systems/{name}": f"slice.{name}" for name in SOCIAL_SYSTEMS},
    "/socialaddress/v1/first-january": "slice.relay",
    "/socialaddress/v1/tax": "slice.relay",
}
"""What slices ask of each other, and which one may."""
OWN_SESSION = {
    "/desk/v1/lease",
    "/desk/v1/parcel",
    "/desk/v1/parcel-key",
    "/desk/v1/rules",
    "/desk/v1/tell",
    "/staff/v1/ask-change-key",
    "/staff/v1/ask-unlock-key",
    "/staff/v1/change-password",
    "/staff/v1/end-elsewhere",
    "/staff/v1/sign-out",
    "/staff/v1/standing",
    "/staff/v1/unlock",
}
"""What everybody who is signed in may ask; what lies in a parcel is asked for by its own right."""


UNASKED = SecondFactorSettings(required=False)


def settings(folder: Path) -> ServerSettings:
    place = TlsPlace(folder / "a.pem", folder / "c.pem", folder / "k.pem")
    names = ("991007", "992003")
    return ServerSettings(
        folder, "127.0.0.1", 0, place, "sqlcipher", "x_", (), names, {}, {}, is_training=True, second_factor=UNASKED
    )


@pytest.fixture(scope="module")
def endpoints(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Endpoint, ...]]:
    opened = open_backend(settings(tmp_path_factory.mktemp("backend")), SystemClock(), SystemRandom())
    yield opened.endpoints
    opened.parts.close()


def test_each_endpoint_has_a_right_a_caller_and_one_thing_that_answers(endpoints: tuple[Endpoint, ...]) -> None:
    assert len({one.path for one in endpoints}) == len(endpoints)
    for one in endpoints:
        assert one.act, one.path
        assert one.caller in Caller, one.path
        assert (one.does is None) != (one.drains is None), one.path
        assert issubclass(one.takes, Message), one.path
        assert issubclass(one.gives, Message), one.path


def test_only_these_are_open_without_a_right_of_the_staff(endpoints: tuple[Endpoint, ...]) -> None:
    assert {one.path: one.act for one in endpoints if one.caller is Caller.TERMINAL} == WITHOUT_SESSION
    assert {one.path: one.act for one in endpoints if one.caller is Caller.SLICE} == BETWEEN_SLICES
    assert {one.path for one in endpoints if one.act == "session.own"} == OWN_SESSION


def test_the_enrolment_door_offers_one_thing_and_only_where_there_is_one(tmp_path: Path) -> None:
    wanted = replace(settings(tmp_path), slices=("staff",), enrolment=EnrolmentPlace("127.0.0.1", 0))
    opened = open_backend(wanted, SystemClock(), SystemRandom())
    opened.parts.close()
    assert [(one.path, one.caller) for one in opened.enrolment] == [("/staff/v1/enrol", Caller.NEWCOMER)]
    assert Caller.NEWCOMER not in {one.caller for one in opened.endpoints}
    without = open_backend(replace(wanted, enrolment=None), SystemClock(), SystemRandom())
    without.parts.close()
    assert without.enrolment == ()


def test_every_slice_that_keeps_a_ledger_can_be_exported() -> None:
    names = [name for _, name, _ in pkgutil.iter_modules(app.backend.__path__)]
    kept = {name for name in names if hasattr(importlib.import_module(f"app.backend.{name}.store"), "HISTORY")}
    assert kept == set(TABLES)
