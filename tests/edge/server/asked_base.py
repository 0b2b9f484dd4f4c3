"""What is asked of the endpoints of distribution: messages that whoever has the right is told something else for."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any

from app.wire import resident_base_office as office

_numbers = count(1)

BASE_ASKED: Mapping[str, Callable[[str], Any]] = {
    "/residentbase/v1/use": lambda _: office.UseApplication(
        application_id=f"use-{next(_numbers)}",
        system="library",
        purpose="",
        items=("name",),
        since=date(2026, 11, 20),
        until=date(2026, 11, 20),
    ),
    "/residentbase/v1/uses": lambda _: office.AskApplications(),
    "/residentbase/v1/systems": lambda _: office.AskSystems(),
    "/residentbase/v1/linkage": lambda _: office.AskLinkage(subject="100", reason="点検"),
    "/register/v1/untold": lambda _: office.AskUntold(),
}
