"""What the ledger slice offers over the network."""

from app.backend.ledger.service import REVIEW, LedgerService
from app.wire.endpoint import Endpoint
from app.wire.ledger import (
    AskAudit,
    AskGrowth,
    AskReceipt,
    AskWitnessed,
    Audited,
    Growth,
    ReceiptVerdict,
    WitnessedLogs,
)


def endpoints(service: LedgerService) -> tuple[Endpoint, ...]:
    """Everything asks for the right to review."""
    return (
        Endpoint(
            path="/ledger/v1/witnessed", act=REVIEW, takes=AskWitnessed, gives=WitnessedLogs, does=service.witnessed
        ),
        Endpoint(path="/ledger/v1/receipt", act=REVIEW, takes=AskReceipt, gives=ReceiptVerdict, does=service.check),
        Endpoint(path="/ledger/v1/audit", act=REVIEW, takes=AskAudit, gives=Audited, does=service.audit),
        Endpoint(path="/ledger/v1/growth", act=REVIEW, takes=AskGrowth, gives=Growth, does=service.growth),
    )
