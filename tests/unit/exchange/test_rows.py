"""What may be asked is data with dates, and each row says how sure it is."""

import json
import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.domain.exchange_numbers import LinkCode, addressee_number, new_process_number
from app.domain.exchange_rules import Hours, next_business_day, parse_exchange_rules
from app.domain.permission import Wish
from app.domain.permission_data import parse_permissions
from app.errors import BadFormat, DataFault
from app.server.exchange_data import read_exchange_data
from app.shipped import read_toml, resource

ROOT = Path(__file__).parents[3]
DATA = read_exchange_data(resource(), is_training=False)
WISH = Wish(
    path="nws",
    series="order",
    item="106",
    requester="municipality",
    task="child_allowance_claim",
    purpose="父母のうち児童の生計を維持する程度の高い者を確認するため",
    information="地方税関係情報",
    provider="municipality",
    items=("total_income",),
    day=date(2026, 11, 20),
)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, ""),
        ({"task": "resident_copy"}, "not_on_list"),
        ({"information": "戸籍関係情報"}, "not_on_list"),
        ({"requester": "prefecture"}, "not_on_list"),
        ({"provider": "body:somebody"}, "not_on_list"),
        ({"path": "link"}, "not_on_list"),
        ({"purpose": "ほかの目的"}, "wrong_purpose"),
        ({"items": ("bank_account",)}, "item_not_on_list"),
        ({"day": date(2024, 5, 27)}, ""),
        ({"day": date(2024, 5, 26)}, "not_in_force"),
        ({"series": "old", "item": "74"}, "not_in_force"),
        ({"series": "old", "item": "74", "day": date(2024, 5, 26)}, ""),
        ({"series": "old", "item": "106", "day": date(2024, 5, 26)}, "not_on_list"),
    ],
)
def test_a_wish_is_allowed_by_its_own_row_on_its_own_day_or_refused_with_a_reason(changed: dict, reason: str) -> None:
    assert DATA.permissions.refusal(replace(WISH, **changed)) == reason


def test_every_ground_of_a_procedure_s_tax_enquiry_stands_on_the_list() -> None:
    for (task, _), enquiry in DATA.enquiries.items():
        if enquiry.item_class != "tax":
            continue
        for basis in enquiry.basis:
            wish = replace(
                WISH,
                path=enquiry.path,
                task=task,
                series=basis.series,
                item=basis.item,
                purpose=enquiry.purpose,
                information=enquiry.information,
                day=basis.since or basis.until or WISH.day,
            )
            assert DATA.permissions.refusal(wish) == "", (enquiry.id, basis)


def test_published_rows_say_what_the_published_lists_say() -> None:
    published = json.loads((ROOT / "resources/data/permission_rows.json").read_text("utf-8"))["rows"]
    duties = {(row["item"], row["purpose"]) for row in published if row["direction"] == "inquire"}
    sure = [row for row in DATA.permissions.rows if row.confidence == "P"]
    assert sure
    assert {(row.item, row.duty) for row in sure} <= duties


def test_rows_of_the_order_are_assumed_and_say_so() -> None:
    assert {row.confidence for row in DATA.permissions.rows if row.series == "order"} == {"A"}


def test_a_row_of_the_old_series_can_t_outlive_it() -> None:
    values = read_toml("permissions", "tax.toml")
    values["row"][0]["until"] = "2024-05-27"
    with pytest.raises(DataFault) as fault:
        parse_permissions([("tax.toml", values)])
    assert fault.value.data["what"] == "old_series_has_ended"


@pytest.mark.parametrize(
    ("instant", "is_open", "opens"),
    [
        (datetime(2026, 11, 20, 1, 0, tzinfo=UTC), True, datetime(2026, 11, 20, 1, 0, tzinfo=UTC)),
        (datetime(2026, 11, 19, 22, 59, tzinfo=UTC), False, datetime(2026, 11, 19, 23, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 11, 0, tzinfo=UTC), False, datetime(2026, 11, 23, 23, 0, tzinfo=UTC)),
        (datetime(2026, 12, 28, 11, 0, tzinfo=UTC), False, datetime(2027, 1, 3, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_network_rests_at_night_on_closed_days_and_over_new_year(
    instant: datetime, *, is_open: bool, opens: datetime
) -> None:
    hours = DATA.rules.hours
    assert hours.open_at(instant) == is_open
    assert hours.next_opening(instant) == opens


def test_in_training_the_network_never_rests() -> None:
    rules = parse_exchange_rules(read_toml("permissions", "exchange.toml"), is_training=True)
    assert all(rules.hours.open_at(datetime(2027, 1, 1, hour, 59, tzinfo=UTC)) for hour in range(24))
    assert rules.hours == Hours(0, 1440, closed_days=False)


def test_a_code_is_there_on_the_next_business_day() -> None:
    assert next_business_day(datetime(2026, 11, 20, 1, tzinfo=UTC)) == datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_addressee_numbers_have_15_digits_and_serials_without_a_check_digit_are_not_issued() -> None:
    assert addressee_number(1) == "000000000000019"
    assert addressee_number(12345) == "000000000123455"
    assert addressee_number(6) is None


def test_a_code_shows_nothing_of_itself_and_has_18_bytes() -> None:
    code = LinkCode(bytes(range(18)))
    assert "0" not in repr(code)
    with pytest.raises(TypeError):
        f"{code}"
    with pytest.raises(BadFormat):
        LinkCode(bytes(17))


def test_a_process_number_names_municipality_and_day() -> None:
    class Same:
        def token(self, size: int) -> bytes:
            return bytes(size)

    number = new_process_number("991007", Same(), datetime(2026, 11, 20, 15, 30, tzinfo=UTC))
    assert number == "99100720261121" + "0" * 12


def test_every_reason_to_refuse_has_its_sentence() -> None:
    texts = tomllib.loads((ROOT / "resources/text/ja.toml").read_text("utf-8"))["refusal"]
    folders = ("addressee", "relay", "intermediary", "nws", "socialaddress")
    sources = [path for name in folders for path in (ROOT / "app/backend" / name).rglob("*.py")]
    sources += [ROOT / "app/domain/permission.py", ROOT / "app/trust/envelope.py"]
    shapes = (r'reason="', r'reason = "', r'return "', r'NO_CODE, "', r'delay="', r'"reason", "', r' else "(?=\w+_)')
    found = re.compile(f'(?:{"|".join(shapes)})(\\w+)"')
    reasons = {reason for path in sources for reason in found.findall(path.read_text("utf-8"))}
    assert {"not_on_list", "own_city", "replayed_permit", "number_of_another", "bad_answer"} <= reasons
    reasons -= {"business_number", "cancel", "content", "state"}  # words that stand in such a place and refuse nothing
    assert {reason for reason in reasons if set(texts.get(reason, {})) != {"title", "why", "next"}} == set()
