"""Names are found by tokens that say nothing without the key."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.number import MyNumber, my_number_check_digit
from app.trust.seal import new_key
from app.trust.tokens import exact_token, prefix_tokens, substring_tokens, tokens

KEY = new_key()
NAMES = st.text("アイウエオカキクケコ", min_size=1, max_size=12)


@given(NAMES, st.data())
def test_every_name_is_found_by_each_of_its_beginnings_and_parts(name: str, data: st.DataObject) -> None:
    stored = tokens(KEY, "011002", "kana", name)
    low = data.draw(st.integers(0, len(name) - 1))
    high = data.draw(st.integers(low + 1, len(name)))
    assert prefix_tokens(KEY, "011002", "kana", name[:high]) <= stored
    assert substring_tokens(KEY, "011002", "kana", name[low:high]) <= stored


def test_a_name_of_two_characters_is_told_from_one_that_contains_it() -> None:
    assert not tokens(KEY, "011002", "name", "東山") <= tokens(KEY, "011002", "name", "東山田")
    assert substring_tokens(KEY, "011002", "name", "東山") <= tokens(KEY, "011002", "name", "東山田")


def test_a_name_of_one_character_has_a_beginning_and_an_end() -> None:
    assert len(tokens(KEY, "011002", "name", "林")) == 2
    assert substring_tokens(KEY, "011002", "name", "林") == frozenset()


def test_an_empty_value_has_no_tokens() -> None:
    assert tokens(KEY, "011002", "name", "") == frozenset()


def test_tokens_of_another_municipality_field_or_key_have_nothing_in_common() -> None:
    stored = tokens(KEY, "011002", "kana", "ヤマダタロウ")
    assert stored.isdisjoint(tokens(KEY, "131016", "kana", "ヤマダタロウ"))
    assert stored.isdisjoint(tokens(KEY, "011002", "name", "ヤマダタロウ"))
    assert stored.isdisjoint(tokens(new_key(), "011002", "kana", "ヤマダタロウ"))
    assert all(len(token) >= 8 for token in stored)


def test_a_number_is_found_by_its_exact_token_only() -> None:
    digits = "11111111111"
    number = MyNumber(digits + str(my_number_check_digit(digits)))
    other = MyNumber("22222222222" + str(my_number_check_digit("22222222222")))
    token = exact_token(KEY, "011002", "my_number", number)
    assert token == exact_token(KEY, "011002", "my_number", number.text())
    assert token != exact_token(KEY, "011002", "my_number", other)
    assert token != exact_token(KEY, "131016", "my_number", number)
    assert token != exact_token(new_key(), "011002", "my_number", number)
    assert len(token) == 16
