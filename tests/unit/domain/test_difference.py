"""What a clerk sees when card and register do not say the same."""

from dataclasses import replace
from datetime import date

from app.domain.difference import differences
from app.domain.names import Agreement, NameFolder, VariantTable
from app.domain.person import BasicFour, Sex

FOLDER = NameFolder(VariantTable(same={"邉": "辺", "邊": "辺"}, alike={}))
CARD = BasicFour("渡邉　花子", "見本市中央区本町１丁目２番３号", date(1990, 4, 1), Sex.FEMALE)


def test_equal_sides_have_four_rows_and_none_to_look_at() -> None:
    rows = differences(CARD, CARD, FOLDER)
    assert [row.field for row in rows] == ["name", "address", "birth", "sex"]
    assert not any(row.differs for row in rows)


def test_each_difference_is_shown_with_both_sides_as_written() -> None:
    register = replace(CARD, name="渡辺　花子", birth=date(1990, 4, 2), address="見本市中央区本町1-2-3")
    name, address, birth, sex = differences(CARD, register, FOLDER)
    assert (name.card, name.register, name.agreement) == ("渡邉　花子", "渡辺　花子", Agreement.VARIANT)
    assert address.agreement is Agreement.VARIANT
    assert (birth.card, birth.register, birth.differs) == ("1990-04-01", "1990-04-02", True)
    assert not sex.differs
