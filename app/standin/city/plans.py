"""Plans of households: who lives together where since when, before they get numbers."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.domain.person import Sex
from app.domain.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPlan:
    """One member. ``relation``: a key of the words. ``tax``: value, undeclared or no_data. ``card_name``: if other."""

    name: str
    kana: str
    birth: date
    sex: Sex
    relation: str
    income: int = 0
    tax: str = "value"
    persona: str = ""
    card_name: str = ""
    latin_name: str = ""
    alias: str = ""
    nationality: str = "JPN"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPlan:
    """One household. ``since``: at its first known address; ``moved_in_on``, ``moved_from``: if it came here later."""

    municipality: str
    members: tuple[MemberPlan, ...]
    since: date
    town: str = ""
    moved_in_on: date | None = None
    moved_from: str = ""
    code_state: str = "acquired"
    protected: bool = False


def load_personas(path: Path, day: date) -> tuple[HouseholdPlan, ...]:
    """Read the file; ages and moves are counted back from ``day``. Errors: DataFault."""
    table = Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    table.count("version")
    return table.finish(tuple(_household(one, day) for one in table.tables("household")))


def _household(table: Table, day: date) -> HouseholdPlan:
    moved_days = table.count("moved_in_days", 0)
    plan = HouseholdPlan(
        municipality=table.text("municipality"),
        members=tuple(_member(one, day) for one in table.tables("member")),
        since=_date(table, "since"),
        town=table.text("town"),
        moved_in_on=day - timedelta(days=moved_days) if moved_days else None,
        moved_from=table.text("from", ""),
        code_state=table.text("code", "acquired"),
        protected=table.flag("protected", default=False),
    )
    return table.finish(plan)


def _member(table: Table, day: date) -> MemberPlan:
    born = _date(table, "born") if "born" in table else day - timedelta(days=table.count("days_old"))
    plan = MemberPlan(
        name=table.text("name"),
        kana=table.text("kana"),
        birth=born,
        sex=Sex(table.text("sex")),
        relation=table.text("relation"),
        income=table.count("income", 0),
        tax=table.text("tax", "value"),
        persona=table.text("persona", ""),
        card_name=table.text("card_name", ""),
        latin_name=table.text("latin_name", ""),
        alias=table.text("alias", ""),
        nationality=table.text("nationality", "JPN"),
    )
    return table.finish(plan)


def _date(table: Table, key: str) -> date:
    return date.fromisoformat(table.text(key))
