"""What the register offers over the network."""

from app.backend.register.service import RegisterService
from app.backend.register.service.certificate_desk import CertificateDesk
from app.backend.register.service.changes import RegisterChanges
from app.backend.register.service.coming import ANNOUNCE
from app.backend.register.service.histories import RIGHT as HISTORY
from app.backend.register.service.issuing import ISSUE
from app.backend.register.service.measures import DECIDE as DECIDE_MEASURE
from app.backend.register.service.measures import SEE, SET
from app.backend.register.service.network_words import OPEN, NetworkWords
from app.backend.register.service.present import RELEASE
from app.backend.register.service.releasing import ReleaseService
from app.backend.register.service.seals import REGISTER
from app.backend.register.service.search import STAFF_PERSON
from app.backend.register.service.telling import TEND, Telling
from app.backend.register.service.waiting import DECIDE, ENTER
from app.link.letters import letter_endpoint
from app.wire.certificate import (
    AskCertificate,
    AskCopies,
    AskKinds,
    CertificateDraft,
    Copies,
    CopyRow,
    CorrectFee,
    HandCopy,
    IssueCopies,
    Kinds,
    PrintCopy,
    PrintedCopy,
    SpoilCopy,
)
from app.wire.endpoint import Endpoint
from app.wire.message import Nothing
from app.wire.register import Hits, KeepStaffPerson, OpenRecord, Record, SearchByFour, SearchByNumber, SearchHabits
from app.wire.register_change import (
    AnnouncementRow,
    Announcements,
    AnnouncementView,
    Approvals,
    ApproveAll,
    ApproveEntries,
    AskAnnouncements,
    AskEntries,
    AskHistory,
    AskHousehold,
    CorrectEntry,
    Entries,
    EntryRow,
    EntryView,
    History,
    HouseholdView,
    KeepAnnouncement,
    OpenAnnouncement,
    OpenEntry,
    ProposeEntry,
    RefuseEntry,
    Trial,
    TryFiling,
    WithdrawEntry,
)
from app.wire.register_network import AskNetworkState, NetworkState
from app.wire.register_restraint import (
    AskIssue,
    AskMeasures,
    AskReleases,
    ChangeMeasure,
    CheckPaper,
    CheckPrint,
    ConfirmRelease,
    DecideMeasure,
    EndRelease,
    GrantRelease,
    IssueVerdict,
    MarkSystem,
    MeasureRow,
    Measures,
    MeasureView,
    OpenMeasure,
    PaperLeave,
    PrintLeave,
    ReleaseRow,
    Releases,
    RequestMeasure,
)
from app.wire.resident_base_office import AskUntold, TellAgain, UntoldChanges
from app.wire.seal import AnswerLetter, AskSeals, CancelSeal, RegisterSeal, SealDone, SealRow, Seals

READ = "application.read"
"""Who prints a paper of a case."""


def endpoints(service: RegisterService) -> tuple[Endpoint, ...]:
    """Two searches and the opening of a record, each behind a right of its own; administrators say who staff are.

    ``habits``: what the caller searched for lately.
    """
    return (
        Endpoint(
            path="/register/v1/search", act="register.search", takes=SearchByFour, gives=Hits, does=service.search
        ),
        Endpoint(
            path="/register/v1/search-by-number",
            act="number.search",
            takes=SearchByNumber,
            gives=Hits,
            does=service.search_by_number,
        ),
        Endpoint(
            path="/register/v1/habits", act="register.search", takes=Nothing, gives=SearchHabits, does=service.habits
        ),
        Endpoint(path="/register/v1/open", act="register.open", takes=OpenRecord, gives=Record, does=service.open),
        Endpoint(
            path="/register/v1/staff-person",
            act=STAFF_PERSON,
            takes=KeepStaffPerson,
            gives=Nothing,
            does=service.keep_staff_person,
        ),
    )


def change_endpoints(changes: RegisterChanges) -> tuple[Endpoint, ...]:
    """Entries, their approval, history, announcements, measures, and leave to issue and print.

    Those that two rights lead to are placed at the right of who enters; the list and the sheet of an entry are there a
    second time for who decides.
    """
    entries, approvals, told = changes.entries, changes.approvals, changes.announcements
    at = "/register/v1"
    return (
        Endpoint(path=f"{at}/entry", act=ENTER, takes=ProposeEntry, gives=EntryRow, does=entries.propose),
        Endpoint(path=f"{at}/entry/try", act=ENTER, takes=TryFiling, gives=Trial, does=entries.try_out),
        Endpoint(path=f"{at}/entry/correct", act=ENTER, takes=CorrectEntry, gives=EntryRow, does=entries.correct),
        Endpoint(path=f"{at}/entry/withdraw", act=ENTER, takes=WithdrawEntry, gives=EntryRow, does=entries.withdraw),
        Endpoint(path=f"{at}/entries", act=ENTER, takes=AskEntries, gives=Entries, does=entries.entries),
        Endpoint(path=f"{at}/entry/open", act=ENTER, takes=OpenEntry, gives=EntryView, does=entries.open),
        Endpoint(path=f"{at}/decide/entries", act=DECIDE, takes=AskEntries, gives=Entries, does=entries.entries),
        Endpoint(path=f"{at}/decide/open", act=DECIDE, takes=OpenEntry, gives=EntryView, does=entries.open),
        Endpoint(
            path=f"{at}/decide/approve", act=DECIDE, takes=ApproveEntries, gives=Approvals, does=approvals.approve
        ),
        Endpoint(path=f"{at}/decide/all", act=DECIDE, takes=ApproveAll, gives=Approvals, does=approvals.approve_all),
        Endpoint(path=f"{at}/decide/refuse", act=DECIDE, takes=RefuseEntry, gives=EntryRow, does=approvals.refuse),
        Endpoint(path=f"{at}/history", act=HISTORY, takes=AskHistory, gives=History, does=changes.histories.history),
        Endpoint(
            path=f"{at}/household",
            act=HISTORY,
            takes=AskHousehold,
            gives=HouseholdView,
            does=changes.histories.household,
        ),
        Endpoint(
            path=f"{at}/announcement", act=ANNOUNCE, takes=KeepAnnouncement, gives=AnnouncementRow, does=told.keep
        ),
        Endpoint(path=f"{at}/announcements", act=ENTER, takes=AskAnnouncements, gives=Announcements, does=told.waiting),
        Endpoint(
            path=f"{at}/announcement/open", act=ENTER, takes=OpenAnnouncement, gives=AnnouncementView, does=told.open
        ),
        *_restraint_endpoints(changes),
    )


def _restraint_endpoints(changes: RegisterChanges) -> tuple[Endpoint, ...]:
    measures, issue = changes.measures, changes.issue
    at = "/register/v1"
    return (
        Endpoint(path=f"{at}/measure", act=SET, takes=RequestMeasure, gives=MeasureRow, does=measures.request),
        Endpoint(path=f"{at}/measure/change", act=SET, takes=ChangeMeasure, gives=MeasureRow, does=measures.change),
        Endpoint(path=f"{at}/measure/system", act=SET, takes=MarkSystem, gives=MeasureView, does=measures.mark_system),
        Endpoint(
            path=f"{at}/measure/decide", act=DECIDE_MEASURE, takes=DecideMeasure, gives=MeasureRow, does=measures.decide
        ),
        Endpoint(path=f"{at}/measures", act=SEE, takes=AskMeasures, gives=Measures, does=measures.measures),
        Endpoint(path=f"{at}/measure/open", act=SEE, takes=OpenMeasure, gives=MeasureView, does=measures.open),
        *_release_endpoints(changes.releases),
        Endpoint(path=f"{at}/issue", act=ISSUE, takes=AskIssue, gives=IssueVerdict, does=issue.judge),
        Endpoint(path=f"{at}/print", act=ISSUE, takes=CheckPrint, gives=PrintLeave, does=issue.check_print),
        Endpoint(path=f"{at}/print/paper", act=READ, takes=CheckPaper, gives=PaperLeave, does=issue.check_paper),
    )


def _release_endpoints(releases: ReleaseService) -> tuple[Endpoint, ...]:
    """A release is asked for by who lifts restraints or who issues; both rights lead to the same use case."""
    at = "/register/v1"
    return (
        Endpoint(path=f"{at}/release", act=RELEASE, takes=GrantRelease, gives=ReleaseRow, does=releases.ask),
        Endpoint(path=f"{at}/releases", act=RELEASE, takes=AskReleases, gives=Releases, does=releases.listed),
        Endpoint(
            path=f"{at}/release/confirm", act=RELEASE, takes=ConfirmRelease, gives=ReleaseRow, does=releases.confirm
        ),
        Endpoint(path=f"{at}/release/end", act=RELEASE, takes=EndRelease, gives=Nothing, does=releases.end),
        Endpoint(path=f"{at}/release/ask", act=ISSUE, takes=GrantRelease, gives=ReleaseRow, does=releases.ask),
        Endpoint(path=f"{at}/releases/own", act=ISSUE, takes=AskReleases, gives=Releases, does=releases.own),
    )


def certificate_endpoints(desk: CertificateDesk) -> tuple[Endpoint, ...]:
    """Drafts, numbered copies and what becomes of them; seals behind a right of their own."""
    at, made, copies = "/register/v1/certificate", desk.certificates, desk.copies
    return (
        Endpoint(path=f"{at}/kinds", act=ISSUE, takes=AskKinds, gives=Kinds, does=made.kinds),
        Endpoint(path=f"{at}/draft", act=ISSUE, takes=AskCertificate, gives=CertificateDraft, does=made.draft),
        Endpoint(path=f"{at}/issue", act=ISSUE, takes=IssueCopies, gives=Copies, does=made.issue),
        Endpoint(path=f"{at}/copies", act=ISSUE, takes=AskCopies, gives=Copies, does=copies.copies),
        Endpoint(path=f"{at}/print", act=ISSUE, takes=PrintCopy, gives=PrintedCopy, does=copies.print),
        Endpoint(path=f"{at}/spoil", act=ISSUE, takes=SpoilCopy, gives=CopyRow, does=copies.spoil),
        Endpoint(path=f"{at}/hand", act=ISSUE, takes=HandCopy, gives=CopyRow, does=copies.hand),
        Endpoint(path=f"{at}/fee", act=ISSUE, takes=CorrectFee, gives=CopyRow, does=copies.correct_fee),
        *_seal_endpoints(desk),
    )


def _seal_endpoints(desk: CertificateDesk) -> tuple[Endpoint, ...]:
    at, seals = "/register/v1/seal", desk.seals
    return (
        Endpoint(path=f"{at}s", act=REGISTER, takes=AskSeals, gives=Seals, does=seals.seals),
        Endpoint(path=f"{at}/register", act=REGISTER, takes=RegisterSeal, gives=SealDone, does=seals.register),
        Endpoint(path=f"{at}/answer", act=REGISTER, takes=AnswerLetter, gives=SealRow, does=seals.answer),
        Endpoint(path=f"{at}/cancel", act=REGISTER, takes=CancelSeal, gives=SealRow, does=seals.cancel),
    )


def network_endpoints(words: NetworkWords) -> tuple[Endpoint, ...]:
    """What the resident network told of a person, for who may open the record."""
    path = "/register/v1/network"
    return (Endpoint(path=path, act=OPEN, takes=AskNetworkState, gives=NetworkState, does=words.state),)


def telling_endpoints(telling: Telling) -> tuple[Endpoint, ...]:
    """Records for residentbase alone, and what it could not be told, for who looks after distribution."""
    at = "/register/v1"
    return (
        letter_endpoint(f"{at}/residents", "residentbase", telling.present),
        Endpoint(path=f"{at}/untold", act=TEND, takes=AskUntold, gives=UntoldChanges, does=telling.untold),
        Endpoint(path=f"{at}/untold/again", act=TEND, takes=TellAgain, gives=UntoldChanges, does=telling.tell_again),
    )
