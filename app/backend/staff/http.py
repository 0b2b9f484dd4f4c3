"""What the staff slice offers over the network."""

from app.backend.staff.service import StaffService
from app.backend.staff.service.cards import CardService
from app.backend.staff.service.changes import DECIDE, PROPOSE, READ, ChangeService
from app.backend.staff.service.enrolling import EnrolmentService
from app.backend.staff.service.passwords import PasswordService
from app.backend.staff.service.seats import SUPERVISE, SeatService
from app.backend.staff.service.sessions import OWN
from app.wire.endpoint import Caller, Endpoint
from app.wire.enrolment import Enrol, Enrolled
from app.wire.message import Nothing
from app.wire.staff import (
    ApproveKey,
    AskChangeKey,
    AskKey,
    AskKeys,
    AskRegistration,
    AskSeats,
    AskStanding,
    AskUnlockKey,
    ChangePassword,
    EndElsewhere,
    EndSession,
    IssuePass,
    KeyAsked,
    KeyRow,
    Keys,
    PassIssued,
    Reauthenticate,
    RegisterKey,
    RevokeKey,
    Seats,
    SignedIn,
    SignIn,
    SignOut,
    Standing,
)
from app.wire.staff_change import (
    AskChanges,
    AskPlan,
    AskRoster,
    AskSignIns,
    ChangeRow,
    Changes,
    DecideChange,
    Plan,
    ProposeChange,
    RejectChange,
    Roster,
    SignIns,
)


def endpoints(service: StaffService, cards: CardService, changes: ChangeService) -> tuple[Endpoint, ...]:
    """Sign-in is open to enrolled terminals; the rest to whoever is signed in and has the right."""
    return (*_sessions(service), *_cards(cards), *_changes(changes))


def enrolment_endpoints(enrolment: EnrolmentService) -> tuple[Endpoint, ...]:
    """What a PC may ask that nobody knows yet, at a door of its own."""
    return (
        Endpoint(
            path="/staff/v1/enrol",
            act="terminal.enrol",
            takes=Enrol,
            gives=Enrolled,
            caller=Caller.NEWCOMER,
            drains=enrolment.enrol,
        ),
    )


def _sessions(service: StaffService) -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            path="/staff/v1/ask-key",
            act="session.open",
            takes=AskKey,
            gives=KeyAsked,
            caller=Caller.TERMINAL,
            does=service.ask_key,
        ),
        Endpoint(
            path="/staff/v1/ask-unlock-key",
            act="session.own",
            takes=AskUnlockKey,
            gives=KeyAsked,
            does=service.ask_unlock_key,
        ),
        Endpoint(
            path="/staff/v1/sign-in",
            act="session.open",
            takes=SignIn,
            gives=SignedIn,
            caller=Caller.TERMINAL,
            does=service.sign_in,
        ),
        Endpoint(path="/staff/v1/unlock", act="session.own", takes=Reauthenticate, gives=Nothing, does=service.unlock),
        Endpoint(
            path="/staff/v1/sign-out",
            act="session.own",
            takes=SignOut,
            gives=Nothing,
            does=lambda call, asked: service.sign_out(call, asked.token),
        ),
    )


def seat_endpoints(seats: SeatService, passwords: PasswordService) -> tuple[Endpoint, ...]:
    """One's own session and password are for everybody who is signed in; ending somebody else's is a right."""
    return (
        Endpoint(path="/staff/v1/standing", act=OWN, takes=AskStanding, gives=Standing, does=seats.standing),
        Endpoint(path="/staff/v1/end-elsewhere", act=OWN, takes=EndElsewhere, gives=Standing, does=seats.end_elsewhere),
        Endpoint(path="/staff/v1/seats", act=SUPERVISE, takes=AskSeats, gives=Seats, does=seats.seats),
        Endpoint(path="/staff/v1/end-session", act=SUPERVISE, takes=EndSession, gives=Nothing, does=seats.end),
        Endpoint(path="/staff/v1/ask-change-key", act=OWN, takes=AskChangeKey, gives=KeyAsked, does=passwords.ask_key),
        Endpoint(path="/staff/v1/change-password", act=OWN, takes=ChangePassword, gives=Nothing, does=passwords.change),
    )


def _cards(cards: CardService) -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            path="/staff/v1/ask-registration",
            act="staff.key",
            takes=AskRegistration,
            gives=KeyAsked,
            does=cards.ask_registration,
        ),
        Endpoint(path="/staff/v1/register-key", act="staff.key", takes=RegisterKey, gives=KeyRow, does=cards.register),
        Endpoint(path="/staff/v1/approve-key", act="staff.key", takes=ApproveKey, gives=KeyRow, does=cards.approve),
        Endpoint(path="/staff/v1/revoke-key", act="staff.key", takes=RevokeKey, gives=KeyRow, does=cards.revoke),
        Endpoint(path="/staff/v1/keys", act="staff.key", takes=AskKeys, gives=Keys, does=cards.keys),
        Endpoint(
            path="/staff/v1/issue-pass", act="staff.pass", takes=IssuePass, gives=PassIssued, does=cards.issue_pass
        ),
    )


def _changes(changes: ChangeService) -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            path="/staff/v1/propose-change", act=PROPOSE, takes=ProposeChange, gives=ChangeRow, does=changes.propose
        ),
        Endpoint(path="/staff/v1/changes", act=READ, takes=AskChanges, gives=Changes, does=changes.changes),
        Endpoint(
            path="/staff/v1/approve-change", act=DECIDE, takes=DecideChange, gives=ChangeRow, does=changes.approve
        ),
        Endpoint(path="/staff/v1/reject-change", act=DECIDE, takes=RejectChange, gives=ChangeRow, does=changes.reject),
        Endpoint(
            path="/staff/v1/withdraw-change", act=PROPOSE, takes=DecideChange, gives=ChangeRow, does=changes.withdraw
        ),
        Endpoint(path="/staff/v1/plan-transfers", act=PROPOSE, takes=AskPlan, gives=Plan, does=changes.plan),
        Endpoint(path="/staff/v1/sign-ins", act=READ, takes=AskSignIns, gives=SignIns, does=changes.sign_ins),
        Endpoint(path="/staff/v1/roster", act=READ, takes=AskRoster, gives=Roster, does=changes.roster),
    )
