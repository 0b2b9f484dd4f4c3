"""What is asked of the addressee slice by staff: messages that whoever has the right is told something else for."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.wire import addressee_office as office

_DAY = date(2026, 11, 20)
NUMBERS_ASKED: Mapping[str, Callable[[str], Any]] = {
    "/addressee/v1/find": lambda _: office.FindNumber(procedure="", business_number="100"),
    "/addressee/v1/correction": lambda _: office.ProposeCorrection(
        correction_id="c-1", kind="split", business_number="100", reason="取り違え"
    ),
    "/addressee/v1/corrections": lambda _: office.AskCorrections(),
    "/addressee/v1/history": lambda _: office.AskLinkHistory(business_number="100"),
    "/addressee/v1/decide/corrections": lambda _: office.AskCorrections(),
    "/addressee/v1/systems": lambda _: office.AskAreas(),
    "/addressee/v1/system/password": lambda _: office.EnterArea(system="no such sign"),
    "/addressee/v1/linkage": lambda _: office.AskNumberLinkage(since=_DAY, until=_DAY),
}
