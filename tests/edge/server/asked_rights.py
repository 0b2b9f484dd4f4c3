"""What is asked of each endpoint: messages that whoever has the right is told something else than no for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from app.domain.number import training_check_digit
from app.wire import (
    access_review,
    counter_rules,
    desk,
    desk_counts,
    desk_review,
    leave,
    ledger,
    ledger_alarms,
    message,
    notices,
    parcel,
    register,
    relay,
    relay_stopped,
    staff,
    staff_change,
    takeover,
)
from app.wire.addressee import AskLinks, LinkNumber
from app.wire.revocation import CheckCertificate
from tests.edge.server.asked_base import BASE_ASKED
from tests.edge.server.asked_book import BOOK_ASKED
from tests.edge.server.asked_network import NETWORK_ASKED
from tests.edge.server.asked_numbers import NUMBERS_ASKED
from tests.edge.server.asked_provision import PROVISION_ASKED
from tests.edge.server.asked_register import REGISTER_ASKED
from tests.edge.server.asked_relay import RELAY_ASKED
from tests.edge.server.asked_social import SOCIAL_ASKED
from tests.edge.server.placed import Row
from tests.support.slices import MORNING

PROCEDURE = {"claim": "child_allowance_claim", "move": "move_within_city"}
SOMEBODY = desk.PersonMark(business_number="100", name="髙橋　花子")
LYING = desk.DraftCopy(draft_id="lying", visit_id="v1", sealed=b"x", saved_at=MORNING)
_numbers = count(1)


def number() -> str:
    return f"12345678901{training_check_digit('12345678901')}"


@dataclass(frozen=True)
class Ids:
    """What was made before: two changes that wait, and somebody's session that a supervisor may end."""

    changes: tuple[str, ...]
    session: str


def propose(wish: Any) -> staff_change.ProposeChange:
    return staff_change.ProposeChange(change=wish, reason="異動のため")


def hand_in(about: str, application_id: str) -> desk.HandIn:
    roles = desk.RolesMark(presenter=SOMEBODY, capacity="self", applicant=SOMEBODY)
    return desk.HandIn(
        application_id=application_id, visit_id="v1", procedure=PROCEDURE[about], roles=roles, facts={}, evidence=(),
        reached_at=MORNING,
    )  # fmt: skip


def enquiry(about: str) -> relay.MakeEnquiry:
    name = {"tax": "local_tax_claimant", "identity": "identity_claimant", "move": "x"}[about]
    procedure = PROCEDURE["move" if about == "move" else "claim"]
    return relay.MakeEnquiry(
        enquiry_id=f"e-{next(_numbers)}", visit_id="v1", procedure=procedure, enquiry=name, subject=SOMEBODY,
        information="x", purpose="x", tax_year=2026, requested_on=date(2026, 11, 20),
    )  # fmt: skip


def providers(about: str) -> relay.AskProviders:
    wanted = enquiry(about)
    question = relay.ProviderQuestion(enquiry=wanted.enquiry, business_number="100", tax_year=2026)
    return relay.AskProviders(visit_id="v1", procedure=wanted.procedure, questions=(question,))


def step(kind: type[Any], about: str, outcome: str) -> Any:
    """A step with a version that never is: whoever has the right is told that somebody was first."""
    return kind(application_id=f"case-{about}", version=999, outcome=outcome)


def asked_of(ids: Ids) -> Mapping[str, Callable[[str], Any]]:
    """For each endpoint, by what it is about: a message that whoever has the right is not told no for."""
    return {
        "/staff/v1/ask-unlock-key": lambda _: staff.AskUnlockKey(),
        "/staff/v1/sign-out": lambda _: staff.SignOut(token="nobody's"),
        "/staff/v1/standing": lambda _: staff.AskStanding(),
        "/staff/v1/end-elsewhere": lambda _: staff.EndElsewhere(),
        "/staff/v1/ask-change-key": lambda _: staff.AskChangeKey(),
        "/staff/v1/seats": lambda _: staff.AskSeats(),
        "/staff/v1/end-session": lambda about: staff.EndSession(session=ids.session if about == "own" else "none"),
        "/staff/v1/ask-registration": lambda _: staff.AskRegistration(staff_id="other"),
        "/staff/v1/register-key": lambda _: staff.RegisterKey(staff_id="other", asked="x", answer="{}", label="x"),
        "/staff/v1/approve-key": lambda _: staff.ApproveKey(key_id="k1"),
        "/staff/v1/revoke-key": lambda _: staff.RevokeKey(key_id="k2"),
        "/staff/v1/keys": lambda _: staff.AskKeys(staff_id=""),
        "/staff/v1/issue-pass": lambda _: staff.IssuePass(staff_id="other", reason="lost"),
        "/staff/v1/propose-change": lambda _: propose(staff_change.ScheduleChange(transfers=())),
        "/staff/v1/changes": lambda _: staff_change.AskChanges(),
        "/staff/v1/approve-change": lambda _: staff_change.DecideChange(change_id=ids.changes[0]),
        "/staff/v1/reject-change": lambda _: staff_change.RejectChange(change_id=ids.changes[1], reason="誤り"),
        "/staff/v1/withdraw-change": lambda _: staff_change.DecideChange(change_id=ids.changes[1]),
        "/staff/v1/plan-transfers": lambda _: staff_change.AskPlan(transfers=()),
        "/staff/v1/sign-ins": lambda _: staff_change.AskSignIns(),
        "/staff/v1/roster": lambda _: staff_change.AskRoster(),
        "/register/v1/habits": lambda _: message.Nothing(),
        "/register/v1/search": lambda _: register.SearchByFour(name="髙橋"),
        "/register/v1/search-by-number": lambda _: register.SearchByNumber(my_number=number()),
        "/register/v1/open": lambda _: register.OpenRecord(business_number="100"),
        "/register/v1/staff-person": lambda _: register.KeepStaffPerson(staff_id="nobody", business_number="100"),
        **REGISTER_ASKED,
        **RELAY_ASKED,
        **NETWORK_ASKED,
        **NUMBERS_ASKED,
        **BASE_ASKED,
        "/desk/v1/open-visit": lambda _: desk.OpenVisit(visit_id=f"v-{next(_numbers)}", ticket="", opened_at=MORNING),
        "/desk/v1/close-visit": lambda _: desk.CloseVisit(visit_id="v2", closed_at=MORNING),
        "/desk/v1/keep-draft": lambda _: desk.DraftCopy(
            draft_id=f"d-{next(_numbers)}", visit_id="v1", sealed=b"x", saved_at=MORNING
        ),
        "/desk/v1/restorations": lambda _: desk.AskRestorations(),
        "/desk/v1/sync-journal": lambda _: desk.SyncJournal(first=0, records=(), checkpoint="", public_key=b""),
        "/desk/v1/parcel-key": lambda _: parcel.AskParcelKey(),
        "/desk/v1/parcel": lambda _: parcel.Parcel(kind="x", box=b""),
        "/desk/v1/take-keys": lambda _: takeover.AskTakeKeys(),
        "/desk/v1/taken-drafts": lambda _: takeover.AskTakenDrafts(),
        "/desk/v1/offer-take-key": lambda _: takeover.OfferTakeKey(box=bytes(32)),
        "/desk/v1/waiting-drafts": lambda _: takeover.AskWaitingDrafts(),
        "/desk/v1/take-draft": lambda about: takeover.TakeDraft(
            draft_id="lying" if about == "own" else "none", version=999, receiver="x"
        ),
        "/desk/v1/rules": lambda _: counter_rules.AskRules(),
        "/desk/v1/lease": lambda _: counter_rules.AskLease(),
        "/desk/v1/rules-kept": lambda _: counter_rules.AskRulesKept(),
        "/desk/v1/propose-rules": lambda _: counter_rules.ProposeRules(
            version=99,
            rules=counter_rules.RulesRow(
                lock_after_s=180,
                sign_out_after_s=900,
                lease_s=3600,
                second_factor=True,
                staff_readers=(),
                older_copy_rule=False,
            ),
        ),
        "/desk/v1/timeline": lambda _: desk.AskTimeline(visit_id="v1"),
        "/desk/v1/leave-number": lambda about: leave.AskNumberLeave(visit_id="v1", procedure=PROCEDURE[about]),
        "/desk/v1/hand-in": lambda about: hand_in(about, f"case-{next(_numbers)}"),
        "/desk/v1/queue": lambda _: desk.AskQueue(),
        "/desk/v1/open": lambda about: desk.OpenApplication(application_id=f"case-{about}"),
        "/desk/v1/check-reception": lambda about: step(desk.CheckReception, about, "passed"),
        "/desk/v1/examine": lambda about: step(desk.Examine, about, "passed"),
        "/desk/v1/decide": lambda about: step(desk.Decide, about, "approved"),
        "/desk/v1/hold": lambda about: desk_review.HoldCase(
            application_id=f"case-{about}", version=999, until=date(2026, 11, 25), reason="other"
        ),
        "/desk/v1/let-go": lambda about: desk_review.LetGo(application_id=f"case-{about}"),
        "/desk/v1/pass-batch": lambda _: desk_review.PassBatch(items=()),
        "/desk/v1/tell": lambda _: desk_counts.CounterSaid(window="1", state="waiting", since=MORNING),
        "/desk/v1/counters": lambda _: desk_counts.AskCounters(),
        "/desk/v1/numbers": lambda _: desk_counts.AskNumbers(
            since=date(2026, 11, 1), until=date(2026, 11, 20), by="week"
        ),
        "/desk/v1/alert-counts": lambda _: desk_counts.AskAlertCounts(since=date(2026, 11, 1), until=date(2026, 11, 1)),
        "/desk/v1/delegation": lambda _: desk_review.AskDelegation(),
        "/desk/v1/propose-deputy": lambda _: desk_review.ProposeDeputy(
            deputy_id=f"d-{next(_numbers)}",
            level="none",
            staff_id="somebody",
            since=date(2026, 11, 25),
            until=date(2026, 11, 26),
        ),
        "/desk/v1/approve-deputy": lambda _: desk_review.ApproveDeputy(deputy_id="none", version=1),
        "/desk/v1/end-deputy": lambda _: desk_review.EndDeputy(deputy_id="none", version=1),
        "/desk/v1/notices": lambda _: notices.AskNotices(),
        "/desk/v1/post-notice": lambda about: notices.PostNotice(application_id=f"case-{about}", version=999),
        **BOOK_ASKED,
        **SOCIAL_ASKED,
        **PROVISION_ASKED,
        "/addressee/v1/state": lambda about: AskLinks(procedure=PROCEDURE[about], business_numbers=("100",)),
        "/addressee/v1/link": lambda about: LinkNumber(
            procedure=PROCEDURE[about], visit_id="v1", business_number="100", my_number="1", method="chip"
        ),
        "/relay/v1/enquiries": enquiry,
        "/relay/v1/enquiries/provider": providers,
        "/relay/v1/enquiries/state": lambda _: relay.AskEnquiries(enquiry_ids=("x",)),
        "/relay/v1/stopped": lambda _: relay_stopped.AskStopped(),
        "/revocation/v1/check": lambda _: CheckCertificate(visit_id="v1", certificate=b"x"),
        "/review/v1/queue": lambda _: access_review.AskReview(),
        "/review/v1/extracts": lambda _: access_review.AskExtracts(),
        "/review/v1/propose-extract": lambda _: access_review.ProposeExtract(
            person="100", since=MORNING.date(), until=MORNING.date(), reason="開示 1号"
        ),
        "/ledger/v1/witnessed": lambda _: ledger.AskWitnessed(),
        "/ledger/v1/audit": lambda _: ledger.AskAudit(log="staff"),
        "/ledger/v1/alarms": lambda _: ledger_alarms.AskAlarms(),
        "/ledger/v1/meet": lambda _: ledger.MeetLogs(),
        "/ledger/v1/receipt": lambda _: ledger.AskReceipt(receipt="x"),
    }


def asked(row: Row, ids: Ids) -> Any:
    """The message for one row of the table; None where only the door is asked."""
    return None if row.about == "door" else asked_of(ids)[row.path](row.about)
