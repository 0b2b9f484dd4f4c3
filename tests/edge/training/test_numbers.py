"""Numbers of training count in training alone: backend and counter take one kind and refuse the other."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.domain.clock import SystemClock, SystemRandom
from app.domain.number import my_number_check_digit, training_check_digit
from app.errors import AppError, BadFormat
from app.server.wiring import Backend, open_backend
from app.wire.addressee import LinkNumber
from app.wire.register import SearchByNumber
from tests.edge.server.test_endpoints import settings
from tests.support.slices import call, person

BODY = "12345678901"
REAL, TRAINING = f"{BODY}{my_number_check_digit(BODY)}", f"{BODY}{training_check_digit(BODY)}"
CLERK = replace(person("001", "number.search", "number.link"), municipality="991007")
SLICES = ("register", "addressee", "socialaddress", "intermediary", "relay", "nws")


@pytest.fixture(scope="module", params=[True, False], ids=["training", "service"])
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bool, Backend]]:
    """A register and the numbers' slice, in training and in service."""
    place = settings(tmp_path_factory.mktemp("backend"))
    opened = open_backend(replace(place, slices=SLICES, is_training=request.param), SystemClock(), SystemRandom())
    yield request.param, opened
    opened.parts.close()


def of_mode(*, is_training: bool) -> tuple[str, str]:
    """What is taken there, and what is not."""
    return (TRAINING, REAL) if is_training else (REAL, TRAINING)


def test_the_register_is_asked_by_the_numbers_of_its_mode_only(backend: tuple[bool, Backend]) -> None:
    is_training, opened = backend
    taken, refused = of_mode(is_training=is_training)
    assert opened.register is not None
    assert opened.register.search_by_number(call(CLERK), SearchByNumber(my_number=taken)).hits == ()
    with pytest.raises(BadFormat) as error:
        opened.register.search_by_number(call(CLERK), SearchByNumber(my_number=refused))
    assert error.value.data["field"] == "my_number_check_digit"


def test_a_person_is_linked_to_a_number_of_the_mode_only(backend: tuple[bool, Backend]) -> None:
    is_training, opened = backend
    taken, refused = of_mode(is_training=is_training)
    addressee = opened.exchange.addressee
    assert addressee is not None

    def link(digits: str) -> type[AppError] | None:
        asked = LinkNumber(
            procedure="child_allowance_claim", visit_id="v1", business_number="100", my_number=digits, method="chip"
        )
        try:
            addressee.link(call(CLERK), asked)
        except AppError as error:
            return type(error)
        return None

    assert link(refused) is BadFormat
    assert link(taken) is not BadFormat
