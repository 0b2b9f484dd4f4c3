"""A register of two municipalities that share numbers and names."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.backend.register import store
from app.backend.register.ports import FirstOfJanuary, Residence, Resident, Restraint
from app.backend.register.service import RegisterService
from app.domain.names import NameFolder, VariantTable
from app.domain.number import MyNumber, my_number_check_digit
from tests.support.slices import KITA, MINAMI, MORNING, MovedClock, OpenSlice, open_slice
from tests.support.stores import ENGINES, module_address

FOLDER = NameFolder(VariantTable(same={"髙": "高", "高": "高", "邊": "辺"}, alike={}))


def number(first_eleven: int) -> MyNumber:
    digits = f"{first_eleven:011}"
    return MyNumber(digits + str(my_number_check_digit(digits)))


def resident(business_number: str, name: str, kana: str, **more) -> Resident:
    given = {
        "municipality": KITA,
        "household_number": "H1",
        "birth": date(1990, 4, 2),
        "sex": "2",
        "relation": "世帯主",
        "residences": (Residence("北市中央一丁目2番3号", date(2015, 4, 1), None),),
    }
    return Resident(business_number=business_number, name=name, kana=kana, **(given | more))


CODE, STATUS = "98765432109", "PR-特別永住者"
VIEW = Restraint("view", "error", date(2026, 1, 1), date(2026, 12, 31), "支援措置")
ISSUE = Restraint("issue", "error", date(2026, 1, 1), None, "支援措置")

CITY = (
    resident(
        "100",
        "髙橋　花子",
        "タカハシ　ハナコ",
        my_number=number(12345678901),
        resident_code=CODE,
        residence_status=STATUS,
        former_name="渡邊",
        residences=(
            Residence("北市西二条5番", date(2010, 1, 1), date(2015, 3, 31)),
            Residence("北市中央一丁目2番3号", date(2015, 4, 1), None),
        ),
        first_january=(
            FirstOfJanuary(2025, KITA, "北市", "北市中央一丁目2番3号"),
            FirstOfJanuary(2026, "131016", "南市", "南市本町4番"),
        ),
    ),
    resident("101", "髙橋　太郎", "タカハシ　タロウ", birth=date(2020, 5, 5), sex="1", relation="子"),
    resident("102", "高橋　一郎", "タカハシ　イチロウ", birth=date(1955, 1, 1), sex="1", household_number="H2"),
    resident("103", "林", "ハヤシ", birth=date(1980, 8, 8), household_number="H3"),
    resident(
        "104",
        "佐藤　光",
        "サトウ　ヒカリ",
        birth=date(1988, 3, 3),
        household_number="H4",
        restraints=(VIEW, ISSUE),
        my_number=number(22345678901),
    ),
    resident("105", "佐藤　明", "サトウ　アキラ", birth=date(2019, 3, 3), household_number="H4", relation="子"),
    resident("106", "SMITH JOHN", "スミス　ジョン", birth=date(1970, 2, 2), household_number="H5", alias="炭　寿"),
    resident("108", "森", "モリ", birth=date(1981, 8, 8), household_number="H8"),
    resident("107", "佐藤　遠", "サトウ　トオル", birth=date(1960, 6, 6), household_number="H6", is_resident=False),
    resident(
        "100",
        "髙橋　花子",
        "タカハシ　ハナコ",
        municipality=MINAMI,
        sex="1",
        residences=(Residence("南市本町4番", None, None),),
        my_number=number(32345678901),
    ),
)


@pytest.fixture(scope="module", params=ENGINES)
def slice_(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSlice]:
    """One store for the tests of a file: they look, and what some of them add does not touch the others."""
    with module_address(request, tmp_path_factory) as address:
        opened = open_slice("register", store, address, MovedClock())
        yield opened
        opened.database.close()


@pytest.fixture(scope="module")
def register(slice_: OpenSlice) -> RegisterService:
    book = store.RegisterStore(slice_.database, slice_.cells, slice_.pen, slice_.index_key)
    service = RegisterService(book, FOLDER)
    service.load(CITY, MORNING, "load")
    return service
