"""The procedures of other sections: what each check finds, and what stops nobody from applying."""

import tomllib
from collections.abc import Mapping
from datetime import date

import pytest

from app.domain.checks import visible_fields
from app.domain.facts import Row, Value
from app.domain.procedure import Kind, Level, Procedure, Stage
from app.domain.procedure_data import parse_procedure
from app.services.prepare_application import look
from tests.support.claims import ROOT

DAY = date(2026, 11, 20)
HERE, THERE = "991007", "992003"


def procedure(name: str) -> Procedure:
    file = ROOT / "resources/procedures" / f"{name}.toml"
    return parse_procedure(tomllib.loads(file.read_text("utf-8")), file.name)


CHANGE: Mapping[str, Value] = {
    "recipient_name": "見本　花子",
    "recipient_birth": date(1994, 5, 1),
    "recipient_address": "見本市中央区本町1-2-3",
    "recipient_phone": "09000000000",
    "recipient_active": True,
    "direction": "more",
    "more_reason": "birth",
    "event_date": date(2026, 11, 5),
    "children": (
        {
            "child_name": "見本　葵",
            "child_birth": date(2026, 11, 5),
            "child_relation": "child",
            "child_together": True,
            "child_custody": True,
            "child_livelihood": "shared",
        },
    ),
    "claim_date": DAY,
    "claim_signed": True,
}
OUT: Mapping[str, Value] = {
    "notifier_name": "見本　花子",
    "notified_on": DAY,
    "leaves_on": date(2026, 12, 1),
    "former_address": "見本市中央区本町1-2-3",
    "destination": "home",
    "destination_municipality": THERE,
    "way": "certificate",
    "who_moves": "all",
    "movers": ({"mover_name": "見本　花子", "mover_birth": date(1994, 5, 1), "mover_relation": "世帯主"},),
    "signed": True,
}
IN: Mapping[str, Value] = {
    "notifier_name": "見本　花子",
    "notified_on": DAY,
    "origin": "certificate",
    "moved_in_on": date(2026, 11, 10),
    "planned_on": date(2026, 11, 9),
    "new_address": "見本市北区本町4-5-6",
    "new_building": "コーポ見本101",
    "former_address": "手本市中央1-1",
    "household_after": "new",
    "head_after": "見本　花子",
    "movers": (
        {
            "mover_name": "見本　花子",
            "mover_kana": "ミホン　ハナコ",
            "mover_birth": date(1994, 5, 1),
            "mover_sex": "female",
            "mover_relation": "世帯主",
            "mover_foreign": False,
            "mover_permanent_address": "手本市中央1-1",
            "mover_household_head_of_record": "見本　一郎",
        },
    ),
    "signed": True,
    "applicant_registered": False,
}
MOVER: Row = IN["movers"][0]  # type: ignore[index,assignment]
NURSERY: Mapping[str, Value] = {
    "office": HERE,
    "guardian_name": "見本　花子",
    "guardian_birth": date(1994, 5, 1),
    "guardian_address": "見本市中央区本町1-2-3",
    "guardian_phone": "09000000000",
    "guardian_relation": "mother",
    "guardian_number": "linked",
    "guardian_jan1": HERE,
    "partner_exists": False,
    "single_parent": True,
    "child_name": "見本　葵",
    "child_birth": date(2025, 4, 2),
    "category": "third",
    "guardian_reason": "work",
    "guardian_hours": 140,
    "amount_of_care": "standard",
    "starts_on": date(2027, 4, 1),
    "tax_consent": True,
    "applied_on": DAY,
    "signed": True,
}
ASSISTANCE: Mapping[str, Value] = {
    "applicant_name": "見本　太郎",
    "applicant_birth": date(1960, 1, 1),
    "applicant_sex": "male",
    "residence": "registered",
    "applicant_address": "見本市中央区本町1-2-3",
    "applicant_foreign": False,
    "filed_by_other": False,
    "reason": "仕事を失い、収入がない",
    "urgent": False,
    "income_declared": True,
    "assets_declared": True,
    "consent_29": True,
    "applied_on": DAY,
    "oral": "written",
    "confirmed": True,
}
DISABILITY: Mapping[str, Value] = {
    "office": HERE,
    "applicant_name": "見本　太郎",
    "applicant_kana": "ミホン　タロウ",
    "applicant_birth": date(1980, 1, 1),
    "applicant_address": "見本市中央区本町1-2-3",
    "applicant_phone": "09000000000",
    "applicant_number": "linked",
    "for_child": False,
    "in_facility": False,
    "ground": "body",
    "has_class": True,
    "class": "3",
    "class_until": date(2028, 3, 31),
    "services": ({"service": "home_help", "service_amount": "月20時間"},),
    "plan": "office",
    "spouse_exists": False,
    "applicant_jan1": HERE,
    "survey_consent": True,
    "tax_consent": True,
    "applied_on": DAY,
    "signed": True,
}
COMPLETE = {
    "child_allowance_change": CHANGE,
    "move_out_notification": OUT,
    "move_in_notification": IN,
    "nursery_certification": NURSERY,
    "public_assistance": ASSISTANCE,
    "disability_services": DISABILITY,
}
CHILD: Row = {
    "child_name": "見本　葵",
    "child_birth": date(2026, 11, 5),
    "child_relation": "child",
    "child_together": True,
    "child_custody": True,
    "child_livelihood": "shared",
}
RELATIVE: Row = {"relative_name": "見本　次郎", "relative_silent": True}

CASES: list[tuple[str, Mapping[str, Value], list[str]]] = [
    (
        "nursery_certification",
        {"guardian_number": "declined", "guardian_jan1": THERE},
        ["number_missing", "number_missing_elsewhere"],
    ),
    ("disability_services", {"over_standard": True}, ["beyond_standard"]),
    ("child_allowance_change", {"recipient_active": False}, ["not_active"]),
    ("child_allowance_change", {"event_date": date(2026, 11, 4)}, ["late_more"]),
    ("child_allowance_change", {"children": ({**CHILD, "child_birth": date(2008, 4, 1)},)}, ["child_too_old[0]"]),
    ("child_allowance_change", {"children": ({**CHILD, "child_custody": False},)}, ["not_in_custody[0]"]),
    (
        "child_allowance_change",
        {"direction": "less", "less_reason": "custody_end", "event_date": date(2026, 10, 1)},
        ["late_less"],
    ),
    (
        "child_allowance_change",
        {"more_reason": "elder", "elder_sheet": False, "children": ({**CHILD, "child_birth": date(2005, 5, 1)},)},
        ["elder_without_sheet"],
    ),
    ("child_allowance_change", {"register_provisional": True}, ["birth_not_registered"]),
    ("move_out_notification", {"way": "card", "card_usable": False}, ["card_not_usable"]),
    ("move_out_notification", {"leaves_on": date(2026, 11, 5)}, ["late"]),
    (
        "move_out_notification",
        {"who_moves": "some", "head_leaves": True, "new_head": "見本　一郎"},
        ["head_leaves"],
    ),
    ("move_out_notification", {"destination": "abroad", "destination_country": "カナダ"}, ["abroad"]),
    ("move_out_notification", {"protected": True}, ["protected"]),
    ("move_out_notification", {"protected": True, "protection_released": True}, []),
    ("move_in_notification", {"moved_in_on": date(2026, 11, 21)}, ["future_move"]),
    ("move_in_notification", {"movers": ({**MOVER, "mover_relation": "子"},)}, ["no_head"]),
    ("move_in_notification", {"household_after": "joined", "movers": ({**MOVER, "mover_relation": "子"},)}, []),
    ("move_in_notification", {"movers": (MOVER, {**MOVER, "mover_name": "見本　太郎"})}, ["two_heads"]),
    ("move_in_notification", {"moved_in_on": date(2026, 11, 5), "late_reason": "病気のため"}, ["late"]),
    (
        "move_in_notification",
        {"origin": "card", "data_arrived": True, "planned_on": date(2026, 10, 20)},
        ["card_way_late"],
    ),
    ("move_in_notification", {"origin": "card", "data_arrived": False}, ["no_data"]),
    ("move_in_notification", {"applicant_registered": True}, ["known_here"]),
    ("move_in_notification", {"new_building": ""}, ["no_building"]),
    ("nursery_certification", {"category": "second"}, ["too_young"]),
    ("nursery_certification", {"child_birth": date(2022, 4, 2)}, ["too_old"]),
    ("nursery_certification", {"guardian_hours": 100}, ["standard_hours"]),
    ("nursery_certification", {"guardian_hours": 40, "amount_of_care": "short"}, ["few_hours"]),
    ("nursery_certification", {"guardian_tax": "undeclared"}, ["tax_unknown"]),
    ("nursery_certification", {"tax_consent": False}, ["no_consent"]),
    ("nursery_certification", {"single_parent": False}, ["partner_at_address"]),
    ("nursery_certification", {"guardian_number": "declined"}, ["number_missing"]),
    ("public_assistance", {"applicant_address": ""}, ["missing", "not_named"]),
    ("public_assistance", {"income_declared": False}, ["papers_later"]),
    ("public_assistance", {"urgent": True}, ["urgent"]),
    ("public_assistance", {"residence": "none"}, ["no_home"]),
    ("public_assistance", {"applied_elsewhere": True}, ["elsewhere"]),
    ("public_assistance", {"applicant_foreign": True}, ["foreign_basis"]),
    ("public_assistance", {"confirmed": False}, ["not_confirmed"]),
    ("public_assistance", {"applied_on": date(2026, 11, 5)}, ["fourteen_days"]),
    ("disability_services", {"ground": "none"}, ["no_ground"]),
    ("disability_services", {"has_class": False, "doctor": "見本医院"}, ["class_needed"]),
    ("disability_services", {"class_until": date(2026, 11, 19)}, ["class_expired"]),
    ("disability_services", {"in_facility": True, "before_facility": THERE}, ["residence_rule"]),
    ("disability_services", {"applicant_birth": date(1960, 1, 1)}, ["care_first"]),
    ("disability_services", {"plan": "undecided"}, ["no_plan"]),
    ("disability_services", {"applicant_tax": "no_data"}, ["tax_unknown"]),
]


def found(name: str, changes: Mapping[str, Value]) -> list[str]:
    facts = {**COMPLETE[name], **changes}
    return [one.key for one in look(procedure(name), facts, DAY, Stage.ISSUE).findings]


@pytest.mark.parametrize("name", list(COMPLETE))
def test_a_complete_case_has_no_findings(name: str) -> None:
    assert found(name, {}) == []


@pytest.mark.parametrize(("name", "changes", "keys"), CASES, ids=lambda one: one if isinstance(one, str) else "")
def test_each_check_finds_what_it_is_for(name: str, changes: Mapping[str, Value], keys: list[str]) -> None:
    assert found(name, changes) == keys


@pytest.mark.parametrize("name", list(COMPLETE))
def test_an_application_of_which_nothing_is_known_is_received_all_the_same(name: str) -> None:
    """Nothing blocks the reception: no name, no number, no paper."""
    findings = look(procedure(name), {}, DAY, Stage.RECEPTION).findings
    assert [one.key for one in findings if one.level is Level.ERROR and one.blocks is Stage.RECEPTION] == []


@pytest.mark.parametrize("name", ["move_out_notification", "move_in_notification"])
def test_a_notification_of_a_move_asks_for_no_number(name: str) -> None:
    assert [one.id for one in procedure(name).all_fields() if one.kind is Kind.MY_NUMBER] == []


def test_who_must_not_be_contacted_needs_a_reason_before_a_letter() -> None:
    assert found("public_assistance", {"relatives": (RELATIVE,)}) == ["missing[0]", "do_not_contact[0]"]
    assert found("public_assistance", {"relatives": ({**RELATIVE, "relative_why": "暴力があった"},)}) == []


def test_the_tax_year_of_each_section_follows_its_own_months() -> None:
    years = {
        name: {rule.first: rule.offset for rule in one.years}
        for name in COMPLETE
        for one in procedure(name).enquiries
        if one.item_class == "tax"
    }
    assert years["nursery_certification"] == {1: -1, 4: -1, 9: 0}
    assert years["disability_services"] == {1: -1, 7: 0}


def test_the_other_guardian_s_fields_are_shown_only_where_there_is_one() -> None:
    shown = [one.id for one in visible_fields(procedure("nursery_certification"), NURSERY, DAY)]
    assert "partner_name" not in shown
    both = {**NURSERY, "partner_exists": True}
    assert "partner_name" in [one.id for one in visible_fields(procedure("nursery_certification"), both, DAY)]


def test_a_move_between_wards_is_taken_as_one_notification_and_pointed_out() -> None:
    facts = {"scope": "city", "moved_on": DAY, "new_address": "見本市北区1", "former_address": "見本市南区1"}
    keys = [one.key for one in look(procedure("move_within_city"), facts, DAY, Stage.RECEPTION).findings]
    assert "between_wards" in keys
    keys = [one.key for one in look(procedure("move_within_city"), {**facts, "scope": "ward"}, DAY).findings]
    assert "between_wards" not in keys


def test_each_section_asks_other_bodies_for_what_procedures_page_names() -> None:
    """Only what the case calls for: somebody who lived here all the time is not asked about elsewhere."""
    asked = {name: {one.information for one in procedure(name).enquiries} for name in COMPLETE}
    assert {"生活保護関係情報", "児童手当関係情報", "医療保険給付関係情報", "失業等給付関係情報"} <= asked[
        "public_assistance"
    ]
    assert {"住民票関係情報", "障害者関係情報", "生活保護関係情報"} <= asked["disability_services"]
    assert {"住民票関係情報", "特別児童扶養手当関係情報"} <= asked["nursery_certification"]
    due = look(procedure("nursery_certification"), NURSERY, DAY).enquiries
    assert {one.enquiry.path for one in due} <= {"link"}
    elsewhere = look(procedure("nursery_certification"), {**NURSERY, "guardian_jan1": THERE}, DAY).enquiries
    assert {one.provider for one in elsewhere if one.enquiry.path == "nws"} == {THERE}
