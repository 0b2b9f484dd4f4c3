"""Opening a person's record, and what lies in the store, on both engines."""

import pytest
from sqlalchemy import select

from app.backend.register.service import RegisterService
from app.backend.register.store.tables import METADATA
from app.errors import NotAllowed, Refused
from app.wire.register import OpenRecord
from tests.edge.backend.register.conftest import CITY, number
from tests.support.slices import KITA, MINAMI, OpenSlice, acts, call, person

CLERK = person("001", "register.open")


def test_a_record_shows_the_household_and_where_tax_was_due(register: RegisterService) -> None:
    record = register.open(call(CLERK), OpenRecord(business_number="100"))
    assert [(member.business_number, member.relation) for member in record.household] == [
        ("100", "世帯主"),
        ("101", "子"),
    ]
    assert [(one.year, one.municipality) for one in record.first_january] == [(2026, "131016"), (2025, "011002")]
    assert (record.hit.number_linked, record.former_name, record.version) == (True, "渡邊", 1)


def test_the_record_of_a_protected_person_stays_closed(register: RegisterService, slice_: OpenSlice) -> None:
    with pytest.raises(Refused) as refused:
        register.open(call(CLERK), OpenRecord(business_number="104"))
    assert refused.value.reason == "restrained"
    kind, detail = acts(slice_, KITA)[-1]
    assert (kind, detail["about"], detail["code"]) == ("register.open_refused", "104", "restrained")


def test_nor_does_it_open_by_way_of_a_member_of_the_household(register: RegisterService) -> None:
    with pytest.raises(Refused):
        register.open(call(CLERK), OpenRecord(business_number="105"))


def test_who_may_release_opens_it_and_that_is_kept(register: RegisterService, slice_: OpenSlice) -> None:
    supervisor = person("007", "register.open", "restraint.release")
    assert register.open(call(supervisor), OpenRecord(business_number="104")).hit.address
    kind, detail = acts(slice_, KITA)[-1]
    assert (kind, detail["about"], detail["released"]) == ("register.opened", "104", True)


def test_a_person_elsewhere_and_nobody_at_all_look_the_same(register: RegisterService) -> None:
    elsewhere = person("001", "register.open", municipality=MINAMI)
    for business_number in ("101", "999"):
        with pytest.raises(NotAllowed):
            register.open(call(elsewhere), OpenRecord(business_number=business_number))
    assert register.open(call(elsewhere), OpenRecord(business_number="100")).hit.address == "南市本町4番"
    with pytest.raises(NotAllowed):
        register.open(call(person("009", "register.search")), OpenRecord(business_number="100"))


def test_no_column_of_the_store_tells_anything_of_a_person(register: RegisterService, slice_: OpenSlice) -> None:
    def everything(connection) -> bytes:
        rows = (tuple(row) for table in METADATA.sorted_tables for row in connection.execute(select(table)))
        return b"\n".join(
            part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row if part is not None
        )

    content = slice_.database.read(everything)
    assert KITA.encode() in content
    assert number(12345678901).reveal() not in content
    for told in ("髙橋", "タカハシ", "渡邊", "中央一丁目", "1990-04-02", "世帯主", "支援措置"):
        assert told.encode() not in content
    assert len(CITY) > 1
