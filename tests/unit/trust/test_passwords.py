"""Passwords are checked without being kept; keys made of them depend on every part."""

import pytest

from app.domain.secret import secret
from app.errors import WrongKey
from app.trust.passwords import (
    NOBODY_SIZE,
    ORDINARY,
    Strength,
    hash_of_nobody,
    hash_password,
    key_from_password,
    needs_new_hash,
    verify_password,
)

WEAK = Strength(memory_kib=64, passes=1, lanes=1)
SALT = bytes(range(16))


def test_the_right_password_is_accepted_and_no_other() -> None:
    stored = hash_password(secret("こども家庭-2026"), WEAK)
    assert verify_password(secret("こども家庭-2026"), stored)
    assert not verify_password(secret("こども家庭-2025"), stored)
    assert not verify_password(secret(""), stored)


def test_nobody_s_entry_costs_the_same_to_check_and_no_password_fits_it() -> None:
    entry = hash_of_nobody(b"n" * NOBODY_SIZE)
    assert not needs_new_hash(entry)
    assert needs_new_hash(entry, WEAK)
    assert len(entry) == len(hash_password(secret("somebody's")))
    assert not verify_password(secret(""), entry)
    assert not verify_password(secret("n"), entry)
    assert entry != hash_of_nobody(b"m" * NOBODY_SIZE)


def test_a_damaged_entry_lets_nobody_in() -> None:
    stored = hash_password(secret("password"), WEAK)
    for damaged in ("", "x", stored[:-1] + ("A" if stored[-1] != "A" else "B"), stored.replace("argon2id", "md5")):
        assert not verify_password(secret("password"), damaged)


def test_two_entries_of_one_password_differ_and_show_nothing_of_it() -> None:
    one, other = hash_password(secret("password"), WEAK), hash_password(secret("password"), WEAK)
    assert one != other
    assert "password" not in one


def test_an_entry_of_another_strength_asks_to_be_made_anew() -> None:
    stored = hash_password(secret("password"), WEAK)
    assert needs_new_hash(stored, ORDINARY)
    assert not needs_new_hash(stored, WEAK)
    assert needs_new_hash("damaged")


def test_the_ordinary_strength_is_the_published_one_with_seven_passes() -> None:
    assert hash_password(secret("password")).startswith("$argon2id$v=19$m=65536,t=7,p=4$")


def test_a_key_depends_on_password_salt_and_strength() -> None:
    key = key_from_password(secret("password"), SALT, WEAK)
    assert len(key) == 32
    assert key == key_from_password(secret("password"), SALT, WEAK)
    assert key != key_from_password(secret("passwore"), SALT, WEAK)
    assert key != key_from_password(secret("password"), SALT[::-1], WEAK)
    assert key != key_from_password(secret("password"), SALT, Strength(memory_kib=64, passes=2, lanes=1))


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(WrongKey):
        key_from_password(secret("password"), SALT[:15], WEAK)
