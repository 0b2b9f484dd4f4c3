"""What the desk offers over the network."""

from app.backend.desk.service import DeskService
from app.backend.desk.service.counters import RIGHT as RULES_RIGHT
from app.backend.desk.service.counters import CounterOffice
from app.backend.desk.service.counting import READ_NUMBERS as NUMBERS
from app.backend.desk.service.counting import WATCH
from app.backend.desk.service.deputies import RIGHT as DEPUTY
from app.backend.desk.service.leave import RIGHT as NUMBER_RIGHT
from app.backend.desk.service.notices import POST, READ
from app.backend.desk.service.takeover import KEEP, TakeOver
from app.backend.desk.service.takeover import RIGHT as TAKE
from app.wire.counter_rules import (
    ApproveRules,
    AskLease,
    AskRules,
    AskRulesKept,
    KeptRules,
    ProposeRules,
    RulesKept,
    Statement,
)
from app.wire.desk import (
    ApplicationView,
    AskQueue,
    AskRestorations,
    AskTimeline,
    CheckReception,
    CloseVisit,
    Decide,
    DraftCopy,
    Examine,
    HandIn,
    JournalKept,
    OpenApplication,
    OpenVisit,
    Queue,
    Receipt,
    Restorations,
    StepDone,
    SyncJournal,
    Timeline,
)
from app.wire.desk_counts import (
    AlertsCounted,
    AskAlertCounts,
    AskCounters,
    AskNumbers,
    CounterSaid,
    CountersNow,
    Numbers,
)
from app.wire.desk_review import (
    ApproveDeputy,
    AskDelegation,
    BatchDone,
    DelegationShown,
    DeputyRow,
    EndDeputy,
    HoldCase,
    LetGo,
    PassBatch,
    ProposeDeputy,
)
from app.wire.endpoint import Endpoint
from app.wire.leave import AskNumberLeave
from app.wire.message import Nothing
from app.wire.notices import AskNotices, NoticePosted, Notices, PostNotice
from app.wire.takeover import (
    AskTakeKeys,
    AskTakenDrafts,
    AskWaitingDrafts,
    DraftTaken,
    OfferTakeKey,
    TakeDraft,
    TakeKeys,
    TakenDrafts,
    WaitingDrafts,
)

REVIEW = "application.read"


def endpoints(desk: DeskService) -> tuple[Endpoint, ...]:
    """Visits, leave for numbers, reception, review and journals, each behind its right."""
    return (*_visits(desk), *_applications(desk), *_review(desk), *_take_over(desk.take_over))


def counter_endpoints(office: CounterOffice) -> tuple[Endpoint, ...]:
    """What the office states to its terminals is for everybody who is signed in; deciding it is a right."""
    own, decided = "session.own", RULES_RIGHT
    return (
        Endpoint(path="/desk/v1/rules", act=own, takes=AskRules, gives=Statement, does=office.rules),
        Endpoint(path="/desk/v1/lease", act=own, takes=AskLease, gives=Statement, does=office.lease),
        Endpoint(path="/desk/v1/rules-kept", act=decided, takes=AskRulesKept, gives=RulesKept, does=office.kept),
        Endpoint(path="/desk/v1/propose-rules", act=decided, takes=ProposeRules, gives=KeptRules, does=office.propose),
        Endpoint(path="/desk/v1/approve-rules", act=decided, takes=ApproveRules, gives=KeptRules, does=office.approve),
    )


def _visits(desk: DeskService) -> tuple[Endpoint, ...]:
    return (
        Endpoint(path="/desk/v1/open-visit", act="visit.open", takes=OpenVisit, gives=Nothing, does=desk.visits.open),
        Endpoint(
            path="/desk/v1/close-visit", act="visit.open", takes=CloseVisit, gives=Nothing, does=desk.visits.close
        ),
        Endpoint(
            path="/desk/v1/keep-draft", act="draft.keep", takes=DraftCopy, gives=Nothing, does=desk.visits.keep_draft
        ),
        Endpoint(
            path="/desk/v1/timeline", act="visit.read", takes=AskTimeline, gives=Timeline, does=desk.visits.timeline
        ),
        Endpoint(
            path="/desk/v1/sync-journal",
            act="journal.write",
            takes=SyncJournal,
            gives=JournalKept,
            does=desk.journals.keep,
        ),
        Endpoint(
            path="/desk/v1/restorations",
            act="journal.write",
            takes=AskRestorations,
            gives=Restorations,
            does=desk.journals.restorations,
        ),
        Endpoint(
            path="/desk/v1/leave-number", act=NUMBER_RIGHT, takes=AskNumberLeave, gives=Nothing, does=desk.leave.give
        ),
    )


def _applications(desk: DeskService) -> tuple[Endpoint, ...]:
    review = desk.review
    return (
        Endpoint(
            path="/desk/v1/hand-in",
            act="application.receive",
            takes=HandIn,
            gives=Receipt,
            does=desk.reception.hand_in,
        ),
        Endpoint(path="/desk/v1/queue", act="application.read", takes=AskQueue, gives=Queue, does=review.queue),
        Endpoint(
            path="/desk/v1/open",
            act="application.read",
            takes=OpenApplication,
            gives=ApplicationView,
            does=review.open,
        ),
        Endpoint(
            path="/desk/v1/check-reception",
            act="application.check",
            takes=CheckReception,
            gives=StepDone,
            does=review.check,
        ),
        Endpoint(
            path="/desk/v1/examine", act="application.examine", takes=Examine, gives=StepDone, does=review.examine
        ),
        Endpoint(path="/desk/v1/decide", act=REVIEW, takes=Decide, gives=StepDone, does=review.decide),
        Endpoint(path="/desk/v1/notices", act=READ, takes=AskNotices, gives=Notices, does=desk.post_room.waiting),
        Endpoint(path="/desk/v1/post-notice", act=POST, takes=PostNotice, gives=NoticePosted, does=desk.post_room.post),
    )


def _review(desk: DeskService) -> tuple[Endpoint, ...]:
    """Of who decides the door asks only for the right to read: a deputy decides by the desk's table."""
    held, deputies, counting = desk.holding, desk.deputies, desk.counting
    return (
        Endpoint(path="/desk/v1/tell", act="session.own", takes=CounterSaid, gives=Nothing, does=counting.tell),
        Endpoint(path="/desk/v1/counters", act=WATCH, takes=AskCounters, gives=CountersNow, does=counting.now),
        Endpoint(path="/desk/v1/numbers", act=NUMBERS, takes=AskNumbers, gives=Numbers, does=counting.numbers),
        Endpoint(
            path="/desk/v1/alert-counts", act=NUMBERS, takes=AskAlertCounts, gives=AlertsCounted, does=counting.alerts
        ),
        Endpoint(path="/desk/v1/hold", act=REVIEW, takes=HoldCase, gives=Nothing, does=held.hold),
        Endpoint(path="/desk/v1/let-go", act=REVIEW, takes=LetGo, gives=Nothing, does=held.let_go),
        Endpoint(path="/desk/v1/pass-batch", act=REVIEW, takes=PassBatch, gives=BatchDone, does=desk.batch.run),
        Endpoint(
            path="/desk/v1/delegation", act=DEPUTY, takes=AskDelegation, gives=DelegationShown, does=deputies.shown
        ),
        Endpoint(
            path="/desk/v1/propose-deputy", act=DEPUTY, takes=ProposeDeputy, gives=DeputyRow, does=deputies.propose
        ),
        Endpoint(
            path="/desk/v1/approve-deputy", act=DEPUTY, takes=ApproveDeputy, gives=DeputyRow, does=deputies.approve
        ),
        Endpoint(path="/desk/v1/end-deputy", act=DEPUTY, takes=EndDeputy, gives=DeputyRow, does=deputies.end),
    )


def _take_over(desk: TakeOver) -> tuple[Endpoint, ...]:
    return (
        Endpoint(path="/desk/v1/offer-take-key", act=TAKE, takes=OfferTakeKey, gives=Nothing, does=desk.offer),
        Endpoint(path="/desk/v1/take-keys", act=KEEP, takes=AskTakeKeys, gives=TakeKeys, does=desk.keys),
        Endpoint(
            path="/desk/v1/waiting-drafts", act=TAKE, takes=AskWaitingDrafts, gives=WaitingDrafts, does=desk.waiting
        ),
        Endpoint(path="/desk/v1/take-draft", act=TAKE, takes=TakeDraft, gives=DraftTaken, does=desk.take),
        Endpoint(path="/desk/v1/taken-drafts", act=KEEP, takes=AskTakenDrafts, gives=TakenDrafts, does=desk.taken),
    )
