"""What is done with the office or not at all: without a line it is refused in words of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import Alone, Unreachable


@contextmanager
def needs_office(refusal: type[Alone]) -> Iterator[None]:
    """Errors: ``refusal`` where the office can't be reached."""
    try:
        yield
    except Unreachable as error:
        raise refusal from error
