"""Parts are framed so that no two lists give the same bytes, one by one or many that begin alike."""

from hypothesis import given
from hypothesis import strategies as st

from app.trust.framing import Framer, framed

TEXTS = st.lists(st.text(max_size=300), min_size=2, max_size=7)


@given(st.lists(TEXTS, max_size=5), st.binary(max_size=5))
def test_many_that_begin_alike_are_framed_as_each_alone(several: list[list[str]], first: bytes) -> None:
    framer = Framer("label", first)
    for parts in (*several, *several):
        assert framer.framed(parts) == framed("label", [first, *parts])


@given(TEXTS, TEXTS)
def test_no_two_lists_of_parts_give_the_same_bytes(one: list[str], other: list[str]) -> None:
    framer = Framer("label", b"")
    assert (framer.framed(one) == framer.framed(other)) is (one == other)
