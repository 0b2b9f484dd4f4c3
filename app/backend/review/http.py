"""What the review offers over the network."""

from app.backend.review.service.extracts import EXTRACT, Extracts
from app.backend.review.service.reviewing import REVIEW, ReviewService
from app.wire.access_review import (
    AccessExtract,
    ApproveExtract,
    AskExtractFile,
    AskExtracts,
    AskFinding,
    AskReview,
    ExtractFile,
    ExtractList,
    ExtractProposed,
    FindingSettled,
    FindingView,
    ProposeExtract,
    ReviewQueue,
    SettleFinding,
)
from app.wire.endpoint import Endpoint


def endpoints(service: ReviewService, extracts: Extracts) -> tuple[Endpoint, ...]:
    """Seeing and settling is one right, extracts for disclosure are another."""
    return (
        Endpoint(path="/review/v1/queue", act=REVIEW, takes=AskReview, gives=ReviewQueue, does=service.queue),
        Endpoint(path="/review/v1/finding", act=REVIEW, takes=AskFinding, gives=FindingView, does=service.finding),
        Endpoint(path="/review/v1/settle", act=REVIEW, takes=SettleFinding, gives=FindingSettled, does=service.settle),
        Endpoint(
            path="/review/v1/propose-extract",
            act=EXTRACT,
            takes=ProposeExtract,
            gives=ExtractProposed,
            does=extracts.propose,
        ),
        Endpoint(path="/review/v1/extracts", act=EXTRACT, takes=AskExtracts, gives=ExtractList, does=extracts.listed),
        Endpoint(
            path="/review/v1/extract-file",
            act=EXTRACT,
            takes=AskExtractFile,
            gives=ExtractFile,
            does=extracts.again,
        ),
        Endpoint(
            path="/review/v1/approve-extract",
            act=EXTRACT,
            takes=ApproveExtract,
            gives=AccessExtract,
            does=extracts.approve,
        ),
    )
