"""A secret is lent whole for as long as it is used, and what was lent is overwritten afterwards."""

from app.domain.secret import Secret


def test_a_secret_that_nobody_else_holds_is_lent_whole() -> None:
    """Private halves are handed on like this: what is overwritten too early would be kept as nothing but zeros."""
    with Secret(b"private half").lent() as raw:
        assert raw == b"private half"


def test_what_was_lent_is_overwritten_and_the_secret_stays() -> None:
    kept = Secret(b"key")
    with kept.lent() as raw:
        assert raw == b"key"
    assert raw == bytes(3)
    assert kept.reveal() == b"key"


def test_one_secret_is_lent_to_two_at_the_same_time() -> None:
    kept = Secret(b"key")
    with kept.lent() as one:
        with kept.lent() as other:
            assert one == other == b"key"
        assert one == b"key"
