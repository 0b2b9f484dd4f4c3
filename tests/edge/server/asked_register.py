"""What is asked of each endpoint for changes of the register: whoever has the right is told something else than no."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any

from app.wire import certificate, register_change, register_restraint, seal

_numbers = count(1)
_COPY = certificate.AskCertificate(
    kind="residence_copy", persons=("100",), capacity="self", presenter_name="x", evidence=()
)
REGISTER_ASKED: Mapping[str, Callable[[str], Any]] = {
    "/register/v1/entry": lambda _: register_change.ProposeEntry(
        entry_id=f"entry-{next(_numbers)}",
        filing=register_change.Filing(
            kind="correction",
            reason="survey",
            filed_day=date(2026, 11, 20),
            persons=(register_change.PersonPart(business_number="100"),),
        ),
    ),
    "/register/v1/entry/try": lambda _: register_change.TryFiling(
        filing=register_change.Filing(
            kind="correction",
            reason="survey",
            filed_day=date(2026, 11, 20),
            persons=(register_change.PersonPart(business_number="100"),),
        ),
    ),
    "/register/v1/entries": lambda _: register_change.AskEntries(),
    "/register/v1/decide/entries": lambda _: register_change.AskEntries(),
    "/register/v1/decide/approve": lambda _: register_change.ApproveEntries(entries=()),
    "/register/v1/decide/all": lambda _: register_change.ApproveAll(person="nobody"),
    "/register/v1/decide/refuse": lambda _: register_change.RefuseEntry(entry_id="none", version=1, reason=""),
    "/register/v1/history": lambda _: register_change.AskHistory(business_number="100"),
    "/register/v1/household": lambda _: register_change.AskHousehold(household_number="H1"),
    "/register/v1/announcement": lambda _: register_change.KeepAnnouncement(
        announcement_id=f"told-{next(_numbers)}", persons=(), moved_from="", planned_on=date(2026, 11, 20)
    ),
    "/register/v1/announcements": lambda _: register_change.AskAnnouncements(),
    "/register/v1/measure": lambda _: register_restraint.RequestMeasure(
        measure_id="none", kind="protective", persons=("100",), reason=""
    ),
    "/register/v1/measure/change": lambda _: register_restraint.ChangeMeasure(
        measure_id="none", version=1, change="end", reason=""
    ),
    "/register/v1/measure/decide": lambda _: register_restraint.DecideMeasure(
        measure_id="none", version=1, outcome="refused"
    ),
    "/register/v1/measures": lambda _: register_restraint.AskMeasures(),
    "/register/v1/release": lambda _: register_restraint.GrantRelease(
        release_id="none", business_number="100", act="issue", minutes=1, reason=""
    ),
    "/register/v1/releases": lambda _: register_restraint.AskReleases(),
    "/register/v1/release/ask": lambda _: register_restraint.GrantRelease(
        release_id="none", business_number="100", act="issue", minutes=1, reason=""
    ),
    "/register/v1/releases/own": lambda _: register_restraint.AskReleases(),
    "/register/v1/issue": lambda _: register_restraint.AskIssue(persons=("100",), capacity="third_party"),
    "/register/v1/certificate/kinds": lambda _: certificate.AskKinds(),
    "/register/v1/certificate/draft": lambda _: _COPY,
    "/register/v1/certificate/issue": lambda _: certificate.IssueCopies(asked=_COPY, basis="another"),
    "/register/v1/certificate/copies": lambda _: certificate.AskCopies(),
    "/register/v1/seals": lambda _: seal.AskSeals(business_number="100"),
    "/register/v1/seal/register": lambda _: seal.RegisterSeal(
        seal_id="s1",
        business_number="100",
        way="letter",
        text="x",
        shape="soft",
        imprint=b"",
        capacity="self",
        presenter_name="x",
        evidence=(),
    ),
    "/register/v1/print/paper": lambda _: register_restraint.CheckPaper(persons=("100",)),
    "/register/v1/print": lambda _: register_restraint.CheckPrint(
        asked=register_restraint.AskIssue(persons=("100",), capacity="third_party"), basis="another"
    ),
}
