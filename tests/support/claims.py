"""A complete claim as facts, the procedure that rules it, and another one, for tests of the rules."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.facts import Value
from app.domain.procedure_data import parse_procedure

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "resources" / "procedures").glob("*.toml"))
CLAIM_FILE = ROOT / "resources" / "procedures" / "child_allowance_claim.toml"
RAW = tomllib.loads(CLAIM_FILE.read_text(encoding="utf-8"))
CLAIM = parse_procedure(RAW, CLAIM_FILE.name)
MOVE_FILE = ROOT / "resources" / "procedures" / "move_within_city.toml"
MOVE = parse_procedure(tomllib.loads(MOVE_FILE.read_text(encoding="utf-8")), MOVE_FILE.name)
TODAY = date(2026, 11, 20)
HERE, THERE = "991007", "992003"

CHILD: dict[str, Any] = {
    "child_name": "見本　芽生",
    "child_birth": date(2026, 11, 10),
    "child_relation": "child",
    "child_together": True,
    "child_custody": True,
    "child_livelihood": "shared",
}
FACTS: dict[str, Value] = {
    "office": HERE,
    "claimant_name": "見本　花子",
    "claimant_kana": "ミホン　ハナコ",
    "claimant_birth": date(1994, 5, 1),
    "claimant_address": "見本市中央区本町1-2-3",
    "claimant_phone": "09000000000",
    "claimant_number": "linked",
    "claimant_jan1": THERE,
    "claimant_occupation": "employee",
    "claimant_pension": "employees",
    "spouse_exists": True,
    "spouse_name": "見本　太郎",
    "spouse_birth": date(1992, 2, 2),
    "spouse_together": True,
    "spouse_jan1": HERE,
    "spouse_occupation": "self_employed",
    "children": (CHILD,),
    "claim_reason": "birth",
    "event_date": date(2026, 11, 10),
    "account_public": False,
    "account_bank": "見本銀行",
    "account_branch": "本店",
    "account_kind": "ordinary",
    "account_number": "0001234",
    "account_holder": "ミホン　ハナコ",
    "claim_date": TODAY,
    "claim_signed": True,
    "claimant_tax": "value",
    "claimant_income": 4_000_000,
    "spouse_tax": "value",
    "spouse_income": 3_000_000,
}


def with_facts(**changes: Value | None) -> Mapping[str, Value]:
    """The complete claim with some facts changed; None takes one away."""
    merged = {**FACTS, **changes}
    return {key: value for key, value in merged.items() if value is not None}
