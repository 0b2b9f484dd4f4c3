"""Check a ledger's receipt on this PC against the log key that this terminal remembers."""

from collections.abc import Callable, Mapping

from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.errors import LedgerError
from app.trust.receipt import check_receipt, log_of, parse_receipt
from app.trust.sign import VerifyKey


class CheckReceipt:
    """The use case. ``known``: log → its key as this terminal first heard it; it asks nobody."""

    def __init__(self, known: Callable[[], Mapping[str, VerifyKey]]) -> None:
        self._known = known

    def __call__(self, text: str) -> Verdict:
        """Whether ``text`` proves that its act stands in its log; another slice's log is not checked here."""
        if not text:
            return NotChecked("receipt_missing")
        try:
            receipt = parse_receipt(text.encode())
            keys = self._known()
            if log_of(receipt) not in keys:
                return NotChecked("receipt_no_key")
            check_receipt(receipt, keys)
        except LedgerError:
            return Failed("receipt_broken")
        return Verified()
