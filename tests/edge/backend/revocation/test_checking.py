"""Good, revoked or not known, each with the time of what says so; on both engines, over HTTP."""

import logging
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.backend.revocation.store import METADATA
from app.errors import NotUnderstood
from app.standin.jpki.publisher import OVERLAP, PERIOD, SWITCH_OVER
from app.standin.jpki.register import Revoked
from app.wire.revocation import CertificateStatus
from tests.edge.backend.revocation.conftest import BOTH, LISTS, LISTS_FIRST, MIDNIGHT, RESPONDER, Office, not_checked
from tests.support.slices import KITA, MORNING, acts
from tests.support.status import COMMON, MOVED, YESTERDAY, Leaf

SERIAL = 0x5A17_C0DE_77
HOUR = 3600.0


@pytest.mark.parametrize(("sources", "source", "as_of"), [(BOTH, "ocsp", MORNING), (LISTS_FIRST, "crl", MIDNIGHT)])
def test_good_and_revoked_are_told_with_time_and_reason(
    office: Office, sources: tuple[str, ...], source: str, as_of: datetime
) -> None:
    certificates = {issuer.generation: (Leaf(1).made_by(issuer), Leaf(2).made_by(issuer)) for issuer in office.both}
    for issuer in office.both:
        issuer.register.revoke(2, MOVED)
    for good, moved in certificates.values():
        assert office.check(good, sources) == CertificateStatus(state="good", source=source, as_of=as_of)
        assert office.check(moved, sources) == CertificateStatus(
            state="revoked", source=source, as_of=as_of, since=YESTERDAY, reason="affiliationChanged"
        )


def test_every_asking_is_an_act_that_names_no_certificate(office: Office) -> None:
    office.old.register.revoke(SERIAL, MOVED)
    office.check(Leaf(SERIAL).made_by(office.old))
    with pytest.raises(NotUnderstood):
        office.check(b"no certificate")
    (first, told), (second, refused) = acts(office.slice, KITA)
    assert (first, second) == ("certificate.checked", "certificate.check_refused")
    assert told == {
        "as_of": MORNING.isoformat(),
        "purpose": "user_authentication",
        "result": "revoked",
        "source": "ocsp",
        "why": "affiliationChanged",
        "about": "",
        "staff": "001",
    }
    assert refused["reason"] == "office.not_understood"


def test_neither_number_nor_name_of_a_certificate_is_in_store_or_log(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "app")
    certificate = Leaf(SERIAL).made_by(office.old)
    office.old.register.revoke(SERIAL, MOVED)
    lists = office.lists()
    assert lists.turn() is False
    assert office.check(certificate, LISTS, lists).state == "revoked"
    assert office.check(certificate, RESPONDER).state == "revoked"

    def everything(connection) -> bytes:
        rows = (tuple(row) for table in METADATA.sorted_tables for row in connection.execute(select(table)))
        return b"\n".join(part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row)

    content = office.slice.database.read(everything)
    said = "\n".join(f"{one.getMessage()} {one.__dict__}" for one in caplog.records)
    assert "a list was taken" in said
    over_the_wire = b"".join(body for _, _, body in office.sent)
    for mark in (SERIAL.to_bytes(5, "big"), certificate):
        assert mark not in content
    for mark in (str(SERIAL), f"{SERIAL:x}", f"{SERIAL:X}", COMMON):
        assert mark.encode() not in content
        assert mark not in said
    assert SERIAL.to_bytes(5, "big") in over_the_wire


def test_a_list_past_its_end_is_never_taken_for_good_and_its_time_is_told(office: Office) -> None:
    certificate, lists = Leaf(1).made_by(office.old), office.lists()
    assert office.check(certificate, LISTS, lists).state == "good"
    office.is_down = True
    until = MIDNIGHT + PERIOD + OVERLAP
    office.slice.clock.at = until
    assert office.check(certificate, LISTS, lists).state == "good"
    office.slice.clock.move(seconds=1)
    assert office.check(certificate, LISTS, lists) == not_checked("revocation_list_stale", "crl", MIDNIGHT)
    assert office.check(certificate, BOTH, lists) == not_checked("revocation_list_stale", "crl", MIDNIGHT)


def test_a_restarted_office_still_has_its_lists(office: Office) -> None:
    certificate = Leaf(1).made_by(office.old)
    office.lists().turn()
    office.is_down = True
    office.slice.clock.move(minutes=30)
    assert office.check(certificate, LISTS, office.lists()) == CertificateStatus(
        state="good", source="crl", as_of=MIDNIGHT
    )


def test_an_earlier_list_does_not_come_back(office: Office) -> None:
    certificate, lists = Leaf(1).made_by(office.old), office.lists()
    before = office.line.fetch(office.server.list_of(office.old.register.name), 5.0)
    office.old.register.revoke(1, Revoked(MORNING + timedelta(hours=1)))
    office.slice.clock.at = MIDNIGHT + PERIOD + SWITCH_OVER
    lists.turn()
    office.twist = lambda answer: (answer[0], answer[1], before)
    office.slice.clock.move(seconds=HOUR)
    lists.turn()
    assert office.check(certificate, LISTS, lists).state == "revoked"
    assert office.check(certificate, LISTS, office.lists()).state == "revoked"


def test_a_list_of_a_place_that_is_no_longer_looked_at_is_forgotten(office: Office) -> None:
    office.lists().turn()
    here, gone = (office.server.list_of(one.register.name) for one in office.both)
    office.book.write(lambda unit: unit.keep_only([here]))
    kept = office.book.read(lambda unit: [unit.kept(place) is not None for place in (here, gone)])
    assert kept == [True, False]
