"""Check digits, against the published vectors."""

import json
from pathlib import Path

import pytest

from app.domain.municipality import municipality_check_digit
from app.domain.number import (
    MyNumber,
    TrainingNumber,
    business_check_digit,
    business_number,
    kept_number,
    my_number_check_digit,
    number_reader,
    training_check_digit,
)
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


def test_a_number_of_training_has_a_last_digit_that_nobody_has() -> None:
    for body in ("12345678901", "99990000001", "00000000000"):
        right, training = my_number_check_digit(body), training_check_digit(body)
        assert training == (right + 5) % 10
        assert TrainingNumber(f"{body}{training}").text() == f"{body}{training}"


def test_service_refuses_numbers_of_training_and_training_refuses_real_ones() -> None:
    body = "99990000001"
    real, training = f"{body}{my_number_check_digit(body)}", f"{body}{training_check_digit(body)}"
    in_service, in_training = number_reader(is_training=False), number_reader(is_training=True)
    assert in_service(real).text() == real
    assert in_training(training).text() == training
    for read, digits in ((in_service, training), (in_training, real)):
        with pytest.raises(BadFormat) as error:
            read(digits)
        assert error.value.data["field"] == "my_number_check_digit"


def test_what_was_taken_in_before_is_read_back_whichever_it_is() -> None:
    body = "99990000001"
    assert isinstance(kept_number(f"{body}{training_check_digit(body)}"), TrainingNumber)
    assert not isinstance(kept_number(f"{body}{my_number_check_digit(body)}"), TrainingNumber)
    wrong = (my_number_check_digit(body) + 1) % 10
    with pytest.raises(BadFormat):
        kept_number(f"{body}{wrong}")
    with pytest.raises(BadFormat):
        kept_number("9")
