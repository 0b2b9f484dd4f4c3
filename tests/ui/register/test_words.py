"""B2-1: every kind of change, each of its reasons, items and checks speaks Japanese, and has its form."""

from datetime import date

import pytest

from app.backend.register.ports import Particulars, Residence, Resident
from app.backend.register.service.states import GUARDED, state_of
from app.domain.register_forms import FIELDS, ITEMS, RegisterForms, parse_register_forms
from app.domain.register_rules import RegisterRules, parse_register_rules
from app.errors import DataFault
from app.shipped import read_toml
from app.ui.messages import load_messages
from app.wire.register_change import PersonItems

OUTCOMES = (
    "approved",
    "not_here",
    "not_waiting",
    "changed",
    "same_person",
    "own_matter",
    "restrained",
    "overtaken",
    "blocked",
    "finding_not_confirmed",
    "needs_single",
)
"""As ``ApprovalService.approve`` names them."""
_MORE = (
    "legal_kana",
    "birth_written",
    "former_name_kana",
    "alias_kana",
    "kanji_name",
    "nationality",
    "card_number",
    "origin",
    "origin_head",
    "moved_to",
    "removed_why",
)


@pytest.fixture(scope="module")
def rules() -> RegisterRules:
    return parse_register_rules(read_toml("tables", "register_entries.toml"), read_toml("tables", "relations.toml"))


@pytest.fixture(scope="module")
def forms(rules: RegisterRules) -> RegisterForms:
    return parse_register_forms(read_toml("tables", "register_forms.toml"), rules)


def words(table: str) -> set[str]:
    return {code for code, _ in load_messages().words(table)}


def test_every_reason_check_item_field_and_outcome_has_its_word(rules: RegisterRules) -> None:
    assert words("register_reason") == {reason for kind in rules.kinds.values() for reason in kind.reasons}
    assert words("register_check") == words("register_check_next") == set(rules.levels)
    assert words("register_field") == set(FIELDS)
    assert words("register_field_support") <= set(FIELDS)
    assert words("entry_outcome") == set(OUTCOMES)
    assert words("entry_why_not") == {"same_person", "own_matter", "restrained", "overtaken", "blocked"}


def test_every_item_of_a_filing_and_of_a_record_has_its_word() -> None:
    assert set(ITEMS) == set(PersonItems.__struct_fields__) - {"v"}
    born, home = date(2000, 1, 1), Residence("見本市一条1番1号", date(2000, 1, 1), None, "991015")
    more = Particulars(**dict.fromkeys(_MORE, "あり"), status_until=born, removed_on=born)
    one = Resident(
        municipality="991007", business_number="1", household_number="H1", name="名", kana="カナ", birth=born, sex="1",
        relation="子", residences=(home,), more=more,
    )  # fmt: skip
    assert words("register_item") >= {*ITEMS, *GUARDED, *state_of(one, has_number=True)}


def test_every_kind_has_its_form_and_every_check_its_place(forms: RegisterForms, rules: RegisterRules) -> None:
    assert forms.forms.keys() == rules.kinds.keys()
    assert forms.places.keys() == rules.levels.keys()
    assert forms.checks_of("event_day") >= {"day_missing", "day_in_future"}


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [("form", "kind", "no_such_kind"), ("form", "whom", "nobody"), ("form", "fields", ["shoe_size"]),
     ("form", "items", ["shoe_size"]), ("place", "field", "shoe_size"), ("place", "check", "no_such_check")],
)  # fmt: skip
def test_a_table_that_does_not_fit_the_program_is_refused(rules: RegisterRules, table: str, key: str, value) -> None:
    raw = read_toml("tables", "register_forms.toml")
    rows = [dict(row) for row in raw[table]]
    rows[0][key] = value
    with pytest.raises(DataFault):
        parse_register_forms({**raw, table: rows}, rules)


def test_measures_and_systems_speak(rules: RegisterRules) -> None:
    assert words("measure_kind") == {"protective", "other"}
    assert words("measure_state") == {"provisional", "active", "ended", "refused"}
    assert words("measure_alert") == {"ending", "lapsed", "moved_out"}
    assert words("measure_waits") == {"start", "end", "extend"}
    assert words("system_state") == {"asked", "set", "to_lift", "lifted"}
    assert all(one.title for one in rules.systems)
