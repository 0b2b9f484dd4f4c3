"""Check digits, against the published vectors."""

import json
from pathlib import Path

import pytest

from app.domain.municipality import municipality_check_digit
from app.domain.number import MyNumber, business_check_digit, business_number, my_number_check_digit
from app.errors import BadFormat

VECTORS = json.loads(
    (Path(__file__).parents[3] / "resources" / "data" / "check-digit-vectors.json").read_text(encoding="utf-8")
)


def test_individual_numbers_check() -> None:
    for vector in VECTORS["individual_number"]:
        assert my_number_check_digit(vector["body"]) == vector["check_digit"]
        assert MyNumber(vector["full"]).text() == vector["full"]


def test_a_number_with_a_wrong_digit_is_refused() -> None:
    with pytest.raises(BadFormat):
        MyNumber("123456789012")


def test_business_numbers_check_and_some_serials_have_none() -> None:
    for vector in VECTORS["address_number_m11w27"]:
        assert business_check_digit(vector["serial"]) == vector["check_digit"]
        assert business_number(int(vector["serial"])) == vector["full"]


def test_municipality_codes_check() -> None:
    for vector in VECTORS["lg_code"]:
        assert municipality_check_digit(vector["body"]) == vector["check_digit"]
