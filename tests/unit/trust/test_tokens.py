"""Names are found by tokens that say nothing without the key."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.number import MyNumber, my_number_check_digit
from app.trust.seal import new_key
from app.trust.tokens import TOKEN_SIZE, TermTokens, exact_token, packed, unpacked

KEY = new_key()
NAMES = st.text("アイウエオカキクケコ", min_size=1, max_size=12)


@given(st.lists(NAMES, max_size=20))
def test_a_term_has_one_token_and_what_is_kept_side_by_side_comes_back(terms: list[str]) -> None:
    tokens = TermTokens(KEY, "011002")
    made = tokens.of(terms)
    assert made == tokens.of(terms) == TermTokens(KEY, "011002").of(terms)
    assert len(set(made)) == len(set(terms))
    assert unpacked(packed(made)) == sorted(made)
    assert len(packed(made)) == TOKEN_SIZE * len(made)


def test_tokens_of_another_municipality_or_key_have_nothing_in_common() -> None:
    terms = ["kwヤマタ", "nw山田", "b1990-04-02"]
    stored = set(TermTokens(KEY, "011002").of(terms))
    assert stored.isdisjoint(TermTokens(KEY, "131016").of(terms))
    assert stored.isdisjoint(TermTokens(new_key(), "011002").of(terms))


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
